"""Requests as pages show them: lists, and one with everything of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import campaign_names
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals import progress, rules, store
from gonfalon.approvals.approvers.store import labels_of, names_of
from gonfalon.approvals.model import (
    ApprovalChange,
    ApprovalRow,
    Decision,
    Measured,
    OpenRequest,
    Request,
    Standing,
    State,
    Step,
    Subject,
    SubjectKind,
    Verdict,
    View,
)
from gonfalon.approvals.schemas import (
    ApprovalDecisionOut,
    ApprovalOut,
    ApprovalStepOut,
    ApproverOut,
    CampaignRef,
    NeededStep,
    PreviousOut,
    StandingOut,
)
from gonfalon.approvals.store import seen
from gonfalon.approvals.subjects import approvable, approval_standing, load_facts, measure, verdict_of
from gonfalon.approvals.tables import approval_decisions, approval_requests, approval_steps
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import has_words
from gonfalon.kit.rows import all_of


async def read_standing(ctx: Context, subject: Subject) -> StandingOut:
    """Return how the approval of the subject stands now; raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    measured = await measure(ctx, subject)
    async with ctx.reading() as connection:
        verdict = await approval_standing(ctx, connection, subject, measured)
        return await _standing_out(ctx, connection, verdict)


async def _standing_out(ctx: Context, connection: AsyncConnection, verdict: Verdict) -> StandingOut:
    labels = await labels_of(ctx, connection, [step.approver for step in verdict.needs])
    return StandingOut(
        standing=verdict.standing,
        request_id=verdict.request_id,
        needs=[
            NeededStep(kind=s.approver.kind, label=labels[s.approver], quorum=s.quorum, days=s.days)
            for s in verdict.needs
        ],
        changes=list(verdict.changes),
        because=list(verdict.because),
        decided_by=list(verdict.decided_by),
    )


