"""What a provider with an API is to the email channel: how to ask it, how to read it, what it wants to know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from gonfalon.channels.contract import Envelope, Outcome
from gonfalon.channels.email.providers.parts import Parts, parts_of
from gonfalon.channels.email.returns.model import Told
from gonfalon.kit.outbound import Reply, Request

REFERENCE = "gonfalon"
"""What our reference of a message is called among the things that a provider gives back with its events."""


class Authenticity(StrEnum):
    """How a provider shows that events are its own; it decides what has to be entered where."""

    SIGNED = "signed"
    """By a certificate of its own: nothing has to be entered."""
    KEY = "key"
    """By a key that it shows and that is entered here."""
    PASSWORD = "password"  # noqa: S105 - a kind of proof
    """By a user name and a password of ours, entered there."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A value of a workspace's account there. choices: what it may be; none: any text. default "": it must be given."""

    name: str
    choices: tuple[str, ...] = ()
    default: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A workspace's account with a provider, its key opened.

    host: as requests name it. user: the key's name, where keys have one.
    """

    host: str
    user: str = ""
    key: str = field(default="", repr=False)
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outgoing:
    """One mail to hand over. raw: as it would go over SMTP."""

    envelope: Envelope
    raw: bytes

    @cached_property
    def parts(self) -> Parts:
        """The mail in pieces, for those who do not take it whole."""
        return parts_of(self.raw)

    @property
    def reference(self) -> str:
        """What proves in the provider's events which message they are about; "": the mail is no message."""
        return self.envelope.reference


@dataclass(frozen=True, slots=True)
class Call:
    """A request to us, as a provider's events come in. headers: by their names in small letters.

    secret: what the provider was told to show, or the key that it signs with. fetch: reads a public https address.
    """

    headers: Mapping[str, str]
    body: bytes
    now: datetime
    secret: str = field(repr=False)
    fetch: Callable[[str], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Heard:
    """One event. key: the provider's own name of it, by which it is known when it comes again."""

    key: str
    told: Told


@dataclass(frozen=True, slots=True)
class ApiProvider:
    """A provider that takes mail by its API.

    host: where an account with these options is reached. keyed_by: whether its keys have a name (`user`).
    compose: the request that hands a mail over. outcome: what its answer means for the mail; NOT_SENT stands for an
    account that may not send at all, THROTTLED for too much at once. probe: asks whether the account may be used.
    hear: checks that a call is the provider's and returns its events; raises Forged, ValueError.
    """

    name: str
    label: str
    host: Callable[[Mapping[str, str]], str]
    compose: Callable[[Account, Outgoing, datetime], Request]
    outcome: Callable[[Reply], Outcome]
    probe: Callable[[Account, datetime], Request]
    hear: Callable[[Call], Awaitable[Sequence[Heard]]]
    authenticity: Authenticity
    settings: tuple[Setting, ...] = ()
    keyed_by: bool = False


class Forged(Exception):
    """A call that the provider has not made, as far as we can tell; the text says what does not fit."""
