"""How a request goes on: steps open, are done, become overdue or void. Joins the caller's transaction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Forbidden, NotFound
from gonfalon.planning.approvals import rules, store
from gonfalon.planning.approvals.model import Standing, Subject, SubjectKind, VerdictKind
from gonfalon.planning.approvals.subjects import approvable, load_facts, measure, verdict_of
from gonfalon.planning.approvals.tables import approval_requests, approval_steps
from gonfalon.planning.timeline.rules import working_days
from gonfalon.planning.timeline.store import load_weeks
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

DECISIONS = {VerdictKind.APPROVE: "approved", VerdictKind.CHANGES: "changes", VerdictKind.REFUSE: "refused"}


async def open_step(ctx: Context, connection: AsyncConnection, row: Row[Any], step: Row[Any]) -> None:
    """Makes it the step's turn, and tells who may decide it."""
    week, _ = await load_weeks(ctx, connection)
    calendar = working_days(ctx.today, week)
    due = rules.due_at(ctx.now, step.days, ctx.zone, calendar)
    await _write_step(connection, step.id, opened_at=ctx.now, due_at=due)
    await write(connection, row.id, step=step.position)
    await _tell_approvers(ctx, connection, row, step)


async def check_speaker(
    ctx: Context, connection: AsyncConnection, row: Row[Any], step: Row[Any], user_id: UUID
) -> frozenset[UUID]:
    """The seats the member speaks for; raises Forbidden when it is not theirs to decide."""
    bench = await bench_of(ctx, connection, row, step)
    if user_id in bench.speakers:
        return bench.speakers[user_id]
    if user_id == row.asked_by:
        raise Forbidden("own_request", "You asked for this, so somebody else has to decide it.")
    raise Forbidden("not_an_approver", f"This step is decided by {step.label}.", step=step.label)


async def bench_of(ctx: Context, connection: AsyncConnection, row: Row[Any], step: Row[Any]) -> rules.Bench:
    """Who may decide the step today."""
    seats = await store.load_seats(ctx, connection, store.step_rule(step).approver, row.campaign_id)
    return rules.bench(seats, row.asked_by, step.escalated_at is not None)


async def advance(ctx: Context, connection: AsyncConnection, row: Row[Any], reason: str = "") -> bool:
    """Closes the open step if enough have said yes, and opens the next or gives the approval; whether it moved."""
    steps = await store.list_steps(connection, row.id)
    step = next(each for each in steps if each.position == row.step)
    seats = await store.load_seats(ctx, connection, store.step_rule(step).approver, row.campaign_id)
    yes = [d.seats for d in await store.list_decisions(connection, row.id) if d.step_id == step.id]
    rule = store.step_rule(step)
    if not rules.is_done(seats, yes, rule.quorum, row.asked_by, step.escalated_at is not None):
        return False
    await _write_step(connection, step.id, done_at=ctx.now)
    following = next((each for each in steps if each.position == step.position + 1), None)
    if following is not None:
        await open_step(ctx, connection, row, following)
        return True
    await write(connection, row.id, state="approved", decided_at=ctx.now)
    answered = approvable(SubjectKind(row.kind)).approved
    if answered is not None:
        await answered(ctx, connection, row.subject_id)
    await _tell_asker(ctx, connection, row, "approved", reason)
    return True


async def stop(ctx: Context, connection: AsyncConnection, row: Row[Any], verdict: VerdictKind, reason: str) -> None:
    """Ends the request: somebody asked for changes or refused."""
    await write(
        connection, row.id, state="changes" if verdict is VerdictKind.CHANGES else "refused", decided_at=ctx.now
    )
    await _tell_asker(ctx, connection, row, DECISIONS[verdict], reason)


async def follow_up(ctx: Context, request_id: UUID) -> None:
    """What time does to an open request: notices that it is void or settled, reminds, brings in stand-ins.

    Idempotent; a job calls it. A request whose subject is gone is withdrawn.
    """
    async with ctx.reading() as connection:
        row = await store.find_request(ctx, connection, request_id)
    subject = Subject(SubjectKind(row.kind), row.subject_id)
    try:
        measured = await measure(ctx, subject)
        async with ctx.transaction() as connection:
            row = await store.find_request(ctx, connection, request_id, lock=True)
            if row.state not in ("waiting", "approved") or row.settled_at is not None:
                return
            facts = await load_facts(ctx, connection, subject, measured)
            if facts.settled and row.state == "approved":
                await write(connection, row.id, settled_at=ctx.now, void_since=None, changes=None)
                return
            verdict = await verdict_of(ctx, connection, subject, facts)
            void = verdict.standing is Standing.VOID
            if void and row.void_since is None:
                await _void(ctx, connection, row, [[list(c.path), c.before, c.after] for c in verdict.changes])
            elif not void and row.void_since is not None:
                await write(connection, row.id, void_since=None, changes=None)
            if row.state == "waiting" and not void and not await advance(ctx, connection, row):
                await _remind(ctx, connection, row)
    except NotFound:
        async with ctx.transaction() as connection:
            await write(connection, request_id, state="withdrawn", decided_at=ctx.now)


