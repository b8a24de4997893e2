"""Values of collisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.audiences.segments.language import Rule
from gonfalon.delivery.caps import ContactLimit
from gonfalon.planning.calendar.model import CalendarSettings


@dataclass(frozen=True, slots=True)
class PeopleSet:
    """Whom a touchpoint hits.

    Of one that is planned: the members of its audience now, and where its topic is known only those of them who can be
    reached on its channel for it. Of one that is launched (`sent_by`): those it was sent to, or waits to be sent to.
    """

    audience_id: UUID | None = None
    channel: str = ""
    topic_id: int | None = None
    sent_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class Touch:
    """A touchpoint on its day. `people` is None where nobody can say whom it hits: it has no audience.

    at: when it goes out; None for a draft without a day. priority: its campaign's, 1 goes first. starts_on, ends_on:
    its campaign's days.
    """

    id: UUID
    name: str
    campaign_id: UUID
    campaign: str
    channel: str
    at: datetime | None
    day: date | None
    launched: bool
    people: PeopleSet | None
    audience_id: UUID | None = None
    audience: str = ""
    priority: int = 2
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """All that decides what collides: touchpoints, the rules of their audiences, and what the workspace has set.

    left_out: touchpoints that are further away than can be looked at together.
    """

    touches: list[Touch]
    rules: Mapping[UUID, Rule]
    settings: CalendarSettings
    limit: ContactLimit | None
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """How many people sets have, and pairs of sets have in common (pairs that have nobody are left out).

    broken: the sets of audiences whose rules cannot be asked any more.
    """

    sizes: Mapping[PeopleSet, int]
    pairs: Mapping[frozenset[PeopleSet], int]
    broken: frozenset[PeopleSet] = frozenset()

    def of(self, one: PeopleSet, other: PeopleSet) -> int:
        """Return how many people are in both."""
        return self.sizes.get(one, 0) if one == other else self.pairs.get(frozenset((one, other)), 0)


@dataclass(frozen=True, slots=True)
class Over:
    """How many people would get more than the contact limit allows: at all, by week, by touchpoint.

    A week is named by its Monday. A message is too much when, with those on its channel in the days before it, more
    have reached the person than allowed; it counts in the week in which it goes out.
    """

    people: int = 0
    weeks: Mapping[date, int] = field(default_factory=dict)
    touches: Mapping[UUID, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """What the analytics copy says, and when it did."""

    shared: Shared
    over: Over
    at: datetime


@dataclass(frozen=True, slots=True)
class TouchpointNow:
    """What a collision depends on of a touchpoint, as it is at this moment."""

    id: UUID
    name: str
    channel: str
    audience_id: UUID | None
    send_at: datetime | None
    launched_at: datetime | None
    done_on: date | None


class FixKind(StrEnum):
    """What can be done about a collision."""

    MERGE = "merge"
    """Two drafts to the same audience become one: the second is left away."""
    MOVE = "move"
    """One goes out on the nearest day on which it collides with nothing."""
    TRIM = "trim"
    """One leaves out the people whom the other one hits."""
    GIVE_WAY = "give_way"
    """One loses its day until somebody finds another one."""


@dataclass(frozen=True, slots=True)
class CollisionFix:
    """A way out of a collision: what happens to the touchpoint `id`. people: who then gets nothing from it on that day.

    day and days: where it moves to, and by how much (later: positive).
    """

    kind: FixKind
    id: UUID
    other_id: UUID
    people: int
    day: date | None = None
    days: int = 0


@dataclass(frozen=True, slots=True)
class Collision:
    """Two touchpoints that hit `people` of the same people `days` days apart; `one` is the earlier.

    fixes: the cheapest first; none where both have been launched.
    """

    one: Touch
    other: Touch
    days: int
    people: int
    fixes: tuple[CollisionFix, ...] = ()
