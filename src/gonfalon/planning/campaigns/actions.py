"""The verbs of campaigns and of who has a part in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns import rules, store
from gonfalon.planning.campaigns.model import CampaignPlan, Part, Stage
from gonfalon.planning.model import CampaignState
from gonfalon.planning.store import save_version
from gonfalon.planning.tables import campaign_members, campaigns, touchpoints
from gonfalon.teamwork.actions import follow, notify, notify_followers
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def create_campaign(ctx: Context, plan: CampaignPlan) -> UUID:
    """A planned campaign; returns its id. Without a leader, the member who makes it leads it."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if plan.leader_id is None and ctx.actor.kind == "member" and ctx.actor.id:
        plan = replace(plan, leader_id=UUID(ctx.actor.id))
    values = _values(plan)
    campaign_id = new_id()
    async with ctx.transaction() as connection:
        await _check_leader(ctx, connection, plan.leader_id)
        await _check_parent(ctx, connection, campaign_id, plan.parent_id)
        await store.insert_campaign(
            connection,
            values | {"id": campaign_id, "workspace_id": ctx.workspace.id, "updated_by": ctx.actor.name},
        )
        await ctx.audit(connection, "campaign.created", "campaign", campaign_id, values["name"])
        await _involve(ctx, connection, campaign_id, values["name"], plan.leader_id)
    return campaign_id


async def update_campaign(ctx: Context, campaign_id: UUID, version: int, plan: CampaignPlan) -> None:
    """Saves the campaign as it was at `version` with these values; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(plan)
    async with ctx.transaction() as connection:
        before = await store.lock_campaign(ctx, connection, campaign_id)
        if plan.leader_id != before.leader_id:
            await _check_leader(ctx, connection, plan.leader_id)
        if plan.parent_id != before.parent_id:
            await _check_parent(ctx, connection, campaign_id, plan.parent_id)
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        changed = {key: _plain(value) for key, value in values.items() if value != getattr(before, key)}
        await ctx.audit(connection, "campaign.changed", "campaign", campaign_id, values["name"], changed=changed)
        if plan.leader_id != before.leader_id:
            await _involve(ctx, connection, campaign_id, values["name"], plan.leader_id)


async def move_stage(ctx: Context, campaign_id: UUID, version: int, wanted: Stage, reason: str) -> None:
    """Takes a campaign to its next stage, or back to an earlier one.

    Raises Conflict (`stage_needs`, with the codes of what is missing) when the stage is not complete and no reason
    to go on without is given; the audit line keeps the reason.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await store.lock_campaign(ctx, connection, campaign_id)
        present = await store.find_campaign(ctx, connection, campaign_id)
        if present.state == CampaignState.ARCHIVED.value:
            raise Conflict("campaign_archived", "The campaign is archived; restore it first.")
        facts = await store.stage_facts(ctx, connection, present)
        stage = Stage(present.stage)
        rules.check_stage(stage, wanted, rules.needs(stage, facts), reason)
        if facts.sending and wanted is not Stage.LAUNCH:
            raise Conflict("campaign_sending", "Messages of this campaign still wait to be sent; cancel them first.")
        values = {"stage": wanted.value, "state": wanted.state.value}
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        await ctx.audit(
            connection,
            "campaign.stage_moved",
            "campaign",
            campaign_id,
            present.name,
            before=stage.value,
            after=wanted.value,
            reason=reason.strip(),
        )
        thing = Thing(ThingKind.CAMPAIGN, campaign_id)
        await notify_followers(
            ctx, connection, NoticeKind.CAMPAIGN_CHANGED, thing=thing, title=present.name, campaign_id=campaign_id
        )


