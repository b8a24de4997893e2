"""Turn database rows into frozen dataclasses: the one place that knows what a row is.

A shape is a dataclass whose fields have the names of the query's columns. Beyond plain values, a field may be

- an enum, or a tuple or frozenset of values or enums (from an array; NULL is empty),
- a Pydantic model (from JSON),
- another shape, from the columns that begin with the field's name: `leader: Person` is read from `leader_id` and
  `leader_name`. `leader: Person | None` is None where the column of Person's first field is NULL.

Columns without a field are left out; a field without a column takes its default.

    people = await all_of(connection, select(users.c.id, users.c.name).order_by(users.c.name), Person)
    return [PersonOut.model_validate(person, from_attributes=True) for person in people]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel
from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection

T = TypeVar("T")
Values = Sequence[Any]


async def all_of(connection: AsyncConnection, query: Executable, shape: type[T]) -> list[T]:
    """Return every row of the query as a value of the shape, in the query's order."""
    return shaped(await connection.execute(query), shape)


async def first_of(connection: AsyncConnection, query: Executable, shape: type[T]) -> T | None:
    """Return the first row of the query, None where there is none. `accounts.versions.known` refuses None by a noun."""
    return next(iter(shaped(await connection.execute(query), shape)), None)


async def one_of(connection: AsyncConnection, query: Executable, shape: type[T]) -> T:
    """Return the only row of a query that always has one: sums, `insert … returning`."""
    (only,) = shaped(await connection.execute(query), shape)
    return only


def shaped(result: CursorResult[Any], shape: type[T]) -> list[T]:
    """Return the rows of a statement that was run already (`kit.sql.run`) as values of the shape."""
    of: Any = shape  # mypy takes a dataclass for something that cannot be hashed
    read: Callable[[Values], T] = _reader(of, tuple(result.keys()))
    return [read(row) for row in result]


@cache
def _reader(shape: Any, columns: tuple[str, ...], prefix: str = "") -> Callable[[Values], Any]:
    hints = get_type_hints(shape)
    readers = {
        field.name: read
        for field in fields(shape)
        if (read := _field(shape, field, hints[field.name], columns, prefix)) is not None
    }
    return lambda row: shape(**{name: read(row) for name, read in readers.items()})


def _field(
    shape: Any, field: Field[Any], hint: Any, columns: tuple[str, ...], prefix: str
) -> Callable[[Values], Any] | None:
    kind: Any
    kind, optional = _bare(hint)
    name = prefix + field.name
    if name in columns:
        at, convert = columns.index(name), _converter(kind)
        if convert is None:
            return lambda row: row[at]
        if get_origin(kind) in (tuple, frozenset) and not optional:
            return lambda row: convert(row[at] or ())
        return lambda row: None if row[at] is None else convert(row[at])
    nested: bool = is_dataclass(kind)
    if nested and any(column.startswith(f"{name}_") for column in columns):
        read = _reader(kind, columns, f"{name}_")
        if not optional:
            return read
        key = columns.index(f"{name}_{fields(kind)[0].name}")
        return lambda row: None if row[key] is None else read(row)
    if field.default is MISSING and field.default_factory is MISSING:
        raise TypeError(f"{shape.__name__}.{field.name} needs a column “{name}”; the query has {', '.join(columns)}")
    return None


def _converter(kind: Any) -> Callable[[Any], Any] | None:
    """How a value of the database becomes one of this type; None where it is one already."""
    origin = get_origin(kind)
    if origin in (tuple, frozenset):
        item = _converter(get_args(kind)[0])
        return origin if item is None else lambda value: origin(item(each) for each in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind.model_validate
    return None


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether it had it."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    others = [each for each in get_args(hint) if each is not NoneType]
    return (others[0] if len(others) == 1 else hint), len(others) < len(get_args(hint))
