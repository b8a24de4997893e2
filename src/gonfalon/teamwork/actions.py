"""The door of teamwork for the rooms above: tell members, and keep who follows a thing.

These join the transaction of the action that calls them and write no audit line of their own: the action has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.jobs import defer
from gonfalon.teamwork import store
from gonfalon.teamwork.model import NOTICES, Delivery, NoticeKind, Thing, ThingKind
from gonfalon.teamwork.tables import followers, notice_settings, notices


async def notify(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    *,
    to: Iterable[UUID],
    thing: Thing,
    title: str,
    campaign_id: UUID | None = None,
    once: str | None = None,
    **values: Any,
) -> list[UUID]:
    """Tells members about a thing, in the product and by mail as each chose; returns who was told.

    Whoever acts is not told of their own doing, nor somebody who left, nor a guest outside the campaign.
    title: the thing's name for the sentence; values: see NoticeRule. once: a member is told the same (kind, thing,
    once) a single time, for jobs that may run again (e.g. the date a reminder is for).
    """
    rule = NOTICES[kind]
    if not rule.needs <= values.keys():
        raise TypeError(f"A notice “{kind.value}” needs {sorted(rule.needs - values.keys())}")
    actor = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    told = await store.may_be_told(ctx, connection, set(to) - {actor}, campaign_id)
    if not told:
        return []
    chosen = await _deliveries(connection, ctx.workspace.id, kind, told)
    rows = [
        {
            "workspace_id": ctx.workspace.id,
            "user_id": user_id,
            "thing_kind": thing.kind.value,
            "thing_id": thing.id,
            "campaign_id": campaign_id,
            "kind": kind.value,
            "actor_id": actor,
            "actor_name": ctx.actor.name,
            "title": title,
            "parameters": values,
            "delivery": chosen.get(user_id, rule.delivery.value),
            "once": once,
        }
        for user_id in told
    ]
    written = await connection.execute(
        upsert(notices).values(rows).on_conflict_do_nothing().returning(notices.c.user_id, notices.c.delivery)
    )
    new = written.all()
    if any(row.delivery == Delivery.NOW.value for row in new):
        from gonfalon.teamwork.mail.jobs import mail_notices_job

        await defer(connection, mail_notices_job, workspace_id=ctx.workspace.id)
    return [row.user_id for row in new]


async def notify_followers(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    *,
    thing: Thing,
    title: str,
    campaign_id: UUID | None = None,
    but: Iterable[UUID] = (),
    **values: Any,
) -> list[UUID]:
    """Tells who follows the thing or its campaign. but: who has been told already in another way."""
    things = [thing, *([Thing(ThingKind.CAMPAIGN, campaign_id)] if campaign_id else [])]
    to = set(await store.followers_of(connection, ctx.workspace.id, *things)) - set(but)
    return await notify(ctx, connection, kind, to=to, thing=thing, title=title, campaign_id=campaign_id, **values)


async def follow(
    ctx: Context,
    connection: AsyncConnection,
    thing: Thing,
    user_ids: Iterable[UUID],
    *,
    campaign_id: UUID | None = None,
    chosen: bool = False,
) -> None:
    """Makes members follow the thing; nobody who left it by choice, unless they choose (`chosen`) to come back."""
    rows = [
        {
            "workspace_id": ctx.workspace.id,
            "thing_kind": thing.kind.value,
            "thing_id": thing.id,
            "campaign_id": campaign_id,
            "user_id": user_id,
        }
        for user_id in await store.may_be_told(ctx, connection, set(user_ids), campaign_id)
    ]
    if not rows:
        return
    wish = upsert(followers).values(rows)
    keys = ["workspace_id", "thing_kind", "thing_id", "user_id"]
    await connection.execute(
        wish.on_conflict_do_update(index_elements=keys, set_={"muted": False})
        if chosen
        else wish.on_conflict_do_nothing(index_elements=keys)
    )


async def unfollow(ctx: Context, connection: AsyncConnection, thing: Thing, user_ids: Iterable[UUID]) -> None:
    """Stops members following the thing, so that nothing makes them follow it again by itself."""
    mine = (
        (followers.c.workspace_id == ctx.workspace.id)
        & (followers.c.thing_kind == thing.kind.value)
        & (followers.c.thing_id == thing.id)
    )
    await connection.execute(update(followers).where(mine, followers.c.user_id.in_(list(user_ids))).values(muted=True))


async def forget_thing(ctx: Context, connection: AsyncConnection, thing: Thing) -> None:
    """Takes away the notices and followers of a thing that is deleted; what was said about it stays out of sight."""
    for table in (notices, followers):
        await connection.execute(
            delete(table).where(
                table.c.workspace_id == ctx.workspace.id,
                table.c.thing_kind == thing.kind.value,
                table.c.thing_id == thing.id,
            )
        )


async def _deliveries(
    connection: AsyncConnection, workspace_id: int, kind: NoticeKind, user_ids: list[UUID]
) -> dict[UUID, str]:
    found = await connection.execute(
        select(notice_settings.c.user_id, notice_settings.c.delivery).where(
            notice_settings.c.workspace_id == workspace_id,
            notice_settings.c.kind == kind.value,
            notice_settings.c.user_id.in_(user_ids),
        )
    )
    return {row.user_id: row.delivery for row in found}
