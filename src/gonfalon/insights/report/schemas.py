"""Shapes of the campaign report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.insights.report import table
from gonfalon.insights.report.model import (
    Bucket,
    Cell,
    Figure,
    GoalProgress,
    KeyNumbers,
    Lift,
    LinkResult,
    Missing,
    Report,
    ReportMoment,
    Side,
    Step,
    TableRow,
    Unconverted,
    Withheld,
)
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.kit.errors import Invalid
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Unit
from gonfalon.people.profiles.model import Person
from gonfalon.planning.model import Attribution


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TouchpointReportOut(BaseModel):
    """One touchpoint. `reasons` adds up to its audience."""

    id: UUID
    name: str
    channel: str
    state: str
    launched_at: datetime | None
    done_on: date | None = Field(description="The day it was carried out elsewhere")
    begun: bool = Field(description="It was launched or carried out, or somebody came by it")
    holdout_percent: int
    figures: dict[str, Figure]
    reasons: list[Withheld]


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


class LeftOut(BaseModel):
    """Metrics that the table has no column for, because no row has a value, and why."""

    missing: Missing
    metrics: list[str]


class ReportOut(BaseModel):
    """The campaign report. People count once in the total, however many touchpoints reached them."""

    campaign_id: UUID
    name: str
    state: str
    currency: str
    starts_on: date | None
    ends_on: date | None
    attribution: Attribution
    at: datetime
    goal: GoalProgressOut | None
    total: dict[str, Figure]
    reasons: list[Withheld]
    touchpoints: list[TouchpointReportOut]
    links: list[LinkResult]
    groups: list[GroupOut]
    lifts: list[Lift]
    headlines: list[str] = Field(description="Metrics that are shown first, in order.")
    summary: list[str] = Field(description="Sentences that tell the report, by their key.")
    columns: list[str] = Field(description="Metrics of the table of touchpoints.")
    left_out: list[LeftOut]
    rows: list[TableRow] = Field(description="The table of touchpoints, as screen, PDF and CSV show it.")
    foreign_conversions: int = Field(
        description="Conversions in a currency without a rate, whose amounts are in no sum."
    )
    unconverted: list[Unconverted]
    unplaced_visits: int = Field(description="Visits that name the campaign, but may be of several of its touchpoints.")
    loose_reversals: int = Field(description="Refunds and cancellations that name no order or amount known here")
    step: Step = Field(description="Of `series`: minutes in the first two hours, hours in four days, then days")
    series: list[ReportMoment] = Field(description="What happened when, as the series of that step without `since`")


class KeyNumbersOut(BaseModel):
    """A campaign in a list of reports. `launched`: how many of its touchpoints were launched or carried out."""

    campaign_id: UUID
    name: str
    state: str
    currency: str
    starts_on: date | None
    ends_on: date | None
    launched: int
    figures: dict[str, Figure]
    goal: GoalProgressOut | None


class BreakdownRowOut(BaseModel):
    """The figures of one part of an attribute's values."""

    bucket: Bucket
    figures: dict[str, Figure]


class OrderBehind(BaseModel):
    """A credited conversion: when it was and what is left of it."""

    at: datetime
    amount_minor: int


class PersonBehind(BaseModel):
    """Somebody behind a number. `orders`: of numbers of conversions and revenue."""

    id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]
    orders: list[OrderBehind]


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
        """Return as the report takes it; raises Invalid for a link of no touchpoint."""
        if self.link is not None and self.touchpoint_id is None:
            raise Invalid("link_without_touchpoint", "Links are numbered by touchpoint; say which one is meant.")
        bucket = Bucket(self.value, self.low, self.high, self.unknown, self.other)
        return Cell(
            self.metric, self.touchpoint_id, self.reason, self.link, self.attribute, bucket, self.side, self.event
        )


def person_behind(row: Person, orders: Sequence[tuple[datetime, int]]) -> PersonBehind:
    """Return somebody behind a number as the API shows them."""
    listed = [OrderBehind(at=at, amount_minor=minor) for at, minor in orders]
    return PersonBehind(
        id=row.id, email=row.email, external_id=row.external_id, attributes=row.attributes, orders=listed
    )


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
    """Return a campaign in a list of reports as the API shows it."""
    return KeyNumbersOut(
        **_head(numbers.plan),
        launched=numbers.plan.begun,
        figures=dict(numbers.figures),
        goal=_goal_out(numbers.goal),
    )


def report_out(report: Report) -> ReportOut:
    """Return the report as the API shows it."""
    return ReportOut(
        **_head(report.plan),
        attribution=report.plan.attribution,
        at=report.at,
        goal=_goal_out(report.goal),
        total=dict(report.total),
        reasons=list(report.reasons),
        touchpoints=[
            TouchpointReportOut(
                id=each.plan.id,
                name=each.plan.name,
                channel=each.plan.channel,
                state=each.plan.state,
                launched_at=each.plan.launched_at,
                done_on=each.plan.done_on,
                begun=each.figures["conversions"].missing is not Missing.NOTHING_LAUNCHED,
                holdout_percent=each.plan.holdout_percent,
                figures=dict(each.figures),
                reasons=list(each.reasons),
            )
            for each in report.touchpoints
        ],
        links=list(report.links),
        groups=[GroupOut.model_validate(group) for group in report.groups],
        step=report.step,
        series=list(report.series),
        headlines=list(table.headlines(report)),
        summary=list(table.summary(report)),
        columns=list(table.columns(report)),
        left_out=[LeftOut(missing=why, metrics=list(keys)) for why, keys in table.left_out(report).items()],
        rows=list(table.rows(report)),
        lifts=list(report.lifts),
        foreign_conversions=sum(each.conversions for each in report.unconverted),
        unconverted=list(report.unconverted),
        unplaced_visits=report.unplaced_visits,
        loose_reversals=report.loose_reversals,
    )
