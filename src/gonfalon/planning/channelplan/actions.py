"""Add, change and remove segments and contacts of a channel plan, and plan their touchpoints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, delete_row, insert_row, save_version
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Invalid
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.channelplan import rules, store
from gonfalon.planning.channelplan.schemas import ContactIn, SegmentIn
from gonfalon.planning.tables.channelplan import plan_contacts, plan_segments
from gonfalon.planning.touchpoints.actions import add_touchpoint


async def add_segment(ctx: Context, campaign_id: UUID, segment: SegmentIn) -> UUID:
    """Add a row to the grid; return the segment's id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    rules.check_segment(segment.name, segment.audience_id)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await check_reference(ctx, connection, audiences, segment.audience_id, "audience")
        present = await store.list_segments(ctx, connection, campaign_id)
        if len(present) >= rules.MOST_SEGMENTS:
            raise Invalid(
                "segments_many",
                f"A channel plan can have at most {rules.MOST_SEGMENTS} segments.",
                most=rules.MOST_SEGMENTS,
            )
        values = segment.model_dump() | {"position": max((row.position for row in present), default=-1) + 1}
        segment_id = await insert_row(ctx, connection, plan_segments, campaign_id=campaign_id, **values)
        await _audit(ctx, connection, "channelplan.segment_added", campaign_id, campaign.name, segment.name)
    return segment_id


async def save_segment(ctx: Context, campaign_id: UUID, segment_id: UUID, version: int, segment: SegmentIn) -> None:
    """Save a segment as it was at `version`. An audience that was archived since it was chosen may stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    rules.check_segment(segment.name, segment.audience_id)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        before = await store.find_segment(ctx, connection, campaign_id, segment_id)
        if segment.audience_id != before.audience_id:
            await check_reference(ctx, connection, audiences, segment.audience_id, "audience")
        values = segment.model_dump(exclude={"version"})
        await save_version(ctx, connection, plan_segments, segment_id, version, values)
        await _audit(ctx, connection, "channelplan.segment_changed", campaign_id, campaign.name, segment.name)


async def remove_segment(ctx: Context, campaign_id: UUID, segment_id: UUID) -> None:
    """Remove a segment with its contacts; their touchpoints stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.find_segment(ctx, connection, campaign_id, segment_id)
        await delete_row(ctx, connection, plan_segments, segment_id)
        await _audit(ctx, connection, "channelplan.segment_removed", campaign_id, campaign.name, present.name)


async def add_contact(ctx: Context, campaign_id: UUID, contact: ContactIn) -> UUID:
    """Add a contact to a cell; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await store.find_segment(ctx, connection, campaign_id, contact.segment_id)
        await store.check_touchpoint(ctx, connection, campaign_id, contact.touchpoint_id)
        present = await store.list_contacts(ctx, connection, campaign_id)
        if len(present) >= rules.MOST_CONTACTS:
            raise Invalid(
                "contacts_many",
                f"A channel plan can have at most {rules.MOST_CONTACTS} contacts.",
                most=rules.MOST_CONTACTS,
            )
        position = max((row.position for row in present), default=-1) + 1
        contact_id = await insert_row(ctx, connection, plan_contacts, position=position, **_values(contact))
        await _audit(ctx, connection, "channelplan.contact_added", campaign_id, campaign.name, contact.channel)
    return contact_id


async def save_contact(ctx: Context, campaign_id: UUID, contact_id: UUID, version: int, contact: ContactIn) -> None:
    """Save a contact as it was at `version`, in another cell if it was moved there."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        before = await store.find_contact(ctx, connection, campaign_id, contact_id)
        await store.find_segment(ctx, connection, campaign_id, contact.segment_id)
        if contact.touchpoint_id != before.touchpoint_id:
            await store.check_touchpoint(ctx, connection, campaign_id, contact.touchpoint_id)
        await save_version(ctx, connection, plan_contacts, contact_id, version, _values(contact))
        await _audit(ctx, connection, "channelplan.contact_changed", campaign_id, campaign.name, contact.channel)


async def remove_contact(ctx: Context, campaign_id: UUID, contact_id: UUID) -> None:
    """Remove a contact from its cell; its touchpoint stays."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.find_contact(ctx, connection, campaign_id, contact_id)
        await delete_row(ctx, connection, plan_contacts, contact_id)
        await _audit(ctx, connection, "channelplan.contact_removed", campaign_id, campaign.name, present.channel)


async def plan_touchpoint(ctx: Context, campaign_id: UUID, contact_id: UUID, content: str) -> UUID:
    """Return the touchpoint of a contact: the one it has, or a new draft made of what its cell says.

    content: the kind of content in the reader's words, for the name. An audience that is archived is left out.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        contact = await store.find_contact(ctx, connection, campaign_id, contact_id)
        if contact.touchpoint_id is not None and not contact.touchpoint_archived:
            return contact.touchpoint_id
        segment = await store.find_segment(ctx, connection, campaign_id, contact.segment_id)
        whom = segment.name or segment.audience_name or ""
        touchpoint_id = await add_touchpoint(
            ctx,
            connection,
            campaign_id,
            {
                "name": rules.touchpoint_name(campaign.name, whom, content or contact.content),
                "channel": contact.channel.value,
                "audience_id": None if segment.audience_archived else segment.audience_id,
                "note": contact.note,
            },
        )
        await save_version(
            ctx, connection, plan_contacts, contact_id, contact.version, {"touchpoint_id": touchpoint_id}
        )
    return touchpoint_id


def _values(contact: ContactIn) -> dict[str, Any]:
    values = contact.model_dump(mode="json", exclude={"version", "segment_id", "touchpoint_id"})
    return values | {
        "segment_id": contact.segment_id,
        "touchpoint_id": contact.touchpoint_id,
        "content": contact.content.strip(),
        "ticked": rules.kept_ticks(contact.channel, contact.ticked),
    }


async def _audit(
    ctx: Context, connection: AsyncConnection, action: str, campaign_id: UUID, campaign: str, what: str
) -> None:
    await ctx.audit(connection, action, "campaign", campaign_id, campaign, what=str(what))
