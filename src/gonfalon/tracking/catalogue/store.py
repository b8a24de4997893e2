"""Database calls of the catalogue of events."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.versions import known
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run
from gonfalon.tracking.catalogue.model import EventKind, EventShape, Learned
from gonfalon.tracking.tables import event_kinds, event_shapes

MOST = 200_000
"""Events that are learned in one transaction."""


async def learn(connection: AsyncConnection) -> Learned:
    """Learn the next events, each once, and return which."""
    (step,) = shaped(await run(connection, __package__, "advance", most=MOST), Learned)
    if step.after < step.upto:
        for name in ("learn_names", "learn_days", "learn_counts", "learn_shapes"):
            await run(connection, __package__, name, after=step.after, upto=step.upto)
    return step


async def trim_days(connection: AsyncConnection) -> None:
    """Delete days that are no part of any rhythm any more."""
    await run(connection, __package__, "trim_days")


async def list_kinds(connection: AsyncConnection, workspace_id: int, kind_id: UUID | None = None) -> list[EventKind]:
    """List the events of a workspace by name, or the one of this id."""
    found = await run(connection, __package__, "list_kinds", workspace_id=workspace_id, kind_id=kind_id)
    return shaped(found, EventKind)


async def find_kind(connection: AsyncConnection, workspace_id: int, kind_id: UUID) -> EventKind:
    """Return an event of the catalogue; raises NotFound."""
    return known(next(iter(await list_kinds(connection, workspace_id, kind_id)), None), "event kind")


async def list_shapes(connection: AsyncConnection, workspace_id: int, kind_id: UUID) -> list[EventShape]:
    """List the properties of an event, the commonest first, by type."""
    found = await run(connection, __package__, "list_shapes", workspace_id=workspace_id, kind_id=kind_id)
    return shaped(found, EventShape)


async def note_silence(connection: AsyncConnection, workspace_id: int, kind_id: UUID) -> None:
    """Remember that somebody was told that the event has stopped."""
    mine = (event_kinds.c.id == kind_id) & (event_kinds.c.workspace_id == workspace_id)
    await connection.execute(update(event_kinds).where(mine).values(told_at=func.now()))


async def note_shapes(
    connection: AsyncConnection,
    workspace_id: int,
    kind_id: UUID,
    shapes: Collection[EventShape],
    *,
    settled: bool = False,
) -> None:
    """Remember that somebody was told of these, or has settled them."""
    s = event_shapes.c
    column = s.settled_at if settled else s.told_at
    for shape in shapes:  # a handful: what is unusual
        await connection.execute(
            update(event_shapes)
            .where(
                s.kind_id == kind_id,
                s.workspace_id == workspace_id,
                s.property == shape.property,
                s.type == shape.type,
            )
            .values({column.name: func.now()})
        )
