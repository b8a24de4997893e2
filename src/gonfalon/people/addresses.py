"""Where people's addresses are. Which of them a channel goes to is said by the channel's offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gonfalon.accounts.rules import normalise_email


@dataclass(frozen=True, slots=True)
class Address:
    """A kind of address: kept in a column of `people`, or in the declared attribute of a key.

    noun: what one is called in English. normalise: how one is written before it is compared; raises Invalid.
    """

    noun: str
    column: str = ""
    attribute: str = ""
    normalise: Callable[[str], str] = str.strip


EMAIL_ADDRESS = Address("email address", column="email", normalise=normalise_email)
PHONE_NUMBER = Address("phone number", column="phone")
