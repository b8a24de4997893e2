"""Preview what a move breaks, and carry out exactly what was shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Unavailable
from gonfalon.kit.previews import check_shown
from gonfalon.planning.calendar.collisions import rules as collisions
from gonfalon.planning.calendar.collisions.cache import current_count
from gonfalon.planning.calendar.collisions.model import Collision, Touch
from gonfalon.planning.calendar.collisions.reading import seen_touches
from gonfalon.planning.calendar.moves.model import MoveKind, MovePlan, MoveShift, Wish
from gonfalon.planning.calendar.moves.planning import plan_move
from gonfalon.planning.calendar.rules import local_day
from gonfalon.planning.campaigns.store import save_days
from gonfalon.planning.timeline.replan.actions import apply_within
from gonfalon.planning.timeline.store import lock_plan
from gonfalon.planning.touchpoints.store import save_touchpoint
from gonfalon.teamwork.actions import notify_followers
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def preview_move(ctx: Context, wish: Wish) -> tuple[MovePlan, list[Collision], list[Collision], bool]:
    """Preview the move, the collisions it makes and those it solves, and whether people have been counted; writes
    nothing.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        plan = await plan_move(ctx, connection, wish, lock=False)
    made, solved, counted = await _collisions(ctx, plan.shifts)
    return plan, made, solved, counted


async def apply_move(ctx: Context, wish: Wish, fingerprint: str) -> MovePlan:
    """Carry out what the preview of this fingerprint showed; raises Conflict (`preview_stale`) for anything else."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        plan = await plan_move(ctx, connection, wish, lock=True)
        check_shown(plan.fingerprint, fingerprint)
        if plan.blocked:
            raise Conflict(
                "move_blocked",
                "Something would go out at a time that is over already; choose a later day.",
                reasons=[each.code for each in plan.blocked],
            )
        await _write(ctx, connection, wish, plan)
        await _tell(ctx, connection, wish, plan)
        first = plan.shifts[0]
        await ctx.audit(
            connection, f"{wish.kind.value}.rescheduled", wish.kind.value, wish.id, plan.name,
            campaign_id=plan.campaign_id,
            before=None if first.before is None else first.before.isoformat(),
            after=None if first.after is None else first.after.isoformat(),
            with_it=len(plan.shifts) - 1,
        )  # fmt: skip
    return plan


async def _write(ctx: Context, connection: AsyncConnection, wish: Wish, plan: MovePlan) -> None:
    if plan.campaign is not None:
        first, last = plan.campaign
        await save_days(ctx, connection, wish.id, plan.versions[wish.id], first, last)
    for shift in plan.shifts:
        if shift.kind is MoveKind.TOUCHPOINT:
            await save_touchpoint(ctx, connection, shift.id, plan.versions[shift.id], send_at=shift.at)
    if plan.tasks is not None:
        changes, fingerprint = plan.tasks
        # Read again: a campaign's new first day is where its timeline begins from now on.
        campaign, timeline = await lock_plan(ctx, connection, plan.campaign_id)
        await apply_within(ctx, connection, plan.campaign_id, campaign.name, timeline, changes, fingerprint)


async def _tell(ctx: Context, connection: AsyncConnection, wish: Wish, plan: MovePlan) -> None:
    """Tell followers of the campaign of its new days; owners of tasks are told by the timeline."""
    if wish.kind is MoveKind.TASK:
        return
    kind = ThingKind(wish.kind.value)
    await notify_followers(
        ctx, connection, NoticeKind.CAMPAIGN_CHANGED,
        thing=Thing(kind, wish.id), title=plan.name, campaign_id=plan.campaign_id,
    )  # fmt: skip


async def _collisions(ctx: Context, shifts: Sequence[MoveShift]) -> tuple[list[Collision], list[Collision], bool]:
    """Return what the moved touchpoints collide with newly, and what they do not collide with any more."""
    moved = {shift.id: shift for shift in shifts if shift.kind is MoveKind.TOUCHPOINT}
    if not moved:
        return [], [], True
    try:
        planned, counted, _ = await current_count(ctx)
    except Unavailable:
        return [], [], False
    if counted is None:
        return [], [], False
    touches = await seen_touches(ctx, planned.touches)
    after = [_moved(touch, moved[touch.id], ctx) if touch.id in moved else touch for touch in touches]

    def of_moved(all_touches: list[Touch]) -> dict[frozenset[object], Collision]:
        board = collisions.Board(all_touches, counted.shared, planned.settings)
        found = [pair for touch in all_touches if touch.id in moved for pair in collisions.of_touch(board, touch)]
        return {frozenset((pair.one.id, pair.other.id)): pair for pair in found}

    was, becomes = of_moved(touches), of_moved(after)
    made = [pair for key, pair in becomes.items() if key not in was]
    solved = [pair for key, pair in was.items() if key not in becomes]
    return _most(made), _most(solved), True


def _moved(touch: Touch, shift: MoveShift, ctx: Context) -> Touch:
    return replace(touch, at=shift.at, day=None if shift.at is None else local_day(shift.at, ctx.zone))


def _most(found: list[Collision]) -> list[Collision]:
    return sorted(found, key=lambda pair: (-pair.people, pair.days, str(pair.one.id), str(pair.other.id)))
