"""What messages caused, from groups that were held out at random. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from gonfalon.experiments.estimates import Sample, caused
from gonfalon.insights.report.model import Effect, Estimate, EventRate, Missing, ReportGroup, Side
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.insights.report.rules import compared


def of_touchpoints(groups: Iterable[ReportGroup], event: str) -> dict[UUID, Effect]:
    """Return what each touchpoint that has somebody to compare with caused of an event, over all it was sent to."""
    return {sent.touchpoint_id: _effect([(sent, held)], event) for sent, held in compared(groups)}


def of_campaign(plan: CampaignPlan, groups: Iterable[ReportGroup], overlap: bool) -> Effect | Missing:
    """Return what all messages of a campaign caused together; overlap: whether somebody got several of its
    touchpoints."""
    listed = tuple(groups)
    pairs = compared(listed)
    if not pairs:
        return Missing.NO_CONTROL
    sent = {group.touchpoint_id for group in listed if group.side is Side.SENT_TO and group.people}
    elsewhere = any(each.begun and not each.sent_here for each in plan.touchpoints)
    if elsewhere or {group.touchpoint_id for group, _ in pairs} != sent:
        return Missing.PART_COMPARED
    if overlap:
        return Missing.OVERLAP
    return _effect(pairs, plan.attribution.conversion_event)


def _effect(pairs: Iterable[tuple[ReportGroup, ReportGroup]], event: str) -> Effect:
    listed = list(pairs)
    groups = {id(group): group for pair in listed for group in pair}
    conversions, revenue = {}, {}
    for key, group in groups.items():
        rate = next((rate for rate in group.events if rate.event == event), _NONE)
        conversions[key] = Sample(group.people, rate.events, rate.events_squared)
        revenue[key] = Sample(group.people, rate.amount, rate.amount_squared)
    return Effect(
        people=sum(sent.people for sent, _ in listed),
        conversions=Estimate(*caused((conversions[id(sent)], conversions[id(held)]) for sent, held in listed)),
        revenue=Estimate(*caused((revenue[id(sent)], revenue[id(held)]) for sent, held in listed)),
    )


_NONE = EventRate("", 0, 0, 0, 0.0, 0.0)
