"""One request with everything that its page shows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import NotFound
from gonfalon.planning.approvals import progress, rules, store
from gonfalon.planning.approvals.model import Change, Measured, Standing, Subject, SubjectKind, Verdict
from gonfalon.planning.approvals.schemas import (
    ApprovalDecisionOut,
    ApprovalOut,
    ApprovalStepOut,
    ApproverOut,
    CampaignRef,
    NeededStep,
    PreviousOut,
    StandingOut,
    State,
    changes_out,
    state_of,
)
from gonfalon.planning.approvals.subjects import approvable, approval_standing, load_facts, measure, verdict_of
from gonfalon.planning.tables import campaigns


async def read_standing(ctx: Context, subject: Subject) -> StandingOut:
    """How the approval of the subject stands now; raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    measured = await measure(ctx, subject)
    async with ctx.reading() as connection:
        verdict = await approval_standing(ctx, connection, subject, measured)
        return await _standing_out(ctx, connection, verdict)


async def _standing_out(ctx: Context, connection: AsyncConnection, verdict: Verdict) -> StandingOut:
    labels = await store.labels_of(ctx, connection, [step.approver for step in verdict.needs])
    return StandingOut(
        standing=verdict.standing,
        request_id=verdict.request_id,
        needs=[
            NeededStep(kind=s.approver.kind, label=labels[s.approver], quorum=s.quorum, days=s.days)
            for s in verdict.needs
        ],
        changes=changes_out(verdict.changes),
        decided_by=list(verdict.decided_by),
    )


async def read_request(ctx: Context, request_id: UUID) -> ApprovalOut:
    """The request's page. Its state and why it is void are computed now, not as last noticed; raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        row = await store.find_request(ctx, connection, request_id)
    subject = Subject(SubjectKind(row.kind), row.subject_id)
    gone, measured = False, None
    try:
        measured = await measure(ctx, subject)
    except NotFound:
        gone = True
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    async with ctx.reading() as connection:
        row = await store.find_request(ctx, connection, request_id)
        state, changes = ("withdrawn", ()) if gone else await _live(ctx, connection, row, subject, measured)
        steps = [await _step_out(ctx, connection, row, step, state) for step in await _steps(connection, row)]
        previous = await _previous(ctx, connection, row, subject)
        campaign = None
        if row.campaign_id is not None:
            named = await connection.execute(
                select(campaigns.c.name).where(
                    campaigns.c.id == row.campaign_id, campaigns.c.workspace_id == ctx.workspace.id
                )
            )
            campaign = CampaignRef(id=row.campaign_id, name=named.scalar_one())
    decidable = next((s.id for s in steps if s.state == "open" and any(p.id == me for p in s.people)), None)
    return ApprovalOut(
        id=row.id,
        kind=row.kind,
        subject_id=row.subject_id,
        title=row.title,
        note=row.note,
        campaign=campaign,
        asked_by=row.asked_by_name,
        asked_at=row.created_at,
        state=state,
        changes=changes_out(changes),
        content=row.content,
        audience_size=row.audience_size,
        amount_minor=row.amount_minor,
        channel=row.channel,
        category=row.category,
        risks=row.risks,
        steps=steps,
        previous=previous,
        decide=decidable if state == "waiting" else None,
        withdraw=row.state == "waiting" and ctx.may(approvable(subject.kind).ask),
    )


async def _live(
    ctx: Context, connection: AsyncConnection, row: Row[Any], subject: Subject, measured: Measured | None
) -> tuple[State, tuple[Change, ...]]:
    if row.state not in ("waiting", "approved"):
        return state_of(row), ()
    try:
        facts = await load_facts(ctx, connection, subject, measured)
    except NotFound:  # what was asked for is gone
        return "withdrawn", ()
    verdict = await verdict_of(ctx, connection, subject, facts, lasting=facts.settled)
    if verdict.request_id == row.id and verdict.standing is Standing.VOID:
        return "void", verdict.changes
    return row.state, ()


async def _steps(connection: AsyncConnection, row: Row[Any]) -> list[tuple[Row[Any], list[Row[Any]]]]:
    decisions = await store.list_decisions(connection, row.id)
    steps = await store.list_steps(connection, row.id)
    return [(step, [each for each in decisions if each.step_id == step.id]) for step in steps]


async def _step_out(
    ctx: Context, connection: AsyncConnection, row: Row[Any], pair: tuple[Row[Any], list[Row[Any]]], state: State
) -> ApprovalStepOut:
    step, decisions = pair
    is_open = row.state == "waiting" and step.position == row.step
    people: list[ApproverOut] = []
    bench = await progress.bench_of(ctx, connection, row, step) if step.done_at is None else rules.Bench()
    seats = {seat for held in bench.speakers.values() for seat in held} | {s for d in decisions for s in d.seats}
    names = await store.names_of(connection, {*bench.speakers, *seats})
    done = {each.user_id for each in decisions}
    for user, held in sorted(bench.speakers.items(), key=lambda item: names[item[0]]):
        if user not in done:
            others = sorted(names[seat] for seat in held if seat != user)
            people.append(ApproverOut(id=user, name=names[user], instead_of=[] if user in held else others))
    shown = "done" if step.done_at else "ahead"
    if is_open:
        shown = "open" if people else "stuck"
    return ApprovalStepOut(
        id=step.id,
        kind=step.approver_kind,
        ref=step.approver_ref,
        label=step.label,
        quorum=step.quorum,
        state=shown,
        due_at=step.due_at,
        overdue=is_open and state == "waiting" and step.due_at is not None and step.due_at <= ctx.now,
        people=people,
        decisions=[
            ApprovalDecisionOut(
                by=each.user_name,
                instead_of=[] if each.user_id in each.seats else sorted(names.get(seat, "") for seat in each.seats),
                verdict=each.verdict,
                reason=each.reason,
                at=each.at,
            )
            for each in decisions
        ],
    )


async def _previous(ctx: Context, connection: AsyncConnection, row: Row[Any], subject: Subject) -> PreviousOut | None:
    before = await store.newest_request(ctx, connection, subject, before=row.id)
    if before is None:
        return None
    changes = rules.difference(before.content, row.content)
    if before.audience_size != row.audience_size:
        changes = (*changes, Change(("audience_size",), before.audience_size, row.audience_size))
    return PreviousOut(id=before.id, asked_at=before.created_at, state=state_of(before), changes=changes_out(changes))
