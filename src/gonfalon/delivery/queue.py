"""What is under way in a workspace, how fast, and how it fares with whom: the page Delivery."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Row, func, literal_column, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.delivery.history import IMPORTED
from gonfalon.delivery.model import DispatchState, Outbox, Waiting
from gonfalon.delivery.tables import breakers, dispatches, messages, send_batches
from gonfalon.kit.sql import run

_SHOWN = 50
_UNDER_WAY = (
    DispatchState.PREPARING.value,
    DispatchState.RUNNING.value,
    DispatchState.PAUSED.value,
    DispatchState.HELD.value,
)
_LAST_MINUTE = text("now() - interval '1 minute'")


async def outbox(connection: AsyncConnection, workspace_id: int, seen: ColumnElement[bool]) -> Outbox:
    """What waits to leave, and since when a provider does not take it. seen: which touchpoints may be named."""
    breaker = (
        await connection.execute(
            select(breakers.c.open_until, breakers.c.code, breakers.c.reason)
            .where(breakers.c.workspace_id == workspace_id, breakers.c.open_until > func.now())
            .order_by(breakers.c.open_until.desc())
            .limit(1)
        )
    ).first()
    return Outbox(
        waiting=await _waiting(connection, workspace_id),
        per_minute=await _per_minute(connection, workspace_id),
        queue=await _queue(connection, workspace_id, seen),
        blocked_until=breaker.open_until if breaker else None,
        blocked_code=breaker.code if breaker else "",
        blocked_reason=breaker.reason if breaker else "",
    )


async def domains(connection: AsyncConnection, workspace_id: int) -> list[Row[Any]]:
    """How messages of the last 30 days fared by the receiver's domain, where some failed; at most 20."""
    found = await run(connection, __package__, "count_domains", workspace_id=workspace_id, imported=IMPORTED)
    return list(found.all())


async def _waiting(connection: AsyncConnection, workspace_id: int) -> int:
    found = await connection.execute(
        select(func.coalesce(func.sum(func.cardinality(send_batches.c.message_ids)), 0))
        .select_from(send_batches.join(dispatches, dispatches.c.id == send_batches.c.dispatch_id))
        .where(
            send_batches.c.workspace_id == workspace_id,
            dispatches.c.workspace_id == workspace_id,
            dispatches.c.state == DispatchState.RUNNING.value,
        )
    )
    return int(found.scalar_one())


async def _per_minute(connection: AsyncConnection, workspace_id: int) -> int:
    moving = select(dispatches.c.id).where(
        dispatches.c.workspace_id == workspace_id, dispatches.c.progressed_at > _LAST_MINUTE
    )
    found = await connection.execute(
        select(func.count())
        .select_from(messages)
        .where(
            messages.c.workspace_id == workspace_id,
            messages.c.dispatch_id.in_(moving),
            messages.c.ended_at > _LAST_MINUTE,
            messages.c.state != "withheld",
        )
    )
    return int(found.scalar_one())


async def _queue(connection: AsyncConnection, workspace_id: int, seen: ColumnElement[bool]) -> tuple[Waiting, ...]:
    size = (
        select(func.coalesce(func.sum(func.cardinality(send_batches.c.message_ids)), 0))
        .where(send_batches.c.dispatch_id == dispatches.c.id)
        .scalar_subquery()
    )
    name: ColumnElement[str] = literal_column(
        "(select t.name from touchpoints t where t.id = dispatches.touchpoint_id)"
    )
    found = await connection.execute(
        select(
            dispatches.c.touchpoint_id,
            name.label("name"),
            dispatches.c.state,
            dispatches.c.started_at,
            dispatches.c.planned,
            size.label("size"),
            dispatches.c.send_at,
        )
        .where(dispatches.c.workspace_id == workspace_id, dispatches.c.state.in_(_UNDER_WAY), seen)
        .order_by(dispatches.c.send_at, dispatches.c.id)
        .limit(_SHOWN)
    )
    return tuple(_line(row) for row in found)


def _line(row: Row[Any]) -> Waiting:
    begun = row.started_at is not None
    waiting = int(row.size) if begun else row.planned
    return Waiting(row.touchpoint_id, row.name or "", DispatchState(row.state), begun, waiting, row.send_at)
