"""Shapes of the campaign report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.insights.report.model import (
    Bucket,
    CampaignPlan,
    Cell,
    Figure,
    GoalProgress,
    KeyNumbers,
    Missing,
    Report,
    Side,
)
from gonfalon.kit.errors import Invalid
from gonfalon.planning.campaigns.schemas import AttributionShape
from gonfalon.planning.goals.model import GoalMetric, Unit


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class FigureOut(_Out):
    """One number. Money in minor units, shares as fractions of one; no `value`: “–”, and `missing` says why."""

    value: float | int | None
    base: float | int | None = Field(description="What a ratio was divided by.")
    missing: Missing | None


class WithheldOut(_Out):
    """How many messages are in a state, for a reason."""

    state: str
    reason: str
    count: int


class TouchpointReportOut(BaseModel):
    """One touchpoint. `reasons` adds up to its audience."""

    id: UUID
    name: str
    channel: str
    state: str
    launched_at: datetime | None
    holdout_percent: int
    figures: dict[str, FigureOut]
    reasons: list[WithheldOut]


class LinkResult(_Out):
    """What one link brought. An empty `url`: it differs by person."""

    touchpoint_id: UUID
    number: int
    url: str
    label: str
    clicks: int
    clickers: int
    machine_clicks: int
    conversions: int
    revenue: int


class EventRateOut(_Out):
    """People of the group with the event within the campaign's days."""

    event: str
    people: int
    events: int
    amount: int
    share: float | None
    amount_per_person: float | None


class GroupOut(_Out):
    """People sent to, or held out, of a touchpoint."""

    touchpoint_id: UUID
    side: Side
    people: int
    events: list[EventRateOut]


class LiftOut(_Out):
    """Share of people sent to less share of people held out, with its 95 % interval."""

    touchpoint_id: UUID
    control: UUID
    event: str
    difference: float
    low: float
    high: float


class GoalProgressOut(BaseModel):
    """The goal and where it stands. `share`: of the way from the start to the target.

    `expected`: where it should stand today if it came on evenly.
    """

    metric: GoalMetric
    unit: Unit
    baseline: float | int | None
    target: float | int
    deadline: date
    now: float | int | None
    missing: Missing | None
    share: float | None
    reached: bool
    days_left: int
    expected: float | None


class ReportOut(BaseModel):
    """The campaign report. People count once in the total, however many touchpoints reached them."""

    campaign_id: UUID
    name: str
    state: str
    currency: str
    starts_on: date | None
    ends_on: date | None
    attribution: AttributionShape
    at: datetime
    goal: GoalProgressOut | None
    total: dict[str, FigureOut]
    reasons: list[WithheldOut]
    touchpoints: list[TouchpointReportOut]
    links: list[LinkResult]
    groups: list[GroupOut]
    lifts: list[LiftOut]
    foreign_conversions: int = Field(description="Conversions in another currency, whose amounts are in no sum.")


class KeyNumbersOut(BaseModel):
    """A campaign in a list of reports. `launched`: how many of its touchpoints are."""

    campaign_id: UUID
    name: str
    state: str
    currency: str
    starts_on: date | None
    ends_on: date | None
    launched: int
    figures: dict[str, FigureOut]
    goal: GoalProgressOut | None


class BucketOut(_Out):
    """A part of an attribute's values: `value`, a range above `low` up to `high`, `unknown`, or all `other` values."""

    value: str | None
    low: float | None
    high: float | None
    unknown: bool
    other: bool


class BreakdownRowOut(BaseModel):
    """The figures of one part of an attribute's values."""

    bucket: BucketOut
    figures: dict[str, FigureOut]


class MomentOut(_Out):
    """What happened in a step of time that begins at `at`."""

    at: datetime
    sent: int
    opens: int
    clicks: int
    conversions: int


class PersonBehind(_Out):
    """Somebody behind a number."""

    id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]


