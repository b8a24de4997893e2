"""Keyset paging: a cursor is the sort values of the last row, so page 10,000 costs what page 1 does."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel

from gonfalon.kit.errors import Invalid

T = TypeVar("T")
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


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def encode_cursor(*values: Any) -> str:
    """The cursor after a row with these sort values (last one unique)."""
    text = json.dumps([_plain(v) for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(cursor: str | None) -> tuple[Any, ...] | None:
    """The sort values in a cursor; raises Invalid when it is not one of ours."""
    if not cursor:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise Invalid("cursor_invalid", "This page link is damaged; open the list again from its start.") from error
    if not isinstance(values, list):
        raise Invalid("cursor_invalid", "This page link is damaged; open the list again from its start.")
    return tuple(values)
