"""The verbs of notices: reading them, and choosing how they come. A member's own view: no audit line."""

from __future__ import annotations

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import NotFound
from gonfalon.teamwork.model import Delivery, NoticeKind, Thing
from gonfalon.teamwork.notices import store
from gonfalon.teamwork.store import member_id


async def mark_notice(ctx: Context, notice_id: int, read: bool) -> None:
    """Mark one of one's own notices as read or unread; raises NotFound for anybody else's."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        changed = await store.set_read(ctx, connection, user_id, notice_id=notice_id, up_to=None, read=read)
        if changed == 0 and not await store.has_notice(ctx, connection, user_id, notice_id):
            raise NotFound("notice_unknown", "There is no such notice among yours.")


async def mark_all(ctx: Context, up_to: int) -> int:
    """Mark everything up to the newest notice one has seen as read; what came meanwhile stays unread."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        return await store.set_read(ctx, connection, user_id, notice_id=None, up_to=up_to, read=True)


async def choose_delivery(ctx: Context, kind: NoticeKind, delivery: Delivery) -> None:
    """Choose how notices of a kind reach one by mail in this workspace."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        await store.save_delivery(ctx, connection, user_id, kind, delivery)


async def mark_about(ctx: Context, thing: Thing) -> None:
    """Mark what one was told about a thing as read: one has it before one's eyes."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.transaction() as connection:
        await store.read_about(ctx, connection, user_id, thing)
