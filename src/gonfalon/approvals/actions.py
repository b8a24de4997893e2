"""The verbs of approvals: ask, decide, withdraw; and the follow-up that nobody has to think of."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals import progress, store
from gonfalon.approvals.approvers import store as approvers
from gonfalon.approvals.model import Facts, Standing, StepRule, Subject, VerdictKind
from gonfalon.approvals.subjects import approvable, load_facts, measure, verdict_of
from gonfalon.kit.errors import Conflict, Forbidden, Invalid
from gonfalon.kit.locks import one_at_a_time

LONGEST_REASON = 2000


async def request_approval(ctx: Context, subject: Subject, note: str = "") -> UUID:
    """Ask for the approval that the rules need; returns the request's id.

    Asked again while the same thing waits, it is the same request; a former one that does not hold any more is
    replaced. Raises Conflict where no rule needs an approval (`approval_not_needed`) or it is given (`approval_given`).
    """
    ctx.require(approvable(ctx, subject.kind).ask)
    measured = await measure(ctx, subject)
    async with ctx.transaction() as connection:
        # Two who ask at once: the second waits here and finds the first's request.
        await one_at_a_time(connection, "approval", ctx.workspace.id, subject.kind.value, subject.id)
        facts = await load_facts(ctx, connection, subject, measured)
        verdict = await verdict_of(ctx, connection, subject, facts)
        if verdict.standing is Standing.WAITING and verdict.request_id:
            return verdict.request_id
        if verdict.standing is Standing.APPROVED:
            raise Conflict(
                "approval_given",
                f"“{facts.title}” is approved already.",
                request=str(verdict.request_id),
                name=facts.title,
            )
        if not verdict.needs:
            raise Conflict(
                "approval_not_needed", f"No rule asks for an approval of “{facts.title}”; go ahead.", name=facts.title
            )
        await store.replace_requests(ctx, connection, subject)
        request_id = await _insert(ctx, connection, subject, facts, verdict.needs, note.strip())
        request = await store.find_request(ctx, connection, request_id)
        await progress.open_step(ctx, connection, request, (await store.list_steps(connection, request_id))[0])
        await ctx.audit(
            connection,
            "approval.asked",
            "approval",
            request_id,
            facts.title,
            campaign_id=facts.campaign_id,
            kind=subject.kind.value,
            note=note.strip(),
        )
    return request_id


async def decide(ctx: Context, request_id: UUID, step_id: UUID, verdict: VerdictKind, reason: str = "") -> None:
    """Record a member's decision in the step that is open; the same one again changes nothing.

    Raises Forbidden for who may not decide it (`not_an_approver`, `own_request`, `members_only` for API keys), Invalid
    without a reason where one is needed, Conflict when it is over (`approval_over`), not this step's turn
    (`step_not_open`), decided otherwise before (`decided_otherwise`) or void (`approval_void`).
    """
    ctx.require(Permission.CAMPAIGNS_READ)
    reason = reason.strip()
    if verdict is not VerdictKind.APPROVE and not reason:
        raise Invalid("reason_missing", "Say why, so that they know what to do.")
    if len(reason) > LONGEST_REASON:
        raise Invalid("reason_long", f"Say it in at most {LONGEST_REASON:,} characters.", most=LONGEST_REASON)
    if ctx.actor.kind != "member" or ctx.actor.id is None:
        raise Forbidden("members_only", "Only a member who is signed in can decide; an API key cannot.")
    me = UUID(ctx.actor.id)
    async with ctx.reading() as connection:
        request = await store.find_request(ctx, connection, request_id)
    subject = request.subject
    measured = await measure(ctx, subject) if request.state == "waiting" else None
    async with ctx.transaction() as connection:
        request = await store.find_request(ctx, connection, request_id, lock=True)
        steps = {step.id: step for step in await store.list_steps(connection, request_id)}
        before = [d for d in await store.list_decisions(connection, request_id) if d.step_id == step_id]
        mine = next((each for each in before if each.user_id == me), None)
        if mine is not None:
            if mine.verdict is verdict:
                return
            raise Conflict("decided_otherwise", "You have decided this step already; what you said stays.")
        if request.state != "waiting":
            raise Conflict("approval_over", "This request is over; nothing is left to decide.", state=request.state)
        step = steps.get(step_id)
        if step is None or step.position != request.step:
            raise Conflict("step_not_open", "It is not this step's turn; open the request again.")
        facts = await load_facts(ctx, connection, subject, measured)
        now = await verdict_of(ctx, connection, subject, facts)
        if now.standing is Standing.VOID:
            raise Conflict(
                "approval_void",
                f"“{request.title}” has changed since this was asked; it has to be asked again.",
                name=request.title,
            )
        decided_for, alone = await progress.check_decider(ctx, connection, request, step, me)
        await store.insert_decision(
            ctx,
            connection,
            request_id,
            step_id,
            me,
            seats=sorted(decided_for),
            verdict=verdict.value,
            reason=reason,
            alone=alone,
        )
        if verdict is VerdictKind.APPROVE:
            await progress.advance(ctx, connection, request, reason)
        else:
            await progress.stop(ctx, connection, request, verdict, reason)
        await ctx.audit(
            connection,
            "approval.decided",
            "approval",
            request_id,
            request.title,
            campaign_id=request.campaign_id,
            verdict=verdict.value,
            reason=reason,
            step=step.label,
            only_owner=alone,
        )


async def withdraw_request(ctx: Context, request_id: UUID) -> None:
    """Take a waiting request back; withdrawn again it changes nothing. Raises Conflict when it is decided."""
    async with ctx.transaction() as connection:
        request = await store.find_request(ctx, connection, request_id, lock=True)
        ctx.require(approvable(ctx, request.kind).ask)
        if request.state == "withdrawn":
            return
        if request.state != "waiting":
            raise Conflict("approval_over", "This request is over; nothing is left to withdraw.", state=request.state)
        await store.update_request(connection, request.id, state="withdrawn", decided_at=ctx.now)
        await ctx.audit(
            connection, "approval.withdrawn", "approval", request_id, request.title, campaign_id=request.campaign_id
        )


async def _insert(
    ctx: Context, connection: AsyncConnection, subject: Subject, facts: Facts, needs: tuple[StepRule, ...], note: str
) -> UUID:
    labels = await approvers.labels_of(ctx, connection, [step.approver for step in needs])
    steps = []
    for step in needs:
        places = await approvers.load_places(ctx, connection, step.approver, facts.campaign_id)
        steps.append(
            {
                "approver_kind": step.approver.kind.value,
                "approver_ref": step.approver.ref,
                "label": labels[step.approver],
                "quorum": step.quorum.value,
                "days": step.days,
                "seats": approvers.plain_places(places),
            }
        )
    return await store.insert_request(ctx, connection, subject, facts, note, steps)
