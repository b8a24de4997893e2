"""What a dispatch sends, as its channel takes it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.offers import Order
from gonfalon.delivery.tables import dispatches
from gonfalon.tracking.links.utm import Utm


async def load_order(connection: AsyncConnection, dispatch_id: UUID) -> Order:
    """Read what a dispatch sends, as it was frozen at its launch."""
    dispatch = (await connection.execute(select(dispatches).where(dispatches.c.id == dispatch_id))).one()
    return Order(
        dispatch.workspace_id,
        dispatch.id.hex,
        (dispatch.template_id, dispatch.template_version),
        sender_id=dispatch.sender_identity_id,
        sender=dispatch.sender,
        link_set_id=dispatch.link_set_id or 0,
        utm=Utm(**dispatch.utm),
        campaign=dispatch.campaign_id.hex,
        touchpoint=dispatch.touchpoint_id.hex,
    )
