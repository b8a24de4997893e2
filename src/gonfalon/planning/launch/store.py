"""Gathering what the launch check asks about."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.audiences.actions import count_among, count_audience, count_rule
from gonfalon.audiences.tables import audiences
from gonfalon.channels.email.tables import email_settings, sender_identities
from gonfalon.content.templates.actions import check_source
from gonfalon.content.templates.model import Check as TemplateCheck
from gonfalon.content.templates.model import Template
from gonfalon.content.templates.rules import printed_fields
from gonfalon.content.templates.store import find_template
from gonfalon.delivery.caps import people_at_limit, read_limit
from gonfalon.delivery.model import NewDispatch
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Invalid
from gonfalon.people.tables import attribute_definitions, topics
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.launch.model import AudienceFacts, LaunchFacts, Reach, SenderFacts, TemplateFacts
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.model import TouchpointChannel
from gonfalon.planning.touchpoints.store import find_touchpoint

IDENTITIES = {"email": "email", "phone": "phone", "external_id": "external_id"}
NEAR = timedelta(days=7)


def dispatch_of(ctx: Context, row: Row[Any], template_version: int) -> NewDispatch:
    """What of a dispatch its touchpoint decides; a launch and recorded history add what is theirs."""
    return NewDispatch(
        touchpoint_id=row.id,
        campaign_id=row.campaign_id,
        channel=row.channel,
        template_id=row.template_id,
        template_version=template_version,
        sender_identity_id=row.sender_identity_id,
        topic_id=row.topic_id,
        launched_by=ctx.actor.name,
        holdout_percent=row.holdout_percent,
    )


async def load_facts(ctx: Context, touchpoint_id: UUID) -> LaunchFacts:
    """Everything the launch check asks; the counts come from the audiences room. Raises NotFound."""
    async with ctx.reading() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id)
        campaign = await find_campaign(ctx, connection, row.campaign_id)
        audience_row = await _audience_row(ctx, connection, row.audience_id)
        topic = await _topic(ctx, connection, row.topic_id)
        template = None
        if row.template_id is not None:
            template = await find_template(connection, ctx.workspace.id, row.template_id)
        sender = await _sender(ctx, connection, row.sender_identity_id)
        others = await _same_audience(ctx, connection, row)
        declared = await _declared(ctx, connection)
    # Whoever may see the touchpoint learns how many; who they are takes a permission that is not asked here.
    counting = system_context(ctx.services, ctx.workspace)
    channel = TouchpointChannel(row.channel)
    audience = await _audience(counting, audience_row, topic, channel)
    goes_out = row.send_at or ctx.now
    local = max(goes_out, ctx.now).astimezone(ctx.zone)
    return LaunchFacts(
        touchpoint_id=row.id,
        version=row.version,
        campaign_id=row.campaign_id,
        now=ctx.now,
        today=ctx.today,
        local_hour=local.hour,
        launched=row.launched_at is not None or row.done_on is not None,
        campaign_state=campaign.state,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        has_goal=campaign.goal_metric is not None,
        planned_minor=int(campaign.planned_minor),
        holdout_percent=row.holdout_percent,
        send_at=row.send_at,
        audience=audience,
        template=await _template(counting, template, audience, declared),
        sender=sender,
        topic=None if topic is None else topic.name,
        same_audience=others,
        channel=channel,
    )


async def load_reach(ctx: Context, touchpoint: Row[Any]) -> Reach | None:
    """Who would get it now, counted by the audiences room; None while that cannot be told."""
    async with ctx.reading() as connection:
        row = await _audience_row(ctx, connection, touchpoint.audience_id)
        topic = await _topic(ctx, connection, touchpoint.topic_id)
    counting = system_context(ctx.services, ctx.workspace)
    audience = await _audience(counting, row, topic, TouchpointChannel(touchpoint.channel))
    return None if audience is None else audience.reach


async def _audience_row(ctx: Context, connection: AsyncConnection, audience_id: UUID | None) -> Row[Any] | None:
    if audience_id is None:
        return None
    found = await connection.execute(
        select(audiences).where(audiences.c.id == audience_id, audiences.c.workspace_id == ctx.workspace.id)
    )
    return found.first()


async def _audience(
    ctx: Context, row: Row[Any] | None, topic: Row[Any] | None, channel: TouchpointChannel
) -> AudienceFacts | None:
    if row is None:
        return None
    if row.archived_at is not None:
        return AudienceFacts(row.id, row.name, archived=True)
    try:
        counted = await count_audience(ctx, row.id)
    except Invalid as error:
        return AudienceFacts(row.id, row.name, broken=error.sentence)
    if not channel.sent_here:  # who of them is reached is known only where it is carried out
        return AudienceFacts(row.id, row.name, reach=Reach(counted.total, counted.total, {}))
    key = None if topic is None else topic.key
    of_topic = next((each for each in counted.reach if each.channel == "email" and each.topic == key), None)
    if topic is None or of_topic is None:  # no topic chosen yet: nobody has agreed to it
        return AudienceFacts(row.id, row.name, reach=Reach(counted.total, 0, {"no_consent": counted.total}))
    withheld = {
        "no_consent": of_topic.no_consent,
        "unsubscribed": of_topic.unsubscribed,
        "no_address": of_topic.no_address,
        "suppressed": of_topic.suppressed,
    }
    at_limit = await _at_limit(ctx, row.id, topic.id)
    if at_limit:
        withheld["over_limit"] = at_limit
    return AudienceFacts(row.id, row.name, reach=Reach(counted.total, of_topic.reachable - at_limit, withheld))


async def _at_limit(ctx: Context, audience_id: UUID, topic_id: int) -> int:
    """How many reachable people of the audience have had as many messages as they may get."""
    async with ctx.reading() as connection:
        limit = await read_limit(connection, ctx.workspace.id)
        if limit is None:
            return 0
        known = await people_at_limit(connection, ctx.workspace.id, limit, "email", topic_id)
    return await count_among(ctx, audience_id, known) if known else 0


async def _topic(ctx: Context, connection: AsyncConnection, topic_id: int | None) -> Row[Any] | None:
    if topic_id is None:
        return None
    found = await connection.execute(
        select(topics).where(
            topics.c.id == topic_id, topics.c.workspace_id == ctx.workspace.id, topics.c.archived_at.is_(None)
        )
    )
    return found.first()


async def _sender(ctx: Context, connection: AsyncConnection, identity_id: UUID | None) -> SenderFacts | None:
    if identity_id is None:
        return None
    identity = (
        await connection.execute(
            select(sender_identities).where(
                sender_identities.c.id == identity_id, sender_identities.c.workspace_id == ctx.workspace.id
            )
        )
    ).first()
    if identity is None:
        return None
    settings = (
        await connection.execute(select(email_settings).where(email_settings.c.workspace_id == ctx.workspace.id))
    ).first()
    sandbox = settings is None or settings.provider == "sandbox"
    signed = settings.dkim_domain if settings is not None and settings.dkim_key_sealed is not None else ""
    return SenderFacts(identity.id, identity.from_address, sandbox, signed, archived=identity.archived_at is not None)


async def _declared(ctx: Context, connection: AsyncConnection) -> frozenset[str]:
    found = await connection.execute(
        select(attribute_definitions.c.key).where(
            attribute_definitions.c.workspace_id == ctx.workspace.id, attribute_definitions.c.deleted_at.is_(None)
        )
    )
    return frozenset(found.scalars())


async def _template(
    ctx: Context, template: Template | None, audience: AudienceFacts | None, declared: frozenset[str]
) -> TemplateFacts | None:
    if template is None:
        return None
    checked = await check_source(ctx, template.source)
    errors = tuple(problem.sentence for problem in checked.problems if problem.level == "error")
    told = frozenset({"unsubscribe_missing", "html_large"})  # these have questions of their own
    return TemplateFacts(
        template.id,
        template.name,
        template.version,
        errors=tuple(p.sentence for p in checked.problems if p.level == "error" and p.code not in told),
        warnings=tuple(p.sentence for p in checked.problems if p.level == "warning" and p.code not in told),
        links=tuple(link.destination for link in checked.links),
        unsubscribe=not any(problem.code == "unsubscribe_missing" for problem in checked.problems),
        gaps={} if errors else await _gaps(ctx, checked, audience, declared),
        size=checked.html_bytes,
        archived=template.archived_at is not None,
    )


async def _gaps(
    ctx: Context, checked: TemplateCheck, audience: AudienceFacts | None, declared: frozenset[str]
) -> dict[str, int]:
    """How many of the audience lack each field that is printed without a default."""
    if audience is None or audience.reach is None:
        return {}
    member = {"kind": "audience", "audience": str(audience.id)}
    found = {}
    for key in printed_fields(checked.uses):
        if key in declared:
            missing: dict[str, Any] = {"kind": "attribute", "key": key, "op": "unknown"}
        elif key in IDENTITIES:
            missing = {"kind": "identity", "identity": IDENTITIES[key], "has": False}
        else:
            continue
        counted = await count_rule(ctx, {"kind": "all", "rules": [member, missing]})
        found[f"person.{key}"] = counted.total
    return found


async def _same_audience(ctx: Context, connection: AsyncConnection, row: Row[Any]) -> tuple[str, ...]:
    """Other launched touchpoints to the same audience within a week of this one."""
    if row.audience_id is None:
        return ()
    at = row.send_at or ctx.now
    goes = func.coalesce(touchpoints.c.send_at, touchpoints.c.launched_at)
    found = await connection.execute(
        select(touchpoints.c.name)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.workspace_id == ctx.workspace.id,
            touchpoints.c.audience_id == row.audience_id,
            touchpoints.c.id != row.id,
            touchpoints.c.launched_at.is_not(None),
            func.coalesce(dispatches.c.state, "") != "cancelled",
            goes.between(at - NEAR, at + NEAR),
        )
        .order_by(goes.desc())
        .limit(10)
    )
    return tuple(found.scalars())
