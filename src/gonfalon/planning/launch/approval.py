"""What an approval of a launch covers, and of the content it sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, exists, or_, select
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
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import find_channel, hold_sender
from gonfalon.content.tables import template_versions, templates
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import NotFound
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.launch.model import ApprovalFacts, LaunchFacts, Reach
from gonfalon.planning.launch.store import load_reach
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.planning.touchpoints.rules import check_in_use
from gonfalon.planning.touchpoints.store import find_touchpoint, tags_of


async def launch_facts(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Facts:
    """Everything that a launch sends, to whom, from whom, and when. The amount is the campaign's planned budget.

    A launched touchpoint's content is the version that was frozen.
    """
    row = await find_touchpoint(ctx, connection, touchpoint_id)
    check_in_use(row)
    made_of = await _made_of(ctx, connection, row.audience_id)
    version = await _version(ctx, connection, row.template_id, row.template_version)
    return await _launch_facts(ctx, connection, row, made_of, version)


async def _launch_facts(
    ctx: Context, connection: AsyncConnection, row: Row[Any], made_of: Sequence[Row[Any]], version: Row[Any] | None
) -> Facts:
    """The same of what was read already: the touchpoint, the audiences that it is for, what it sends."""
    campaign = await find_overview(ctx, connection, row.campaign_id)
    content: dict[str, Any] = {
        "channel": row.channel,
        "audience": row.audience_name,
        **await _definition(ctx, connection, made_of),
        **_message(version),
        "sender": row.sender_description,
        "topic": row.topic_name,
        "topic_hash": row.topic_id,
        "send_at": _iso(row.send_at),
        "per_hour": row.per_hour,
        "holdout_percent": row.holdout_percent,
        "link_tags": tags_of(row).parameters(),
    }
    if not row.sent_here:
        content["note"] = row.note
    risks = set()
    if await _first_use(ctx, connection, row):
        risks.add(Risk.FIRST_USE_OF_CHANNEL)
    return Facts(
        campaign_id=row.campaign_id,
        title=row.name,
        content=content,
        amount_minor=campaign.budget.planned_minor,
        channel=row.channel,
        category=campaign.category,
        risks=frozenset(risks),
        settled=row.launched_at is not None or row.done_on is not None,
    )


async def content_facts(ctx: Context, connection: AsyncConnection, template_id: UUID) -> Facts:
    """What the newest version of a template says."""
    ctx.require(Permission.CONTENT_READ)
    version = await _version(ctx, connection, template_id)
    if version is None:
        raise NotFound("template_unknown", "There is no such template in this workspace.")
    return _content_facts(version)


def _content_facts(version: Row[Any]) -> Facts:
    return Facts(None, version.name, {"channel": version.channel, **_message(version)}, channel=version.channel)


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
    verdicts: dict[Subject, Verdict] = {}
    async with ctx.reading() as connection:
        launch = Subject(SubjectKind.LAUNCH, facts.touchpoint_id)
        verdicts[launch] = await approval_standing(ctx, connection, launch, measured)
        if facts.template is not None:
            content = Subject(SubjectKind.CONTENT, facts.template.id)
            verdicts[content] = await approval_standing(ctx, connection, content, Measured())
        return await _with_verdicts(ctx, connection, facts, verdicts)


async def hold_approved(
    ctx: Context, connection: AsyncConnection, row: Row[Any], version: Row[Any], facts: LaunchFacts
) -> LaunchFacts:
    """The same for the launch itself, in its transaction, of a touchpoint and a template that are locked.

    Locks what else the approval covers, so that an edit is either seen here or waits until the launch is through;
    everything is judged anew, and a yes covers exactly what is there now.
    """
    made_of = await _lock_rest(ctx, connection, row)
    measured = measured_of(None if facts.audience is None else facts.audience.reach)
    launch = await with_lately(ctx, connection, await _launch_facts(ctx, connection, row, made_of, version))
    known = {
        Subject(SubjectKind.LAUNCH, row.id): with_measured(launch, measured),
        Subject(SubjectKind.CONTENT, row.template_id): _content_facts(version),
    }
    return await _with_verdicts(ctx, connection, facts, await verdicts_of(ctx, connection, known))


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


async def check_still_approved(ctx: Context, connection: AsyncConnection, row: Row[Any], measured: Measured) -> None:
    """The gate of the launch's job, with the touchpoint locked; raises Conflict (`approval_needed`).

    Locks what else the approval covers. Its content is the version that was launched, whatever was saved since.
    """
    await _lock_rest(ctx, connection, row)
    await check_approved(ctx, connection, Subject(SubjectKind.LAUNCH, row.id), measured)


async def _lock_rest(ctx: Context, connection: AsyncConnection, row: Row[Any]) -> Sequence[Row[Any]]:
    made_of = await _made_of(ctx, connection, row.audience_id, lock=True)
    channel = find_channel(ctx.services, row.channel)
    await hold_sender(connection, channel, ctx.workspace.id, row.sender_identity_id)
    return made_of


async def hold_version(ctx: Context, connection: AsyncConnection, template_id: UUID) -> Row[Any] | None:
    """The newest version of a template, which nobody saves anew until the transaction ends; None where somebody just
    did."""
    return await _version(ctx, connection, template_id, lock=True)


async def _version(
    ctx: Context,
    connection: AsyncConnection,
    template_id: UUID | None,
    number: int | None = None,
    *,
    lock: bool = False,
) -> Row[Any] | None:
    """A version of a template, without a number the newest, with the template's name and channel."""
    if template_id is None:
        return None
    query = (
        select(template_versions, templates.c.name, templates.c.channel)
        .join(templates, templates.c.id == template_versions.c.template_id)
        .where(
            template_versions.c.template_id == template_id,
            template_versions.c.workspace_id == ctx.workspace.id,
            template_versions.c.number == (templates.c.version if number is None else number),
        )
    )
    return (await connection.execute(query.with_for_update(read=True, of=templates) if lock else query)).first()


def _message(version: Row[Any] | None) -> dict[str, Any]:
    if version is None:
        return {"subject": None, "preheader": None, "content_hash": None}
    return {
        "subject": version.subject,
        "preheader": version.preheader,
        "content_hash": fingerprint_of([version.source, version.text]),
    }


async def _definition(ctx: Context, connection: AsyncConnection, rows: Sequence[Row[Any]]) -> dict[str, Any]:
    """Hashes of the audience's rule with those of every audience it is made of, and of who is on the lists among them:
    a rule is what it says, a list is its members."""
    found: dict[str, Any] = {
        "audience_rule_hash": fingerprint_of({str(row.id): row.rule for row in rows}) if rows else None
    }
    if lists := [row.id for row in rows if row.kind == AudienceKind.LIST.value]:
        found["list_members_hash"] = fingerprint_of(await hash_members(connection, ctx.workspace.id, lists))
    return found


async def _made_of(
    ctx: Context, connection: AsyncConnection, audience_id: UUID | None, *, lock: bool = False
) -> Sequence[Row[Any]]:
    """The audience and, one level after the other, those that its rule speaks of."""
    known: dict[UUID, Row[Any]] = {}
    wanted = [] if audience_id is None else [audience_id]
    while wanted:
        query = (
            select(audiences.c.id, audiences.c.kind, audiences.c.rule, audiences.c.references)
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


APPROVABLE = (
    Approvable(SubjectKind.LAUNCH, facts=launch_facts, measure=measure_launch),
    Approvable(SubjectKind.CONTENT, facts=content_facts, ask=Permission.CONTENT_WRITE),
)
