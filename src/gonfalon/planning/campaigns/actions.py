"""The verbs of campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import members
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns import rules, store
from gonfalon.planning.model import Attribution, CampaignState, Category
from gonfalon.planning.store import save_version
from gonfalon.planning.tables import campaigns, touchpoints


async def create_campaign(
    ctx: Context,
    *,
    name: str,
    category: Category,
    description: str = "",
    leader_id: UUID | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    attribution: Attribution | None = None,
) -> UUID:
    """A planned campaign; returns its id. Without a leader, the member who makes it leads it."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if leader_id is None and ctx.actor.kind == "member" and ctx.actor.id:
        leader_id = UUID(ctx.actor.id)
    values = _values(name, category, description, leader_id, starts_on, ends_on, attribution or Attribution())
    campaign_id = new_id()
    async with ctx.transaction() as connection:
        await _check_leader(ctx, connection, leader_id)
        await store.insert_campaign(
            connection,
            values | {"id": campaign_id, "workspace_id": ctx.workspace.id, "updated_by": ctx.actor.name},
        )
        await ctx.audit(connection, "campaign.created", "campaign", campaign_id, values["name"])
    return campaign_id


async def update_campaign(
    ctx: Context,
    campaign_id: UUID,
    version: int,
    *,
    name: str,
    category: Category,
    description: str,
    leader_id: UUID | None,
    starts_on: date | None,
    ends_on: date | None,
    attribution: Attribution,
) -> None:
    """Saves the campaign as it was at `version` with these values; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(name, category, description, leader_id, starts_on, ends_on, attribution)
    async with ctx.transaction() as connection:
        before = await store.lock_campaign(ctx, connection, campaign_id)
        if leader_id != before.leader_id:
            await _check_leader(ctx, connection, leader_id)
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        changed = {key: _plain(value) for key, value in values.items() if value != getattr(before, key)}
        await ctx.audit(connection, "campaign.changed", "campaign", campaign_id, values["name"], changed=changed)


async def move_campaign(ctx: Context, campaign_id: UUID, version: int, wanted: CampaignState) -> None:
    """Starts, ends, reopens or archives a campaign; raises Conflict where that makes no sense."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.now.astimezone(ZoneInfo(ctx.workspace.time_zone)).date()
    async with ctx.transaction() as connection:
        await store.lock_campaign(ctx, connection, campaign_id)
        present = await store.find_campaign(ctx, connection, campaign_id)
        rules.check_move(
            CampaignState(present.state),
            wanted,
            sending=await store.is_sending(connection, campaign_id),
            ends_on=present.ends_on,
            today=today,
        )
        await save_version(ctx, connection, campaigns, campaign_id, version, {"state": wanted.value})
        await ctx.audit(
            connection,
            "campaign.moved",
            "campaign",
            campaign_id,
            present.name,
            before=present.state,
            after=wanted.value,
        )


async def delete_campaign(ctx: Context, campaign_id: UUID) -> None:
    """Deletes a campaign of which nothing was ever launched; what was sent stays, so such a one is archived."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_campaign(ctx, connection, campaign_id)
        launched = await connection.execute(
            select(touchpoints.c.id).where(
                touchpoints.c.campaign_id == campaign_id, touchpoints.c.launched_at.is_not(None)
            )
        )
        if launched.first() is not None:
            raise Conflict(
                "campaign_launched", "Messages of this campaign were launched, so its record stays; archive it instead."
            )
        await connection.execute(
            delete(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
        )
        await ctx.audit(connection, "campaign.deleted", "campaign", campaign_id, present.name)


def _values(
    name: str,
    category: Category,
    description: str,
    leader_id: UUID | None,
    starts_on: date | None,
    ends_on: date | None,
    attribution: Attribution,
) -> dict[str, Any]:
    if not name.strip():
        raise Invalid("name_missing", "Give the campaign a name.")
    if not attribution.conversion_event.strip():
        raise Invalid("conversion_event_missing", "Name the event that counts as a conversion, e.g. Order Completed.")
    rules.check_dates(starts_on, ends_on)
    return {
        "name": name.strip(),
        "category": category.value,
        "description": description,
        "leader_id": leader_id,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "attribution_basis": attribution.basis.value,
        "attribution_days": attribution.days,
        "conversion_event": attribution.conversion_event.strip(),
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, int | str | None) else str(value)


async def _check_leader(ctx: Context, connection: AsyncConnection, leader_id: UUID | None) -> None:
    if leader_id is None:
        return
    found = await connection.execute(
        select(members.c.user_id).where(members.c.workspace_id == ctx.workspace.id, members.c.user_id == leader_id)
    )
    if found.first() is None:
        raise Invalid("leader_unknown", "The leader must be a member of this workspace; invite them first.")
