"""One thing that wants attention, and where such things come from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context

Tone = Literal["bad", "look"]


@dataclass(frozen=True, slots=True)
class Attention:
    """`code` names the sentence, `values` fill it; `kind` and `id` name the thing it is about."""

    code: str
    tone: Tone
    kind: str
    id: UUID
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttentionSource:
    """Asks one noun of planning what of a campaign wants attention, the most urgent first."""

    list_for: Callable[[Context, AsyncConnection, UUID], Awaitable[list[Attention]]]
