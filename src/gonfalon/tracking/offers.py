"""What tracking asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class MovesVisitors:
    """Moves what a room holds of visitors who turn out to be known people, in the transaction that learns so.

    move: called with the workspace's id and the known person's id by the visitor's.
    """

    move: Callable[[AsyncConnection, int, Mapping[int, int]], Awaitable[None]]