async def tell_approvers_again(ctx: Context, connection: AsyncConnection, row: Row[Any]) -> None:
    """Tells who became an approver of the open step since it was opened; nobody is told twice."""
    step = next(each for each in await store.list_steps(connection, row.id) if each.position == row.step)
    await _tell_approvers(ctx, connection, row, step)


async def tell_of_deadline(ctx: Context, connection: AsyncConnection, request_id: UUID) -> list[UUID]:
    """Tells who still has to decide the open step of a waiting request when it is due, once; returns who was told."""
    row = await store.find_request(ctx, connection, request_id)
    step = next(each for each in await store.list_steps(connection, row.id) if each.position == row.step)
    if step.due_at is None:
        return []
    done = {each.user_id for each in await store.list_decisions(connection, row.id) if each.step_id == step.id}
    bench = await bench_of(ctx, connection, row, step)
    on = step.due_at.astimezone(ctx.zone).date().isoformat()
    to = set(bench.speakers) - done
    return await _notify(ctx, connection, NoticeKind.DUE_SOON, row, to, once=str(step.id), on=on)


async def write(connection: AsyncConnection, request_id: UUID, **values: Any) -> None:
    """Changes columns of a request."""
    await connection.execute(update(approval_requests).where(approval_requests.c.id == request_id).values(**values))


async def _write_step(connection: AsyncConnection, step_id: UUID, **values: Any) -> None:
    await connection.execute(update(approval_steps).where(approval_steps.c.id == step_id).values(**values))


async def _void(ctx: Context, connection: AsyncConnection, row: Row[Any], changes: list[Any]) -> None:
    await write(connection, row.id, void_since=ctx.now, changes=changes)
    decided = {each.user_id for each in await store.list_decisions(connection, row.id) if each.user_id}
    to = decided | ({row.asked_by} if row.asked_by else set())
    await _notify(ctx, connection, NoticeKind.APPROVAL_VOID, row, to)


async def _remind(ctx: Context, connection: AsyncConnection, row: Row[Any]) -> None:
    step = next(each for each in await store.list_steps(connection, row.id) if each.position == row.step)
    late = step.due_at is not None and step.due_at <= ctx.now
    if late and step.escalated_at is None:
        bench = await bench_of(ctx, connection, row, step)
        on = step.due_at.astimezone(ctx.zone).date().isoformat()
        await _notify(ctx, connection, NoticeKind.OVERDUE, row, set(bench.speakers), once=str(step.id), on=on)
        await _write_step(connection, step.id, escalated_at=ctx.now)
    await tell_approvers_again(ctx, connection, row)


async def _tell_approvers(ctx: Context, connection: AsyncConnection, row: Row[Any], step: Row[Any]) -> None:
    # Told once each: who becomes an approver later, by a group's change or as a stand-in, hears of it the next time.
    bench = await bench_of(ctx, connection, row, step)
    if bench.alone != step.alone:
        await _write_step(connection, step.id, alone=bench.alone)
    note = {"note": row.note} if row.note else {}
    await _notify(ctx, connection, NoticeKind.APPROVAL_ASKED, row, set(bench.speakers), once=str(step.id), **note)


async def _tell_asker(ctx: Context, connection: AsyncConnection, row: Row[Any], decision: str, reason: str) -> None:
    if row.asked_by is not None:
        note = {"note": reason} if reason else {}
        await _notify(ctx, connection, NoticeKind.APPROVAL_DECIDED, row, {row.asked_by}, decision=decision, **note)


async def _notify(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    row: Row[Any],
    to: set[UUID],
    *,
    once: str | None = None,
    **values: Any,
) -> list[UUID]:
    return await notify(
        ctx,
        connection,
        kind,
        to=to,
        thing=Thing(ThingKind.APPROVAL, row.id),
        title=row.title,
        campaign_id=row.campaign_id,
        once=once,
        **values,
    )
