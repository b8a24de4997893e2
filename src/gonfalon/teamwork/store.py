"""Database calls that the room's nouns share: who may see a thing, who can be told, who follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, select, true, tuple_, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import check_part, seen_things
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.offers import Held
from gonfalon.accounts.tables import campaign_members, members, users
from gonfalon.kit.errors import Forbidden, NotFound
from gonfalon.teamwork.model import Delivery, NoticeKind, Seen, Thing, ThingKind
from gonfalon.teamwork.offers import Finder
from gonfalon.teamwork.tables import followers, notice_settings, notices


def thing_unknown(kind: ThingKind) -> NotFound:
    """Return the answer for a thing that is not there, is another workspace's or may not be seen: all look the same."""
    return NotFound("thing_unknown", f"There is no such {kind.value} in this workspace.")


def member_id(ctx: Context) -> UUID:
    """Return the member who acts; raises Forbidden for an API key, which has nobody's list and follows nothing."""
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "This is about a member's own view; sign in instead of using an API key.")
    return UUID(ctx.actor.id)


def finder_in(
    kind: ThingKind,
    table: Table,
    permission: Permission,
    *,
    title: str = "name",
    campaign: str | None = "campaign_id",
    held: Held | None = None,
) -> Finder:
    """Make the usual finder: of a row of the table in the workspace.

    campaign: its column, None for things of no campaign; held: what guests see of the kind.
    """

    async def look(ctx: Context, connection: AsyncConnection, thing_id: UUID) -> Seen:
        ctx.require(permission)
        columns = [table.c[title], *([table.c[campaign]] if campaign else [])]
        found = await connection.execute(
            select(*columns).where(
                table.c.id == thing_id,
                table.c.workspace_id == ctx.workspace.id,
                true() if held is None else seen_things(ctx, held, table.c.id),
            )
        )
        row = found.first()
        if row is None:
            raise NotFound("thing_unknown", "There is no such thing in this workspace.")
        return Seen(row[0], row[1] if campaign else None)

    return Finder(kind, look)


async def see_thing(ctx: Context, connection: AsyncConnection, thing: Thing) -> Seen:
    """Return the thing, if the context's actor may see it; raises NotFound otherwise, Forbidden without the
    permission."""
    look = next((each for each in ctx.services.offered(Finder) if each.kind is thing.kind), None)
    if look is None:
        raise thing_unknown(thing.kind)
    seen = await look.find(ctx, connection, thing.id)
    if seen.campaign_id is not None:
        await check_part(ctx, connection, seen.campaign_id)
    return seen


async def _members(ctx: Context, connection: AsyncConnection, ids: Iterable[UUID]) -> dict[UUID, tuple[str, Role]]:
    wanted = list(set(ids))
    if not wanted:
        return {}
    found = await connection.execute(
        select(users.c.id, users.c.name, members.c.role)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.workspace_id == ctx.workspace.id, users.c.id.in_(wanted), users.c.disabled_at.is_(None))
        .order_by(users.c.id)
    )
    return {row.id: (row.name, Role(row.role)) for row in found}


async def member_names(ctx: Context, connection: AsyncConnection, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of those of the users who are members of the workspace now."""
    return {user_id: name for user_id, (name, _) in (await _members(ctx, connection, ids)).items()}


async def may_be_told(
    ctx: Context, connection: AsyncConnection, ids: Collection[UUID], campaign_id: UUID | None
) -> list[UUID]:
    """Return those of the users who are members and may see the campaign: guests only with a part in it."""
    found = await _members(ctx, connection, ids)
    guests = [each for each, (_, role) in found.items() if role is Role.GUEST] if campaign_id is not None else []
    invited = select(campaign_members.c.user_id).where(
        campaign_members.c.workspace_id == ctx.workspace.id,
        campaign_members.c.campaign_id == campaign_id,
        campaign_members.c.user_id.in_(guests),
    )
    let_in = set((await connection.execute(invited)).scalars()) if guests else set()
    return [each for each in found if each not in guests or each in let_in]


async def followers_of(ctx: Context, connection: AsyncConnection, *things: Thing) -> list[UUID]:
    """Return who follows any of the things."""
    found = await connection.execute(
        select(followers.c.user_id)
        .where(
            followers.c.workspace_id == ctx.workspace.id,
            tuple_(followers.c.thing_kind, followers.c.thing_id).in_([(t.kind.value, t.id) for t in things]),
            ~followers.c.muted,
        )
        .distinct()
    )
    return list(found.scalars())


async def chosen_deliveries(
    ctx: Context, connection: AsyncConnection, kind: NoticeKind, user_ids: list[UUID]
) -> dict[UUID, str]:
    """Return how those of the members who chose a way are told of the kind."""
    found = await connection.execute(
        select(notice_settings.c.user_id, notice_settings.c.delivery).where(
            notice_settings.c.workspace_id == ctx.workspace.id,
            notice_settings.c.kind == kind.value,
            notice_settings.c.user_id.in_(user_ids),
        )
    )
    return {row.user_id: row.delivery for row in found}


async def insert_notices(connection: AsyncConnection, rows: list[dict[str, Any]]) -> dict[UUID, Delivery]:
    """Write notices, none a second time; return who is told anew, and how."""
    written = await connection.execute(
        upsert(notices).values(rows).on_conflict_do_nothing().returning(notices.c.user_id, notices.c.delivery)
    )
    return {row.user_id: Delivery(row.delivery) for row in written}


async def insert_followers(connection: AsyncConnection, rows: list[dict[str, Any]], *, chosen: bool) -> None:
    """Write followers; chosen: also those who had left come back."""
    if not rows:
        return
    wish = upsert(followers).values(rows)
    keys = ["workspace_id", "thing_kind", "thing_id", "user_id"]
    await connection.execute(
        wish.on_conflict_do_update(index_elements=keys, set_={"muted": False})
        if chosen
        else wish.on_conflict_do_nothing(index_elements=keys)
    )


async def mute_followers(ctx: Context, connection: AsyncConnection, thing: Thing, user_ids: list[UUID]) -> None:
    """Remember that members left the thing."""
    await connection.execute(
        update(followers).where(_about(ctx, followers, thing), followers.c.user_id.in_(user_ids)).values(muted=True)
    )


async def delete_traces(ctx: Context, connection: AsyncConnection, thing: Thing) -> None:
    """Delete the notices and followers of a thing."""
    for table in (notices, followers):
        await connection.execute(delete(table).where(_about(ctx, table, thing)))


def _about(ctx: Context, table: Table, thing: Thing) -> ColumnElement[bool]:
    return (
        (table.c.workspace_id == ctx.workspace.id)
        & (table.c.thing_kind == thing.kind.value)
        & (table.c.thing_id == thing.id)
    )
