"""Read what the launch check asks about."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.audiences.segments.language import Member, parse
from gonfalon.audiences.segments.membership import AudienceQuery
from gonfalon.channels.offers import Channel, Proposal, find_channel
from gonfalon.content.templates.model import Check as TemplateCheck
from gonfalon.content.templates.model import Template
from gonfalon.content.templates.rules import person_uses
from gonfalon.content.templates.store import find_template
from gonfalon.delivery.caps import people_at_limit, read_limit
from gonfalon.delivery.model import NewDispatch
from gonfalon.kit.errors import Invalid
from gonfalon.people.tables import IDENTITIES
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.launch.audience import NO_TOPIC
from gonfalon.planning.launch.model import (
    AudienceFacts,
    ChannelFacts,
    Gap,
    LaunchFacts,
    LaunchReach,
    TemplateFacts,
    Without,
)
from gonfalon.planning.launch.store import same_audience
from gonfalon.planning.touchpoints.model import Touchpoint, TouchpointView
from gonfalon.planning.touchpoints.store import find_touchpoint

IDENTITY_FIELDS = frozenset(column.name for column in IDENTITIES)
NEAR = timedelta(days=7)


def dispatch_of(ctx: Context, row: Touchpoint, template_version: int) -> NewDispatch:
    """Return what of a dispatch its touchpoint decides; a launch and recorded history add what is theirs."""
    assert row.template_id is not None, "the launch check asks for it"
    assert row.topic_id is not None, "the launch check asks for it"
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
    """Read everything the launch check asks, at one moment. Raises NotFound."""
    async with ctx.reading() as connection:
        row = await find_touchpoint(ctx, connection, touchpoint_id)
        campaign = await find_overview(ctx, connection, row.campaign_id)
        query = await _counting(ctx, connection)
        audience = await _audience(query, row)
        template, checked = None, None
        channel = find_channel(ctx.services, row.channel)
        if row.template_id is not None:
            template = await find_template(ctx, connection, row.template_id)
            if channel is not None:
                checked = await channel.inspect(query.ctx, template.source, query.catalogue.attributes)
        goes_out = row.send_at or ctx.now
        return LaunchFacts(
            touchpoint_id=row.id,
            version=row.version,
            campaign_id=row.campaign_id,
            now=ctx.now,
            today=ctx.today,
            local_hour=max(goes_out, ctx.now).astimezone(ctx.zone).hour,
            launched=row.launched_at is not None or row.done_on is not None,
            campaign_state=campaign.state,
            starts_on=campaign.starts_on,
            ends_on=campaign.ends_on,
            has_goal=campaign.goal is not None,
            planned_minor=campaign.budget.planned_minor,
            holdout_percent=row.holdout_percent,
            channel=await _channel(ctx, connection, row, channel, checked),
            send_at=row.send_at,
            audience=audience,
            template=await _template(query, template, checked, _asks(channel), audience),
            topic=row.topic.name if row.topic is not None and row.topic.archived_at is None else None,
            same_audience=await same_audience(ctx, connection, row, NEAR),
        )


async def _counting(ctx: Context, connection: AsyncConnection) -> AudienceQuery:
    """Whoever may see the touchpoint learns how many; who they are takes a permission that is not asked here."""
    return await AudienceQuery.of(system_context(ctx.services, ctx.workspace), connection)


async def _channel(
    ctx: Context,
    connection: AsyncConnection,
    row: TouchpointView,
    channel: Channel | None,
    checked: TemplateCheck | None,
) -> ChannelFacts:
    if channel is None:
        return ChannelFacts(row.channel, sent_here=False, addressed=row.channel.addressed)
    content = checked if checked is not None and not _said(checked, "error", channel.asks) else None
    proposal = Proposal(ctx.workspace.id, row.id, row.sender_identity_id, row.template_id, content)
    return ChannelFacts(
        channel.name,
        sent_here=True,
        noun=channel.address.noun,
        quiet=channel.limits.quiet,
        price=await channel.cost(connection, ctx.workspace.id) if channel.cost else None,
        paid_by=row.budget_line is not None,
        answers=tuple(await channel.check(connection, proposal)),
    )


def _asks(channel: Channel | None) -> frozenset[str]:
    return frozenset() if channel is None else channel.asks


def _said(checked: TemplateCheck, level: str, but: frozenset[str]) -> tuple[str, ...]:
    """Return what is wrong with the content; what the channel has a question of its own about is left to that."""
    return tuple(each.sentence for each in checked.problems if each.level == level and each.code not in but)


async def load_reach(ctx: Context, touchpoint: TouchpointView) -> LaunchReach | None:
    """Count who would get it now; None while that cannot be told."""
    if touchpoint.audience_id is None:
        return None
    async with ctx.reading() as connection:
        audience = await _audience(await _counting(ctx, connection), touchpoint)
    return None if audience is None else audience.reach


async def _audience(query: AudienceQuery, row: TouchpointView) -> AudienceFacts | None:
    if row.audience is None:
        return None
    audience = AudienceFacts(row.audience.id, row.audience.name, archived=row.audience_archived_at is not None)
    if audience.archived:
        return audience
    member = Member(audience=audience.id)
    try:
        counted = await query.count(query.catalogue.audiences.get(audience.id) or member, sample=0)
    except Invalid as error:
        return replace(audience, broken=error.sentence)
    channel = find_channel(query.ctx.services, row.channel)
    if channel is None:  # who of them is reached is known only where it is carried out
        return replace(audience, reach=LaunchReach(counted.total, counted.total, {}))
    topic = row.topic if row.topic is not None and row.topic.archived_at is None else None
    key = None if topic is None else topic.key
    of_topic = next((each for each in counted.reach if each.channel == channel.name and each.topic == key), None)
    if topic is None or of_topic is None:  # who has agreed has not been asked
        return replace(audience, reach=LaunchReach(counted.total, 0, {NO_TOPIC: counted.total}))
    withheld = {
        "no_consent": of_topic.no_consent,
        "unsubscribed": of_topic.unsubscribed,
        "no_address": of_topic.no_address,
        "suppressed": of_topic.suppressed,
    }
    at_limit = await _at_limit(query, member, channel.name, topic.id)
    if at_limit:
        withheld["over_limit"] = at_limit
    return replace(audience, reach=LaunchReach(counted.total, of_topic.reachable - at_limit, withheld))


async def _at_limit(query: AudienceQuery, member: Member, channel: str, topic_id: int) -> int:
    """Return how many reachable people of the audience have had as many messages as they may get."""
    workspace_id = query.ctx.workspace.id
    limit = await read_limit(query.connection, workspace_id)
    if limit is None:
        return 0
    known = await people_at_limit(query.connection, workspace_id, limit, channel, topic_id)
    return await query.total_among(member, known) if known else 0


async def _template(
    query: AudienceQuery,
    template: Template | None,
    checked: TemplateCheck | None,
    asks: frozenset[str],
    audience: AudienceFacts | None,
) -> TemplateFacts | None:
    if template is None:
        return None
    if checked is None:  # carried out elsewhere
        return TemplateFacts(template.id, template.name, template.version, archived=template.archived_at is not None)
    return TemplateFacts(
        template.id,
        template.name,
        template.version,
        errors=_said(checked, "error", asks),
        warnings=_said(checked, "warning", asks),
        links=tuple(link.destination for link in checked.links),
        gaps=await _gaps(query, checked, audience) if checked.sendable else (),
        archived=template.archived_at is not None,
    )


async def _gaps(query: AudienceQuery, checked: TemplateCheck, audience: AudienceFacts | None) -> tuple[Gap, ...]:
    """Return the fields that the template uses and some of the audience lack, with what those people read instead."""
    if audience is None or audience.reach is None:
        return ()
    member = {"kind": "audience", "audience": str(audience.id)}
    declared = query.catalogue.attributes
    found = []
    for key, use in person_uses(checked.uses).items():
        if key == "tags":  # a list, which may be empty
            continue
        without = audience.reach.audience  # a field that does not exist is had by nobody
        if key in declared or key in IDENTITY_FIELDS:
            missing: dict[str, Any] = (
                {"kind": "attribute", "key": key, "op": "unknown"}
                if key in declared
                else {"kind": "identity", "identity": key, "has": False}
            )
            without = await query.total(parse({"kind": "all", "rules": [member, missing]}))
        if without:
            kind = Without.NOTHING if not use.guarded else Without.DEFAULT if use.fallback else Without.CONDITION
            found.append(Gap(f"person.{key}", without, kind, use.fallback, without == audience.reach.audience))
    return tuple(found)
