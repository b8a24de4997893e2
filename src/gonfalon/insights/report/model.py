"""Values of the campaign report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.insights.report.plan import CampaignPlan, TouchpointPlan
from gonfalon.kit.schemas import Internal
from gonfalon.planning.model import Goal

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
    ELSEWHERE = "elsewhere"
    """It is carried out elsewhere: there are no messages of it, and people there are known to nobody here."""
    SENT_HERE = "sent_here"
    """It is told of what is carried out elsewhere; here there are messages."""
    CONTROL = "control"
    """It is a control group: everybody was held out, so nobody can have answered."""
    BOUNCES_UNSEEN = "bounces_unseen"
    """Mail that comes back later does not reach Gonfalon."""
    NO_VISITS = "no_visits"
    """No site tells what brought its visitors."""
    NOT_TOLD = "not_told"
    """It was carried out elsewhere, and nobody entered it."""
    NOT_ADDED = "not_added"
    """Reach of several touchpoints: the same people may be in each, so there is no sum."""
    NO_CONTROL = "no_control"
    """Nobody was held out, so what would have happened anyway is not known."""
    OVERLAP = "overlap"
    """The same people got several touchpoints: what each caused does not add up."""
    WHOLE_ONLY = "whole_only"
    """It is known for touchpoints and campaigns, not for a part of their people."""
    PART_COMPARED = "part_compared"
    """Only a part of the campaign has a control group, and its cost is not known apart."""


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

    @property
    def span(self) -> timedelta:
        """How far back a series of it goes where nobody says."""
        return {Step.MINUTE: timedelta(hours=3), Step.HOUR: timedelta(days=14), Step.DAY: timedelta(days=730)}[self]

    @classmethod
    def usual(cls, age: timedelta) -> Step:
        """Return the step in which somebody looks at what began so long ago."""
        if age < timedelta(hours=2):
            return cls.MINUTE
        return cls.HOUR if age < timedelta(days=4) else cls.DAY


@dataclass(frozen=True, slots=True)
class Figure:
    """One number. Money in minor units, shares as fractions of one; no `value`: “–”, and `missing` says why."""

    metric: Internal[str]
    value: Number | None
    base: Annotated[Number | None, Field(description="What a ratio was divided by; of an estimate: its people.")] = None
    missing: Missing | None = None
    low: Annotated[Number | None, Field(description="Of an estimate: where its 95 % interval begins")] = None
    high: Annotated[Number | None, Field(description="Of an estimate: where its 95 % interval ends")] = None


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many messages ended in a state for a reason."""

    state: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class LinkResult:
    """What one link brought. Money in minor units. An empty `url`: it differs by person."""

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
    events_squared: float = 0.0
    amount_squared: float = 0.0


@dataclass(frozen=True, slots=True)
class ReportGroup:
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
class Estimate:
    """A number that is estimated from a part, with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """What messages caused: conversions and revenue more than without them. people: to whom they were sent."""

    people: int
    conversions: Estimate
    revenue: Estimate


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be known of that which figures are about.

    begun: something of it was launched or carried out. messages: it has some. tracked: Gonfalon sent them.
    hears_back: messages that come back after they were accepted are heard of.
    control: all of it was held out. visits: a site tells what brought its visitors. reach, effect: a number or an
    estimate, or why there is none.
    """

    begun: bool = True
    messages: bool = True
    tracked: bool = True
    hears_back: bool = False
    control: bool = False
    visits: bool = True
    reach: int | Missing = Missing.ELSEWHERE
    effect: Effect | Missing = Missing.NO_CONTROL


@dataclass(frozen=True, slots=True)
class Unconverted:
    """Orders in a currency without a rate on their day: they count as conversions, and their amounts are in no sum."""

    currency: str
    conversions: int


@dataclass(frozen=True, slots=True)
class ReportMoment:
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


class RowKind(StrEnum):
    """What a row of the report's table is about."""

    TOUCHPOINT = "touchpoint"
    HELD_OUT = "held_out"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of the report's table: a touchpoint, its people held out, or the whole campaign."""

    kind: RowKind
    touchpoint_id: UUID | None
    name: str
    figures: Mapping[str, Figure]
    control: Annotated[bool, Field(description="The touchpoint is nothing but a control group")] = False


@dataclass(frozen=True, slots=True)
class Report:
    """The campaign report. `at`: when the numbers were true. series: what happened when, in steps of `step`."""

    plan: CampaignPlan
    at: datetime
    total: Mapping[str, Figure]
    reasons: tuple[Withheld, ...]
    touchpoints: tuple[TouchpointReport, ...]
    links: tuple[LinkResult, ...]
    groups: tuple[ReportGroup, ...]
    lifts: tuple[Lift, ...]
    goal: GoalProgress | None
    unconverted: tuple[Unconverted, ...]
    unplaced_visits: int
    loose_reversals: int
    step: Step
    series: tuple[ReportMoment, ...]


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
