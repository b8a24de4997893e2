"""Values of the campaign report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.planning.goals.model import Goal
from gonfalon.planning.model import Attribution, Basis

Number = int | float


class Missing(StrEnum):
    """Why a figure is “–”."""

    NOTHING_LAUNCHED = "nothing_launched"
    NOBODY_REACHED = "nobody_reached"
    NO_CONVERSIONS = "no_conversions"
    NO_COST = "no_cost"
    COST_NOT_SPLIT = "cost_not_split"
    NOT_MEASURED = "not_measured"
    """It was sent by other means, so nobody knows who opened, clicked or unsubscribed."""


class Side(StrEnum):
    """The two groups of a comparison."""

    SENT_TO = "sent_to"
    HELD_OUT = "held_out"


class Step(StrEnum):
    """How fine a time series is."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def seconds(self) -> int:
        """The step's length."""
        return {"minute": 60, "hour": 3600, "day": 86400}[self.value]


@dataclass(frozen=True, slots=True)
class Touch:
    """A launched touchpoint that competes for credit for an event, with its campaign's rule."""

    touchpoint_id: UUID
    event: str
    basis: Basis
    days: int


@dataclass(frozen=True, slots=True)
class TouchpointPlan:
    """A touchpoint of the campaign. `tracked`: Gonfalon sent it, so opens, clicks and unsubscribes are known."""

    id: UUID
    name: str
    channel: str
    state: str
    launched_at: datetime | None
    holdout_percent: int
    link_set_id: int | None
    tracked: bool


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """Where a numbered link of a touchpoint leads."""

    touchpoint_id: UUID
    number: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What the report needs to know of the campaign before it asks about its people. Money in minor units."""

    workspace_id: int
    currency: str
    id: UUID
    name: str
    state: str
    starts_on: date | None
    ends_on: date | None
    attribution: Attribution
    goal: Goal | None
    cost_planned: int
    cost: int
    touchpoints: tuple[TouchpointPlan, ...]
    rivals: tuple[Touch, ...]
    links: tuple[LinkPlan, ...]
    unsubscribed: tuple[int, ...]

    @property
    def tracked(self) -> bool:
        """Whether opens, clicks and unsubscribes are known of anything launched (or nothing is launched yet)."""
        launched = [touchpoint for touchpoint in self.touchpoints if touchpoint.launched_at is not None]
        return not launched or any(touchpoint.tracked for touchpoint in launched)

    @property
    def launched(self) -> tuple[UUID, ...]:
        """Ids of the touchpoints of which there are messages, or soon will be."""
        return tuple(touchpoint.id for touchpoint in self.touchpoints if touchpoint.launched_at is not None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. `base` is what a ratio was divided by; `missing` says why there is no value."""

    metric: str
    value: Number | None
    base: Number | None = None
    missing: Missing | None = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many messages ended in a state for a reason."""

    state: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What one link brought. Money in minor units."""

    touchpoint_id: UUID
    number: int
    url: str
    label: str
    clicks: int
    clickers: int
    machine_clicks: int
    conversions: int
    revenue: int


@dataclass(frozen=True, slots=True)
class EventRate:
    """Share of a group's people with an event within the days, and how often and how much it was."""

    event: str
    people: int
    events: int
    amount: int
    share: float | None
    amount_per_person: float | None


@dataclass(frozen=True, slots=True)
class Group:
    """One side of a touchpoint's comparison."""

    touchpoint_id: UUID
    side: Side
    people: int
    events: tuple[EventRate, ...]


@dataclass(frozen=True, slots=True)
class Lift:
    """By how much people sent to exceed those held out, as a difference of shares with its 95 % interval.

    `control`: the touchpoint whose held-out people were compared with.
    """

    touchpoint_id: UUID
    control: UUID
    event: str
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened in one step of time that begins at `at`."""

    at: datetime
    sent: int
    opens: int
    clicks: int
    conversions: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """A part of an attribute's values: one value, a range with both ends (None: open), or no value at all."""

    value: str | None = None
    low: float | None = None
    high: float | None = None
    unknown: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class BreakdownRow:
    """The figures of one bucket."""

    bucket: Bucket
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """Where the goal's metric stands. `share`: of the way from the start to the target, above 1 when exceeded.

    `expected`: where it should stand at the beginning of today, on a straight line; None where that is not known.
    """

    goal: Goal
    now: Number | None
    missing: Missing | None
    share: float | None
    reached: bool
    days_left: int
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class KeyNumbers:
    """A campaign in a list of reports: every figure of the whole, and its goal."""

    plan: CampaignPlan
    figures: Mapping[str, Figure]
    goal: GoalProgress | None


@dataclass(frozen=True, slots=True)
class TouchpointReport:
    """One touchpoint's figures and how its messages stand by reason."""

    plan: TouchpointPlan
    figures: Mapping[str, Figure]
    reasons: tuple[Withheld, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """The campaign report. `at`: when the numbers were true."""

    plan: CampaignPlan
    at: datetime
    total: Mapping[str, Figure]
    reasons: tuple[Withheld, ...]
    touchpoints: tuple[TouchpointReport, ...]
    links: tuple[LinkRow, ...]
    groups: tuple[Group, ...]
    lifts: tuple[Lift, ...]
    goal: GoalProgress | None
    foreign_conversions: int


@dataclass(frozen=True, slots=True)
class Cell:
    """Which figure of the report is meant: a metric of the campaign or of one touchpoint, narrowed down.

    `reason` narrows withheld, failed and unknown messages; `link` clicks and conversions; `attribute` with
    `bucket` anything. With `side` the people of a comparison are meant (with `event`: those who had it) and
    the metric is not asked.
    """

    metric: str = "audience"
    touchpoint_id: UUID | None = None
    reason: str | None = None
    link: int | None = None
    attribute: str | None = None
    bucket: Bucket = field(default_factory=Bucket)
    side: Side | None = None
    event: str | None = None
