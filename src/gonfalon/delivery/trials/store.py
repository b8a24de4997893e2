"""Database calls of test messages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import members, users, workspaces
from gonfalon.delivery.tables import suppressions, test_addresses


async def is_member(connection: AsyncConnection, workspace_id: int, address: str) -> bool:
    """Whether the address is a member's."""
    found = await connection.execute(
        select(users.c.id)
        .join(members, members.c.user_id == users.c.id)
        .where(members.c.workspace_id == workspace_id, users.c.email == address, users.c.disabled_at.is_(None))
    )
    return found.first() is not None


async def suppression_reason(
    connection: AsyncConnection, workspace_id: int, channels: list[str], address: str, hashes: list[bytes]
) -> str | None:
    """Read why an address is suppressed on one of the channels; None when it is not."""
    found = await connection.execute(
        select(suppressions.c.reason).where(
            suppressions.c.workspace_id == workspace_id,
            suppressions.c.channel.in_(channels),
            or_(suppressions.c.address == address, suppressions.c.address_hash.in_(hashes)),
        )
    )
    reason: str | None = found.scalars().first()
    return reason


async def find_address(connection: AsyncConnection, workspace_id: int, address: str) -> Row[Any] | None:
    """The row of an address that was asked."""
    found = await connection.execute(
        select(test_addresses).where(test_addresses.c.workspace_id == workspace_id, test_addresses.c.address == address)
    )
    return found.first()


async def list_addresses(connection: AsyncConnection, workspace_id: int) -> list[Row[Any]]:
    """Addresses that were asked, by name."""
    found = await connection.execute(
        select(test_addresses).where(test_addresses.c.workspace_id == workspace_id).order_by(test_addresses.c.address)
    )
    return list(found)


async def ask(connection: AsyncConnection, workspace_id: int, address: str, token_hash: bytes) -> Row[Any]:
    """Writes that an address was asked, with the link it confirms by; asked again, the newest link is the one."""
    written = await connection.execute(
        upsert(test_addresses)
        .values(workspace_id=workspace_id, address=address, token_hash=token_hash)
        .on_conflict_do_update(
            index_elements=["workspace_id", "address"], set_={"token_hash": token_hash, "asked_at": func.now()}
        )
        .returning(*test_addresses.c)
    )
    return written.one()


async def find_asked(connection: AsyncConnection, token_hash: bytes) -> Row[Any] | None:
    """The address a link is for, with its workspace's name and language."""
    found = await connection.execute(
        select(test_addresses, workspaces.c.name, workspaces.c.language)
        .join(workspaces, workspaces.c.id == test_addresses.c.workspace_id)
        .where(test_addresses.c.token_hash == token_hash)
    )
    return found.first()


async def confirm(connection: AsyncConnection, token_hash: bytes) -> None:
    """Writes that the link's address takes tests."""
    await connection.execute(
        update(test_addresses)
        .where(test_addresses.c.token_hash == token_hash, test_addresses.c.confirmed_at.is_(None))
        .values(confirmed_at=func.now())
    )
