"""Database calls of the collector's journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run
from gonfalon.tracking.live.model import Receipt, ReceiptFilter
from gonfalon.tracking.tables import receipts

KEPT = 500
"""Receipts of a workspace and outcome that are kept; of more, the newest."""


async def write_signals(connection: AsyncConnection, workspace_id: int, seen: Sequence[dict[str, Any]]) -> None:
    """Add up what came by each key and from which host."""
    await run(connection, __package__, "add_signals", workspace_id=workspace_id, seen=_json(seen))


async def write_receipts(connection: AsyncConnection, workspace_id: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write receipts, and delete the oldest beyond KEPT. Waits for an erasure, and leaves out what it was to delete."""
    await one_at_a_time(connection, "receipts", workspace_id)
    await run(connection, __package__, "insert_receipts", workspace_id=workspace_id, rows=_json(rows))
    await run(connection, __package__, "trim_receipts", workspace_id=workspace_id, most=KEPT)


async def list_receipts(
    connection: AsyncConnection, workspace_id: int, wanted: ReceiptFilter, limit: int
) -> list[Receipt]:
    """List what came, the newest first."""
    found = await run(
        connection,
        __package__,
        "list_receipts",
        workspace_id=workspace_id,
        words=wanted.words.lower(),
        kind=wanted.kind,
        outcome=wanted.outcome,
        source_id=wanted.source_id,
        limit=limit,
    )
    return shaped(found, Receipt)


async def forget_people(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Delete all receipts of the workspace: a message names people in ways that nobody can be found by again."""
    await one_at_a_time(connection, "receipts", workspace_id)
    await connection.execute(delete(receipts).where(receipts.c.workspace_id == workspace_id))


async def expire_receipts(connection: AsyncConnection) -> int:
    """Delete what is older than a day; return how many."""
    return (await run(connection, __package__, "expire_receipts")).rowcount


def _json(rows: Sequence[dict[str, Any]]) -> str:
    return msgspec.json.encode(rows).decode()
