"""What delivery asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context


@dataclass(frozen=True, slots=True)
class Prepares:
    """Goes on preparing a touchpoint that was stopped before its messages were written, in the resuming transaction."""

    begin_again: Callable[[Context, AsyncConnection, UUID], Awaitable[None]]
