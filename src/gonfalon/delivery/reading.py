"""Read what is under way in a workspace, how fast, and how it fares with whom: the page Delivery."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.delivery.history import IMPORTED
from gonfalon.delivery.model import DispatchState, DomainOutcomes, Outbox, Waiting
from gonfalon.delivery.tables import breakers, dispatches, messages, send_batches
from gonfalon.kit.rows import all_of, first_of, shaped
from gonfalon.kit.sql import run

_SHOWN = 50
_UNDER_WAY = (
    DispatchState.PREPARING.value,
    DispatchState.RUNNING.value,
    DispatchState.PAUSED.value,
    DispatchState.HELD.value,
)
_LAST_MINUTE = text("now() - interval '1 minute'")


@dataclass(frozen=True, slots=True)
class Blocked:
    """Until when a provider that fails is left alone, and why; without a time it takes messages."""

    open_until: datetime | None = None
    code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Queued:
    touchpoint_id: UUID
    name: str | None
    state: DispatchState
    started_at: datetime | None
    planned: int | None
    size: int
    send_at: datetime


async def read_outbox(connection: AsyncConnection, workspace_id: int, seen: ColumnElement[bool]) -> Outbox:
    """Read what waits to leave, and until when a provider does not take it. seen: which touchpoints may be named."""
    blocked = await read_blocked(connection, workspace_id)
    return Outbox(
        waiting=await _waiting(connection, workspace_id),
        per_minute=await _per_minute(connection, workspace_id),
        queue=await _queue(connection, workspace_id, seen),
        blocked_until=blocked.open_until,
        blocked_code=blocked.code,
        blocked_reason=blocked.reason,
    )


async def read_blocked(connection: AsyncConnection, workspace_id: int, channel: str | None = None) -> Blocked:
    """Read whether the provider of a channel is left alone; without a channel, of the one that waits longest."""
    query = (
        select(breakers.c.open_until, breakers.c.code, breakers.c.reason)
        .where(
            breakers.c.workspace_id == workspace_id,
            breakers.c.open_until > func.now(),
            true() if channel is None else breakers.c.channel == channel,
        )
        .order_by(breakers.c.open_until.desc())
        .limit(1)
    )
    return await first_of(connection, query, Blocked) or Blocked()


async def list_domains(connection: AsyncConnection, workspace_id: int) -> list[DomainOutcomes]:
    """Count how messages of the last 30 days fared by the receiver's domain, where some failed; at most 20."""
    found = await run(connection, __package__, "count_domains", workspace_id=workspace_id, imported=IMPORTED)
    return shaped(found, DomainOutcomes)


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
    query = (
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
    return tuple(_line(row) for row in await all_of(connection, query, _Queued))


def _line(row: _Queued) -> Waiting:
    begun = row.started_at is not None
    return Waiting(row.touchpoint_id, row.name or "", row.state, begun, row.size if begun else row.planned, row.send_at)
