"""Database calls of families of intent and of customers' fifths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import workspaces
from gonfalon.kit.engine import Engine
from gonfalon.kit.sql import run, statement

from ..segments.columnar import DuckLayout
from ..tables import customer_fifths, intent_events

_PACKAGE = "gonfalon.audiences.intents"
MEASURE_SECONDS = 60.0


async def workspace_ids(connection: AsyncConnection) -> list[int]:
    """Return every workspace."""
    return list((await connection.execute(select(workspaces.c.id).order_by(workspaces.c.id))).scalars())


async def changed_families(connection: AsyncConnection, workspace_id: int) -> list[tuple[str, str | None]]:
    """Return the events that the workspace sorts itself, by name; None: of no family."""
    found = await connection.execute(
        select(intent_events.c.name, intent_events.c.family)
        .where(intent_events.c.workspace_id == workspace_id)
        .order_by(intent_events.c.name)
    )
    return [(name, family) for name, family in found]


async def write_families(connection: AsyncConnection, workspace_id: int, changed: Mapping[str, str | None]) -> None:
    """Put these in place of those that the workspace has sorted itself so far."""
    await connection.execute(delete(intent_events).where(intent_events.c.workspace_id == workspace_id))
    if changed:
        rows = [{"workspace_id": workspace_id, "name": name, "family": family} for name, family in changed.items()]
        await connection.execute(insert(intent_events), rows)


async def measure(
    connection: AsyncConnection, engine: Engine | None, workspace_id: int, names: Sequence[str]
) -> tuple[Any, ...]:
    """Return how many customers there are, and the four limits of last purchase, number and sum; from the copy if
    given."""
    values = {"workspace": workspace_id, "names": sorted(names)}
    if engine is None:
        return tuple((await run(connection, _PACKAGE, "measure_customers", **values)).one())
    sql = DuckLayout().named(statement(_PACKAGE, "measure_customers"))
    return tuple((await engine.fetch(sql, values, within=MEASURE_SECONDS))[0])


async def write_fifths(connection: AsyncConnection, workspace_id: int, found: Sequence[Any]) -> None:
    """Keep the limits; without customers none are kept."""
    if not found[0]:
        await connection.execute(delete(customer_fifths).where(customer_fifths.c.workspace_id == workspace_id))
        return
    values = {
        "customers": found[0],
        "recency": [_aware(each) for each in found[1:5]],
        "frequency": list(found[5:9]),
        "monetary": list(found[9:13]),
        "taken_at": func.now(),
    }
    kept = upsert(customer_fifths).values(workspace_id=workspace_id, **values)
    await connection.execute(kept.on_conflict_do_update(index_elements=["workspace_id"], set_=values))


def _aware(moment: datetime) -> datetime:
    """An instant of either engine: the copy keeps UTC without a zone."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
