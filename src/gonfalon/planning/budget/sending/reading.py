"""Read what sent messages cost that no entry says yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.channels.offers import Price
from gonfalon.planning.budget.sending.store import SentDay, list_unentered, paid_channels


@dataclass(frozen=True, slots=True)
class SentCost:
    """What a day's messages cost, in minor units of the price's currency."""

    day: SentDay
    price: Price
    amount_minor: int


async def list_costs(
    ctx: Context, connection: AsyncConnection, until: date, campaign_ids: Sequence[UUID] | None = None
) -> list[SentCost]:
    """List what days before `until` cost that no entry says yet; of these campaigns, or of all.

    What comes to less than half a minor unit is no amount that an entry could say, and is left out.
    """
    days = await list_unentered(ctx, connection, until, campaign_ids)
    named = {each.channel for each in days}
    prices = {
        name: await channel.cost(connection, ctx.workspace.id)
        for name, channel in paid_channels(ctx).items()
        if name in named and channel.cost is not None
    }
    found = [SentCost(each, (price := prices[each.channel]), round(each.messages * price.amount)) for each in days]
    return [each for each in found if each.amount_minor > 0]
