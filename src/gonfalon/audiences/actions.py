"""The verbs of audiences: make, change, archive, count, compare, write down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import see_audiences, seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.offers import Held
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run

from . import store
from .model import Audience, AudienceKind, AudienceUser, Count, Overlap, StoredAudience, Taken
from .rules import check_name, references_of
from .segments.check import check
from .segments.language import Member, Rule, RuleInvalid, dump, parse
from .segments.layout import PostgresLayout
from .segments.membership import AudienceQuery
from .tables import audiences

_PACKAGE = "gonfalon.audiences"


async def create_audience(
    ctx: Context, *, kind: AudienceKind, name: str, description: str = "", rule: object = None
) -> Audience:
    """Return a new audience: a segment with its rule (JSON form), or an empty list."""
    async with ctx.transaction() as connection:
        return await add_audience(ctx, connection, kind=kind, name=name, description=description, rule=rule)


async def add_audience(
    ctx: Context,
    connection: AsyncConnection,
    *,
    kind: AudienceKind,
    name: str,
    description: str = "",
    rule: object = None,
) -> Audience:
    """Return the same inside the caller's transaction; writes the audit line."""
    ctx.require(Permission.AUDIENCES_WRITE)
    audience_id = new_id()
    query = await AudienceQuery.of(ctx, connection)
    values = _values(query, audience_id, kind, name, description, rule)
    await store.insert_audience(
        connection,
        {
            "id": audience_id,
            "workspace_id": ctx.workspace.id,
            "kind": kind.value,
            "created_by": ctx.actor.name,
            **values,
        },
    )
    await ctx.audit(connection, "audience.created", "audience", audience_id, values["name"], kind=kind.value)
    row = await store.find_audience(connection, ctx.workspace.id, audience_id)
    return store.audience_of(row, query.catalogue)


async def duplicate_audience(ctx: Context, audience_id: UUID, name: str) -> Audience:
    """Return a second audience with the same rule, or the same people for a list; also of an archived one."""
    ctx.require(Permission.AUDIENCES_WRITE)
    copy_id = new_id()
    async with ctx.transaction() as connection:
        query = await AudienceQuery.of(ctx, connection)
        row = await store.find_audience(connection, ctx.workspace.id, audience_id, archived=True)
        kept = ("kind", "description", "rule", "references")
        values = {key: getattr(row, key) for key in kept} | {"name": check_name(name)}
        await store.insert_audience(
            connection, values | {"id": copy_id, "workspace_id": ctx.workspace.id, "created_by": ctx.actor.name}
        )
        await store.copy_members(connection, ctx.workspace.id, audience_id, copy_id)
        await ctx.audit(connection, "audience.created", "audience", copy_id, values["name"], copied_from=str(row.id))
        return store.audience_of(await store.find_audience(connection, ctx.workspace.id, copy_id), query.catalogue)


async def update_audience(
    ctx: Context, audience_id: UUID, *, version: int, name: str, description: str, rule: object = None
) -> Audience:
    """Change name, description and (of a segment) the rule. Raises Conflict when ``version`` is not the newest."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_audience(connection, ctx.workspace.id, audience_id, lock=True)
        query = await AudienceQuery.of(ctx, connection)
        values = _values(query, audience_id, before.kind, name, description, rule)
        await store.update_audience(connection, before, version, values)
        changed = sorted(key for key in ("name", "description", "rule") if getattr(before, key) != values[key])
        await ctx.audit(connection, "audience.changed", "audience", audience_id, values["name"], changed=changed)
        row = await store.find_audience(connection, ctx.workspace.id, audience_id)
        return store.audience_of(row, query.catalogue)


def _values(
    query: AudienceQuery, audience_id: UUID, kind: AudienceKind, name: str, description: str, rule: object
) -> dict[str, Any]:
    values: dict[str, Any] = {"name": check_name(name), "description": description.strip()}
    if kind is AudienceKind.LIST:
        if rule is not None:
            raise Invalid("list_takes_no_rule", "A list has members, not a rule; make a segment instead.")
        return {**values, "rule": None, "references": []}
    tree = parse(rule)
    check(tree, query.catalogue, audience_id)
    return {**values, "rule": dump(tree), "references": references_of(tree)}


async def find_seen(
    ctx: Context, connection: AsyncConnection, audience_id: UUID, *, archived: bool = False
) -> StoredAudience:
    """Find the audience, if the actor may see it; raises NotFound. A guest sees those that their campaigns are for."""
    seen = seen_things(ctx, Held.AUDIENCE, audiences.c.id)
    return await store.find_audience(connection, ctx.workspace.id, audience_id, seen=seen, archived=archived)


async def list_users(ctx: Context, audience_id: UUID) -> list[AudienceUser]:
    """Return what needs the audience: other audiences, and touchpoints with their campaigns if the reader may see
    those."""
    see_audiences(ctx)
    guest = ctx.actor.id if ctx.actor.role is Role.GUEST else None
    async with ctx.reading() as connection:
        await find_seen(ctx, connection, audience_id, archived=True)
        users = await store.users_of(connection, ctx.workspace.id, audience_id, guest=guest)
    campaigns = ctx.may(Permission.CAMPAIGNS_READ)
    return [user for user in users if campaigns or user.kind == "audience"]


async def archive_audience(ctx: Context, audience_id: UUID) -> None:
    """Take an audience out of use; it can be restored. Raises Conflict, naming them, while others need it."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        await store.find_audience(connection, ctx.workspace.id, audience_id, lock=True)
        needed = [user for user in await store.users_of(connection, ctx.workspace.id, audience_id) if user.waiting]
        if needed:
            names = ", ".join(f"“{user.name}”" for user in needed[:5])
            more = f" and {len(needed) - 5} more" if len(needed) > 5 else ""
            raise Conflict(
                "audience_in_use",
                f"It is still needed by {names}{more}. Give these another audience first.",
                names=[user.name for user in needed],
                used_by=[{"kind": user.kind, "id": str(user.id), "name": user.name} for user in needed],
            )
        name = await store.set_archived(connection, ctx.workspace.id, audience_id, True)
        await ctx.audit(connection, "audience.archived", "audience", audience_id, name)


