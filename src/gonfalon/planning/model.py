"""Values of planning that may cross its door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.kit.schemas import Name
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit
from gonfalon.people.model import Channel


class CampaignState(StrEnum):
    """Where a campaign stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    ARCHIVED = "archived"


class Basis(StrEnum):
    """Which touch earns a conversion: a person's click, or the delivery alone."""

    CLICK = "click"
    DELIVERY = "delivery"


class Resource(StrEnum):
    """What a budget line pays for."""

    STAFF = "staff"
    CONTRACTOR = "contractor"
    MEDIA = "media"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A conversion is an event of this name, at most `days` days after the touch of the chosen basis."""

    basis: Basis = Basis.CLICK
    days: Annotated[int, Field(ge=1, le=365)] = 7
    conversion_event: Name = "Order Completed"


@dataclass(frozen=True, slots=True)
class Goal:
    """A target to be reached by the end of the deadline's day. `baseline` is None where nobody knows it."""

    metric: GoalMetric
    target: Decimal
    deadline: date
    baseline: Decimal | None = None


def start_of(goal: Goal) -> Decimal | None:
    """Return from where the way to the target is counted: 0 for what is counted up, else the baseline.

    Without a baseline it is 0 where more is better, and not known where less is.
    """
    if goal.metric.accumulates:
        return Decimal(0)
    if goal.baseline is None and not goal.metric.lower_is_better:
        return Decimal(0)
    return goal.baseline


@dataclass(frozen=True, slots=True)
class Named:
    """Something that is shown by its name: a member, a campaign, a goal."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredGoal(Goal):
    """A goal with its owner, the goal above that it serves, and when the team was last told of it."""

    id: UUID
    name: str
    owner: Named | None
    parent: Named | None
    told_version: int | None
    told_at: datetime | None
    told_by: str
    version: int

    @property
    def unit(self) -> Unit:
        """The unit of its number."""
        return self.metric.unit

    @property
    def lower_is_better(self) -> bool:
        """Whether less is better."""
        return self.metric.lower_is_better

    @property
    def start(self) -> Decimal | None:
        """From where the way to the target is counted."""
        return start_of(self)

    @property
    def told(self) -> bool:
        """Whether the team was told of it as it is now."""
        return self.told_version == self.version


class TouchpointChannel(StrEnum):
    """By which way a touchpoint reaches people: those that need their permission, and others.

    What no room offers as a `Channel` is carried out elsewhere and marked as done.
    """

    EMAIL = Channel.EMAIL.value
    SMS = Channel.SMS.value
    PUSH = Channel.PUSH.value
    SOCIAL = "social"
    ADS = "ads"
    WEB = "web"
    PRINT = "print"
    EVENT = "event"
    CALL = "call"
    OTHER = "other"

    @property
    def addressed(self) -> bool:
        """Whether it goes to known people, so that an audience has to be chosen."""
        return self in (*Channel, TouchpointChannel.CALL)


class TouchpointState(StrEnum):
    """Where a touchpoint stands: a draft until it is launched, then what delivery says of it.

    `done`: carried out elsewhere, with a day and the numbers reached. `archived`: a draft that was put away.
    """

    DRAFT = "draft"
    PREPARING = "preparing"
    RUNNING = "running"
    PAUSED = "paused"
    HELD = "held"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    DONE = "done"
    ARCHIVED = "archived"
