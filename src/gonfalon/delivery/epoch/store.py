"""Database calls about which database this is. All are of every workspace: a backup holds all of them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.delivery.model import RESTORED, DispatchState
from gonfalon.delivery.rules import Database, Finding, Mark
from gonfalon.delivery.tables import dispatches, epochs
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run

_UNDER_WAY = (DispatchState.PREPARING.value, DispatchState.RUNNING.value, DispatchState.PAUSED.value)
_LIVING = text("select id, tick from sender_leases where until > now()")
_HAS_SENT = text("select exists (select from past_leases) or exists (select from sender_leases)")
_SERVER = text("select (pg_control_system()).system_identifier::text, (pg_control_checkpoint()).timeline_id::int")


async def living_ticks(connection: AsyncConnection) -> dict[int, int]:
    """Read how many writes each living sender has made, by its lease."""
    return {row.id: row.tick for row in await connection.execute(_LIVING)}


async def read_database(connection: AsyncConnection, marks: Sequence[Mark]) -> Database:
    """Read what the database says of itself, and how far the leases had come that the marks name."""
    known = (await connection.execute(select(epochs.c.id).order_by(epochs.c.number.desc()))).scalars().all()
    system, timeline = await _server(connection)
    leases = [mark.lease for mark in marks if mark.lease is not None]
    ticks = await run(connection, "gonfalon.delivery", "list_ticks", leases=leases)
    return Database(
        epoch=known[0] if known else None,
        past=frozenset(known[1:]),
        system=system,
        timeline=timeline,
        ticks={row.mark: row.tick for row in ticks},
        has_sent=(await connection.execute(_HAS_SENT)).scalar_one(),
    )


async def _server(connection: AsyncConnection) -> tuple[str, int]:
    """Return the cluster's own identifier and timeline; "" and 0 where the database's user may not ask."""
    try:
        async with connection.begin_nested():
            system, timeline = (await connection.execute(_SERVER)).one()
            return system, timeline
    except DBAPIError:
        return "", 0


async def hold_under_way(connection: AsyncConnection, detail: str) -> int:
    """Hold every dispatch that would go on by itself; return how many. detail: why, as an English sentence."""
    held = await connection.execute(
        update(dispatches)
        .where(dispatches.c.state.in_(_UNDER_WAY))
        .values(state=DispatchState.HELD.value, state_at=func.now(), state_reason=RESTORED, state_detail=detail)
    )
    return held.rowcount


async def insert_epoch(connection: AsyncConnection, finding: Finding, held: int, mails: int) -> UUID:
    """Write a new epoch down, with how many dispatches and mails were held for it; return its id."""
    epoch = new_id()
    await connection.execute(insert(epochs).values(id=epoch, finding=finding.value, dispatches=held, mails=mails))
    return epoch