class PeopleBehind(BaseModel):
    """A page of the people behind a number, and how many they are."""

    items: list[PersonBehind]
    next_cursor: str | None
    total: int


class CellIn(BaseModel):
    """One number of the report: a metric of the campaign or a touchpoint, narrowed down. `side`: of the comparison."""

    metric: str = Field("audience", max_length=40, description="Key in the metric catalogue")
    touchpoint_id: UUID | None = None
    reason: str | None = Field(None, max_length=32, description="Of withheld, failed or unknown messages")
    link: int | None = Field(None, ge=0, le=32767, description="Of clicks and conversions; needs touchpoint_id")
    attribute: str | None = Field(None, max_length=63)
    value: str | None = Field(None, max_length=1000)
    low: float | None = Field(None, allow_inf_nan=False)
    high: float | None = Field(None, allow_inf_nan=False)
    unknown: bool = False
    other: bool = False
    side: Side | None = None
    event: str | None = Field(None, max_length=200, description="With `side`: those who had it")

    def cell(self) -> Cell:
        """As the report takes it; raises Invalid for a link of no touchpoint."""
        if self.link is not None and self.touchpoint_id is None:
            raise Invalid("link_without_touchpoint", "Links are numbered by touchpoint; say which one is meant.")
        bucket = Bucket(self.value, self.low, self.high, self.unknown, self.other)
        return Cell(
            self.metric, self.touchpoint_id, self.reason, self.link, self.attribute, bucket, self.side, self.event
        )


def figures_out(figures: Mapping[str, Figure]) -> dict[str, FigureOut]:
    """Figures by the key of their metric."""
    return {key: FigureOut.model_validate(figure) for key, figure in figures.items()}


def _goal_out(progress: GoalProgress | None) -> GoalProgressOut | None:
    if progress is None:
        return None
    wanted = progress.goal
    return GoalProgressOut(
        metric=wanted.metric,
        unit=wanted.metric.unit,
        baseline=None if wanted.baseline is None else float(wanted.baseline),
        target=float(wanted.target),
        deadline=wanted.deadline,
        now=progress.now,
        missing=progress.missing,
        share=progress.share,
        reached=progress.reached,
        days_left=progress.days_left,
        expected=progress.expected,
    )


def _head(plan: CampaignPlan) -> dict[str, Any]:
    names = ("name", "state", "currency", "starts_on", "ends_on")
    return {"campaign_id": plan.id} | {name: getattr(plan, name) for name in names}


def key_numbers_out(numbers: KeyNumbers) -> KeyNumbersOut:
    """A campaign in a list of reports as the API shows it."""
    return KeyNumbersOut(
        **_head(numbers.plan),
        launched=len(numbers.plan.launched),
        figures=figures_out(numbers.figures),
        goal=_goal_out(numbers.goal),
    )


def report_out(report: Report) -> ReportOut:
    """The report as the API shows it."""
    return ReportOut(
        **_head(report.plan),
        attribution=AttributionShape(
            basis=report.plan.attribution.basis,
            days=report.plan.attribution.days,
            conversion_event=report.plan.attribution.conversion_event,
        ),
        at=report.at,
        goal=_goal_out(report.goal),
        total=figures_out(report.total),
        reasons=[WithheldOut.model_validate(row) for row in report.reasons],
        touchpoints=[
            TouchpointReportOut(
                id=each.plan.id,
                name=each.plan.name,
                channel=each.plan.channel,
                state=each.plan.state,
                launched_at=each.plan.launched_at,
                holdout_percent=each.plan.holdout_percent,
                figures=figures_out(each.figures),
                reasons=[WithheldOut.model_validate(row) for row in each.reasons],
            )
            for each in report.touchpoints
        ],
        links=[LinkResult.model_validate(row) for row in report.links],
        groups=[GroupOut.model_validate(row) for row in report.groups],
        lifts=[LiftOut.model_validate(row) for row in report.lifts],
        foreign_conversions=report.foreign_conversions,
    )
