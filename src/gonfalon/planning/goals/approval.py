"""What an approval of a campaign's goal covers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.approvals.model import Facts, SubjectKind
from gonfalon.approvals.offers import Approvable
from gonfalon.metrics.model import Unit
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.goals.store import find_campaign_goal


async def goal_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Facts:
    """Return the number that is to be reached, from where, and by when.

    Raises NotFound where the campaign has no goal.
    """
    goal = await find_campaign_goal(ctx, connection, campaign_id)
    campaign = await find_overview(ctx, connection, campaign_id)
    money = goal.unit is Unit.MONEY
    content: dict[str, Any] = {"name": goal.name, "metric": goal.metric.value, "deadline_on": goal.deadline.isoformat()}
    for name, value in (("baseline", goal.baseline), ("target", goal.target)):
        if money:
            content[f"{name}_minor"] = None if value is None else int(value)
        else:
            content[name] = None if value is None else str(value.normalize())
    return Facts(
        campaign_id=campaign_id,
        title=goal.name or campaign.name,
        content=content,
        amount_minor=campaign.budget.planned_minor,
        category=campaign.category,
    )


APPROVABLE = (Approvable(SubjectKind.GOAL, facts=goal_facts),)