async def move_campaign(ctx: Context, campaign_id: UUID, version: int, wanted: CampaignState) -> None:
    """Starts, ends, reopens or archives a campaign; raises Conflict where that makes no sense."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.today
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
        values = {"state": wanted.value, "stage": rules.stage_of(Stage(present.stage), wanted).value}
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        await ctx.audit(
            connection,
            "campaign.moved",
            "campaign",
            campaign_id,
            present.name,
            before=present.state,
            after=wanted.value,
        )


async def set_part(ctx: Context, campaign_id: UUID, user_id: UUID, part: Part) -> None:
    """Gives a member a part in the campaign, or another one than before; raises Invalid for somebody who left."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await store.lock_campaign(ctx, connection, campaign_id)
        name = (
            await connection.execute(
                select(users.c.name)
                .join(members, members.c.user_id == users.c.id)
                .where(members.c.workspace_id == ctx.workspace.id, users.c.id == user_id)
            )
        ).scalar_one_or_none()
        if name is None:
            raise Invalid("member_unknown", "They are not a member of this workspace; invite them first.")
        values = {"part": part.value, "added_by": ctx.actor.name}
        await connection.execute(
            insert(campaign_members)
            .values(campaign_id=campaign_id, user_id=user_id, workspace_id=ctx.workspace.id, **values)
            .on_conflict_do_update(index_elements=["campaign_id", "user_id"], set_=values)
        )
        await ctx.audit(
            connection,
            "campaign.member_set",
            "campaign",
            campaign_id,
            campaign.name,
            member=str(user_id),
            member_name=name,
            part=part.value,
        )
        await _involve(ctx, connection, campaign_id, campaign.name, user_id)


async def remove_part(ctx: Context, campaign_id: UUID, user_id: UUID) -> None:
    """Takes somebody out of the campaign; a guest does not see it any more from this moment."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await store.lock_campaign(ctx, connection, campaign_id)
        gone = await connection.execute(
            delete(campaign_members).where(
                campaign_members.c.campaign_id == campaign_id, campaign_members.c.user_id == user_id
            )
        )
        if not gone.rowcount:
            raise NotFound("campaign_member_unknown", "They have no part in this campaign.")
        await ctx.audit(
            connection, "campaign.member_removed", "campaign", campaign_id, campaign.name, member=str(user_id)
        )


async def delete_campaign(ctx: Context, campaign_id: UUID) -> None:
    """Deletes a campaign of which nothing was ever launched; what was sent stays, so such a one is archived."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_campaign(ctx, connection, campaign_id)
        launched = await connection.execute(
            select(touchpoints.c.id).where(
                touchpoints.c.campaign_id == campaign_id,
                touchpoints.c.launched_at.is_not(None) | touchpoints.c.done_on.is_not(None),
            )
        )
        if launched.first() is not None:
            raise Conflict(
                "campaign_launched",
                "Something of this campaign was launched or done, so its record stays; archive it instead.",
            )
        await connection.execute(
            delete(campaigns).where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
        )
        await ctx.audit(connection, "campaign.deleted", "campaign", campaign_id, present.name)


async def _involve(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, name: str, user_id: UUID | None
) -> None:
    """Somebody who leads or works on a campaign follows it, and hears of their part."""
    if user_id is None:
        return
    thing = Thing(ThingKind.CAMPAIGN, campaign_id)
    await follow(ctx, connection, thing, [user_id], campaign_id=campaign_id)
    await notify(ctx, connection, NoticeKind.ASSIGNED, to=[user_id], thing=thing, title=name, campaign_id=campaign_id)


def _values(plan: CampaignPlan) -> dict[str, Any]:
    if not plan.name.strip():
        raise Invalid("name_missing", "Give the campaign a name.")
    if not plan.attribution.conversion_event.strip():
        raise Invalid("conversion_event_missing", "Name the event that counts as a conversion, e.g. Order Completed.")
    rules.check_dates(plan.starts_on, plan.ends_on)
    return {
        "name": plan.name.strip(),
        "category": plan.category.value,
        "type": plan.type.value,
        "description": plan.description,
        "leader_id": plan.leader_id,
        "parent_id": plan.parent_id,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
        "attribution_basis": plan.attribution.basis.value,
        "attribution_days": plan.attribution.days,
        "conversion_event": plan.attribution.conversion_event.strip(),
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


async def _check_parent(ctx: Context, connection: AsyncConnection, campaign_id: UUID, parent_id: UUID | None) -> None:
    if parent_id is None:
        return
    chain = await store.ancestors(ctx, connection, parent_id)
    if not chain:
        raise Invalid("parent_unknown", "There is no such campaign to put this one under.")
    if campaign_id in chain:
        raise Invalid("parent_cycle", "A campaign cannot be a part of itself; choose another one above it.")
    if len(chain) >= rules.DEEPEST:
        raise Invalid("parent_deep", f"Campaigns go at most {rules.DEEPEST} levels deep; choose one further up.")
