"""Database calls of duplicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run
from gonfalon.people.duplicates.model import DuplicateKind, Pair, Search
from gonfalon.people.tables import duplicate_pairs, duplicate_searches, people

_PAIR = (duplicate_pairs.c.low_id, duplicate_pairs.c.high_id, duplicate_pairs.c.kind)


def _proposed(workspace_id: int, kind: DuplicateKind | None) -> Any:
    """Pairs that are proposed, of people who are both still there."""
    low, high = people.alias(), people.alias()
    query = (
        select(*_PAIR)
        .join(low, (low.c.id == duplicate_pairs.c.low_id) & low.c.erased_at.is_(None))
        .join(high, (high.c.id == duplicate_pairs.c.high_id) & high.c.erased_at.is_(None))
        .where(duplicate_pairs.c.workspace_id == workspace_id, duplicate_pairs.c.state == "proposed")
    )
    return query if kind is None else query.where(duplicate_pairs.c.kind == kind.value)


async def list_pairs(
    connection: AsyncConnection, workspace_id: int, kind: DuplicateKind | None, page: PageRequest
) -> list[Pair]:
    """Return pairs that are proposed, by their ids."""
    query = _proposed(workspace_id, kind).order_by(*_PAIR[:2]).limit(page.fetch)
    if page.after:
        query = query.where(tuple_(*_PAIR[:2]) > tuple_(*page.after))
    return await all_of(connection, query, Pair)


async def all_pairs(connection: AsyncConnection, workspace_id: int, kind: DuplicateKind, most: int) -> list[Pair]:
    """Return every pair of a kind, at most so many."""
    return await all_of(connection, _proposed(workspace_id, kind).order_by(*_PAIR[:2]).limit(most), Pair)


async def count_kinds(connection: AsyncConnection, workspace_id: int) -> dict[DuplicateKind, int]:
    """Return how many pairs of each kind are proposed."""
    rows = await run(connection, __package__, "list_kinds", workspace_id=workspace_id)
    return {DuplicateKind(row.kind): row.number for row in rows}


async def keep_apart(connection: AsyncConnection, workspace_id: int, low: int, high: int, by: str) -> bool:
    """Remember that two people are two; whether the pair is known."""
    done = await connection.execute(
        update(duplicate_pairs)
        .where(
            duplicate_pairs.c.workspace_id == workspace_id,
            duplicate_pairs.c.low_id == low,
            duplicate_pairs.c.high_id == high,
        )
        .values(state="distinct", decided_by=by, decided_at=func.now())
    )
    return done.rowcount == 1


async def find_search(connection: AsyncConnection, workspace_id: int) -> Search | None:
    """Return when duplicates were last looked for."""
    query = select(duplicate_searches.c.asked_at, duplicate_searches.c.done_at)
    return await first_of(connection, query.where(duplicate_searches.c.workspace_id == workspace_id), Search)


async def note_search(connection: AsyncConnection, workspace_id: int) -> None:
    """Write down that duplicates are looked for."""
    written = insert(duplicate_searches).values(workspace_id=workspace_id)
    await connection.execute(
        written.on_conflict_do_update(index_elements=["workspace_id"], set_={"asked_at": func.now(), "done_at": None})
    )


async def find_pairs(connection: AsyncConnection, workspace_id: int, keys: Mapping[str, Sequence[str]]) -> None:
    """Look for people who may be one, and note that it was done. keys: of attributes, see the statement."""
    params = {name: list(each) for name, each in keys.items()}
    await run(connection, __package__, "find_pairs", workspace_id=workspace_id, **params)
    await connection.execute(
        update(duplicate_searches)
        .where(duplicate_searches.c.workspace_id == workspace_id)
        .values(done_at=func.clock_timestamp())
    )
