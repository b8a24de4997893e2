"""Showing what changes move, and applying exactly what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, GonfalonError
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.actions import tell_owner, write_moved
from gonfalon.planning.timeline.capacity.rules import Calendars
from gonfalon.planning.timeline.capacity.store import list_work
from gonfalon.planning.timeline.model import Plan, Task
from gonfalon.planning.timeline.replan.model import Change, Preview, SetTask
from gonfalon.planning.timeline.replan.rules import changed, compared, work_of
from gonfalon.planning.timeline.schedule import Schedule
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def preview_changes(ctx: Context, campaign_id: UUID, changes: Sequence[Change]) -> Preview:
    """What would move, be late or be too much for somebody; writes nothing."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        _, plan = await store.load_plan(ctx, connection, campaign_id)
        return await previewed(ctx, connection, campaign_id, plan, changes)


async def apply_changes(ctx: Context, campaign_id: UUID, changes: Sequence[Change], fingerprint: str) -> Preview:
    """Applies what the preview with this fingerprint showed; raises Conflict (`preview_stale`) for anything else."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        found = await apply_within(ctx, connection, campaign_id, before, changes, fingerprint)
        await ctx.audit(
            connection, "timeline.changed", "campaign", campaign_id, campaign.name,
            changes=len(changes), moved=len(found.moves), late=len(found.late), overloaded=len(found.overloads),
        )  # fmt: skip
    return found


async def apply_within(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    before: Plan,
    changes: Sequence[Change],
    fingerprint: str,
) -> Preview:
    """`apply_changes` in the caller's transaction, on a plan that is locked; the caller writes the audit line."""
    found = await previewed(ctx, connection, campaign_id, before, changes)
    if found.fingerprint != fingerprint:
        raise Conflict(
            "preview_stale",
            "The plan has changed since you looked, so this would move something else now. Look at it again.",
        )
    after = found.plan
    links_before, links_after = set(before.links), set(after.links)
    await store.delete_links(ctx, connection, campaign_id, links_before - links_after)
    await store.insert_links(ctx, connection, campaign_id, (link for link in after.links if link not in links_before))
    owners: list[Task] = []
    for id, task in after.tasks.items():
        was = before.tasks[id]
        if _planned(task) != _planned(was):
            await store.save_planned(ctx, connection, task)
        if task.owner_id != was.owner_id:
            owners.append(task)
    moved = await write_moved(ctx, connection, campaign_id, before, after)
    for task in owners:
        await tell_owner(ctx, connection, campaign_id, task)
    await _tell_moved(ctx, connection, campaign_id, [task for task in moved if task not in owners])
    return found


def _planned(task: Task) -> Task:
    """The task with what scheduling writes put aside."""
    none = date.min
    return replace(task, starts_on=none, ends_on=none, state=task.state.TODO, done_on=None, name="")


async def previewed(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, before: Plan, changes: Sequence[Change]
) -> Preview:
    """`preview_changes` of a plan that is loaded."""
    await store.check_members(
        ctx, connection, [dict(c.values).get("owner_id") for c in changes if isinstance(c, SetTask)]
    )
    wanted = changed(before, changes)
    dates = rules.scheduled(wanted)
    after = rules.settled(wanted, dates, ctx.today)
    try:
        dates_before = rules.scheduled(before)
    except GonfalonError:  # a calendar has changed so that the stored plan cannot be scheduled any more
        dates_before = Schedule()
    work = [*work_of(before), *work_of(after)]
    first = min((piece.starts_on for piece in work), default=before.begins_on)
    last = max((piece.ends_on for piece in work), default=before.begins_on)
    calendars = Calendars(first, before.week, before.weeks)
    elsewhere = await list_work(
        ctx, connection, first, last, owners={piece.owner_id for piece in work}, but_campaign=campaign_id
    )
    begin = min([first, *(piece.starts_on for piece in elsewhere)])
    if begin < first:
        calendars = Calendars(begin, before.week, before.weeks)
    return compared(before, dates_before, after, dates, elsewhere, calendars)


async def _tell_moved(ctx: Context, connection: AsyncConnection, campaign_id: UUID, moved: list[Task]) -> None:
    """Tells each owner once, of the first of their open tasks that moved."""
    first: dict[UUID, Task] = {}
    for task in moved:
        if task.owner_id is None or task.state.ended:
            continue
        if task.owner_id not in first or task.starts_on < first[task.owner_id].starts_on:
            first[task.owner_id] = task
    for owner, task in first.items():
        await notify(
            ctx, connection, NoticeKind.SCHEDULE_MOVED, to=[owner], thing=Thing(ThingKind.TASK, task.id),
            title=task.name, campaign_id=campaign_id, on=task.starts_on.isoformat(),
        )  # fmt: skip
