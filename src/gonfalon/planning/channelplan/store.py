"""Reading the channel plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.tables import dispatches
from gonfalon.planning.channelplan.tables import plan_contacts, plan_segments
from gonfalon.planning.store import NOUNS, not_found
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.store import STATE

NOUNS[plan_segments] = "segment"
NOUNS[plan_contacts] = "contact"


async def list_segments(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The segments of a campaign's plan with their audiences' names, in their order."""
    query: Select[Any] = (
        select(
            *plan_segments.c,
            audiences.c.name.label("audience_name"),
            audiences.c.archived_at.is_not(None).label("audience_archived"),
        )
        .outerjoin(audiences, audiences.c.id == plan_segments.c.audience_id)
        .where(plan_segments.c.campaign_id == campaign_id, plan_segments.c.workspace_id == ctx.workspace.id)
        .order_by(plan_segments.c.position, plan_segments.c.id)
    )
    return list((await connection.execute(query)).all())


async def list_contacts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The contacts of a campaign's plan, in their order."""
    found = await connection.execute(
        select(plan_contacts)
        .join(plan_segments, plan_segments.c.id == plan_contacts.c.segment_id)
        .where(plan_segments.c.campaign_id == campaign_id, plan_contacts.c.workspace_id == ctx.workspace.id)
        .order_by(plan_contacts.c.position, plan_contacts.c.id)
    )
    return list(found.all())


async def list_plan_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's touchpoints, shortly."""
    query: Select[Any] = (
        select(
            touchpoints.c.id,
            touchpoints.c.name,
            touchpoints.c.channel,
            touchpoints.c.send_at,
            touchpoints.c.launched_at,
            touchpoints.c.done_on,
            STATE.label("state"),
        )
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(touchpoints.c.campaign_id == campaign_id, touchpoints.c.workspace_id == ctx.workspace.id)
        .order_by(touchpoints.c.id)
    )
    return list((await connection.execute(query)).all())


async def find_segment(ctx: Context, connection: AsyncConnection, campaign_id: UUID, segment_id: UUID) -> Row[Any]:
    """A segment of the campaign's plan; raises NotFound."""
    for row in await list_segments(ctx, connection, campaign_id):
        if row.id == segment_id:
            return row
    raise not_found("segment")


async def find_contact(ctx: Context, connection: AsyncConnection, campaign_id: UUID, contact_id: UUID) -> Row[Any]:
    """A contact of the campaign's plan, locked until the transaction ends; raises NotFound."""
    found = await connection.execute(
        select(plan_contacts)
        .join(plan_segments, plan_segments.c.id == plan_contacts.c.segment_id)
        .where(
            plan_contacts.c.id == contact_id,
            plan_segments.c.campaign_id == campaign_id,
            plan_contacts.c.workspace_id == ctx.workspace.id,
        )
        .with_for_update(of=plan_contacts)
    )
    row = found.first()
    if row is None:
        raise not_found("contact")
    return row
