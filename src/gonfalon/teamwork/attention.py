"""One thing that wants attention, and where such things come from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context

Tone = Literal["bad", "look"]


@dataclass(frozen=True, slots=True)
class Attention:
    """`code` names the sentence, `values` fill it; `kind` and `id` name the thing it is about."""

    campaign_id: UUID
    code: str
    tone: Tone
    kind: str
    id: UUID
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AttentionSource:
    """Asks a noun what of campaigns wants attention, of each campaign the most urgent first.

    list_for: called once for a page, with one campaign or with all that are looked at.
    """

    list_for: Callable[[Context, AsyncConnection, Sequence[UUID]], Awaitable[list[Attention]]]
