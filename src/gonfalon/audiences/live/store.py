"""Database calls of live audiences, and what the analytics copy is asked for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import duckdb
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.db import raw
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of, shaped
from gonfalon.kit.sql import run
from gonfalon.people.tables import people

from ..segments.columnar import DuckLayout
from ..segments.compile import Question
from ..segments.membership import copy_members, integers
from ..tables import audiences, live_audiences, live_cursors, membership_changes, membership_touches
from .model import Filling, Flow, Live, LiveAudience, MembershipChange

_PACKAGE = "gonfalon.audiences.live"
_OF_PEOPLE = ("events", "events_latest", "events_new", "messages", "consents", "list_members", "person_scores")
"""The copy's tables that have a person on every row."""


async def live_workspaces(connection: AsyncConnection) -> list[int]:
    """Return those that keep members of any audience."""
    return list((await connection.execute(select(live_audiences.c.workspace_id).distinct())).scalars())


async def live_in(connection: AsyncConnection, workspace_id: int) -> list[LiveAudience]:
    """Return the live audiences of a workspace that are in use."""
    query = (
        select(
            audiences.c.id,
            audiences.c.version,
            audiences.c.rule,
            live_audiences.c.question.label("filled_question"),
            live_audiences.c.version.label("filled_version"),
        )
        .join(live_audiences, live_audiences.c.audience_id == audiences.c.id)
        .where(live_audiences.c.workspace_id == workspace_id, audiences.c.archived_at.is_(None))
        .order_by(audiences.c.id)
    )
    return await all_of(connection, query, LiveAudience)


async def live_of(connection: AsyncConnection, workspace_id: int, audience_id: UUID) -> Live | None:
    """Return whether and since when the members of an audience are kept."""
    query = select(live_audiences).where(
        live_audiences.c.workspace_id == workspace_id, live_audiences.c.audience_id == audience_id
    )
    return await first_of(connection, query, Live)


async def count_live(connection: AsyncConnection, workspace_id: int) -> int:
    """Return how many audiences of the workspace are live."""
    query = select(func.count()).where(live_audiences.c.workspace_id == workspace_id)
    return int(await connection.scalar(query) or 0)


async def begin_live(connection: AsyncConnection, workspace_id: int, audience_id: UUID) -> None:
    """Keep the members of an audience from now on."""
    await connection.execute(insert(live_audiences).values(audience_id=audience_id, workspace_id=workspace_id))


async def end_live(connection: AsyncConnection, workspace_id: int, audience_id: UUID) -> bool:
    """Keep them no longer; who entered and left so far stays known. False where they are not kept."""
    ended = delete(live_audiences).where(
        live_audiences.c.workspace_id == workspace_id, live_audiences.c.audience_id == audience_id
    )
    return bool((await connection.execute(ended)).rowcount)


async def seen_up_to(connection: AsyncConnection, workspace_id: int) -> str | None:
    """Return the snapshot up to which changes of people are counted in; None: of nothing yet."""
    query = select(live_cursors.c.seen).where(live_cursors.c.workspace_id == workspace_id)
    seen: str | None = await connection.scalar(query)
    return seen


async def set_seen(connection: AsyncConnection, workspace_id: int, seen: str, audience_ids: Sequence[UUID]) -> None:
    """Say that these audiences hold everything that a snapshot saw; what is told by touches is forgotten."""
    kept = upsert(live_cursors).values(workspace_id=workspace_id, seen=seen)
    await connection.execute(kept.on_conflict_do_update(index_elements=["workspace_id"], set_={"seen": seen}))
    await connection.execute(
        update(live_audiences)
        .where(live_audiences.c.workspace_id == workspace_id, live_audiences.c.audience_id.in_(audience_ids))
        .values(refreshed_at=func.now())
    )
    known = text("pg_visible_in_snapshot(deleted_by, cast(:seen as pg_snapshot))").bindparams(seen=seen)
    await connection.execute(delete(membership_touches).where(membership_touches.c.workspace_id == workspace_id, known))


async def touched_since(connection: AsyncConnection, workspace_id: int, seen: str, most: int) -> list[int]:
    """Return the people of whom anything was written since a snapshot, at most so many."""
    found = await run(connection, _PACKAGE, "list_touched", workspace=workspace_id, seen=seen, most=most)
    return list(found.scalars())


