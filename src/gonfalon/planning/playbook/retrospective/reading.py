"""Read the whole retrospective, as it is shown and printed."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.campaigns.model import CampaignOverview
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.playbook.retrospective import store
from gonfalon.planning.playbook.retrospective.model import RetroSection
from gonfalon.planning.playbook.retrospective.rules import has_begun
from gonfalon.planning.playbook.retrospective.schemas import RetroFacts, RetroResult, RetrospectiveOut


async def read_retrospective(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID
) -> tuple[CampaignOverview, RetrospectiveOut]:
    """Read the campaign and its retrospective; raises NotFound for a campaign the actor does not see."""
    campaign = await find_overview(ctx, connection, campaign_id)
    row = await store.find_retrospective(ctx, connection, campaign_id)
    closed = row is not None and row.closed_at is not None
    written = {one.section: one for one in await store.list_passages(ctx, connection, campaign_id)}
    return campaign, RetrospectiveOut(
        begun=closed or has_begun(campaign, ctx.today),
        closed_at=row.closed_at if row else None,
        closed_by=row.closed_by if row else "",
        passages=[written.get(section, {"section": section}) for section in RetroSection],
        facts=RetroFacts.model_validate(row.facts)
        if row is not None and closed
        else await store.load_facts(ctx, connection, campaign),
        results=[RetroResult.model_validate(one) for one in row.results or ()] if row is not None and closed else None,
        actions=await store.list_actions(ctx, connection, campaign_id),
    )
