"""Measure the people of personas: what they did, what sets them apart, in which stage they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context

from .. import store as audiences
from ..actions import rule_of
from ..figures import store as figures
from ..model import StoredAudience
from ..segments.check import check
from ..segments.language import Active, Family, Intent, Message, Rule, RuleInvalid
from ..segments.membership import AudienceQuery
from . import store
from .model import MemberFigures, Persona, PersonaMeasure, StageCounts, TraitShare

BEHAVIOUR_DAYS = 90
VALUE_DAYS = 365
LEAST_SHARE = 0.05
MOST_TRAITS = 60
_ACTIVE = Active(within_days=BEHAVIOUR_DAYS)
_BOUGHT = Intent(family=Family.PURCHASE, within_days=BEHAVIOUR_DAYS)
_CLICKED = Message(what="clicked", within_days=BEHAVIOUR_DAYS)
_STAGES = (Family.PURCHASE, Family.CONSIDERATION, Family.AWARENESS)
"""The furthest first."""


async def measure(
    ctx: Context, connection: AsyncConnection, persona: Persona
) -> tuple[PersonaMeasure | None, MemberFigures | None]:
    """Return the figures of a persona's people and those of everybody; None without an audience that can be asked.

    Everybody's value is not measured, and 0. Three questions, whatever the number of people.
    """
    if persona.audience is None or persona.audience.archived:
        return None, None
    query = await AudienceQuery.of(ctx, connection)
    rule = _askable(query, await audiences.find_audience(connection, ctx.workspace.id, persona.audience.id))
    if rule is None:
        return None, None
    rows = await query.ask(
        lambda layout: figures.combinations(query.flags((rule, _ACTIVE, _BOUGHT, _CLICKED), layout), 4)
    )
    names = query.catalogue.families.get(Family.PURCHASE, frozenset())
    since = _days_ago(ctx, VALUE_DAYS)
    ((value,),) = await query.ask(
        lambda layout: store.value_of(query.question(rule, layout), layout, ctx.workspace.id, sorted(names), since)
    )
    traits = await query.ask(
        lambda layout: figures.traits(query.question(rule, layout), query.catalogue, layout, ctx.workspace.id)
    )
    members = _figures_of([(bits, people) for bits, people in rows if bits & 1], int(value))
    found = PersonaMeasure(on=ctx.today, figures=members, traits=_shares_of(traits, members.people))
    return found, _figures_of(rows, 0)


async def stages_of(ctx: Context, connection: AsyncConnection, personas: Sequence[Persona]) -> list[StageCounts]:
    """Return how many people of each persona are in which stage: one question for all of them."""
    query = await AudienceQuery.of(ctx, connection)
    wanted = [each.audience.id for each in personas if each.audience is not None and not each.audience.archived]
    stored = {each.id: each for each in await audiences.find_audiences(connection, ctx.workspace.id, wanted, true())}
    asked = {id_: rule for id_, row in stored.items() if (rule := _askable(query, row)) is not None}
    flags = (*asked.values(), *(Intent(family=each, within_days=BEHAVIOUR_DAYS) for each in _STAGES))
    rows: list[Any] = []
    if asked:
        rows = await query.ask(lambda layout: figures.combinations(query.flags(flags, layout), len(flags)))
    place = {id_: at for at, id_ in enumerate(asked)}

    def counts(persona: Persona) -> StageCounts:
        at = None if persona.audience is None else place.get(persona.audience.id)
        if at is None:
            return StageCounts(persona.id, None, None, None, None)
        found = dict.fromkeys((*_STAGES, None), 0)
        for bits, people in rows:
            if bits >> at & 1:
                furthest = (stage for n, stage in enumerate(_STAGES) if bits >> (len(asked) + n) & 1)
                found[next(furthest, None)] += people
        return StageCounts(
            persona.id, found[Family.AWARENESS], found[Family.CONSIDERATION], found[Family.PURCHASE], found[None]
        )

    return [counts(each) for each in personas]


def _askable(query: AudienceQuery, row: StoredAudience) -> Rule | None:
    """Return the rule of an audience; None where it names what is gone."""
    try:
        rule = rule_of(row)
        check(rule, query.catalogue)
    except RuleInvalid:
        return None
    return rule


def _figures_of(rows: Sequence[tuple[int, int]], value: int) -> MemberFigures:
    def people(flag: int) -> int:
        return sum(count for bits, count in rows if bits >> flag & 1)

    everybody = sum(count for _, count in rows)
    return MemberFigures(people=everybody, active=people(1), bought=people(2), clicked=people(3), value_minor=value)


def _shares_of(rows: Sequence[Any], members: int) -> list[TraitShare]:
    """Return what at least a twentieth of the members have in common, the commonest first."""
    if not members:
        return []
    found = [
        TraitShare(kind=kind, key=key, value=value, share=count / members)
        for kind, key, value, count, _ in rows
        if kind and value is not None and count >= LEAST_SHARE * members
    ]
    return sorted(found, key=lambda each: (-each.share, each.kind, each.key, each.value))[:MOST_TRAITS]


def _days_ago(ctx: Context, days: int) -> datetime:
    """Return when a day so long ago began in the workspace's zone."""
    return datetime.combine(ctx.today - timedelta(days=days), time(), ZoneInfo(ctx.workspace.time_zone))
