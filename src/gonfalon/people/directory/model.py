"""A question to the list of people, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.model import Channel


class Sort(StrEnum):
    """How the list is ordered; people without the value come last. "-" is descending."""

    NEWEST = "-created"
    OLDEST = "created"
    CHANGED = "-updated"
    UNCHANGED = "updated"
    EMAIL = "email"
    EMAIL_DESCENDING = "-email"
    EXTERNAL_ID = "external_id"
    EXTERNAL_ID_DESCENDING = "-external_id"


class Op(StrEnum):
    """How a filter compares."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AttributeFilter:
    """A condition on a declared attribute; `value` is of its type (None for known and unknown)."""

    key: str
    type: AttributeType
    op: Op
    value: str | int | float | bool | None = None


@dataclass(frozen=True, slots=True)
class TagFilter:
    """Whether a person carries a tag."""

    tag: str
    has: bool


@dataclass(frozen=True, slots=True)
class IdentityFilter:
    """Whether a person has an email address, a phone number or an external id."""

    column: str
    known: bool


@dataclass(frozen=True, slots=True)
class ConsentFilter:
    """What a person's consent for a channel and topic stands at; "none": never said anything."""

    channel: Channel
    topic_id: int
    state: str


Filter = AttributeFilter | TagFilter | IdentityFilter | ConsentFilter


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked for: every word of `words` is found in a name, address, number or id, and every filter holds."""

    words: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.NEWEST

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return not self.words and not self.filters


@dataclass(frozen=True, slots=True)
class Choice:
    """People chosen on the list: those with these ids, or else everybody `matching` means.

    said: JSON that tells the audit trail whose people these are.
    """

    ids: tuple[int, ...] = ()
    matching: Question | None = None
    said: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Total:
    """How many people a question means; `more`: there are more, but counting them all would take too long."""

    count: int
    more: bool = False
