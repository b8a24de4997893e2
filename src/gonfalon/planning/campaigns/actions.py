"""Create, change, move and delete campaigns, and say who has a part in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import check_members, end_part, give_part
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import delete_row, insert_row, save_version
from gonfalon.approvals.progress import let_join, tell_approvers_again
from gonfalon.approvals.store import asks_for_part, list_waiting
from gonfalon.kit.errors import Conflict, Forbidden, Invalid, NotFound
from gonfalon.planning.campaigns import reading, rules, store
from gonfalon.planning.campaigns.model import CampaignPlan, Part, Stage
from gonfalon.planning.model import CampaignState
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.teamwork.actions import follow, notify, notify_followers
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind


async def create_campaign(ctx: Context, plan: CampaignPlan) -> UUID:
    """Create a planned campaign; return its id. Without a leader, the member who makes it leads it."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if plan.leader_id is None and ctx.actor.kind == "member" and ctx.actor.id:
        plan = replace(plan, leader_id=UUID(ctx.actor.id))
    values = _values(plan)
    async with ctx.transaction() as connection:
        await check_members(ctx, connection, [plan.leader_id], "leader")
        await _check_parent(ctx, connection, None, plan.parent_id)
        campaign_id = await insert_row(ctx, connection, campaigns, **values)
        await ctx.audit(connection, "campaign.created", "campaign", campaign_id, values["name"])
        await _involve(ctx, connection, campaign_id, values["name"], plan.leader_id)
    return campaign_id


async def update_campaign(ctx: Context, campaign_id: UUID, version: int, plan: CampaignPlan) -> None:
    """Save the campaign as it was at `version` with these values; raises Conflict when somebody else was first."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(plan)
    async with ctx.transaction() as connection:
        before = await store.lock_campaign(ctx, connection, campaign_id)
        if plan.leader_id != before.leader_id:
            await check_members(ctx, connection, [plan.leader_id], "leader")
        if plan.parent_id != before.parent_id:
            await _check_parent(ctx, connection, campaign_id, plan.parent_id)
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        stored = _columns(before)
        changed = {key: _plain(value) for key, value in values.items() if value != stored[key]}
        await ctx.audit(connection, "campaign.changed", "campaign", campaign_id, values["name"], changed=changed)
        if plan.leader_id != before.leader_id:
            await _involve(ctx, connection, campaign_id, values["name"], plan.leader_id)


async def move_stage(ctx: Context, campaign_id: UUID, version: int, wanted: Stage, reason: str) -> None:
    """Take a campaign to its next stage, or back to an earlier one.

    Raises Conflict (`stage_needs`, with the codes of what is missing) when the stage is not complete and no reason
    to go on without is given; the audit line keeps the reason.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await store.lock_campaign(ctx, connection, campaign_id)
        present = await reading.find_overview(ctx, connection, campaign_id)
        if present.state is CampaignState.ARCHIVED:
            raise Conflict("campaign_archived", "The campaign is archived; restore it first.")
        facts = await reading.stage_facts(ctx, connection, present)
        rules.check_stage(present.stage, wanted, rules.needs(present.stage, facts), reason)
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
            before=present.stage.value,
            after=wanted.value,
            reason=reason.strip(),
        )
        thing = Thing(ThingKind.CAMPAIGN, campaign_id)
        await notify_followers(
            ctx, connection, NoticeKind.CAMPAIGN_CHANGED, thing=thing, title=present.name, campaign_id=campaign_id
        )


