"""How a request goes on: steps open, are done, become overdue or void. Joins the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.approvals import rules, store
from gonfalon.approvals.approvers import store as named
from gonfalon.approvals.model import Request, Standing, Step, SubjectKind, VerdictKind
from gonfalon.approvals.subjects import approvable, load_facts, measure, verdict_of
from gonfalon.kit.errors import Forbidden, NotFound
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind

DECISIONS = {VerdictKind.APPROVE: "approved", VerdictKind.CHANGES: "changes", VerdictKind.REFUSE: "refused"}

_OF_MONEY = (SubjectKind.BUDGET, SubjectKind.REALLOCATION)
"""What is asked for is the amount itself; elsewhere it only weighs in."""


async def open_step(ctx: Context, connection: AsyncConnection, request: Request, step: Step) -> None:
    """Make it the step's turn, and tells who may decide it."""
    week, _ = await load_weeks(ctx, connection)
    calendar = working_days(ctx.today, week)
    due = rules.due_at(ctx.now, step.days, ctx.zone, calendar)
    await store.update_step(connection, step.id, opened_at=ctx.now, due_at=due)
    await store.update_request(connection, request.id, step=step.position)
    await _tell_approvers(ctx, connection, request, step, due)


async def check_decider(
    ctx: Context, connection: AsyncConnection, request: Request, step: Step, user_id: UUID
) -> tuple[frozenset[UUID], bool]:
    """Return the approvers whom the member decides for, and whether they are the only owner, who asked.

    Raises Forbidden when it is not theirs to decide.
    """
    approvers = await approvers_of(ctx, connection, request, step)
    if user_id in approvers.deciders:
        return approvers.deciders[user_id], approvers.alone
    if user_id == request.asked_by:
        raise Forbidden("own_request", "You asked for this, so somebody else has to decide it.")
    raise Forbidden("not_an_approver", f"This step is decided by {step.label}.", step=step.label)


async def approvers_of(ctx: Context, connection: AsyncConnection, request: Request, step: Step) -> rules.Approvers:
    """Return who may decide the step today: of those it meant when it was asked. Who joined since needs an owner."""
    asked = await named_approvers(ctx, connection, request, step)
    now = await named.load_approvers(ctx, connection, step.approver, request.campaign_id)
    joined = rules.everybody(now) - rules.everybody(asked) - {request.asked_by}
    owners = await named.list_owners(ctx, connection)
    return rules.approvers(asked, request.asked_by, step.escalated_at is not None, owners, joined=bool(joined))


async def named_approvers(
    ctx: Context, connection: AsyncConnection, request: Request, step: Step
) -> list[rules.Approver]:
    """Return whom the step meant when it was asked, with who may decide for them today."""
    if step.seats is None:
        return await named.load_approvers(ctx, connection, step.approver, request.campaign_id)
    return await named.approvers_at(ctx, connection, named.places_of(step.seats), request.campaign_id)


async def let_join(ctx: Context, connection: AsyncConnection, request: Request) -> None:
    """Let those decide a waiting request who came to be meant by its steps since it was asked, because the owner who
    acts put them there. Not one who asked for it, unless there is no other owner."""
    owners = await named.list_owners(ctx, connection)
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    if me not in owners or (me == request.asked_by and len(owners) > 1):
        return
    for step in await store.list_steps(connection, request.id):
        if step.done_at is None and step.seats is not None:
            now = await named.load_places(ctx, connection, step.approver, request.campaign_id)
            places = named.joined_to(named.places_of(step.seats), now)
            await store.update_step(connection, step.id, seats=named.plain_places(places))


async def advance(ctx: Context, connection: AsyncConnection, request: Request, reason: str = "") -> bool:
    """Close the open step if enough have said yes, and opens the next or gives the approval; whether it moved."""
    steps = await store.list_steps(connection, request.id)
    step = next(each for each in steps if each.position == request.step)
    asked = await named_approvers(ctx, connection, request, step)
    yes = [d.seats for d in await store.list_decisions(connection, request.id) if d.step_id == step.id]
    if not rules.is_done(asked, yes, step.quorum, request.asked_by, step.escalated_at is not None):
        return False
    await store.update_step(connection, step.id, done_at=ctx.now)
    following = next((each for each in steps if each.position == step.position + 1), None)
    if following is not None:
        await open_step(ctx, connection, request, following)
        return True
    await store.update_request(connection, request.id, state="approved", decided_at=ctx.now)
    answered = approvable(ctx, request.kind).approved
    if answered is not None:
        await answered(ctx, connection, request.subject_id)
    await _tell_asker(ctx, connection, request, "approved", reason)
    return True


async def stop(ctx: Context, connection: AsyncConnection, request: Request, verdict: VerdictKind, reason: str) -> None:
    """End the request: somebody asked for changes or refused."""
    await store.update_request(
        connection, request.id, state="changes" if verdict is VerdictKind.CHANGES else "refused", decided_at=ctx.now
    )
    await _tell_asker(ctx, connection, request, DECISIONS[verdict], reason)


