"""Checking and launching a touchpoint."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals.model import Measured
from gonfalon.delivery.launching import is_due, open_dispatch, withdraw_dispatch, write_messages
from gonfalon.delivery.store import find_dispatch
from gonfalon.kit.errors import Conflict, GonfalonError, Unavailable
from gonfalon.kit.jobs import defer
from gonfalon.kit.log import log
from gonfalon.planning.campaigns.store import begin_campaign
from gonfalon.planning.launch import rules
from gonfalon.planning.launch.approval import (
    check_still_approved,
    hold_approved,
    measured_of,
    with_approvals,
)
from gonfalon.planning.launch.audience import planned
from gonfalon.planning.launch.model import Check, LaunchFacts
from gonfalon.planning.launch.reading import dispatch_of, load_facts
from gonfalon.planning.launch.store import SentVersion, find_version
from gonfalon.planning.touchpoints.model import Touchpoint
from gonfalon.planning.touchpoints.store import find_touchpoint, lock_touchpoint, save_launch


async def check_touchpoint(ctx: Context, touchpoint_id: UUID) -> Check:
    """Return every question of the launch check, answered as of now. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return rules.check(await with_approvals(ctx, await load_facts(ctx, touchpoint_id)))


async def launch_touchpoint(ctx: Context, touchpoint_id: UUID, *, freeze: bool = False) -> Check:
    """Launch a draft: what it sends is frozen, and a job writes its messages. Returns the check it passed.

    Its audience is taken when sending begins, at its time or now. freeze: now in any case; who comes into it between
    now and then gets nothing, and who leaves it still does.

    Raises Conflict where an answer of the launch check is blocking (`launch_blocked`, with the answers), where it
    has been launched (`touchpoint_launched`), is not of a channel that Gonfalon sends (`channel_elsewhere`), or was
    saved while it was being checked (`changed_meanwhile`).
    """
    ctx.require(Permission.CAMPAIGNS_LAUNCH)
    facts = await load_facts(ctx, touchpoint_id)
    if not facts.channel.sent_here:
        raise Conflict("channel_elsewhere", rules.ELSEWHERE)
    if rules.check(facts).blocking:
        raise _refused(rules.check(await with_approvals(ctx, facts)))
    async with ctx.transaction() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id, lock=True)
        version = await _hold_same(ctx, connection, row, facts)
        await begin_campaign(ctx, connection, row.campaign_id)
        facts = await hold_approved(ctx, connection, row, version, facts)
        checked = rules.check(facts)
        if checked.blocking:
            raise _refused(checked)
        await save_launch(
            ctx,
            connection,
            touchpoint_id,
            launched_at=func.now(),
            launched_by=ctx.actor.name,
            template_version=version.number,
            launch_problem=None,
        )
        new = replace(
            dispatch_of(ctx, row, version.number),
            utm=row.tags,
            send_at=row.send_at,
            per_hour=row.per_hour,
            frozen=freeze,
            planned=planned(checked.reach, row.holdout_percent),
        )
        await open_dispatch(ctx.services, connection, ctx.workspace.id, new)
        await _begin(ctx, connection, touchpoint_id, None if freeze else row.send_at)
        reach = checked.reach
        await ctx.audit(
            connection,
            "touchpoint.launched",
            "touchpoint",
            touchpoint_id,
            row.name,
            campaign_id=row.campaign_id,
            frozen=freeze,
            reach=None if reach is None else {"audience": reach.audience, "reachable": reach.reachable},
        )
    return checked


def _refused(checked: Check) -> Conflict:
    """Why it cannot be launched: the first of the blocking answers, with the codes of all."""
    first = checked.blocking[0]
    answers = [answer.code for answer in checked.blocking]
    if first.code == "state.launched":
        return Conflict("touchpoint_launched", first.sentence, answers=answers)
    return Conflict("launch_blocked", first.sentence, answers=answers)


async def _hold_same(ctx: Context, connection: AsyncConnection, row: Touchpoint, facts: LaunchFacts) -> SentVersion:
    """Lock what is sent; returns its version. Raises Conflict where it, or the touchpoint, is not what was checked."""
    if row.launched_at is not None:
        raise Conflict(
            "touchpoint_launched",
            f"“{row.name}” was launched by {row.launched_by} just now.",
            name=row.name,
            launched_by=row.launched_by,
        )
    if row.version != facts.version:
        raise Conflict(
            "changed_meanwhile",
            f"{row.updated_by} saved this touchpoint while it was being checked; look at it and launch again.",
            current_version=row.version,
            saved_by=row.updated_by,
            doing="launch",
        )
    version = await find_version(ctx, connection, row.template_id, lock=True)
    if version is None or facts.template is None or version.number != facts.template.version:
        raise Conflict(
            "changed_meanwhile",
            "The template was saved while it was being checked; look at it and launch again.",
            doing="launch_template",
        )
    return version


async def prepare_touchpoint(ctx: Context, touchpoint_id: UUID) -> None:
    """Do the job of a launch: write down the audience, store the links, and expand it all into messages.

    One transaction, so it happens wholly or not at all, and asked again it changes nothing. A launch that was cancelled
    meanwhile gets no messages; one that is held, or was paused before its time, waits until it goes on. What cannot be
    mended by waiting (an attribute of the rule was deleted, the audience grew beyond what was approved) makes the
    touchpoint a draft again that says why.
    """
    try:
        async with ctx.transaction() as connection:
            row = await lock_touchpoint(ctx, connection, touchpoint_id)
            if row.launched_at is None or row.audience_id is None:
                return
            # Not locked while the audience is asked, which can take seconds: a pause or an end is to act at once.
            dispatch = await find_dispatch(connection, ctx.workspace.id, touchpoint_id)
            if not is_due(dispatch, launched=row.launched_at, now=ctx.now):
                return
            before = measured_of(None)  # the rule and all else must be what it was, before anything is computed of it
            await check_still_approved(ctx, connection, row, before)
            written = await write_messages(ctx, connection, dispatch, row.audience_id)
            await check_still_approved(ctx, connection, row, Measured(written.queued))
    except Unavailable:
        raise
    except GonfalonError as error:
        log.warning("launch_failed", touchpoint=str(touchpoint_id), problem=error.sentence)
        async with ctx.transaction() as connection:
            row = await lock_touchpoint(ctx, connection, touchpoint_id)
            if not await withdraw_dispatch(connection, ctx.workspace.id, touchpoint_id):
                return
            problem = {"code": error.code, "sentence": error.sentence}
            await save_launch(
                ctx, connection, touchpoint_id, launched_at=None, template_version=None, launch_problem=problem
            )
            await ctx.audit(
                connection,
                "touchpoint.launch_failed",
                "touchpoint",
                touchpoint_id,
                row.name,
                campaign_id=row.campaign_id,
                problem=error.sentence,
            )


async def begin_again(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> None:
    """Let a touchpoint that was stopped before its messages were written go on: at once, or when its time comes."""
    dispatch = await find_dispatch(connection, ctx.workspace.id, touchpoint_id)
    await _begin(ctx, connection, touchpoint_id, None if dispatch.frozen else dispatch.send_at)


async def _begin(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, at: datetime | None) -> None:
    from gonfalon.planning.launch.jobs import prepare_touchpoint_job

    wait = None if at is None or at <= ctx.now else at - ctx.now
    given = {"workspace_id": ctx.workspace.id, "touchpoint_id": str(touchpoint_id)}
    await defer(connection, prepare_touchpoint_job, after=wait, **given)
