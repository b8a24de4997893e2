"""The whole retrospective, as it is shown and printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.retrospective import store
from gonfalon.planning.playbook.retrospective.model import RetroSection
from gonfalon.planning.playbook.retrospective.schemas import (
    RetroActionOut,
    RetroFacts,
    RetroPassage,
    RetroResult,
    RetrospectiveOut,
    RetroTaskRef,
)


async def read_retrospective(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID
) -> tuple[Row[Any], RetrospectiveOut]:
    """The campaign and its retrospective; raises NotFound for a campaign the actor does not see."""
    campaign = await find_campaign(ctx, connection, campaign_id)
    row = await store.find_retrospective(ctx, connection, campaign_id)
    closed = row is not None and row.closed_at is not None
    written = {
        one.section: RetroPassage(section=one.section, text=one.text, version=one.version, updated_by=one.by)
        for one in await store.list_passages(ctx, connection, campaign_id)
    }
    return campaign, RetrospectiveOut(
        closed_at=row.closed_at if row else None,
        closed_by=row.closed_by if row else "",
        passages=[written.get(section.value, RetroPassage(section=section)) for section in RetroSection],
        facts=RetroFacts.model_validate(row.facts)
        if row is not None and closed
        else await store.load_facts(ctx, connection, campaign),
        results=[RetroResult.model_validate(one) for one in row.results] if row is not None and closed else None,
        actions=[_action(one) for one in await store.list_actions(ctx, connection, campaign_id)],
    )


def _action(row: Row[Any]) -> RetroActionOut:
    task = None
    if row.task_id is not None and row.task_campaign_id is not None:
        task = RetroTaskRef(
            id=row.task_id,
            campaign_id=row.task_campaign_id,
            campaign_name=row.task_campaign_name,
            state=row.task_state,
        )
    return RetroActionOut(id=row.id, name=row.name, owner_id=row.owner_id, owner_name=row.owner_name, task=task)
