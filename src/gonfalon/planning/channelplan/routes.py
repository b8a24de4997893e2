"""The channel plan over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.planning.campaigns.access import see_campaign
from gonfalon.planning.channelplan import actions, rules, store
from gonfalon.planning.channelplan.checklists import CHECKLISTS
from gonfalon.planning.channelplan.model import PathStage
from gonfalon.planning.channelplan.schemas import (
    ChannelOut,
    ChannelPlanOut,
    CheckPointOut,
    ContactIn,
    ContactOut,
    ContactSave,
    ContactTouchpoint,
    PlanGapOut,
    SegmentIn,
    SegmentOut,
    SegmentSave,
)

router = APIRouter(tags=["channel plan"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/channel-plan"


@router.get("/workspaces/{workspace}/channels", operation_id="list_channels")
async def list_channels(ctx: Ctx) -> list[ChannelOut]:
    """Every channel with its checklist: address, format, sizes, and how it is measured."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return [
        ChannelOut(
            channel=channel,
            sent_here=channel.sent_here,
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
    """The campaign's channel plan, with what is missing from it."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/segments", operation_id="add_plan_segment", status_code=201)
async def add_segment(campaign_id: UUID, body: SegmentIn, ctx: Ctx) -> ChannelPlanOut:
    """Adds a row at the end of the grid; answers the whole plan."""
    await actions.add_segment(ctx, campaign_id, body.model_dump())
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/segments/{segment_id}", operation_id="save_plan_segment")
async def save_segment(campaign_id: UUID, segment_id: UUID, body: SegmentSave, ctx: Ctx) -> ChannelPlanOut:
    """Saves a row; 409 when somebody else has saved since `version`."""
    await actions.save_segment(ctx, campaign_id, segment_id, body.version, body.model_dump(exclude={"version"}))
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/segments/{segment_id}", operation_id="remove_plan_segment")
async def remove_segment(campaign_id: UUID, segment_id: UUID, ctx: Ctx) -> ChannelPlanOut:
    """Takes a row out with its contacts; their touchpoints stay."""
    await actions.remove_segment(ctx, campaign_id, segment_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/contacts", operation_id="add_plan_contact", status_code=201)
async def add_contact(campaign_id: UUID, body: ContactIn, ctx: Ctx) -> ChannelPlanOut:
    """Adds a contact to a cell; answers the whole plan."""
    await actions.add_contact(ctx, campaign_id, _values(body))
    return await _shown(ctx, campaign_id)


@router.put(_PATH + "/contacts/{contact_id}", operation_id="save_plan_contact")
async def save_contact(campaign_id: UUID, contact_id: UUID, body: ContactSave, ctx: Ctx) -> ChannelPlanOut:
    """Saves a contact, also in another cell; 409 when somebody else has saved since `version`."""
    await actions.save_contact(ctx, campaign_id, contact_id, body.version, _values(body))
    return await _shown(ctx, campaign_id)


@router.delete(_PATH + "/contacts/{contact_id}", operation_id="remove_plan_contact")
async def remove_contact(campaign_id: UUID, contact_id: UUID, ctx: Ctx) -> ChannelPlanOut:
    """Takes a contact out of its cell; its touchpoint stays."""
    await actions.remove_contact(ctx, campaign_id, contact_id)
    return await _shown(ctx, campaign_id)


@router.post(_PATH + "/contacts/{contact_id}/touchpoint", operation_id="plan_contact_touchpoint")
async def plan_touchpoint(
    campaign_id: UUID,
    contact_id: UUID,
    ctx: Ctx,
    content: Annotated[str, Query(max_length=60, description="The kind of content in words, for the name")] = "",
) -> ContactOut:
    """Makes a draft of what the cell says, once: a contact that has its touchpoint keeps it."""
    await actions.plan_touchpoint(ctx, campaign_id, contact_id, content)
    plan = await _shown(ctx, campaign_id)
    return next(contact for contact in plan.contacts if contact.id == contact_id)


def _values(body: ContactIn) -> dict[str, Any]:
    values = body.model_dump(exclude={"version"})
    return values | {"stage": body.stage.value, "channel": body.channel.value, "content": body.content.strip()}


async def _shown(ctx: Context, campaign_id: UUID) -> ChannelPlanOut:
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        return await _read(ctx, connection, campaign_id)


async def _read(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> ChannelPlanOut:
    segments = await store.list_segments(ctx, connection, campaign_id)
    contacts = await store.list_contacts(ctx, connection, campaign_id)
    planned = {
        row.id: ContactTouchpoint.model_validate(row, from_attributes=True)
        for row in await store.list_plan_touchpoints(ctx, connection, campaign_id)
    }
    gaps = rules.gaps(
        {row.id: row.audience_archived for row in segments},
        [(row.segment_id, PathStage(row.stage)) for row in contacts],
    )
    placed = {row.touchpoint_id for row in contacts}
    return ChannelPlanOut(
        segments=[SegmentOut.model_validate(row, from_attributes=True) for row in segments],
        contacts=[
            ContactOut(
                id=row.id,
                segment_id=row.segment_id,
                stage=PathStage(row.stage),
                channel=row.channel,
                content=row.content,
                note=row.note,
                ticked=row.ticked,
                touchpoint=planned.get(row.touchpoint_id),
                version=row.version,
            )
            for row in contacts
        ],
        gaps=[PlanGapOut(kind=gap.kind, segment_id=gap.segment_id) for gap in gaps],
        unplaced=[touchpoint for touchpoint in planned.values() if touchpoint.id not in placed],
    )