async def restore_audience(ctx: Context, audience_id: UUID) -> None:
    """Bring an archived audience back."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        name = await store.set_archived(connection, ctx.workspace.id, audience_id, False)
        await ctx.audit(connection, "audience.restored", "audience", audience_id, name)


async def count_rule(ctx: Context, rule: object) -> Count:
    """Return total, reach and a sample for a rule that need not be saved (JSON form)."""
    ctx.require(Permission.AUDIENCES_READ)
    tree = parse(rule)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        return await query.count(tree, sample=8 if ctx.may(Permission.PEOPLE_READ) else 0)


async def count_audience(ctx: Context, audience_id: UUID) -> Count:
    """Return total, reach and a sample of a saved audience; guests are told no people."""
    see_audiences(ctx)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rule = rule_of(await find_seen(ctx, connection, audience_id))
        count = await query.count(rule, sample=8 if ctx.may(Permission.PEOPLE_READ) else 0)
        return await _as_told(ctx, connection, count)


async def count_audiences(ctx: Context, ids: Sequence[UUID]) -> dict[UUID, Count]:
    """Return totals and reach of saved audiences at one moment, by id; those that cannot be asked or seen are left
    out."""
    see_audiences(ctx)
    found: dict[UUID, Count] = {}
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        for row in await store.find_audiences(
            connection, ctx.workspace.id, ids, seen_things(ctx, Held.AUDIENCE, audiences.c.id)
        ):
            with suppress(RuleInvalid):  # the list says of each what is wrong with it
                found[row.id] = await _as_told(ctx, connection, await query.count(rule_of(row), sample=0))
    return found


async def _as_told(ctx: Context, connection: AsyncConnection, count: Count) -> Count:
    """Return the count with the topics that the actor may know of."""
    if ctx.actor.role is not Role.GUEST:
        return count
    keys = await store.seen_topics(ctx, connection)
    return replace(count, reach=tuple(each for each in count.reach if each.topic in keys))


async def compare_audiences(ctx: Context, first: UUID, second: UUID) -> Overlap:
    """Return how many people two audiences share."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        rules = [rule_of(await store.find_audience(connection, ctx.workspace.id, each)) for each in (first, second)]
        return await query.overlap(*rules)


async def members_among(ctx: Context, audience_id: UUID, people: Sequence[int]) -> set[int]:
    """Return which of a handful of people belong to the audience right now (from the truth itself)."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        return await query.among(rule_of(await store.find_audience(connection, ctx.workspace.id, audience_id)), people)


async def count_among(ctx: Context, audience_id: UUID, people: Sequence[int]) -> int:
    """Return how many of these people, however many, belong to the audience."""
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        return await query.total_among(
            rule_of(await store.find_audience(connection, ctx.workspace.id, audience_id)), people
        )


async def snapshot_audience(ctx: Context, audience_id: UUID) -> Taken:
    """Write down who belongs to the audience now, for good: what a launch sends to.

    Everything committed before the call is taken into account: the analytics copy is waited for, and
    PostgreSQL asked itself if it does not arrive.
    """
    ctx.require(Permission.AUDIENCES_READ)
    async with ctx.transaction() as connection:
        return await take_snapshot(ctx, connection, audience_id)


async def take_snapshot(ctx: Context, connection: AsyncConnection, audience_id: UUID) -> Taken:
    """Return ``snapshot_audience`` inside the caller's transaction: kept or rolled back with it.

    What that transaction itself has changed in people is not seen, so change them in an earlier one.
    """
    row = await store.find_audience(connection, ctx.workspace.id, audience_id)
    query = await AudienceQuery.of(ctx, connection)
    made = await store.insert_snapshot(connection, ctx.workspace.id, row)
    size = await query.write_members(rule_of(row), made.id)
    await store.set_snapshot_size(connection, made.id, size)
    return replace(made, size=size)


def rule_of(row: StoredAudience) -> Rule:
    """Return the rule of an audience; a list's is "is on this list"."""
    return Member(audience=row.id) if row.rule is None else parse(row.rule)


