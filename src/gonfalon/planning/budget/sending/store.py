"""Database calls for what sent messages cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.offers import Channel
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run

LOOKS_BACK = timedelta(days=92)
"""For how long a line or an exchange rate may be missing and the messages are still entered."""


@dataclass(frozen=True, slots=True)
class SentDay:
    """Messages of a touchpoint that were taken on one day of the workspace's. line_id None: nothing pays for them."""

    campaign_id: UUID
    touchpoint_id: UUID
    name: str
    channel: str
    line_id: UUID | None
    day: date
    messages: int

    @property
    def external_id(self) -> str:
        """Return the number of its entry, which there can only be one of."""
        return f"sent:{self.touchpoint_id}:{self.day.isoformat()}"


def paid_channels(ctx: Context) -> dict[str, Channel]:
    """Return the channels whose messages cost something, by name."""
    return {channel.name: channel for channel in ctx.services.offered(Channel) if channel.cost is not None}


async def list_unentered(
    ctx: Context, connection: AsyncConnection, until: date, campaign_ids: Sequence[UUID] | None = None
) -> list[SentDay]:
    """List days before `until` whose messages cost something that no entry says yet; of these campaigns, or of all."""
    channels = list(paid_channels(ctx))
    if not channels:
        return []
    end = datetime.combine(until, time(), ctx.zone)
    found = await run(
        connection,
        "gonfalon.planning.budget",
        "list_unentered",
        workspace_id=ctx.workspace.id,
        channels=channels,
        zone=str(ctx.zone),
        since=end - LOOKS_BACK,
        until=end,
        campaigns=None if campaign_ids is None else list(campaign_ids),
    )
    return shaped(found, SentDay)
