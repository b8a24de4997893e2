"""Write, close and reopen retrospectives, and make their next actions tasks."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, within
from gonfalon.accounts.members.store import check_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import insert_row
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.merging import SavedText, merge_save
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.retrospective import store
from gonfalon.planning.playbook.retrospective.model import MOST_ACTIONS, MOST_TEXT, RetroSection
from gonfalon.planning.playbook.retrospective.rules import has_begun
from gonfalon.planning.playbook.retrospective.schemas import RetroResult
from gonfalon.planning.tables.playbook import retrospective_actions
from gonfalon.planning.timeline.actions import create_task
from gonfalon.planning.timeline.model import TaskDraft


async def save_passage(
    ctx: Context, campaign_id: UUID, section: RetroSection, version: int, text: str, base: str | None
) -> SavedText:
    """Save a passage as changed from `version`, or from `base` where the writer went on typing meanwhile.

    Nobody's words are lost: it is merged like a brief's. The same save twice changes nothing.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        present = await store.newest_text(connection, campaign_id, section)
        saved = await merge_save(
            text,
            version,
            base,
            present=present,
            text_at=partial(store.text_at, connection, campaign_id, section),
            most=MOST_TEXT,
        )
        if saved.version == present[0]:
            return saved
        await store.insert_text(ctx, connection, campaign_id, section, saved)
        if present[0] == 0:  # one line for each passage, not one for each pause in typing
            await ctx.audit(
                connection, "retrospective.written", "campaign", campaign_id, campaign.name, section=section.value
            )
        return saved


async def add_action(ctx: Context, campaign_id: UUID, name: str, owner_id: UUID | None) -> UUID:
    """Add something to do next; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Say what is to be done.")
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        await check_members(ctx, connection, [owner_id])
        count, behind = await store.count_actions(connection, campaign_id)
        if count >= MOST_ACTIONS:
            raise Invalid(
                "actions_many", f"At most {MOST_ACTIONS} next actions; fewer are done more often.", most=MOST_ACTIONS
            )
        action_id = await insert_row(
            ctx,
            connection,
            retrospective_actions,
            campaign_id=campaign_id,
            name=name.strip(),
            owner_id=owner_id,
            position=behind,
        )
        await ctx.audit(
            connection, "retrospective.action_added", "campaign", campaign_id, campaign.name, what=name.strip()
        )
    return action_id


async def remove_action(ctx: Context, campaign_id: UUID, action_id: UUID) -> None:
    """Remove a next action; a task it became stays where it is."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        name = await store.delete_action(ctx, connection, campaign_id, action_id)
        await ctx.audit(connection, "retrospective.action_removed", "campaign", campaign_id, campaign.name, what=name)


async def make_task(ctx: Context, campaign_id: UUID, action_id: UUID, into_id: UUID) -> UUID:
    """Make a next action a task of a campaign, for its owner; return the task's id.

    Raises Conflict when it is one already.

    Also after the close: what is to be done next is done then.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await find_campaign(ctx, connection, campaign_id)
        await store.lock_retrospective(ctx, connection, campaign_id)
        action = await store.find_action(ctx, connection, campaign_id, action_id)
        if action.task_id is not None:
            raise Conflict("action_is_task", "This is a task already; change it there.")
        task_id = await create_task(
            within(ctx, connection), into_id, TaskDraft(name=action.name, owner_id=action.owner_id)
        )
        await store.note_task(ctx, connection, action_id, task_id)
        await ctx.audit(
            connection, "retrospective.task_made", "campaign", into_id, None, task=action.name, learned_in=campaign.name
        )
    return task_id


async def close_retrospective(ctx: Context, campaign_id: UUID, results: list[RetroResult]) -> None:
    """Close a retrospective: the numbers shown now stay with it, and nothing in it changes until it is opened again."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        overview = await find_overview(ctx, connection, campaign_id)
        if not has_begun(overview, ctx.today):
            raise Conflict("retrospective_early", "This campaign has not begun; there is nothing to look back on yet.")
        facts = await store.load_facts(ctx, connection, overview)
        written = {row.section for row in await store.list_passages(ctx, connection, campaign_id) if row.text.strip()}
        if not written & {RetroSection.WORKED, RetroSection.LACKED}:
            raise Invalid("retrospective_empty", "Write what worked or what lacked before you close it.")
        await store.write_close(
            ctx,
            connection,
            campaign_id,
            results=[result.model_dump(mode="json") for result in results],
            facts=facts.model_dump(mode="json"),
        )
        await ctx.audit(connection, "retrospective.closed", "campaign", campaign_id, campaign.name)


async def reopen_retrospective(ctx: Context, campaign_id: UUID) -> None:
    """Reopen a closed retrospective: its numbers are live again."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await find_campaign(ctx, connection, campaign_id)
        present = await store.lock_retrospective(ctx, connection, campaign_id)
        if present.closed_at is None:
            raise Conflict("retrospective_open", "It is open already; go on writing.")
        await store.write_reopening(ctx, connection, campaign_id)
        await ctx.audit(connection, "retrospective.reopened", "campaign", campaign_id, campaign.name)


async def _lock_open(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Campaign:
    campaign = await find_campaign(ctx, connection, campaign_id)
    present = await store.lock_retrospective(ctx, connection, campaign_id)
    if present.closed_at is not None:
        raise Conflict(
            "retrospective_closed",
            f"{present.closed_by or 'Somebody'} closed this retrospective; open it again to change it.",
            closed_by=present.closed_by,
        )
    return campaign
