"""What an approval of a launch covers, and of the content it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals.approvers.store import labels_of
from gonfalon.approvals.model import Facts, Measured, Risk, Subject, SubjectKind, Verdict, fingerprint_of
from gonfalon.approvals.offers import Approvable
from gonfalon.approvals.rules import MANY_WITHOUT_CONSENT
from gonfalon.approvals.store import with_lately
from gonfalon.approvals.subjects import approval_standing, check_approved, verdicts_of, with_measured
from gonfalon.audiences.actions import hash_members
from gonfalon.audiences.model import AudienceKind
from gonfalon.channels.offers import find_channel
from gonfalon.channels.store import hold_sender
from gonfalon.content.review.model import ContentKind, ReviewState
from gonfalon.content.review.store import review_standing
from gonfalon.kit.errors import NotFound
from gonfalon.planning.launch.model import ApprovalFacts, LaunchFacts, LaunchReach, ReviewFacts
from gonfalon.planning.launch.reading import load_reach
from gonfalon.planning.launch.store import MadeOf, SentVersion, audiences_of, find_stake, find_version
from gonfalon.planning.touchpoints.model import Touchpoint, TouchpointView
from gonfalon.planning.touchpoints.rules import check_in_use
from gonfalon.planning.touchpoints.store import find_touchpoint


async def launch_facts(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Facts:
    """Return everything that a launch sends, to whom, from whom, and when. The amount is the campaign's planned budget.

    A launched touchpoint's content is the version that was frozen.
    """
    row = await find_touchpoint(ctx, connection, touchpoint_id)
    check_in_use(row.name, row.archived_at)
    made_of = await audiences_of(ctx, connection, row.audience_id)
    version = await find_version(ctx, connection, row.template_id, row.template_version)
    return await _launch_facts(ctx, connection, row, made_of, version)


async def _launch_facts(
    ctx: Context,
    connection: AsyncConnection,
    row: TouchpointView,
    made_of: Sequence[MadeOf],
    version: SentVersion | None,
) -> Facts:
    """Return the same of what was read already: the touchpoint, the audiences that it is for, what it sends."""
    stake = await find_stake(ctx, connection, row)
    content: dict[str, Any] = {
        "channel": row.channel,
        "audience": row.audience and row.audience.name,
        **await _definition(ctx, connection, made_of),
        **_message(version),
        "sender": row.sender_description,
        "topic": row.topic and row.topic.name,
        "topic_hash": row.topic_id,
        "send_at": _iso(row.send_at),
        "per_hour": row.per_hour,
        "holdout_percent": row.holdout_percent,
        "link_tags": row.link_tags,
    }
    if not row.sent_here:
        content["note"] = row.note
    risks = {Risk.FIRST_USE_OF_CHANNEL} if stake.first_use else set()
    return Facts(
        campaign_id=row.campaign_id,
        title=row.name,
        content=content,
        amount_minor=stake.planned_minor,
        channel=row.channel,
        category=stake.category,
        risks=frozenset(risks),
        settled=row.launched_at is not None or row.done_on is not None,
    )


async def content_facts(ctx: Context, connection: AsyncConnection, template_id: UUID) -> Facts:
    """Return what the newest version of a template says."""
    ctx.require(Permission.CONTENT_READ)
    version = await find_version(ctx, connection, template_id)
    if version is None:
        raise NotFound("template_unknown", "There is no such template in this workspace.")
    return _content_facts(version)


def _content_facts(version: SentVersion) -> Facts:
    return Facts(None, version.name, {"channel": version.channel, **_message(version)}, channel=version.channel)


async def measure_launch(ctx: Context, touchpoint_id: UUID) -> Measured:
    """Return how many people would get it now, and what is risky about them."""
    async with ctx.reading() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id)
    return measured_of(await load_reach(ctx, row))


def measured_of(reach: LaunchReach | None) -> Measured:
    """Return the same from a reach that was counted already."""
    if reach is None:
        return Measured()
    risks = set()
    if reach.withheld.get("over_limit"):
        risks.add(Risk.OVER_CONTACTED)
    without = reach.withheld.get("no_consent", 0) + reach.withheld.get("unsubscribed", 0)
    if without > reach.audience * MANY_WITHOUT_CONSENT:
        risks.add(Risk.MISSING_CONSENT)
    # Who is at the contact limit today is written a message all the same, and only withheld when it would leave.
    return Measured(reach.reachable + reach.withheld.get("over_limit", 0), frozenset(risks))


async def with_approvals(ctx: Context, facts: LaunchFacts) -> LaunchFacts:
    """Return the facts with how the approvals stand that the launch needs: its own, and that of its content."""
    measured = measured_of(None if facts.audience is None else facts.audience.reach)
    verdicts: dict[Subject, Verdict] = {}
    async with ctx.reading() as connection:
        launch = Subject(SubjectKind.LAUNCH, facts.touchpoint_id)
        verdicts[launch] = await approval_standing(ctx, connection, launch, measured)
        if facts.template is not None:
            content = Subject(SubjectKind.CONTENT, facts.template.id)
            verdicts[content] = await approval_standing(ctx, connection, content, Measured())
            facts = await _with_review(ctx, connection, facts, facts.template.id, facts.template.version)
        return await _with_verdicts(ctx, connection, facts, verdicts)


async def hold_approved(
    ctx: Context, connection: AsyncConnection, row: TouchpointView, version: SentVersion, facts: LaunchFacts
) -> LaunchFacts:
    """Return the same for the launch itself, in its transaction, of a touchpoint and a template that are locked.

    Locks what else the approval covers, so that an edit is either seen here or waits until the launch is through;
    everything is judged anew, and a yes covers exactly what is there now.
    """
    made_of = await _lock_rest(ctx, connection, row)
    facts = await _with_review(ctx, connection, facts, version.template_id, version.number)
    measured = measured_of(None if facts.audience is None else facts.audience.reach)
    subject = Subject(SubjectKind.LAUNCH, row.id)
    launch = {subject: await _launch_facts(ctx, connection, row, made_of, version)}
    known = {
        subject: with_measured((await with_lately(ctx, connection, launch))[subject], measured),
        Subject(SubjectKind.CONTENT, version.template_id): _content_facts(version),
    }
    return await _with_verdicts(ctx, connection, facts, await verdicts_of(ctx, connection, known))


async def _with_review(
    ctx: Context, connection: AsyncConnection, facts: LaunchFacts, template_id: UUID, version: int
) -> LaunchFacts:
    """Reviews are asked for, answered and ended with the template locked, as a launch has it."""
    found = await review_standing(ctx, connection, ContentKind.TEMPLATE, template_id, version)
    state = "none" if found.state is None else found.state.value
    if found.state is ReviewState.PASSED and not found.passed:
        state = "reopened"
    review = ReviewFacts(
        template_id, state, found.required, version, found.review_id, found.passed_version, found.waits_for
    )
    return replace(facts, review=review)


async def _with_verdicts(
    ctx: Context, connection: AsyncConnection, facts: LaunchFacts, verdicts: Mapping[Subject, Verdict]
) -> LaunchFacts:
    found = []
    for subject, verdict in verdicts.items():
        labels = await labels_of(ctx, connection, [step.approver for step in verdict.needs])
        found.append(
            ApprovalFacts(
                subject.kind.value,
                subject.id,
                verdict.standing.value,
                verdict.request_id,
                tuple((approver.kind.value, label) for approver, label in labels.items()),
                verdict.decided_by,
            )
        )
    return replace(facts, approvals=tuple(found))


async def check_still_approved(ctx: Context, connection: AsyncConnection, row: Touchpoint, measured: Measured) -> None:
    """Guard the launch's job, with the touchpoint locked; raises Conflict (`approval_needed`).

    Locks what else the approval covers. Its content is the version that was launched, whatever was saved since.
    """
    await _lock_rest(ctx, connection, row)
    await check_approved(ctx, connection, Subject(SubjectKind.LAUNCH, row.id), measured)


async def _lock_rest(ctx: Context, connection: AsyncConnection, row: Touchpoint) -> Sequence[MadeOf]:
    made_of = await audiences_of(ctx, connection, row.audience_id, lock=True)
    channel = find_channel(ctx.services, row.channel)
    await hold_sender(connection, channel, ctx.workspace.id, row.sender_identity_id)
    return made_of


def _message(version: SentVersion | None) -> dict[str, Any]:
    if version is None:
        return {"subject": None, "preheader": None, "content_hash": None}
    return {
        "subject": version.subject,
        "preheader": version.preheader,
        "content_hash": fingerprint_of([version.source, version.text]),
    }


async def _definition(ctx: Context, connection: AsyncConnection, rows: Sequence[MadeOf]) -> dict[str, Any]:
    """Hashes of the audience's rule with those of every audience it is made of, and of who is on the lists among them:
    a rule is what it says, a list is its members."""
    found: dict[str, Any] = {
        "audience_rule_hash": fingerprint_of({str(row.id): row.rule for row in rows}) if rows else None
    }
    if lists := [row.id for row in rows if row.kind is AudienceKind.LIST]:
        found["list_members_hash"] = fingerprint_of(await hash_members(connection, ctx.workspace.id, lists))
    return found


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


APPROVABLE = (
    Approvable(SubjectKind.LAUNCH, facts=launch_facts, measure=measure_launch),
    Approvable(SubjectKind.CONTENT, facts=content_facts, ask=Permission.CONTENT_WRITE),
)
