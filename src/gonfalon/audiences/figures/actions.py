"""The verbs of figures: what a rule's parts cost, what audiences share, what makes one different."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Invalid

from .. import store as audiences
from ..actions import rule_of
from ..segments.language import parse
from ..segments.membership import AudienceQuery
from . import store
from .model import AudienceTrait, Cost, Costs, Profile, Share
from .rules import MOST_PARTS, joined, most_telling, parts_of

MOST_COMPARED = 5


async def costs_of(ctx: Context, rule: object) -> Costs:
    """Return what each part of a rule (its JSON form) means alone, and what the rule would mean without it: one
    question."""
    ctx.require(Permission.AUDIENCES_READ)
    tree = parse(rule)
    parts = parts_of(tree)
    if len(parts) > MOST_PARTS:
        raise Invalid("parts_many", f"At most {MOST_PARTS} conditions side by side can be told apart.", most=MOST_PARTS)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rows = await query.ask(
            lambda layout: store.combinations(query.flags(parts or (tree,), layout), len(parts or (0,)))
        )
    if not parts:
        total = sum(people for bits, people in rows if bits)
        return Costs(total, sum(people for _, people in rows), ())

    def people(without: int | None = None) -> int:
        return sum(people for bits, people in rows if joined(bits, len(parts), tree, without))

    found = tuple(
        Cost(
            place=f"rules[{number}]",
            alone=sum(people for bits, people in rows if bits >> number & 1),
            without=people(number),
        )
        for number in range(len(parts))
    )
    return Costs(people(), sum(people for _, people in rows), found)


async def shares_of(ctx: Context, ids: Sequence[UUID]) -> list[Share]:
    """Return how up to five audiences overlap: every combination that somebody is in, the largest first."""
    ctx.require(Permission.AUDIENCES_READ)
    wanted = list(dict.fromkeys(ids))
    if not 2 <= len(wanted) <= MOST_COMPARED:
        raise Invalid("compared_count", f"Compare two to {MOST_COMPARED} audiences.", most=MOST_COMPARED)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rules = [rule_of(await audiences.find_audience(connection, ctx.workspace.id, each)) for each in wanted]
        rows = await query.ask(lambda layout: store.combinations(query.flags(rules, layout), len(rules)))
    found = [
        Share(tuple(id_ for number, id_ in enumerate(wanted) if bits >> number & 1), people)
        for bits, people in rows
        if bits
    ]
    return sorted(found, key=lambda each: -each.people)


async def profile_of(ctx: Context, audience_id: UUID) -> Profile:
    """Return what makes an audience's members different from everybody: values, tags and events with the greatest
    lift."""
    ctx.require(Permission.AUDIENCES_READ)
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rule = rule_of(await audiences.find_audience(connection, ctx.workspace.id, audience_id))
        rows = await query.ask(
            lambda layout: store.traits(query.question(rule, layout), query.catalogue, layout, ctx.workspace.id)
        )
    members, everybody = next((row[3], row[4]) for row in rows if row[0] == "")
    found = [AudienceTrait(*row) for row in rows if row[0] and row[2] is not None]
    return Profile(members, everybody, most_telling(found, members, everybody))