async def follow_up(ctx: Context, request_id: UUID) -> None:
    """Follow what time does to an open request: notice that it is void or settled, reminds, brings in stand-ins.

    Idempotent; a job calls it. A request whose subject is gone is withdrawn.
    """
    async with ctx.reading() as connection:
        request = await store.find_request(ctx, connection, request_id)
    subject = request.subject
    try:
        measured = await measure(ctx, subject)
        async with ctx.transaction() as connection:
            request = await store.find_request(ctx, connection, request_id, lock=True)
            if request.state not in ("waiting", "approved") or request.settled_at is not None:
                return
            facts = await load_facts(ctx, connection, subject, measured)
            if facts.settled and request.state == "approved":
                await store.update_request(connection, request.id, settled_at=ctx.now, void_since=None, changes=None)
                return
            verdict = await verdict_of(ctx, connection, subject, facts)
            void = verdict.standing is Standing.VOID
            if void and request.void_since is None:
                await _void(ctx, connection, request, [[list(c.path), c.before, c.after] for c in verdict.changes])
            elif not void and request.void_since is not None:
                await store.update_request(connection, request.id, void_since=None, changes=None)
            if request.state == "waiting" and not void and not await advance(ctx, connection, request):
                await _remind(ctx, connection, request)
    except NotFound:
        async with ctx.transaction() as connection:
            await store.update_request(connection, request_id, state="withdrawn", decided_at=ctx.now)


async def tell_approvers_again(ctx: Context, connection: AsyncConnection, request: Request) -> None:
    """Tell who became an approver of the open step since it was opened; nobody is told twice."""
    step = next(each for each in await store.list_steps(connection, request.id) if each.position == request.step)
    await _tell_approvers(ctx, connection, request, step, step.due_at)


async def tell_of_deadline(ctx: Context, connection: AsyncConnection, request_id: UUID) -> list[UUID]:
    """Tell who still has to decide the open step of a waiting request when it is due, once; returns who was told."""
    request = await store.find_request(ctx, connection, request_id)
    step = next(each for each in await store.list_steps(connection, request.id) if each.position == request.step)
    if step.due_at is None:
        return []
    done = {each.user_id for each in await store.list_decisions(connection, request.id) if each.step_id == step.id}
    approvers = await approvers_of(ctx, connection, request, step)
    on = step.due_at.astimezone(ctx.zone).date().isoformat()
    to = set(approvers.deciders) - done
    return await _notify(ctx, connection, NoticeKind.DUE_SOON, request, to, once=str(step.id), on=on)


async def _void(ctx: Context, connection: AsyncConnection, request: Request, changes: list[Any]) -> None:
    await store.update_request(connection, request.id, void_since=ctx.now, changes=changes)
    decided = {each.user_id for each in await store.list_decisions(connection, request.id) if each.user_id}
    to = decided | ({request.asked_by} if request.asked_by else set())
    await _notify(ctx, connection, NoticeKind.APPROVAL_VOID, request, to)


async def _remind(ctx: Context, connection: AsyncConnection, request: Request) -> None:
    step = next(each for each in await store.list_steps(connection, request.id) if each.position == request.step)
    if step.due_at is not None and step.due_at <= ctx.now and step.escalated_at is None:
        approvers = await approvers_of(ctx, connection, request, step)
        on = step.due_at.astimezone(ctx.zone).date().isoformat()
        await _notify(ctx, connection, NoticeKind.OVERDUE, request, set(approvers.deciders), once=str(step.id), on=on)
        await store.update_step(connection, step.id, escalated_at=ctx.now)
    await tell_approvers_again(ctx, connection, request)


async def _tell_approvers(
    ctx: Context, connection: AsyncConnection, request: Request, step: Step, due: datetime | None
) -> None:
    # Told once each: who becomes an approver later, by a group's change or as a stand-in, hears of it the next time.
    approvers = await approvers_of(ctx, connection, request, step)
    await store.update_step(connection, step.id, alone=approvers.alone, bench=sorted(approvers.deciders))
    values = {"note": request.note} if request.note else {}
    if due is not None:
        values["on"] = due.astimezone(ctx.zone).date().isoformat()
    await _notify(
        ctx, connection, NoticeKind.APPROVAL_ASKED, request, set(approvers.deciders), once=str(step.id), **values
    )


async def _tell_asker(ctx: Context, connection: AsyncConnection, request: Request, decision: str, reason: str) -> None:
    if request.asked_by is not None:
        note = {"note": reason} if reason else {}
        await _notify(
            ctx, connection, NoticeKind.APPROVAL_DECIDED, request, {request.asked_by}, decision=decision, **note
        )


async def _notify(
    ctx: Context,
    connection: AsyncConnection,
    kind: NoticeKind,
    request: Request,
    to: set[UUID],
    *,
    once: str | None = None,
    **values: Any,
) -> list[UUID]:
    values["subject"] = request.kind.value
    if request.amount_minor and request.kind in _OF_MONEY:
        values |= {"amount_minor": request.amount_minor, "currency": ctx.workspace.currency}
    if request.audience_size is not None:
        values["people"] = request.audience_size
    return await notify(
        ctx,
        connection,
        kind,
        to=to,
        thing=Thing(ThingKind.APPROVAL, request.id),
        title=request.title,
        campaign_id=request.campaign_id,
        once=once,
        **values,
    )
