"""Values of the calendar that may cross its door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.accounts.model import Role
from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Internal, LongText, Name, Version


class ItemKind(StrEnum):
    """What can stand on the calendar."""

    CAMPAIGN = "campaign"
    TOUCHPOINT = "touchpoint"
    TASK = "task"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    MOMENT = "moment"
    HOLIDAY = "holiday"


class MomentKind(StrEnum):
    """What kind of day a moment is."""

    SALE = "sale"
    COMPANY = "company"
    SEASON = "season"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Filters:
    """What of the calendar is shown; an empty set means everything. `owners`: leaders and owners of tasks."""

    kinds: frozenset[ItemKind] = frozenset()
    campaigns: frozenset[UUID] = frozenset()
    channels: frozenset[str] = frozenset()
    audiences: frozenset[UUID] = frozenset()
    owners: frozenset[UUID] = frozenset()

    def shows(self, kind: ItemKind) -> bool:
        """Return whether items of the kind are wanted."""
        return not self.kinds or kind in self.kinds


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """Something of a campaign on its days (inclusive, in the workspace's zone; None: it has none yet).

    `at`: the instant a touchpoint goes out. `movable`: nothing has made its date a fact.
    """

    kind: ItemKind
    id: UUID
    name: str
    campaign_id: UUID
    state: str
    starts_on: date | None
    ends_on: date | None
    movable: bool
    at: datetime | None = None
    channel: str | None = None
    audience_id: UUID | None = None
    owner_id: UUID | None = None
    updated_at: Internal[datetime | None] = None


@dataclass(frozen=True, slots=True)
class CalendarBar:
    """A campaign. `shown`: its days are in the range; else it is only named by an item. `priority`: 1 goes first."""

    id: UUID
    name: str
    type: str
    state: str
    stage: str
    starts_on: date | None
    ends_on: date | None
    leader_id: UUID | None
    priority: int
    shown: bool
    updated_at: Internal[datetime]


@dataclass(frozen=True, slots=True)
class MomentDraft:
    """A sales moment, a company day, a season; its days are inclusive. A yearly one comes again from then on."""

    kind: MomentKind
    name: Name
    starts_on: Day
    ends_on: Day
    yearly: bool = False
    notes: LongText = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentSave(MomentDraft):
    """A moment's new values."""

    version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMoment(MomentDraft):
    """A moment as it was written down."""

    id: UUID
    version: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class CalendarMoment:
    """A moment on the days of one of its occurrences."""

    id: UUID
    kind: MomentKind
    name: str
    starts_on: date
    ends_on: date
    yearly: bool
    updated_at: Internal[datetime]


@dataclass(frozen=True, slots=True)
class CalendarHoliday:
    """A public holiday; `place` is its country, with the region behind a dash."""

    day: date
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything between two days, and what has no day yet. `truncated`: more than can be shown was found.

    The workspace works on `weekdays` (Monday is 0), but for `days_off`.
    """

    first: date
    last: date
    campaigns: list[CalendarBar]
    items: list[CalendarItem]
    undated: list[CalendarItem]
    moments: list[CalendarMoment]
    holidays: list[CalendarHoliday]
    audiences: dict[UUID, str]
    people: dict[UUID, str]
    weekdays: list[int]
    days_off: list[date]
    truncated: bool


@dataclass(frozen=True, slots=True)
class HolidayRegion:
    """A country, or a region of one, by its codes."""

    country: str
    region: str = ""

    def __str__(self) -> str:
        return f"{self.country}-{self.region}" if self.region else self.country


DAYS_APART = 7
"""Touchpoints to the same people fewer days apart than this collide, unless the workspace says otherwise."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed of a member. filters: as they are stored."""

    id: UUID
    user_id: UUID
    workspace_id: int
    name: str
    filters: dict[str, list[str]]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingFeed(Feed):
    """A feed behind an address that works, with its member's name and role."""

    user_name: str
    role: Role


@dataclass(frozen=True, slots=True)
class CalendarSettings:
    """How a workspace looks at its calendar.

    days: touchpoints that hit the same people fewer days apart than this collide. pairs: the same for two channels,
    by their names in order; 0: they never do. places: whose holidays are shown beside those of the working calendar.
    """

    days: int = DAYS_APART
    pairs: Mapping[tuple[str, str], int] = field(default_factory=dict)
    places: tuple[HolidayRegion, ...] = ()

    def apart(self, one: str, other: str) -> int:
        """Return how many days touchpoints on these two channels should be apart."""
        return self.pairs.get((min(one, other), max(one, other)), self.days)
