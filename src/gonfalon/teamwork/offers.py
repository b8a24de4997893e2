"""What teamwork asks the rooms above for; they put these values into their `ROOM`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.teamwork.model import Seen, ThingKind


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds a thing of a kind for somebody; raises NotFound (nobody's, another workspace's) or Forbidden."""

    kind: ThingKind
    find: Callable[[Context, AsyncConnection, UUID], Awaitable[Seen]]


@dataclass(frozen=True, slots=True)
class Guard:
    """Raises NotFound when the context's actor may not see the campaign of this id."""

    see: Callable[[Context, AsyncConnection, UUID], Awaitable[Any]]