async def read_request(ctx: Context, request_id: UUID) -> ApprovalOut:
    """Return the request's page. Its state and why it is void are computed now, not as last noticed; raises
    NotFound."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        request = await store.find_request(ctx, connection, request_id)
    subject = request.subject
    gone, measured = False, None
    try:
        measured = await measure(ctx, subject)
    except NotFound:
        gone = True
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    async with ctx.reading() as connection:
        request = await store.find_request(ctx, connection, request_id)
        state, changes = ("withdrawn", ()) if gone else await _live(ctx, connection, request, subject, measured)
        steps = [await _step_out(ctx, connection, request, step, state) for step in await _steps(connection, request)]
        previous = await _previous(ctx, connection, request, subject)
        campaign = None
        if request.campaign_id is not None:
            campaigns = campaign_names(ctx.services)
            named = await connection.execute(
                select(campaigns.c.name).where(
                    campaigns.c.id == request.campaign_id, campaigns.c.workspace_id == ctx.workspace.id
                )
            )
            campaign = CampaignRef(id=request.campaign_id, name=named.scalar_one())
    decidable = next((s.id for s in steps if s.state == "open" and any(p.id == me for p in s.people)), None)
    return ApprovalOut(
        id=request.id,
        kind=request.kind,
        subject_id=request.subject_id,
        title=request.title,
        note=request.note,
        campaign=campaign,
        asked_by=request.asked_by_name,
        asked_at=request.created_at,
        state=state,
        changes=list(changes),
        content=dict(request.content),
        audience_size=request.audience_size,
        amount_minor=request.amount_minor,
        channel=request.channel,
        category=request.category,
        risks=list(request.risks),
        steps=steps,
        previous=previous,
        decide=decidable if state == "waiting" else None,
        withdraw=request.state == "waiting" and ctx.may(approvable(ctx, subject.kind).ask),
    )


async def _live(
    ctx: Context, connection: AsyncConnection, request: Request, subject: Subject, measured: Measured | None
) -> tuple[State, tuple[ApprovalChange, ...]]:
    if request.state not in ("waiting", "approved"):
        return request.noticed, ()
    try:
        facts = await load_facts(ctx, connection, subject, measured)
    except NotFound:  # what was asked for is gone
        return "withdrawn", ()
    verdict = await verdict_of(ctx, connection, subject, facts, lasting=facts.settled)
    if verdict.request_id == request.id and verdict.standing is Standing.VOID:
        return "void", verdict.changes
    return request.state, ()


async def _steps(connection: AsyncConnection, request: Request) -> list[tuple[Step, list[Decision]]]:
    decisions = await store.list_decisions(connection, request.id)
    steps = await store.list_steps(connection, request.id)
    return [(step, [each for each in decisions if each.step_id == step.id]) for step in steps]


async def _step_out(
    ctx: Context, connection: AsyncConnection, request: Request, pair: tuple[Step, list[Decision]], state: State
) -> ApprovalStepOut:
    step, decisions = pair
    is_open = request.state == "waiting" and step.position == request.step
    people: list[ApproverOut] = []
    approvers = (
        await progress.approvers_of(ctx, connection, request, step) if step.done_at is None else rules.Approvers()
    )
    named = {seat for held in approvers.deciders.values() for seat in held} | {s for d in decisions for s in d.seats}
    names = await names_of(connection, {*approvers.deciders, *named})
    done = {each.user_id for each in decisions}
    for user, held in sorted(approvers.deciders.items(), key=lambda item: names[item[0]]):
        if user not in done:
            others = sorted(names[seat] for seat in held if seat != user)
            people.append(ApproverOut(id=user, name=names[user], instead_of=[] if user in held else others))
    shown = "done" if step.done_at else "ahead"
    if is_open:
        shown = "open" if people else "stuck"
    return ApprovalStepOut(
        id=step.id,
        kind=step.approver.kind,
        ref=step.approver.ref,
        label=step.label,
        quorum=step.quorum,
        state=shown,
        due_at=step.due_at,
        overdue=is_open and state == "waiting" and step.due_at is not None and step.due_at <= ctx.now,
        owners=is_open and approvers.owners,
        alone=is_open and approvers.alone,
        people=people,
        decisions=[
            ApprovalDecisionOut(
                by=each.user_name,
                instead_of=[] if each.user_id in each.seats else sorted(names.get(seat, "") for seat in each.seats),
                verdict=each.verdict,
                reason=each.reason,
                at=each.at,
                alone=each.alone,
            )
            for each in decisions
        ],
    )


async def _previous(
    ctx: Context, connection: AsyncConnection, request: Request, subject: Subject
) -> PreviousOut | None:
    before = await store.newest_request(ctx, connection, subject, before=request.id)
    if before is None:
        return None
    changes = rules.difference(before.content, request.content)
    if before.audience_size != request.audience_size:
        changes = (*changes, ApprovalChange(("audience_size",), before.audience_size, request.audience_size))
    return PreviousOut(id=before.id, asked_at=before.created_at, state=before.noticed, changes=list(changes))


def decided_by(ctx: Context, user_id: UUID) -> ColumnElement[bool]:
    """Return whether a member may decide the open step of a request and has not: as `rules.approvers` said a minute ago
    at most. Deciding looks again."""
    step = approval_steps
    return and_(
        approval_requests.c.state == "waiting",
        approval_requests.c.void_since.is_(None),
        step.c.bench.any_() == user_id,
        ~exists().where(approval_decisions.c.step_id == step.c.id, approval_decisions.c.user_id == user_id),
    )


async def list_requests(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    view: View = View.ALL,
    standing: str | None = None,
    kind: SubjectKind | None = None,
    campaign_id: UUID | None = None,
    words: str = "",
) -> list[ApprovalRow]:
    """Return the newest first, one more than the page holds."""
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else UUID(int=0)
    mine = decided_by(ctx, me)
    step = approval_steps
    campaigns = campaign_names(ctx.services)
    r = approval_requests.c
    void = r.void_since.is_not(None) & r.state.in_(("waiting", "approved"))
    query: Select[Any] = (
        select(
            r.id,
            r.kind,
            r.subject_id,
            r.title,
            r.campaign_id,
            campaigns.c.name.label("campaign_name"),
            r.asked_by_name.label("asked_by"),
            r.created_at.label("asked_at"),
            case((void, "void"), else_=r.state).label("state"),
            step.c.label.label("waits_for"),
            step.c.approver_kind.label("waits_for_kind"),
            step.c.due_at,
            func.coalesce(mine, False).label("mine"),
            r.audience_size,
            r.amount_minor,
        )
        .outerjoin(campaigns, campaigns.c.id == r.campaign_id)
        .join(step, and_(step.c.request_id == r.id, step.c.position == r.step))
        .where(seen(ctx))
        .order_by(r.id.desc())
        .limit(page.fetch)
    )
    if page.after:
        query = query.where(r.id < page.after[0])
    if view is View.WAITING:
        query = query.where(mine)
    elif view is View.ASKED:
        query = query.where(r.asked_by == me)
    if standing == "void":
        query = query.where(r.void_since.is_not(None))
    elif standing is not None:
        query = query.where(r.state == standing, r.void_since.is_(None))
    if kind is not None:
        query = query.where(r.kind == kind.value)
    if campaign_id is not None:
        query = query.where(r.campaign_id == campaign_id)
    return await all_of(connection, query.where(has_words(words, r.title, campaigns.c.name)), ApprovalRow)


async def list_newest(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[OpenRequest]:
    """Return the newest request for each thing of the campaigns as last noticed; none that is settled."""
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else UUID(int=0)
    r, step = approval_requests, approval_steps
    newest = (
        select(r.c.id)
        .ext(distinct_on(r.c.kind, r.c.subject_id))
        .where(
            r.c.campaign_id.in_(campaign_ids),
            r.c.workspace_id == ctx.workspace.id,
            r.c.state.not_in(("withdrawn", "replaced")),
        )
        .order_by(r.c.kind, r.c.subject_id, r.c.id.desc())
    )
    query = (
        select(
            r.c.campaign_id,
            r.c.id,
            r.c.title,
            r.c.kind,
            r.c.state,
            r.c.void_since,
            step.c.due_at,
            func.coalesce(decided_by(ctx, me), False).label("mine"),
        )
        .join(step, and_(step.c.request_id == r.c.id, step.c.position == r.c.step))
        .where(r.c.id.in_(newest), r.c.workspace_id == ctx.workspace.id, r.c.settled_at.is_(None))
        .order_by(step.c.due_at.asc().nulls_last(), r.c.id)
    )
    return await all_of(connection, query, OpenRequest)
