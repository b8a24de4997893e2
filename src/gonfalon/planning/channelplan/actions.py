"""The verbs of the channel plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.channelplan import rules, store
from gonfalon.planning.channelplan.tables import plan_contacts, plan_segments
from gonfalon.planning.store import check_reference, save_version
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.actions import add_touchpoint
from gonfalon.planning.touchpoints.model import TouchpointChannel


async def add_segment(ctx: Context, campaign_id: UUID, values: dict[str, Any]) -> UUID:
    """A further row of the grid, from values by column; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    rules.check_segment(values["name"], values["audience_id"])
    segment_id = new_id()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await check_reference(ctx, connection, audiences, values["audience_id"], "audience")
        present = await store.list_segments(ctx, connection, campaign_id)
        if len(present) >= rules.MOST_SEGMENTS:
            raise Invalid("segments_many", f"A channel plan can have at most {rules.MOST_SEGMENTS} segments.")
        values = values | {"position": max((row.position for row in present), default=-1) + 1}
        await connection.execute(
            insert(plan_segments).values(
                id=segment_id,
                workspace_id=ctx.workspace.id,
                campaign_id=campaign_id,
                updated_by=ctx.actor.name,
                **values,
            )
        )
        await _audit(ctx, connection, "segment_added", campaign_id, campaign.name, values["name"])
    return segment_id


async def save_segment(ctx: Context, campaign_id: UUID, segment_id: UUID, version: int, values: dict[str, Any]) -> None:
    """Saves a segment as it was at `version`. An audience that was archived since it was chosen may stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    rules.check_segment(values["name"], values["audience_id"])
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        before = await store.find_segment(ctx, connection, campaign_id, segment_id)
        if values["audience_id"] != before.audience_id:
            await check_reference(ctx, connection, audiences, values["audience_id"], "audience")
        await save_version(ctx, connection, plan_segments, segment_id, version, values)
        await _audit(ctx, connection, "segment_changed", campaign_id, campaign.name, values["name"])


async def remove_segment(ctx: Context, campaign_id: UUID, segment_id: UUID) -> None:
    """Takes a segment out with its contacts; their touchpoints stay."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.find_segment(ctx, connection, campaign_id, segment_id)
        await connection.execute(
            delete(plan_segments).where(
                plan_segments.c.id == segment_id, plan_segments.c.workspace_id == ctx.workspace.id
            )
        )
        await _audit(ctx, connection, "segment_removed", campaign_id, campaign.name, present.name)


async def add_contact(ctx: Context, campaign_id: UUID, values: dict[str, Any]) -> UUID:
    """A contact in a cell, from values by column; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    contact_id = new_id()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        await store.find_segment(ctx, connection, campaign_id, values["segment_id"])
        await _check_touchpoint(ctx, connection, campaign_id, values["touchpoint_id"])
        present = await store.list_contacts(ctx, connection, campaign_id)
        if len(present) >= rules.MOST_CONTACTS:
            raise Invalid("contacts_many", f"A channel plan can have at most {rules.MOST_CONTACTS} contacts.")
        position = max((row.position for row in present), default=-1) + 1
        await connection.execute(
            insert(plan_contacts).values(
                id=contact_id,
                workspace_id=ctx.workspace.id,
                position=position,
                updated_by=ctx.actor.name,
                **_of_channel(values),
            )
        )
        await _audit(ctx, connection, "contact_added", campaign_id, campaign.name, values["channel"])
    return contact_id


async def save_contact(ctx: Context, campaign_id: UUID, contact_id: UUID, version: int, values: dict[str, Any]) -> None:
    """Saves a contact as it was at `version`, in another cell if it was moved there."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        before = await store.find_contact(ctx, connection, campaign_id, contact_id)
        await store.find_segment(ctx, connection, campaign_id, values["segment_id"])
        if values["touchpoint_id"] != before.touchpoint_id:
            await _check_touchpoint(ctx, connection, campaign_id, values["touchpoint_id"])
        await save_version(ctx, connection, plan_contacts, contact_id, version, _of_channel(values))
        await _audit(ctx, connection, "contact_changed", campaign_id, campaign.name, values["channel"])


async def remove_contact(ctx: Context, campaign_id: UUID, contact_id: UUID) -> None:
    """Takes a contact out of its cell; its touchpoint stays."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.find_contact(ctx, connection, campaign_id, contact_id)
        await connection.execute(
            delete(plan_contacts).where(
                plan_contacts.c.id == contact_id, plan_contacts.c.workspace_id == ctx.workspace.id
            )
        )
        await _audit(ctx, connection, "contact_removed", campaign_id, campaign.name, present.channel)


async def plan_touchpoint(ctx: Context, campaign_id: UUID, contact_id: UUID, content: str) -> UUID:
    """The touchpoint of a contact: the one it has, or a new draft made of what its cell says. Returns its id.

    content: the kind of content in the reader's words, for the name. An audience that is archived is left out.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        contact = await store.find_contact(ctx, connection, campaign_id, contact_id)
        if contact.touchpoint_id is not None:
            known: UUID = contact.touchpoint_id
            return known
        segment = await store.find_segment(ctx, connection, campaign_id, contact.segment_id)
        whom = segment.name or segment.audience_name or ""
        touchpoint_id = await add_touchpoint(
            ctx,
            connection,
            campaign_id,
            {
                "name": rules.touchpoint_name(campaign.name, whom, content or contact.content),
                "channel": contact.channel,
                "audience_id": None if segment.audience_archived else segment.audience_id,
                "note": contact.note,
            },
        )
        await connection.execute(
            update(plan_contacts)
            .where(plan_contacts.c.id == contact_id, plan_contacts.c.workspace_id == ctx.workspace.id)
            .values(
                touchpoint_id=touchpoint_id,
                version=plan_contacts.c.version + 1,
                updated_at=func.now(),
                updated_by=ctx.actor.name,
            )
        )
    return touchpoint_id


def _of_channel(values: dict[str, Any]) -> dict[str, Any]:
    return values | {"ticked": rules.kept_ticks(TouchpointChannel(values["channel"]), values["ticked"])}


async def _check_touchpoint(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, touchpoint_id: UUID | None
) -> None:
    if touchpoint_id is None:
        return
    found = await connection.execute(
        select(touchpoints.c.id).where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.campaign_id == campaign_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
        )
    )
    if found.first() is None:
        raise Invalid(
            "touchpoint_unknown", "The chosen touchpoint is not of this campaign any more; choose another one."
        )


async def _audit(
    ctx: Context, connection: AsyncConnection, action: str, campaign_id: UUID, campaign: str, what: str
) -> None:
    await ctx.audit(connection, f"channelplan.{action}", "campaign", campaign_id, campaign, what=str(what))
