"""Database calls of notices."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import campaign_names
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import users
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of
from gonfalon.kit.services import Services
from gonfalon.teamwork.model import Delivery, NoticeKind, Thing
from gonfalon.teamwork.notices.model import Notice
from gonfalon.teamwork.tables import notice_settings, notices


async def page_notices(
    services: Services,
    connection: AsyncConnection,
    workspace_id: int,
    user_id: UUID,
    page: PageRequest,
    *,
    unread: bool,
    kinds: list[NoticeKind],
) -> list[Notice]:
    """Return what the member was told, the newest first, one more than the page holds."""
    campaigns, n = campaign_names(services), notices.c
    query: Select[Any] = (
        select(
            n.id,
            n.kind,
            n.thing_kind,
            n.thing_id,
            n.title.label("thing_title"),
            n.campaign_id.label("thing_campaign_id"),
            n.parameters.label("values"),
            n.created_at,
            n.read_at,
            func.coalesce(users.c.name, notices.c.actor_name).label("actor"),
            campaigns.c.name.label("campaign"),
        )
        .outerjoin(users, users.c.id == notices.c.actor_id)
        .outerjoin(
            campaigns, (campaigns.c.id == notices.c.campaign_id) & (campaigns.c.workspace_id == notices.c.workspace_id)
        )
        .where(notices.c.workspace_id == workspace_id, notices.c.user_id == user_id)
    )
    if page.after:
        query = query.where(notices.c.id < page.after[0])
    if unread:
        query = query.where(notices.c.read_at.is_(None))
    if kinds:
        query = query.where(notices.c.kind.in_([kind.value for kind in kinds]))
    return await all_of(connection, query.order_by(notices.c.id.desc()).limit(page.fetch), Notice)


async def count_unread(ctx: Context, connection: AsyncConnection, user_id: UUID, most: int) -> int:
    """Return how many notices the member has not read; counting stops at `most`."""
    some = (
        select(notices.c.id)
        .where(notices.c.workspace_id == ctx.workspace.id, notices.c.user_id == user_id, notices.c.read_at.is_(None))
        .limit(most)
        .subquery()
    )
    return int((await connection.execute(select(func.count()).select_from(some))).scalar_one())


async def set_read(
    ctx: Context,
    connection: AsyncConnection,
    user_id: UUID,
    *,
    notice_id: int | None,
    up_to: int | None,
    read: bool,
) -> int:
    """Mark one of the member's notices (or all up to an id) as read or unread; returns how many changed."""
    mine = (notices.c.workspace_id == ctx.workspace.id) & (notices.c.user_id == user_id)
    if notice_id is not None:
        mine &= notices.c.id == notice_id
    if up_to is not None:
        mine &= notices.c.id <= up_to
    mine &= notices.c.read_at.is_(None) if read else notices.c.read_at.is_not(None)
    changed = await connection.execute(update(notices).where(mine).values(read_at=func.now() if read else None))
    return changed.rowcount


async def read_about(ctx: Context, connection: AsyncConnection, user_id: UUID, thing: Thing) -> None:
    """Mark what the member was told about a thing as read: they have it before their eyes."""
    await connection.execute(
        update(notices)
        .where(
            notices.c.workspace_id == ctx.workspace.id,
            notices.c.user_id == user_id,
            notices.c.thing_kind == thing.kind.value,
            notices.c.thing_id == thing.id,
            notices.c.read_at.is_(None),
        )
        .values(read_at=func.now())
    )


async def chosen_deliveries(ctx: Context, connection: AsyncConnection, user_id: UUID) -> dict[str, str]:
    """Return what the member chose, by kind; kinds left as they are usually are not in it."""
    found = await connection.execute(
        select(notice_settings.c.kind, notice_settings.c.delivery).where(
            notice_settings.c.workspace_id == ctx.workspace.id, notice_settings.c.user_id == user_id
        )
    )
    return {row.kind: row.delivery for row in found}


async def save_delivery(
    ctx: Context, connection: AsyncConnection, user_id: UUID, kind: NoticeKind, delivery: Delivery
) -> None:
    """Keep the member's choice for a kind; turned off, also what waits for a mail stays in the product."""
    await connection.execute(
        upsert(notice_settings)
        .values(workspace_id=ctx.workspace.id, user_id=user_id, kind=kind.value, delivery=delivery.value)
        .on_conflict_do_update(index_elements=["workspace_id", "user_id", "kind"], set_={"delivery": delivery.value})
    )
    if delivery is Delivery.OFF:
        await connection.execute(
            update(notices)
            .where(
                notices.c.workspace_id == ctx.workspace.id,
                notices.c.user_id == user_id,
                notices.c.kind == kind.value,
                notices.c.mail_id.is_(None),
                notices.c.delivery != Delivery.OFF.value,
            )
            .values(delivery=Delivery.OFF.value)
        )


async def has_notice(ctx: Context, connection: AsyncConnection, user_id: UUID, notice_id: int) -> bool:
    """Return whether the notice is one of the member's."""
    found = await connection.execute(
        select(notices.c.id).where(
            notices.c.workspace_id == ctx.workspace.id, notices.c.user_id == user_id, notices.c.id == notice_id
        )
    )
    return found.first() is not None
