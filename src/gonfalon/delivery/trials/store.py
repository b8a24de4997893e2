"""Database calls of test messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import members, users, workspaces
from gonfalon.delivery.tables import suppressions, test_addresses
from gonfalon.kit.rows import all_of, first_of, one_of


@dataclass(frozen=True, slots=True)
class TestAddress:
    """An address that tests may go to besides members', once it has confirmed."""

    address: str
    asked_at: datetime
    confirmed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Question(TestAddress):
    """The same with the workspace that asks: its name and language."""

    name: str
    language: str


async def is_member(connection: AsyncConnection, workspace_id: int, address: str) -> bool:
    """Return whether the address is a member's."""
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


async def find_address(connection: AsyncConnection, workspace_id: int, address: str) -> TestAddress | None:
    """Find an address that was asked."""
    mine = (test_addresses.c.workspace_id == workspace_id) & (test_addresses.c.address == address)
    return await first_of(connection, select(test_addresses).where(mine), TestAddress)


async def list_addresses(connection: AsyncConnection, workspace_id: int) -> list[TestAddress]:
    """List addresses that were asked, by name."""
    mine = select(test_addresses).where(test_addresses.c.workspace_id == workspace_id)
    return await all_of(connection, mine.order_by(test_addresses.c.address), TestAddress)


async def ask(connection: AsyncConnection, workspace_id: int, address: str, token_hash: bytes) -> TestAddress:
    """Write that an address was asked, with the link it confirms by; asked again, the newest link is the one."""
    asking = (
        upsert(test_addresses)
        .values(workspace_id=workspace_id, address=address, token_hash=token_hash)
        .on_conflict_do_update(
            index_elements=["workspace_id", "address"], set_={"token_hash": token_hash, "asked_at": func.now()}
        )
        .returning(*test_addresses.c)
    )
    return await one_of(connection, asking, TestAddress)


async def find_asked(connection: AsyncConnection, token_hash: bytes) -> Question | None:
    """Find the address a link is for, with its workspace's name and language."""
    query = (
        select(test_addresses, workspaces.c.name, workspaces.c.language)
        .join(workspaces, workspaces.c.id == test_addresses.c.workspace_id)
        .where(test_addresses.c.token_hash == token_hash)
    )
    return await first_of(connection, query, Question)


async def confirm(connection: AsyncConnection, token_hash: bytes) -> None:
    """Write that the link's address takes tests."""
    await connection.execute(
        update(test_addresses)
        .where(test_addresses.c.token_hash == token_hash, test_addresses.c.confirmed_at.is_(None))
        .values(confirmed_at=func.now())
    )
