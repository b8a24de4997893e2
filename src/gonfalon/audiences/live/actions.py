"""The verbs of live audiences: keep an audience's members, or no longer."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import Conflict
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.services import Services

from ..store import find_audience
from . import store
from .rules import MOST_LIVE

KEPT_DAYS = 365


async def set_live(ctx: Context, audience_id: UUID, live: bool) -> None:
    """Keep the members of an audience from now on, or no longer. Doing it twice changes nothing."""
    ctx.require(Permission.AUDIENCES_WRITE)
    workspace = ctx.workspace.id
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "live audiences of", workspace)
        row = await find_audience(connection, workspace, audience_id)
        if live and await store.live_of(connection, workspace, audience_id) is None:
            if await store.count_live(connection, workspace) >= MOST_LIVE:
                raise Conflict(
                    "live_many",
                    f"{MOST_LIVE} audiences are kept live already; switch another one off first.",
                    most=MOST_LIVE,
                )
            await store.begin_live(connection, workspace, audience_id)
            await ctx.audit(connection, "audience.live_began", "audience", audience_id, row.name)
        elif not live and await store.end_live(connection, workspace, audience_id):
            await ctx.audit(connection, "audience.live_ended", "audience", audience_id, row.name)


async def forget_old_changes(services: Services) -> int:
    """Forget who entered and left more than a year ago."""
    async with services.db.transaction() as connection:
        return await store.delete_old_changes(connection, utcnow() - timedelta(days=KEPT_DAYS))
