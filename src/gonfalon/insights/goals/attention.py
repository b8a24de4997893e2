"""List goals of campaigns that are behind their plan."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, within
from gonfalon.accounts.model import Permission
from gonfalon.insights.goals.rules import behind
from gonfalon.insights.report.actions import read_key_numbers
from gonfalon.kit.errors import Unavailable
from gonfalon.teamwork.attention import Attention


async def of_goals(ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]) -> list[Attention]:
    """List goals that are behind their plan, with how far they are and should be.

    None while the analytics copy is being built: the page says that it is.
    """
    if not ctx.may(Permission.REPORTS_READ):
        return []
    try:
        numbers = await read_key_numbers(within(ctx, connection), campaign_ids, with_goal=True)
    except Unavailable:
        return []
    found = []
    for each in numbers:
        way = None if each.goal is None else behind(each.goal)
        if way is not None:
            done, due = (round(100 * share) for share in way)
            values = {"done": done, "due": due}
            found.append(Attention(each.plan.id, "goal.behind", "look", "goal", each.plan.id, values))
    return found
