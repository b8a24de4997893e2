"""Database calls of relays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.email.relays.model import StoredRelay
from gonfalon.channels.email.relays.tables import email_relays
from gonfalon.kit.rows import all_of, first_of, one_of


async def list_relays(connection: AsyncConnection, workspace_id: int) -> list[StoredRelay]:
    """List a workspace's further relays, oldest first."""
    query = (
        select(email_relays)
        .where(email_relays.c.workspace_id == workspace_id)
        .order_by(email_relays.c.created_at, email_relays.c.id)
    )
    return await all_of(connection, query, StoredRelay)


async def find_relay(connection: AsyncConnection, workspace_id: int, relay_id: UUID) -> StoredRelay | None:
    """Find a relay of the workspace."""
    query = select(email_relays).where(email_relays.c.workspace_id == workspace_id, email_relays.c.id == relay_id)
    return await first_of(connection, query, StoredRelay)


async def insert_relay(connection: AsyncConnection, values: dict[str, Any]) -> StoredRelay:
    """Write a relay."""
    return await one_of(connection, insert(email_relays).values(values).returning(*email_relays.c), StoredRelay)


async def update_relay(
    connection: AsyncConnection, workspace_id: int, relay_id: UUID, values: dict[str, Any]
) -> StoredRelay:
    """Change a relay that there is."""
    changing = (
        update(email_relays)
        .where(email_relays.c.workspace_id == workspace_id, email_relays.c.id == relay_id)
        .values(values)
        .returning(*email_relays.c)
    )
    return await one_of(connection, changing, StoredRelay)


async def delete_relay(connection: AsyncConnection, workspace_id: int, relay_id: UUID) -> StoredRelay | None:
    """Remove a relay; None when there is none."""
    removing = (
        delete(email_relays)
        .where(email_relays.c.workspace_id == workspace_id, email_relays.c.id == relay_id)
        .returning(*email_relays.c)
    )
    return await first_of(connection, removing, StoredRelay)


async def note_relay_heard(connection: AsyncConnection, workspace_id: int, relay_id: UUID) -> None:
    """Write down that a relay's provider has told of events, to a minute."""
    lately = email_relays.c.heard_at > func.now() - func.make_interval(0, 0, 0, 0, 0, 1)
    await connection.execute(
        update(email_relays)
        .where(email_relays.c.workspace_id == workspace_id, email_relays.c.id == relay_id, lately.is_not(true()))
        .values(heard_at=func.now())
    )
