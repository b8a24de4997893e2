"""Database calls of the list of people.

PostgreSQL answers, so that what somebody has just changed is seen at once. A question that would make it read too much
(a rare match among a million people) is stopped after a moment and put to the analytics copy instead.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

from psycopg.errors import QueryCanceled
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Invalid, Unavailable
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.directory.compile import NAMES, Copy, Place, Truth, conditions
from gonfalon.people.directory.model import Question, Sort, Total
from gonfalon.people.profiles.model import Person
from gonfalon.people.profiles.store import people_by_id
from gonfalon.people.rules import is_moment

PATIENCE_MS = 150
COUNTED = 10_000

_COLUMNS = {
    Sort.NEWEST: "id",
    Sort.OLDEST: "id",
    Sort.CHANGED: "updated_at",
    Sort.UNCHANGED: "updated_at",
    Sort.EMAIL: "email",
    Sort.EMAIL_DESCENDING: "email",
    Sort.EXTERNAL_ID: "external_id",
    Sort.EXTERNAL_ID_DESCENDING: "external_id",
}
_IN_COPY = {"id", "email", "external_id"}


def names_of(attributes: Mapping[str, Attribute]) -> frozenset[str]:
    """Return which names can be searched."""
    return frozenset(
        key for key in NAMES if key in attributes and attributes[key].type in (AttributeType.TEXT, AttributeType.CHOICE)
    )


async def find_page(
    ctx: Context, question: Question, attributes: dict[str, Attribute], after: tuple[Any, ...] | None, limit: int
) -> tuple[list[Person], tuple[Any, ...] | None]:
    """Return a page of people, and the cursor's values of the next one (None on the last).

    Where the sort's value may be missing, those who have it come first, then those who don't, by id.
    """
    names = names_of(attributes)
    found = await _page_ids(ctx, question, names, after, limit + 1)
    async with ctx.reading() as connection:
        shown = await people_by_id(ctx, connection, [row[1] for row in found[:limit]])
    return shown, (tuple(found[limit - 1]) if len(found) > limit else None)


async def _page_ids(
    ctx: Context, question: Question, names: frozenset[str], after: tuple[Any, ...] | None, limit: int
) -> list[tuple[Any, int]]:
    """Pairs of sort value and id."""
    column = _COLUMNS[question.sort]
    value, last = _checked(column, after)
    if after is not None and value is None:
        return await _ask(ctx, question, names, column, "missing", None, last, limit)
    found = await _ask(ctx, question, names, column, "known", value, last, limit)
    if column in ("email", "external_id") and len(found) < limit:
        found += await _ask(ctx, question, names, column, "missing", None, None, limit - len(found))
    return found


def _checked(column: str, after: tuple[Any, ...] | None) -> tuple[Any, int | None]:
    """The sort value and id of a cursor; raises Invalid for one that belongs to another list or order."""
    match after:
        case None:
            return None, None
        case (int() as value, int() as last) if column == "id":
            return value, last
        case (str() as value, int() as last) if column == "updated_at" and is_moment(value):
            return value, last
        case ((str() | None) as value, int() as last) if column in ("email", "external_id") and "\x00" not in (
            value or ""
        ):
            return value, last
    raise Invalid("cursor_invalid", "This page link belongs to another list; open the list again from its start.")


async def _ask(
    ctx: Context,
    question: Question,
    names: frozenset[str],
    column: str,
    part: str,
    value: Any,
    last: int | None,
    limit: int,
) -> list[tuple[Any, int]]:
    def statement(place: Place, table: str) -> tuple[str, dict[str, Any]]:
        where, params = conditions(question, place, names)
        descending = question.sort.value.startswith("-") and part == "known"
        sign, order = ("<", "desc") if descending else (">", "asc")
        where.insert(0, "p.erased_at is null")
        if column != "id":
            where.append(f"p.{column} is {'not ' if part == 'known' else ''}null")
        shown = f"p.{column}"
        # Addresses and ids are unique: ordering by them alone is what their index gives.
        ordered = f"p.{column} {order}, p.id {order}" if column == "updated_at" else f"p.{column} {order}"
        if part == "missing":
            shown, ordered = "null", "p.id asc"
            if last is not None:
                where.append(f"p.id > {place.bound('last')}")
                params["last"] = last
        elif value is not None and column == "updated_at":
            where.append(f"(p.{column}, p.id) {sign} ({place.bound('value')}::timestamptz, {place.bound('last')})")
            params |= {"value": value, "last": last}
        elif value is not None:  # unique in the workspace
            where.append(f"p.{column} {sign} {place.bound('value')}")
            params["value"] = value
        params["limit"] = limit
        parts = ["select", shown, ", p.id from", table, "where", " and ".join(where), "order by", ordered]
        return " ".join([*parts, "limit", place.bound("limit")]), params

    rows = await _answer(ctx, statement, column in _IN_COPY or part == "missing")
    return [(row[0], row[1]) for row in rows]


async def count_people(ctx: Context, question: Question, attributes: dict[str, Attribute]) -> Total:
    """Return how many people a question means: exactly, or "at least" where neither engine can say so quickly."""
    names = names_of(attributes)

    def statement(place: Place, table: str) -> tuple[str, dict[str, Any]]:
        where, params = conditions(question, place, names)
        return " ".join(["select count(*) from", table, "where", " and ".join(["p.erased_at is null", *where])]), params

    def bounded(place: Place, table: str) -> tuple[str, dict[str, Any]]:
        text, params = statement(place, table)
        inner = text.replace("select count(*)", "select 1", 1)
        return "".join(["select count(*) from (", inner, f" limit {COUNTED + 1}) counted"]), params

    try:
        rows = await _answer(ctx, statement, True, patient=False)
    except Unavailable:
        found = int((await _from_truth(ctx, bounded, None))[0][0])
        return Total(min(found, COUNTED), found > COUNTED)
    return Total(int(rows[0][0]))


async def ids_in_order(
    ctx: Context, connection: AsyncConnection, question: Question, names: frozenset[str], last: int, limit: int
) -> list[int]:
    """Return the next ids of everybody a question means, ascending: for reading them all, part by part."""
    text, params = query_of(ctx.workspace.id, question, names)
    rows = await connection.exec_driver_sql(
        f"{text} and p.id > %(last)s order by p.id limit %(limit)s", params | {"last": last, "limit": limit}
    )
    return list(rows.scalars())


def query_of(workspace_id: int, question: Question, names: frozenset[str]) -> tuple[str, dict[str, Any]]:
    """Return a query for the ids of everybody a question means, and its values; conditions may be added behind it."""
    where, params = conditions(question, Truth(), names)
    where = ["p.workspace_id = %(workspace_id)s", "p.erased_at is null", *where]
    return " ".join(["select p.id from people p where", " and ".join(where)]), params | {"workspace_id": workspace_id}


class _Statement(Protocol):
    """Makes the text for a place and its table of people (as `p`), with the values bound in it."""

    def __call__(self, place: Place, table: str) -> tuple[str, dict[str, Any]]: ...


async def _answer(ctx: Context, statement: _Statement, copy_can: bool, *, patient: bool = True) -> Sequence[Any]:
    """PostgreSQL's answer, or the copy's when that takes too long; `patient` waits on where there is no copy.

    The texts are made of our own words and declared keys; every value is bound.
    """
    engine = ctx.services.find(Engine)
    can_turn = engine is not None and engine.status().usable and copy_can
    try:
        return await _from_truth(ctx, statement, PATIENCE_MS if can_turn or not patient else None)
    except DBAPIError as error:
        if not isinstance(error.orig, QueryCanceled):
            raise
        if engine is None or not can_turn:
            raise Unavailable("people_slow", "This question reads too many people; narrow it down.") from error
    text, params = statement(Copy(), f"people_{ctx.workspace.id} p")
    return await engine.fetch(text, params)


async def _from_truth(ctx: Context, statement: _Statement, patience: int | None) -> Sequence[Any]:
    text, params = statement(Truth(), "people p")
    text = text.replace("where ", "where p.workspace_id = %(workspace_id)s and ", 1)
    async with _within(ctx, patience) as connection:
        found = await connection.exec_driver_sql(text, params | {"workspace_id": ctx.workspace.id})
        return found.all()


@asynccontextmanager
async def _within(ctx: Context, patience: int | None) -> AsyncIterator[AsyncConnection]:
    async with ctx.reading() as connection:
        if patience is not None:
            await connection.exec_driver_sql(f"set local statement_timeout = {patience:d}")
        yield connection
