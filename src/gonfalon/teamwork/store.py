"""Database calls that the room's nouns share: who may see a thing, who can be told, who follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Table, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Permission, Role
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import Forbidden, NotFound
from gonfalon.teamwork.model import THINGS, VISIBLE, Look, Seen, Thing, ThingKind
from gonfalon.teamwork.tables import followers


def thing_unknown(kind: ThingKind) -> NotFound:
    """The answer for a thing that is not there, is another workspace's or may not be seen: all look the same."""
    return NotFound("thing_unknown", f"There is no such {kind.value} in this workspace.")


def member_id(ctx: Context) -> UUID:
    """The member who acts; raises Forbidden for an API key, which has nobody's list and follows nothing."""
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "This is about a member's own view; sign in instead of using an API key.")
    return UUID(ctx.actor.id)


def looked_up_in(
    table: Table, permission: Permission, *, title: str = "name", campaign: str | None = "campaign_id"
) -> Look:
    """The usual Look: a row of the table in the workspace. campaign: its column, None for things of no campaign."""

    async def look(ctx: Context, connection: AsyncConnection, thing_id: UUID) -> Seen:
        ctx.require(permission)
        columns = [table.c[title], *([table.c[campaign]] if campaign else [])]
        found = await connection.execute(
            select(*columns).where(table.c.id == thing_id, table.c.workspace_id == ctx.workspace.id)
        )
        row = found.first()
        if row is None:
            raise NotFound("thing_unknown", "There is no such thing in this workspace.")
        return Seen(row[0], row[1] if campaign else None)

    return look


async def see_thing(ctx: Context, connection: AsyncConnection, thing: Thing) -> Seen:
    """The thing, if the context's actor may see it; raises NotFound otherwise, Forbidden without the permission."""
    look = THINGS.get(thing.kind)
    if look is None:
        raise thing_unknown(thing.kind)
    seen = await look(ctx, connection, thing.id)
    if seen.campaign_id is not None:
        await see_campaign(ctx, connection, seen.campaign_id)
    return seen


async def see_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Raises NotFound when the actor may not see the campaign."""
    if not VISIBLE and ctx.actor.role is Role.GUEST:
        raise thing_unknown(ThingKind.CAMPAIGN)
    for guard in VISIBLE:
        await guard(ctx, connection, campaign_id)


async def find_members(ctx: Context, connection: AsyncConnection, ids: Iterable[UUID]) -> list[Row[Any, Any, Any]]:
    """Those of the users who are members of the workspace now: id, name, role."""
    wanted = list(set(ids))
    if not wanted:
        return []
    found = await connection.execute(
        select(users.c.id, users.c.name, members.c.role)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.workspace_id == ctx.workspace.id, users.c.id.in_(wanted), users.c.disabled_at.is_(None))
        .order_by(users.c.id)
    )
    return list(found.all())


async def may_be_told(
    ctx: Context, connection: AsyncConnection, ids: Collection[UUID], campaign_id: UUID | None
) -> list[UUID]:
    """Those of the users who are members and may see the campaign. Only guests have to be asked about one by one."""
    told = []
    for row in await find_members(ctx, connection, ids):
        if row.role == Role.GUEST.value and campaign_id is not None:
            theirs = Actor("member", str(row.id), row.name, ROLE_PERMISSIONS[Role.GUEST], Role.GUEST)
            try:
                await see_campaign(Context(ctx.services, theirs, ctx.workspace), connection, campaign_id)
            except NotFound:
                continue
        told.append(row.id)
    return told


async def followers_of(connection: AsyncConnection, workspace_id: int, *things: Thing) -> list[UUID]:
    """Who follows any of the things."""
    found = await connection.execute(
        select(followers.c.user_id)
        .where(
            followers.c.workspace_id == workspace_id,
            tuple_(followers.c.thing_kind, followers.c.thing_id).in_([(t.kind.value, t.id) for t in things]),
            ~followers.c.muted,
        )
        .distinct()
    )
    return list(found.scalars())
