"""What an approval of a launch covers, and of the content it sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.tables import audiences
from gonfalon.channels.email.tables import sender_identities
from gonfalon.content.tables import template_versions, templates
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import NotFound
from gonfalon.planning.approvals.model import (
    APPROVABLE,
    Approvable,
    Facts,
    Measured,
    Risk,
    Subject,
    SubjectKind,
    fingerprint_of,
)
from gonfalon.planning.approvals.rules import MANY_WITHOUT_CONSENT
from gonfalon.planning.approvals.store import labels_of
from gonfalon.planning.approvals.subjects import approval_standing, check_approved
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.launch.model import ApprovalFacts, LaunchFacts, Reach
from gonfalon.planning.launch.store import load_reach
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.model import TouchpointChannel
from gonfalon.planning.touchpoints.store import find_touchpoint, tags_of


async def launch_facts(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Facts:
    """Everything that a launch sends, to whom, from whom, and when. The amount is the campaign's planned budget.

    A launched touchpoint's content is the version that was frozen.
    """
    row = await find_touchpoint(ctx, connection, touchpoint_id)
    campaign = await find_campaign(ctx, connection, row.campaign_id)
    content: dict[str, Any] = {
        "channel": row.channel,
        "audience": row.audience_name,
        "audience_rule_hash": await _definition(ctx, connection, row.audience_id),
        **await _message(ctx, connection, row.template_id, row.template_version),
        "sender": await _sender(ctx, connection, row.sender_identity_id),
        "topic": row.topic_name,
        "send_at": _iso(row.send_at),
        "per_hour": row.per_hour,
        "holdout_percent": row.holdout_percent,
        "link_tags": tags_of(row).parameters(),
    }
    if not TouchpointChannel(row.channel).sent_here:
        content["note"] = row.note
    risks = set()
    if await _first_use(ctx, connection, row):
        risks.add(Risk.FIRST_USE_OF_CHANNEL)
    return Facts(
        campaign_id=row.campaign_id,
        title=row.name,
        content=content,
        amount_minor=int(campaign.planned_minor),
        channel=row.channel,
        category=campaign.category,
        risks=frozenset(risks),
        settled=row.launched_at is not None or row.done_on is not None,
    )


async def content_facts(ctx: Context, connection: AsyncConnection, template_id: UUID) -> Facts:
    """What the newest version of a template says."""
    ctx.require(Permission.CONTENT_READ)
    found = await connection.execute(
        select(templates).where(templates.c.id == template_id, templates.c.workspace_id == ctx.workspace.id)
    )
    row = found.first()
    if row is None:
        raise NotFound("template_unknown", "There is no such template in this workspace.")
    message = await _message(ctx, connection, template_id, row.version)
    return Facts(None, row.name, {"channel": row.channel, **message}, channel=row.channel)


async def measure_launch(ctx: Context, touchpoint_id: UUID) -> Measured:
    """How many people would get it now, and what is risky about them."""
    async with ctx.reading() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id)
    return measured_of(await load_reach(ctx, row))


def measured_of(reach: Reach | None) -> Measured:
    """The same from a reach that was counted already."""
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
    """The facts with how the approvals stand that the launch needs: its own, and that of its content."""
    measured = measured_of(None if facts.audience is None else facts.audience.reach)
    subjects = [(Subject(SubjectKind.LAUNCH, facts.touchpoint_id), measured)]
    if facts.template is not None:
        subjects.append((Subject(SubjectKind.CONTENT, facts.template.id), Measured()))
    found = []
    async with ctx.reading() as connection:
        for subject, known in subjects:
            verdict = await approval_standing(ctx, connection, subject, known)
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


async def check_launch_approved(
    ctx: Context, connection: AsyncConnection, row: Row[Any], measured: Measured, *, content: bool = True
) -> None:
    """The gate of a launch, in its transaction and with the touchpoint locked; raises Conflict (`approval_needed`).

    Locks what else the approval covers, so that an edit is either seen here or waits until the launch is through.
    content: the template's own approval too.
    """
    await _lock_definition(ctx, connection, row.audience_id)
    await connection.execute(
        select(sender_identities.c.id)
        .where(sender_identities.c.id == row.sender_identity_id, sender_identities.c.workspace_id == ctx.workspace.id)
        .with_for_update(read=True)
    )
    await check_approved(ctx, connection, Subject(SubjectKind.LAUNCH, row.id), measured)
    if content and row.template_id is not None:
        await check_approved(ctx, connection, Subject(SubjectKind.CONTENT, row.template_id))


async def _message(
    ctx: Context, connection: AsyncConnection, template_id: UUID | None, version: int | None
) -> dict[str, Any]:
    if template_id is None:
        return {"subject": None, "preheader": None, "content_hash": None}
    number = templates.c.version if version is None else version
    found = await connection.execute(
        select(template_versions)
        .join(templates, templates.c.id == template_versions.c.template_id)
        .where(
            template_versions.c.template_id == template_id,
            template_versions.c.workspace_id == ctx.workspace.id,
            template_versions.c.number == number,
        )
    )
    row = found.one()
    return {
        "subject": row.subject,
        "preheader": row.preheader,
        "content_hash": fingerprint_of([row.source, row.text]),
    }


async def _sender(ctx: Context, connection: AsyncConnection, identity_id: UUID | None) -> str | None:
    found = await connection.execute(
        select(sender_identities).where(
            sender_identities.c.id == identity_id, sender_identities.c.workspace_id == ctx.workspace.id
        )
    )
    row = found.first()
    if row is None:
        return None
    reply = f", {row.reply_to}" if row.reply_to else ""
    return f"{row.from_name} <{row.from_address}>{reply}"


async def _definition(ctx: Context, connection: AsyncConnection, audience_id: UUID | None) -> str | None:
    """A hash of the audience's rule and of every audience it is made of. A list is its name: who is on it is live."""
    rows = await _made_of(ctx, connection, audience_id)
    return fingerprint_of({str(row.id): row.rule for row in rows}) if rows else None


