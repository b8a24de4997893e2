"""Checking and launching a touchpoint."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.actions import take_snapshot
from gonfalon.content.render.email import cached_email
from gonfalon.content.tables import templates
from gonfalon.content.templates.actions import style_of
from gonfalon.content.templates.store import find_source
from gonfalon.delivery.actions import expand_dispatch, fill_dispatch, open_dispatch, withdraw_dispatch
from gonfalon.delivery.model import DispatchState
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Conflict, GonfalonError, Unavailable
from gonfalon.kit.jobs import defer
from gonfalon.kit.log import log
from gonfalon.planning.approvals.model import Measured
from gonfalon.planning.campaigns.store import begin_campaign
from gonfalon.planning.launch import rules
from gonfalon.planning.launch.approval import check_launch_approved, measured_of, with_approvals
from gonfalon.planning.launch.model import Check
from gonfalon.planning.launch.store import dispatch_of, load_facts
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.rules import link_tags
from gonfalon.planning.touchpoints.store import lock_touchpoint
from gonfalon.tracking.links.actions import store_links
from gonfalon.tracking.links.utm import Utm


async def check_touchpoint(ctx: Context, touchpoint_id: UUID) -> Check:
    """Every question of the launch check, answered as of now. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return rules.check(await with_approvals(ctx, await load_facts(ctx, touchpoint_id)))


async def launch_touchpoint(ctx: Context, touchpoint_id: UUID) -> Check:
    """Launches a draft: what it sends is frozen, and a job writes its messages. Returns the check it passed.

    Raises Conflict where an answer of the launch check is blocking (`launch_blocked`, with the answers), where it
    has been launched (`touchpoint_launched`), is not of a channel that Gonfalon sends (`channel_elsewhere`), or was
    saved while it was being checked (`changed_meanwhile`).
    """
    ctx.require(Permission.CAMPAIGNS_LAUNCH)
    from gonfalon.planning.launch.jobs import prepare_touchpoint_job

    facts = await load_facts(ctx, touchpoint_id)
    if not facts.channel.sent_here:
        raise Conflict("channel_elsewhere", rules.ELSEWHERE)
    checked = rules.check(await with_approvals(ctx, facts))
    if checked.blocking:
        first = checked.blocking[0]
        code = "touchpoint_launched" if first.code == "state.launched" else "launch_blocked"
        raise Conflict(code, first.sentence, answers=[answer.code for answer in checked.blocking])
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.launched_at is not None:
            raise Conflict("touchpoint_launched", f"“{row.name}” was launched by {row.launched_by} just now.")
        if row.version != checked.version:
            raise Conflict(
                "changed_meanwhile",
                f"{row.updated_by} saved this touchpoint while it was being checked; look at it and launch again.",
                current_version=row.version,
            )
        found = await connection.execute(
            select(templates.c.version).where(templates.c.id == row.template_id).with_for_update(read=True)
        )
        newest = int(found.scalar_one())
        if newest != checked.template_version:
            raise Conflict(
                "changed_meanwhile", "The template was saved while it was being checked; look at it and launch again."
            )
        campaign = await begin_campaign(ctx, connection, row.campaign_id)
        await check_launch_approved(ctx, connection, row, measured_of(checked.reach))
        await _write(
            connection,
            touchpoint_id,
            launched_at=func.now(),
            launched_by=ctx.actor.name,
            template_version=newest,
            launch_problem=None,
        )
        await open_dispatch(
            connection,
            ctx.workspace.id,
            replace(
                dispatch_of(ctx, row, newest),
                utm=link_tags(
                    row.utm,
                    workspace=ctx.workspace.slug,
                    channel=row.channel,
                    campaign=campaign.name,
                    touchpoint=row.name,
                ),
                send_at=row.send_at,
                per_hour=row.per_hour,
            ),
        )
        await defer(connection, prepare_touchpoint_job, workspace_id=ctx.workspace.id, touchpoint_id=str(touchpoint_id))
        reach = checked.reach
        await ctx.audit(
            connection,
            "touchpoint.launched",
            "touchpoint",
            touchpoint_id,
            row.name,
            campaign=campaign.name,
            reach=None if reach is None else {"audience": reach.audience, "reachable": reach.reachable},
        )
    return checked


async def prepare_touchpoint(ctx: Context, touchpoint_id: UUID) -> None:
    """The job of a launch: writes down the audience, stores the links, and expands it all into messages.

    One transaction, so it happens wholly or not at all, and asked again it changes nothing. A launch that was cancelled
    meanwhile gets no messages. What cannot be mended by waiting (an attribute of the rule was deleted meanwhile) makes
    the touchpoint a draft again that says why.
    """
    try:
        async with ctx.transaction() as connection:
            row = await lock_touchpoint(ctx, connection, touchpoint_id)
            if row.launched_at is None:
                return
            # Not locked while the audience is asked, which can take seconds: a pause or an end is to act at once.
            dispatch = await _dispatch(ctx, connection, touchpoint_id)
            if dispatch.started_at is not None or dispatch.state == DispatchState.CANCELLED.value:
                return
            before = measured_of(None)  # the rule and all else must be what it was, before anything is computed of it
            await check_launch_approved(ctx, connection, row, before, content=False)
            await _fill(ctx, connection, row, Utm(**dispatch.utm))
            written = await expand_dispatch(connection, ctx.workspace.id, touchpoint_id)
            await check_launch_approved(ctx, connection, row, Measured(written.queued), content=False)
    except Unavailable:
        raise
    except GonfalonError as error:
        log.warning("launch_failed", touchpoint=str(touchpoint_id), problem=error.sentence)
        async with ctx.transaction() as connection:
            row = await lock_touchpoint(ctx, connection, touchpoint_id)
            if not await withdraw_dispatch(connection, ctx.workspace.id, touchpoint_id):
                return
            problem = {"code": error.code, "sentence": error.sentence}
            await _write(connection, touchpoint_id, launched_at=None, template_version=None, launch_problem=problem)
            await ctx.audit(
                connection, "touchpoint.launch_failed", "touchpoint", touchpoint_id, row.name, problem=error.sentence
            )


async def _dispatch(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Row[Any]:
    found = await connection.execute(
        select(dispatches).where(
            dispatches.c.touchpoint_id == touchpoint_id, dispatches.c.workspace_id == ctx.workspace.id
        )
    )
    return found.one()


async def _fill(ctx: Context, connection: AsyncConnection, row: Row[Any], utm: Utm) -> None:
    source = await find_source(connection, ctx.workspace.id, row.template_id, row.template_version)
    compiled = await asyncio.to_thread(cached_email, source, style_of(ctx), tuple(utm.parameters().items()))
    links = [(link.number, link.destination, link.label) for link in compiled.links]
    link_set_id = await store_links(connection, ctx.workspace.id, links) if links else None
    taken = await take_snapshot(ctx, connection, row.audience_id)
    await fill_dispatch(connection, ctx.workspace.id, row.id, taken.id, link_set_id)


async def _write(connection: AsyncConnection, touchpoint_id: UUID, **values: Any) -> None:
    await connection.execute(
        update(touchpoints)
        .where(touchpoints.c.id == touchpoint_id)
        .values(**values, version=touchpoints.c.version + 1, updated_at=func.now())
    )
