"""The verbs of approvals: ask, decide, withdraw; and the follow-up that nobody has to think of."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Forbidden, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.approvals import progress, store
from gonfalon.planning.approvals.model import Facts, Standing, StepRule, Subject, SubjectKind, VerdictKind
from gonfalon.planning.approvals.subjects import approvable, load_facts, measure, verdict_of
from gonfalon.planning.approvals.tables import approval_decisions, approval_requests, approval_steps

LONGEST_REASON = 2000


async def request_approval(ctx: Context, subject: Subject, note: str = "") -> UUID:
    """Asks for the approval that the rules need; returns the request's id.

    Asked again while the same thing waits, it is the same request; a former one that does not hold any more is
    replaced. Raises Conflict where no rule needs an approval (`approval_not_needed`) or it is given (`approval_given`).
    """
    ctx.require(approvable(subject.kind).ask)
    measured = await measure(ctx, subject)
    async with ctx.transaction() as connection:
        await _one_at_a_time(connection, ctx.workspace.id, subject)
        facts = await load_facts(ctx, connection, subject, measured)
        verdict = await verdict_of(ctx, connection, subject, facts)
        if verdict.standing is Standing.WAITING and verdict.request_id:
            return verdict.request_id
        if verdict.standing is Standing.APPROVED:
            raise Conflict("approval_given", f"“{facts.title}” is approved already.", request=str(verdict.request_id))
        if not verdict.needs:
            raise Conflict("approval_not_needed", f"No rule asks for an approval of “{facts.title}”; go ahead.")
        await connection.execute(
            update(approval_requests)
            .where(
                approval_requests.c.workspace_id == ctx.workspace.id,
                approval_requests.c.kind == subject.kind.value,
                approval_requests.c.subject_id == subject.id,
                approval_requests.c.state.in_(("waiting", "approved")),
            )
            .values(state="replaced")
        )
        request_id = await _insert(ctx, connection, subject, facts, verdict.needs, note.strip())
        row = await store.find_request(ctx, connection, request_id)
        await progress.open_step(ctx, connection, row, (await store.list_steps(connection, request_id))[0])
        await ctx.audit(
            connection,
            "approval.asked",
            "approval",
            request_id,
            facts.title,
            kind=subject.kind.value,
            note=note.strip(),
        )
    return request_id


async def decide(ctx: Context, request_id: UUID, step_id: UUID, verdict: VerdictKind, reason: str = "") -> None:
    """A member's decision in the step that is open; the same one again changes nothing.

    Raises Forbidden for who may not decide it (`not_an_approver`, `own_request`, `members_only` for API keys), Invalid
    without a reason where one is needed, Conflict when it is over (`approval_over`), not this step's turn
    (`step_not_open`), decided otherwise before (`decided_otherwise`) or void (`approval_void`).
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    reason = reason.strip()
    if verdict is not VerdictKind.APPROVE and not reason:
        raise Invalid("reason_missing", "Say why, so that they know what to do.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_long", f"Say it in at most {LONGEST_REASON:,} characters.")
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "Only a member who is signed in can decide; an API key cannot.")
    me = UUID(ctx.actor.id)
    async with ctx.reading() as connection:
        row = await store.find_request(ctx, connection, request_id)
    subject = Subject(SubjectKind(row.kind), row.subject_id)
    measured = await measure(ctx, subject) if row.state == "waiting" else None
    async with ctx.transaction() as connection:
        row = await store.find_request(ctx, connection, request_id, lock=True)
        steps = {step.id: step for step in await store.list_steps(connection, request_id)}
        before = [d for d in await store.list_decisions(connection, request_id) if d.step_id == step_id]
        mine = next((each for each in before if each.user_id == me), None)
        if mine is not None:
            if mine.verdict == verdict.value:
                return
            raise Conflict("decided_otherwise", "You have decided this step already; what you said stays.")
        if row.state != "waiting":
            raise Conflict("approval_over", "This request is over; nothing is left to decide.", state=row.state)
        step = steps.get(step_id)
        if step is None or step.position != row.step:
            raise Conflict("step_not_open", "It is not this step's turn; open the request again.")
        facts = await load_facts(ctx, connection, subject, measured)
        now = await verdict_of(ctx, connection, subject, facts)
        if now.standing is Standing.VOID:
            raise Conflict(
                "approval_void", f"“{row.title}” has changed since this was asked; it has to be asked again."
            )
        seats = await progress.check_speaker(ctx, connection, row, step, me)
        await connection.execute(
            insert(approval_decisions).values(
                id=new_id(),
                workspace_id=ctx.workspace.id,
                request_id=request_id,
                step_id=step_id,
                user_id=me,
                user_name=ctx.actor.name,
                seats=sorted(seats),
                verdict=verdict.value,
                reason=reason,
            )
        )
        if verdict is VerdictKind.APPROVE:
            await progress.advance(ctx, connection, row, reason)
        else:
            await progress.stop(ctx, connection, row, verdict, reason)
        await ctx.audit(
            connection,
            "approval.decided",
            "approval",
            request_id,
            row.title,
            verdict=verdict.value,
            reason=reason,
            step=step.label,
        )


async def withdraw_request(ctx: Context, request_id: UUID) -> None:
    """Takes a waiting request back; withdrawn again it changes nothing. Raises Conflict when it is decided."""
    async with ctx.transaction() as connection:
        row = await store.find_request(ctx, connection, request_id, lock=True)
        ctx.require(approvable(SubjectKind(row.kind)).ask)
        if row.state == "withdrawn":
            return
        if row.state != "waiting":
            raise Conflict("approval_over", "This request is over; nothing is left to withdraw.", state=row.state)
        await progress.write(connection, row.id, state="withdrawn", decided_at=ctx.now)
        await ctx.audit(connection, "approval.withdrawn", "approval", request_id, row.title)


async def _one_at_a_time(connection: AsyncConnection, workspace_id: int, subject: Subject) -> None:
    # Two who ask at once: the second waits here and finds the first's request.
    key = f"approval {workspace_id} {subject.kind.value} {subject.id}"
    await connection.execute(text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


async def _insert(
    ctx: Context, connection: AsyncConnection, subject: Subject, facts: Facts, needs: tuple[StepRule, ...], note: str
) -> UUID:
    request_id = new_id()
    await connection.execute(
        insert(approval_requests).values(
            id=request_id,
            workspace_id=ctx.workspace.id,
            campaign_id=facts.campaign_id,
            kind=subject.kind.value,
            subject_id=subject.id,
            title=facts.title,
            note=note,
            asked_by=await store.asker_of(ctx, connection),
            asked_by_name=ctx.actor.name,
            state="waiting",
            content=dict(facts.content),
            fingerprint=facts.fingerprint,
            amount_minor=facts.amount_minor,
            audience_size=facts.audience_size,
            channel=facts.channel,
            category=facts.category,
            risks=sorted(risk.value for risk in facts.risks),
        )
    )
    labels = await store.labels_of(ctx, connection, [step.approver for step in needs])
    await connection.execute(
        insert(approval_steps),
        [
            {
                "id": new_id(),
                "workspace_id": ctx.workspace.id,
                "request_id": request_id,
                "position": position,
                "approver_kind": step.approver.kind.value,
                "approver_ref": step.approver.ref,
                "label": labels[step.approver],
                "quorum": step.quorum.value,
                "days": step.days,
            }
            for position, step in enumerate(needs)
        ],
    )
    return request_id