async def add_to_list(
    ctx: Context,
    audience_id: UUID,
    *,
    people: Sequence[int] = (),
    keys: Sequence[str] = (),
    rule: object = None,
) -> tuple[int, int]:
    """Put people on a list: by id, by key (email or the customer's own id, as in a CSV column), by rule.

    Returns (people added, keys that found nobody). Who is on it already stays.
    """
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        row = await _list_row(ctx, connection, audience_id)
        added, missing = 0, 0
        wanted = sorted({key.strip() for key in keys} - {""})
        if people or wanted:
            found, added = await store.add_members(connection, ctx.workspace.id, audience_id, people, wanted)
            missing = len(wanted) + len(set(people)) - found
        if rule is not None:
            query = await AudienceQuery.of(ctx, connection)
            question = query.question(parse(rule), PostgresLayout())
            added += await store.add_members_by_rule(connection, ctx.workspace.id, audience_id, question)
        await ctx.audit(connection, "audience.people_added", "audience", audience_id, row.name, added=added)
        return added, missing


async def remove_from_list(ctx: Context, audience_id: UUID, people: Sequence[int]) -> int:
    """Take people off a list; returns how many were on it."""
    ctx.require(Permission.AUDIENCES_WRITE)
    async with ctx.transaction() as connection:
        row = await _list_row(ctx, connection, audience_id)
        removed = await store.remove_members(connection, ctx.workspace.id, audience_id, people)
        await ctx.audit(connection, "audience.people_removed", "audience", audience_id, row.name, removed=removed)
        return removed


async def hash_members(connection: AsyncConnection, workspace_id: int, ids: Sequence[UUID]) -> dict[str, str]:
    """Return who is on each of these lists, as a hash: the same people, the same hash. By the list's id; "" for an
    empty one.

    Lock the audiences' rows to keep the members as they are: whoever changes a list waits for that lock.
    """
    found = {
        row.audience_id: row.members
        for row in await run(connection, _PACKAGE, "hash_members", workspace=workspace_id, ids=list(ids))
    }
    return {str(audience_id): found.get(audience_id, "") for audience_id in ids}


async def check_list(ctx: Context, connection: AsyncConnection, audience_id: UUID) -> None:
    """Raise NotFound or Conflict for what is no list that the actor may put people on."""
    ctx.require(Permission.AUDIENCES_WRITE)
    await _list_row(ctx, connection, audience_id)


async def add_imported(ctx: Context, connection: AsyncConnection, audience_id: UUID, people: str) -> int:
    """Put people of an import on a list, by one of our own queries for their ids. Joins the transaction."""
    row = await _list_row(ctx, connection, audience_id)
    added = await store.add_members_by_query(connection, ctx.workspace.id, audience_id, people)
    await ctx.audit(connection, "audience.people_added", "audience", audience_id, row.name, added=added)
    return added


async def remove_imported(connection: AsyncConnection, workspace_id: int, transaction: int) -> int:
    """Take off lists whom an undone import had put on them. Joins the transaction; return how many rows went."""
    done = await run(connection, _PACKAGE, "delete_members_of", workspace_id=workspace_id, transaction=str(transaction))
    return done.rowcount


async def _list_row(ctx: Context, connection: AsyncConnection, audience_id: UUID) -> StoredAudience:
    # Locked: while a launch looks at the list, nobody changes who is on it.
    row = await store.find_audience(connection, ctx.workspace.id, audience_id, lock=True)
    if row.kind is not AudienceKind.LIST:
        raise Conflict("audience_is_live", "This audience follows a rule; change the rule, or make a list.")
    return row


async def move_members(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Put people on the fixed lists of those they turned out to be, who leave these. Joins the transaction."""
    visitors = sorted(merges)
    await run(
        connection,
        _PACKAGE,
        "merge_visitors",
        workspace_id=workspace_id,
        visitors=visitors,
        persons=[merges[visitor] for visitor in visitors],
    )
    await forget(connection, workspace_id, visitors)


async def return_members(connection: AsyncConnection, workspace_id: int, merge_id: int) -> None:
    """Put a person whose merge is undone back on their lists. Joins the transaction."""
    await run(connection, _PACKAGE, "return_members", workspace_id=workspace_id, merge_id=merge_id)


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Take erased people off every fixed list. Joins the transaction."""
    await run(connection, _PACKAGE, "forget_people", workspace_id=workspace_id, person_ids=people)
