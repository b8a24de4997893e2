"""Recording a touchpoint that was sent before Gonfalon, with other tools."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import not_found
from gonfalon.audiences.actions import take_snapshot
from gonfalon.delivery.history import record_history
from gonfalon.delivery.launching import open_dispatch
from gonfalon.planning.campaigns.store import begin_campaign
from gonfalon.planning.launch.reading import dispatch_of
from gonfalon.planning.launch.store import find_version
from gonfalon.planning.touchpoints.store import lock_touchpoint, save_launch


async def record_past_launch(ctx: Context, touchpoint_id: UUID, began: datetime, took: timedelta) -> None:
    """Mark a draft as sent to its audience at `began`, over `took`; nothing leaves. A launched one stays as it is.

    Its messages are marked as imported history in the ledger.
    """
    ctx.require(Permission.CAMPAIGNS_LAUNCH)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.launched_at is not None:
            return
        sent = await find_version(ctx, connection, row.template_id)
        if sent is None or row.audience_id is None:
            raise not_found("template" if sent is None else "audience")
        taken = await take_snapshot(ctx, connection, row.audience_id)
        dispatch_id = await open_dispatch(
            ctx.services,
            connection,
            ctx.workspace.id,
            replace(dispatch_of(ctx, row, sent.number), snapshot_id=taken.id),
        )
        await begin_campaign(ctx, connection, row.campaign_id)
        written = await record_history(connection, ctx.workspace.id, dispatch_id, began, took)
        await save_launch(
            ctx,
            connection,
            touchpoint_id,
            launched_at=began,
            launched_by=ctx.actor.name,
            template_version=sent.number,
            updated_by=ctx.actor.name,
        )
        await ctx.audit(
            connection,
            "touchpoint.history_recorded",
            "touchpoint",
            touchpoint_id,
            row.name,
            campaign_id=row.campaign_id,
            people=written.audience,
        )
