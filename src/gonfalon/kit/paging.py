"""Keyset paging: a cursor is the sort values of the last row, so page 10,000 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import AfterValidator, BaseModel, Field, TypeAdapter

from gonfalon.kit.days import Day, Moment
from gonfalon.kit.errors import Invalid

T = TypeVar("T")
Shown = TypeVar("Shown", bound=BaseModel)
MAX_LIMIT = 500


class Page(BaseModel, Generic[T]):
    """One page of a list. `next_cursor` is absent on the last page."""

    items: list[T]
    next_cursor: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What a list route was asked for: the decoded cursor (None: from the start) and a limit of 1 to 500."""

    after: tuple[Any, ...] | None
    limit: int

    @property
    def fetch(self) -> int:
        """How many rows a store asks for: one more than the page shows tells whether another page follows."""
        return self.limit + 1

    def shown(self, rows: Sequence[T]) -> Sequence[T]:
        """Return what the page shows of the fetched rows."""
        return rows[: self.limit]

    def next_cursor(self, rows: Sequence[object], *sorted_by: str) -> str | None:
        """Return the cursor of the page after these fetched rows, None on the last page.

        sorted_by: the attributes of a row that the list is ordered by; without any: its id.
        """
        if len(rows) <= self.limit:
            return None
        last = rows[self.limit - 1]
        return encode_cursor(*(getattr(last, name) for name in sorted_by or ("id",)))

    def as_read(self, rows: Sequence[T], *sorted_by: str) -> Page[T]:
        """Return the page of these fetched rows, which are answered as they were read."""
        return Page(items=list(self.shown(rows)), next_cursor=self.next_cursor(rows, *sorted_by))

    def of(self, rows: Sequence[object], shape: type[Shown], *sorted_by: str) -> Page[Shown]:
        """Return the page of these fetched rows, each shown as the response shape that has its attributes."""
        items = [shape.model_validate(row, from_attributes=True) for row in self.shown(rows)]
        return Page(items=items, next_cursor=self.next_cursor(rows, *sorted_by))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def encode_cursor(*values: Any) -> str:
    """Return the cursor after a row with these sort values (last one unique)."""
    text = json.dumps([_plain(v) for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def paging(*kinds: Any) -> Callable[..., PageRequest]:
    """Return the dependency of a list route whose cursors hold values of these types: `paging(datetime, UUID)`.

    A cursor is text from outside like any other: what decodes to something else belongs to another list.
    """
    shape: Any = tuple[tuple(_BOUNDED.get(kind, kind) for kind in kinds)]  # type: ignore[misc]
    adapter: TypeAdapter[tuple[Any, ...]] = TypeAdapter(shape)

    def read(
        cursor: Annotated[str | None, Query(description="`next_cursor` of the previous page")] = None,
        limit: Annotated[int, Query(ge=1, le=MAX_LIMIT)] = 50,
    ) -> PageRequest:
        return PageRequest(_decoded(cursor, adapter) if cursor else None, limit)

    return read


def _decoded(cursor: str, adapter: TypeAdapter[tuple[Any, ...]]) -> tuple[Any, ...]:
    try:
        return adapter.validate_json(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Invalid(
            "cursor_invalid", "This page link is damaged or belongs to another list; open the list from its start."
        ) from error


def _plain_text(value: str) -> str:
    if "\0" in value:
        raise ValueError("a text in a cursor holds no NUL")
    return value


_BOUNDED: dict[Any, Any] = {
    int: Annotated[int, Field(strict=True, ge=-(2**63), lt=2**63)],
    str: Annotated[str, Field(max_length=5_000), AfterValidator(_plain_text)],
    date: Day,
    datetime: Moment,
}
ById = Annotated[PageRequest, Depends(paging(UUID))]
"""The page of a list in the order of UUIDs."""
ByNumber = Annotated[PageRequest, Depends(paging(int))]
"""The page of a list in the order of row numbers."""
