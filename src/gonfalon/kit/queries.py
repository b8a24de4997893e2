"""Conditions and questions that many rooms' statements have."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, any_, func, literal, or_, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlalchemy.ext.asyncio import AsyncConnection


def among(column: ColumnElement[UUID], ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Return whether the column is one of the ids, bound as one array: with thousands, a parameter for each takes
    longer than the question."""
    return column == any_(literal(list(ids), ARRAY(PG_UUID(as_uuid=True))))


def has_words(words: str, *columns: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether each of the words is part of at least one of the columns, in capitals or not. No words fit
    everything."""
    condition: ColumnElement[bool] = true()
    for word in words.split():
        condition &= or_(*(column.icontains(word, autoescape=True) for column in columns))
    return condition


async def end_of(
    connection: AsyncConnection, position: ColumnElement[int], *where: ColumnElement[bool]
) -> tuple[int, int]:
    """Return how many rows a list has, and the position behind its last one."""
    found = await connection.execute(select(func.count(), func.coalesce(func.max(position), -1) + 1).where(*where))
    count, behind = found.one()
    return count, behind