async def _lock_definition(ctx: Context, connection: AsyncConnection, audience_id: UUID | None) -> None:
    await _made_of(ctx, connection, audience_id, lock=True)


async def _made_of(
    ctx: Context, connection: AsyncConnection, audience_id: UUID | None, *, lock: bool = False
) -> Sequence[Row[Any]]:
    """The audience and, one level after the other, those that its rule speaks of."""
    known: dict[UUID, Row[Any]] = {}
    wanted = [] if audience_id is None else [audience_id]
    while wanted:
        query = (
            select(audiences.c.id, audiences.c.rule, audiences.c.references)
            .where(audiences.c.workspace_id == ctx.workspace.id, audiences.c.id.in_(wanted))
            .order_by(audiences.c.id)
        )
        rows = (await connection.execute(query.with_for_update(read=True) if lock else query)).all()
        known |= {row.id: row for row in rows}
        spoken = {word.removeprefix("audience:") for row in rows for word in row.references if "audience:" in word}
        wanted = [UUID(each) for each in sorted(spoken) if UUID(each) not in known]
    return list(known.values())


async def _first_use(ctx: Context, connection: AsyncConnection, row: Row[Any]) -> bool:
    sent = exists().where(
        dispatches.c.workspace_id == ctx.workspace.id,
        dispatches.c.channel == row.channel,
        dispatches.c.touchpoint_id != row.id,
        dispatches.c.state != "cancelled",
    )
    done = exists().where(
        touchpoints.c.workspace_id == ctx.workspace.id,
        touchpoints.c.channel == row.channel,
        touchpoints.c.id != row.id,
        touchpoints.c.done_on.is_not(None),
    )
    used = await connection.execute(select(or_(sent, done)))
    return not used.scalar_one()


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


APPROVABLE[SubjectKind.LAUNCH] = Approvable(facts=launch_facts, measure=measure_launch)
APPROVABLE[SubjectKind.CONTENT] = Approvable(facts=content_facts, ask=Permission.CONTENT_WRITE)
