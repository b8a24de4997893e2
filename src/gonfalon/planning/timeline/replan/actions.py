"""Preview what changes move, and apply exactly what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.previews import check_shown
from gonfalon.planning.timeline import rules, store
from gonfalon.planning.timeline.actions import tell_moved, tell_owners, write_moved
from gonfalon.planning.timeline.capacity.rules import Calendars
from gonfalon.planning.timeline.capacity.store import list_work
from gonfalon.planning.timeline.model import Plan, Task
from gonfalon.planning.timeline.replan.model import Change, Preview, SetTask
from gonfalon.planning.timeline.replan.rules import changed, compared, work_of
from gonfalon.planning.timeline.schedule import Schedule


async def preview_changes(ctx: Context, campaign_id: UUID, changes: Sequence[Change]) -> Preview:
    """Preview what would move, be late or be too much for somebody; write nothing."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        _, plan = await store.load_plan(ctx, connection, campaign_id)
        return await previewed(ctx, connection, campaign_id, plan, changes)


async def apply_changes(ctx: Context, campaign_id: UUID, changes: Sequence[Change], fingerprint: str) -> Preview:
    """Apply what the preview with this fingerprint showed; raises Conflict (`preview_stale`) for anything else."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign, before = await store.lock_plan(ctx, connection, campaign_id)
        found = await apply_within(ctx, connection, campaign_id, campaign.name, before, changes, fingerprint)
        await ctx.audit(
            connection, "timeline.changed", "campaign", campaign_id, campaign.name,
            changes=len(changes), moved=len(found.moves), late=len(found.late), overloaded=len(found.overloads),
        )  # fmt: skip
    return found


async def apply_within(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    campaign: str,
    before: Plan,
    changes: Sequence[Change],
    fingerprint: str,
) -> Preview:
    """Apply changes in the caller's transaction to a plan that is locked; the caller writes the audit line.

    campaign: its name, for what owners are told.
    """
    found = await previewed(ctx, connection, campaign_id, before, changes)
    check_shown(found.fingerprint, fingerprint)
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
    await tell_owners(ctx, connection, campaign_id, campaign, owners)
    await tell_moved(ctx, connection, campaign_id, campaign, [task for task in moved if task not in owners])
    return found


def _planned(task: Task) -> Task:
    """Return the task with what scheduling writes put aside."""
    none = date.min
    return replace(task, starts_on=none, ends_on=none, state=task.state.TODO, done_on=None, name="")


async def previewed(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, before: Plan, changes: Sequence[Change]
) -> Preview:
    """Preview changes of a plan that is loaded."""
    await check_members(ctx, connection, [dict(c.values).get("owner_id") for c in changes if isinstance(c, SetTask)])
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
