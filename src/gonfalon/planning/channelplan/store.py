"""Database calls of the channel plan."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import Invalid
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.channelplan.model import Contact, ContactTouchpoint, PlanSegment
from gonfalon.planning.tables.channelplan import plan_contacts, plan_segments
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.store import STATE


async def list_segments(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[PlanSegment]:
    """List the segments of a campaign's plan with their audiences' names, in their order."""
    query = (
        select(
            *plan_segments.c,
            audiences.c.name.label("audience_name"),
            audiences.c.archived_at.is_not(None).label("audience_archived"),
        )
        .outerjoin(audiences, audiences.c.id == plan_segments.c.audience_id)
        .where(plan_segments.c.campaign_id == campaign_id, plan_segments.c.workspace_id == ctx.workspace.id)
        .order_by(plan_segments.c.position, plan_segments.c.id)
    )
    return await all_of(connection, query, PlanSegment)


def _contacts(ctx: Context, campaign_id: UUID) -> Select[Any]:
    return (
        select(*plan_contacts.c, touchpoints.c.archived_at.is_not(None).label("touchpoint_archived"))
        .join(plan_segments, plan_segments.c.id == plan_contacts.c.segment_id)
        .outerjoin(touchpoints, touchpoints.c.id == plan_contacts.c.touchpoint_id)
        .where(plan_segments.c.campaign_id == campaign_id, plan_contacts.c.workspace_id == ctx.workspace.id)
    )


async def list_contacts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Contact]:
    """List the contacts of a campaign's plan, in their order."""
    query = _contacts(ctx, campaign_id).order_by(plan_contacts.c.position, plan_contacts.c.id)
    return await all_of(connection, query, Contact)


async def list_plan_touchpoints(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID
) -> list[ContactTouchpoint]:
    """List the campaign's touchpoints, shortly."""
    t = touchpoints.c
    query = (
        select(t.id, t.name, t.channel, t.send_at, t.launched_at, t.done_on, STATE.label("state"))
        .outerjoin(dispatches, dispatches.c.touchpoint_id == t.id)
        .where(t.campaign_id == campaign_id, t.workspace_id == ctx.workspace.id, IN_USE)
        .order_by(t.id)
    )
    return await all_of(connection, query, ContactTouchpoint)


async def find_segment(ctx: Context, connection: AsyncConnection, campaign_id: UUID, segment_id: UUID) -> PlanSegment:
    """Find a segment of the campaign's plan; raises NotFound."""
    found = (each for each in await list_segments(ctx, connection, campaign_id) if each.id == segment_id)
    return known(next(found, None), "segment")


async def find_contact(ctx: Context, connection: AsyncConnection, campaign_id: UUID, contact_id: UUID) -> Contact:
    """Lock a contact of the campaign's plan until the transaction ends; raises NotFound."""
    query = _contacts(ctx, campaign_id).where(plan_contacts.c.id == contact_id).with_for_update(of=plan_contacts)
    return known(await first_of(connection, query, Contact), "contact")


async def check_touchpoint(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, touchpoint_id: UUID | None
) -> None:
    """Raise Invalid unless the touchpoint is None or one of the campaign that is in use."""
    if touchpoint_id is None:
        return
    found = await connection.execute(
        select(touchpoints.c.id).where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.campaign_id == campaign_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
            IN_USE,
        )
    )
    if found.first() is None:
        raise Invalid(
            "touchpoint_unknown", "The chosen touchpoint is not of this campaign any more; choose another one."
        )
