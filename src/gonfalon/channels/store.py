"""Database calls about whom messages of any channel are from."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.offers import Channel


async def hold_sender(
    connection: AsyncConnection, channel: Channel | None, workspace_id: int, sender_id: UUID | None
) -> None:
    """Keep whom something is from as it is until the transaction ends."""
    if channel is not None and channel.senders is not None and sender_id is not None:
        table = channel.senders.table
        mine = (table.c.id == sender_id) & (table.c.workspace_id == workspace_id)
        await connection.execute(select(table.c.id).where(mine).with_for_update(read=True))