def found_in_copy(
    cursor: duckdb.DuckDBPyConnection, workspace_id: int, questions: Sequence[Question], touched: Sequence[int] | None
) -> list[bytes]:
    """Return who is meant by each question, as 64-bit integers; of some people only, if given.

    Their rows are first laid into tables of the same names that hide the copy's: a handful of rows, and every question
    as it is asked of everybody.
    """
    if touched is not None:
        cursor.execute("create temp table touched as select unnest($ids::bigint[]) as person_id", {"ids": touched})
        held = DuckLayout().people_table(workspace_id)
        cursor.execute(f"create temp table {held} as from main.{held} where id in (from touched)")
        for table in _OF_PEOPLE:
            rows = f"from main.{table} where workspace_id = $workspace and person_id in (from touched)"
            cursor.execute(f"create temp table {table} as {rows}", {"workspace": workspace_id})
        cursor.execute("create temp table hits as from main.hits where message_id in (select id from messages)")
    return [integers(cursor, each.sql, each) for each in questions]


async def lay_out_found(connection: AsyncConnection, found: Sequence[bytes]) -> None:
    """Put what the copy answered where ``apply_found`` compares it with the members: numbered from 1."""
    await _make_found(connection)
    for number, ids in enumerate(found, 1):
        if ids:
            await copy_members(await raw(connection), number, ids, "live_found (number, person_id)")


async def lay_out_asked(connection: AsyncConnection, questions: Sequence[Question]) -> None:
    """Do the same by PostgreSQL, where there is no copy."""
    await _make_found(connection)
    for number, each in enumerate(questions, 1):
        sql = f"insert into live_found select {number:d}, m.person_id from ({each.sql}) m"  # noqa: S608
        await connection.exec_driver_sql(sql, each.params)


async def _make_found(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql(
        "create temp table if not exists live_found (number bigint, person_id bigint) on commit delete rows"
    )
    await connection.exec_driver_sql("truncate live_found")


async def apply_found(
    connection: AsyncConnection, workspace_id: int, fillings: Sequence[Filling], touched: Sequence[int] | None
) -> int:
    """Make the members of audiences those that were laid out; return how many entered or left."""
    done = await run(
        connection,
        _PACKAGE,
        "apply_found",
        workspace=workspace_id,
        audiences=[each.audience_id for each in fillings],
        causes=["" if each.cause is None else each.cause.value for each in fillings],
        people=None if touched is None else list(touched),
    )
    return done.rowcount


async def note_filled(connection: AsyncConnection, filling: Filling) -> None:
    """Say which question the members of an audience answer."""
    await connection.execute(
        update(live_audiences)
        .where(live_audiences.c.audience_id == filling.audience_id)
        .values(question=filling.question, version=filling.version)
    )


async def changes_of(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, page: PageRequest, entered: bool | None
) -> list[MembershipChange]:
    """Return who entered and left, the newest first, one more than the page holds."""
    c = membership_changes.c
    query = (
        select(c.id, c.person_id, c.entered, c.cause, c.at, people.c.email, people.c.external_id, people.c.attributes)
        .join(people, people.c.id == c.person_id)
        .where(c.workspace_id == workspace_id, c.audience_id == audience_id, people.c.erased_at.is_(None))
    )
    if entered is not None:
        query = query.where(c.entered.is_(entered))
    if page.after:
        query = query.where(c.id < page.after[0])
    return await all_of(connection, query.order_by(c.id.desc()).limit(page.fetch), MembershipChange)


async def flows_of(
    connection: AsyncConnection, workspace_id: int, audience_id: UUID, zone: str, since: datetime
) -> list[Flow]:
    """Return how many entered and left each day."""
    values: Mapping[str, Any] = {"workspace": workspace_id, "audience": audience_id, "zone": zone, "since": since}
    return shaped(await run(connection, _PACKAGE, "count_flows", **values), Flow)


async def delete_old_changes(connection: AsyncConnection, before: datetime) -> int:
    """Forget who entered and left before a day; return how many lines."""
    return (await run(connection, _PACKAGE, "delete_old_changes", before=before)).rowcount


async def forget_people(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> None:
    """Delete people's memberships, and when they began and ended."""
    await run(connection, _PACKAGE, "forget_members", workspace_id=workspace_id, person_ids=list(ids))
