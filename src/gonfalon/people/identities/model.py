"""What other rooms may know of identities."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identified:
    """What somebody is called by a source: normalised values (see rules), None for what it does not say.

    `previous_id` is an external id that the source used for the same person before.
    """

    external_id: str | None = None
    email: str | None = None
    phone: str | None = None
    anonymous_id: str | None = None
    previous_id: str | None = None

    def __bool__(self) -> bool:
        return any((self.external_id, self.email, self.phone, self.anonymous_id))

    @property
    def named(self) -> bool:
        """Whether it says more than which device it was."""
        return bool(self.external_id or self.email or self.phone)
