"""The channel plan over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.channels.offers import sent_here
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.channelplan import actions, rules, store
from gonfalon.planning.channelplan.checklists import CHECKLISTS
from gonfalon.planning.channelplan.model import ContactTouchpoint
from gonfalon.planning.channelplan.schemas import (
    ChannelOut,
    ChannelPlanOut,
    CheckPointOut,
    ContactIn,
    ContactOut,
    ContactSave,
    SegmentIn,
    SegmentSave,
)

router = APIRouter(tags=["channel plan"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan"


@router.get("/workspaces/{workspace}/channels", operation_id="list_channels")
async def list_channels(ctx: Ctx) -> list[ChannelOut]:
    """Return every channel with its checklist: address, format, sizes, and how it is measured."""
    ctx.require(Permission.CAMPAIGNS_READ)
    sends = sent_here(ctx.services)
    return [
        ChannelOut(
            channel=channel,
            sent_here=channel.value in sends,
            addressed=channel.addressed,
            checklist=[
                CheckPointOut(code=point.code, part=point.part, values=dict(point.values), source=point.source)
                for point in points
            ],
        )
        for channel, points in CHECKLISTS.items()
    ]


@router.get(_PATH, operation_id="get_channel_plan")
async def get_plan(campaign_id: UUID, ctx: Ctx) -> ChannelPlanOut:
    """Return the campaign's channel plan, with what is missing from it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/segments", operation_id="add_plan_segment", status_code=201)
async def add_segment(campaign_id: UUID, body: SegmentIn, ctx: Ctx) -> ChannelPlanOut:
    """Add a row at the end of the grid; answers the whole plan."""
    await actions.add_segment(ctx, campaign_id, body)
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/segments/{segment_id}", operation_id="save_plan_segment")
async def save_segment(campaign_id: UUID, segment_id: UUID, body: SegmentSave, ctx: Ctx) -> ChannelPlanOut:
    """Save a row; 409 when somebody else has saved since `version`."""
    await actions.save_segment(ctx, campaign_id, segment_id, body.version, body)
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/segments/{segment_id}", operation_id="remove_plan_segment")
async def remove_segment(campaign_id: UUID, segment_id: UUID, ctx: Ctx) -> ChannelPlanOut:
    """Take a row out with its contacts; their touchpoints stay."""
    await actions.remove_segment(ctx, campaign_id, segment_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/contacts", operation_id="add_plan_contact", status_code=201)
async def add_contact(campaign_id: UUID, body: ContactIn, ctx: Ctx) -> ChannelPlanOut:
    """Add a contact to a cell; answers the whole plan."""
    await actions.add_contact(ctx, campaign_id, body)
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/contacts/{contact_id}", operation_id="save_plan_contact")
async def save_contact(campaign_id: UUID, contact_id: UUID, body: ContactSave, ctx: Ctx) -> ChannelPlanOut:
    """Save a contact, also in another cell; 409 when somebody else has saved since `version`."""
    await actions.save_contact(ctx, campaign_id, contact_id, body.version, body)
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/contacts/{contact_id}", operation_id="remove_plan_contact")
async def remove_contact(campaign_id: UUID, contact_id: UUID, ctx: Ctx) -> ChannelPlanOut:
    """Take a contact out of its cell; its touchpoint stays."""
    await actions.remove_contact(ctx, campaign_id, contact_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/contacts/{contact_id}/touchpoint", operation_id="plan_contact_touchpoint")
async def plan_touchpoint(
    campaign_id: UUID,
    contact_id: UUID,
    ctx: Ctx,
    content: Annotated[str, Query(max_length=60, description="The kind of content in words, for the name")] = "",
) -> ContactOut:
    """Make a draft of what the cell says, once: a contact that has its touchpoint keeps it."""
    await actions.plan_touchpoint(ctx, campaign_id, contact_id, content)
    plan = await _shown(ctx, campaign_id)
    return next(contact for contact in plan.contacts if contact.id == contact_id)


async def _shown(ctx: Context, campaign_id: UUID) -> ChannelPlanOut:
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        segments = await store.list_segments(ctx, connection, campaign_id)
        contacts = await store.list_contacts(ctx, connection, campaign_id)
        planned: dict[UUID | None, ContactTouchpoint] = {}
        planned |= {each.id: each for each in await store.list_plan_touchpoints(ctx, connection, campaign_id)}
    placed = {each.touchpoint_id for each in contacts}
    found = {
        "segments": segments,
        "contacts": [{**asdict(each), "touchpoint": planned.get(each.touchpoint_id)} for each in contacts],
        "gaps": rules.gaps(
            {each.id: each.audience_archived for each in segments},
            [(each.segment_id, each.stage) for each in contacts],
        ),
        "unplaced": [each for each in planned.values() if each.id not in placed],
    }
    return ChannelPlanOut.model_validate(found, from_attributes=True)