async def move_campaign(ctx: Context, campaign_id: UUID, version: int, wanted: CampaignState) -> None:
    """Start, end, reopen or archive a campaign; raises Conflict where that makes no sense."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    today = ctx.today
    async with ctx.transaction() as connection:
        await store.lock_campaign(ctx, connection, campaign_id)
        present = await store.find_campaign(ctx, connection, campaign_id)
        rules.check_move(
            present.state,
            wanted,
            sending=await store.is_sending(connection, campaign_id),
            ends_on=present.ends_on,
            today=today,
        )
        values = {"state": wanted.value, "stage": rules.stage_of(present.stage, wanted).value}
        await save_version(ctx, connection, campaigns, campaign_id, version, values)
        await ctx.audit(
            connection,
            "campaign.moved",
            "campaign",
            campaign_id,
            present.name,
            before=present.state.value,
            after=wanted.value,
        )


async def set_part(ctx: Context, campaign_id: UUID, user_id: UUID, part: Part) -> None:
    """Give a member a part in the campaign, or another one than before; raises Invalid for somebody who left.

    Who has the part already is not told again.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await store.lock_campaign(ctx, connection, campaign_id)
        name = (await check_members(ctx, connection, [user_id], "member"))[user_id]
        if part.value == await store.part_of(ctx, connection, campaign_id, user_id):
            return
        await _check_approvers(ctx, connection, campaign_id, user_id, part)
        await give_part(ctx, connection, campaign_id, user_id, part.value)
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
        for row in await list_waiting(ctx, connection, campaign_id):
            await let_join(ctx, connection, row)
            await tell_approvers_again(ctx, connection, row)


async def remove_part(ctx: Context, campaign_id: UUID, user_id: UUID) -> None:
    """Remove somebody from the campaign; a guest does not see it any more from this moment."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await store.lock_campaign(ctx, connection, campaign_id)
        await _check_approvers(ctx, connection, campaign_id, user_id, None)
        if not await end_part(ctx, connection, campaign_id, user_id):
            raise NotFound("campaign_member_unknown", "They have no part in this campaign.")
        await ctx.audit(
            connection, "campaign.member_removed", "campaign", campaign_id, campaign.name, member=str(user_id)
        )


async def delete_campaign(ctx: Context, campaign_id: UUID) -> None:
    """Delete a campaign of which nothing was ever launched; what was sent stays, so such a one is archived."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_campaign(ctx, connection, campaign_id)
        if await store.has_record(ctx, connection, campaign_id):
            raise Conflict(
                "campaign_launched",
                "Something of this campaign was launched or done, so its record stays; archive it instead.",
            )
        await delete_row(ctx, connection, campaigns, campaign_id)
        await ctx.audit(connection, "campaign.deleted", "campaign", campaign_id, present.name)


async def _check_approvers(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, user_id: UUID, part: Part | None
) -> None:
    """Raise Forbidden where a rule asks the campaign's approver, and whom it binds would choose another one.

    The first approver is named by the team; whoever approves may always give it up.
    """
    present = {each.id for each in await store.list_parts(ctx, connection, campaign_id) if each.part == Part.APPROVES}
    adds, takes = part is Part.APPROVES and user_id not in present, part is not Part.APPROVES and user_id in present
    if not present or not (adds or takes) or ctx.may(Permission.APPROVALS_MANAGE):
        return
    if takes and ctx.actor.id == str(user_id):
        return
    if await asks_for_part(ctx, connection):
        raise Forbidden(
            "approvers_bound",
            "A rule asks who approves in this campaign, so only an owner can change who that is.",
        )


async def _involve(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, name: str, user_id: UUID | None
) -> None:
    """Let somebody who leads or works on a campaign follow it, and tell them of their part."""
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
    return _columns(plan)


def _columns(plan: CampaignPlan) -> dict[str, Any]:
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


async def _check_parent(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID | None, parent_id: UUID | None
) -> None:
    if parent_id is None:
        return
    chain = await store.ancestors(ctx, connection, parent_id)
    if not chain:
        raise Invalid("parent_unknown", "There is no such campaign to put this one under.")
    if campaign_id in chain:
        raise Invalid("parent_cycle", "A campaign cannot be a part of itself; choose another one above it.")
    if len(chain) >= rules.DEEPEST:
        raise Invalid(
            "parent_deep",
            f"Campaigns go at most {rules.DEEPEST} levels deep; choose one further up.",
            most=rules.DEEPEST,
        )
