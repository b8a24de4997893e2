"""What an approval of a campaign's goal covers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.approvals.model import APPROVABLE, Approvable, Facts, SubjectKind
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.model import GoalMetric, Unit
from gonfalon.planning.goals.store import find_campaign_goal


async def goal_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Facts:
    """The number that is to be reached, from where, and by when; raises NotFound where the campaign has no goal."""
    goal = await find_campaign_goal(ctx, connection, campaign_id)
    campaign = await find_campaign(ctx, connection, campaign_id)
    money = GoalMetric(goal.metric).unit is Unit.MONEY
    content: dict[str, Any] = {"name": goal.name, "metric": goal.metric, "deadline_on": goal.deadline.isoformat()}
    for name in ("baseline", "target"):
        value = getattr(goal, name)
        if money:
            content[f"{name}_minor"] = None if value is None else int(value)
        else:
            content[name] = None if value is None else str(value.normalize())
    return Facts(
        campaign_id=campaign_id,
        title=goal.name or campaign.name,
        content=content,
        amount_minor=int(campaign.planned_minor),
        category=campaign.category,
    )


APPROVABLE[SubjectKind.GOAL] = Approvable(facts=goal_facts)
