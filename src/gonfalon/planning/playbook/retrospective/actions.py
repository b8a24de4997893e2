"""The verbs of retrospectives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, within
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.briefs.merge import Merged, merge
from gonfalon.planning.campaigns.access import see_campaign
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.playbook.retrospective import store
from gonfalon.planning.playbook.retrospective.model import MOST_ACTIONS, MOST_TEXT, RetroSection
from gonfalon.planning.playbook.retrospective.schemas import RetroResult
from gonfalon.planning.playbook.tables import retrospective_actions, retrospective_passages, retrospectives
from gonfalon.planning.store import not_found
from gonfalon.planning.timeline.actions import create_task
from gonfalon.planning.timeline.model import TaskDraft
from gonfalon.planning.timeline.store import check_members


@dataclass(frozen=True, slots=True)
class Kept:
    """What stands in a passage after a save: merged with somebody else's change where there was one."""

    version: int
    text: str
    merged: bool
    both: bool


async def save_passage(
    ctx: Context, campaign_id: UUID, section: RetroSection, version: int, text: str, base: str | None
) -> Kept:
    """Saves a passage as changed from `version`, or from `base` where the writer went on typing meanwhile.

    Nobody's words are lost: it is merged like a brief's. The same save twice changes nothing.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        present, theirs = await store.text_at(connection, campaign_id, section, None)
        if version > present:
            raise Invalid("version_unknown", "This passage never had that version; load it again.")
        merged = Merged(text)
        if base is None and version != present:
            base = (await store.text_at(connection, campaign_id, section, version))[1]
        if base is not None:
            merged = merge(base, text, theirs)
        with_others = merged.text != text
        if merged.text == theirs:
            return Kept(present, theirs, with_others, merged.both)
        if len(merged.text) > MOST_TEXT:
            raise Invalid("passage_long", f"A passage holds at most {MOST_TEXT:,} characters; make it shorter.")
        await connection.execute(
            insert(retrospective_passages).values(
                campaign_id=campaign_id,
                section=section.value,
                version=present + 1,
                workspace_id=ctx.workspace.id,
                text=merged.text,
                by=ctx.actor.name,
            )
        )
        if present == 0:  # one line for each passage, not one for each pause in typing
            await ctx.audit(
                connection, "retrospective.written", "campaign", campaign_id, campaign.name, section=section.value
            )
        return Kept(present + 1, merged.text, with_others, merged.both)


async def add_action(ctx: Context, campaign_id: UUID, name: str, owner_id: UUID | None) -> UUID:
    """Something to do next; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not name.strip():
        raise Invalid("name_missing", "Say what is to be done.")
    action_id = new_id()
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        await check_members(ctx, connection, [owner_id])
        count, last = (
            await connection.execute(
                select(func.count(), func.coalesce(func.max(retrospective_actions.c.position), -1)).where(
                    retrospective_actions.c.campaign_id == campaign_id
                )
            )
        ).one()
        if count >= MOST_ACTIONS:
            raise Invalid("actions_many", f"At most {MOST_ACTIONS} next actions; fewer are done more often.")
        await connection.execute(
            insert(retrospective_actions).values(
                id=action_id,
                workspace_id=ctx.workspace.id,
                campaign_id=campaign_id,
                name=name.strip(),
                owner_id=owner_id,
                position=last + 1,
            )
        )
        await ctx.audit(
            connection, "retrospective.action_added", "campaign", campaign_id, campaign.name, what=name.strip()
        )
    return action_id


async def remove_action(ctx: Context, campaign_id: UUID, action_id: UUID) -> None:
    """Takes an action out; a task it became stays where it is."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        gone = await connection.execute(
            delete(retrospective_actions)
            .where(retrospective_actions.c.id == action_id, retrospective_actions.c.campaign_id == campaign_id)
            .returning(retrospective_actions.c.name)
        )
        name = gone.scalar_one_or_none()
        if name is None:
            raise not_found("action")
        await ctx.audit(connection, "retrospective.action_removed", "campaign", campaign_id, campaign.name, what=name)


async def make_task(ctx: Context, campaign_id: UUID, action_id: UUID, into_id: UUID) -> UUID:
    """Makes the action a task of a campaign, for its owner; returns the task. Raises Conflict when it is one already.

    Also after the close: what is to be done next is done then.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await see_campaign(ctx, connection, campaign_id)
        campaign = await find_campaign(ctx, connection, campaign_id)
        await store.lock_retrospective(ctx, connection, campaign_id)
        mine = (retrospective_actions.c.id == action_id) & (retrospective_actions.c.campaign_id == campaign_id)
        action = (await connection.execute(select(retrospective_actions).where(mine))).first()
        if action is None:
            raise not_found("action")
        if action.task_id is not None:
            raise Conflict("action_is_task", "This is a task already; change it there.")
        task_id = await create_task(
            within(ctx, connection), into_id, TaskDraft(name=action.name, owner_id=action.owner_id)
        )
        await connection.execute(update(retrospective_actions).where(mine).values(task_id=task_id))
        await ctx.audit(
            connection, "retrospective.task_made", "campaign", into_id, None, task=action.name, learned_in=campaign.name
        )
    return task_id


async def close_retrospective(ctx: Context, campaign_id: UUID, results: list[RetroResult]) -> None:
    """Closes it: the numbers shown now stay with it, and nothing in it changes until it is opened again."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await _lock_open(ctx, connection, campaign_id)
        facts = await store.load_facts(ctx, connection, await find_campaign(ctx, connection, campaign_id))
        written = {row.section for row in await store.list_passages(ctx, connection, campaign_id) if row.text.strip()}
        if not written & {RetroSection.WORKED.value, RetroSection.LACKED.value}:
            raise Invalid("retrospective_empty", "Write what worked or what lacked before you close it.")
        await connection.execute(
            update(retrospectives)
            .where(retrospectives.c.id == campaign_id)
            .values(
                closed_at=ctx.now,
                closed_by=ctx.actor.name,
                results=[result.model_dump(mode="json") for result in results],
                facts=facts.model_dump(mode="json"),
                version=retrospectives.c.version + 1,
                updated_at=func.now(),
                updated_by=ctx.actor.name,
            )
        )
        await ctx.audit(connection, "retrospective.closed", "campaign", campaign_id, campaign.name)


async def reopen_retrospective(ctx: Context, campaign_id: UUID) -> None:
    """Opens a closed one again: its numbers are live again."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await see_campaign(ctx, connection, campaign_id)
        campaign = await find_campaign(ctx, connection, campaign_id)
        present = await store.lock_retrospective(ctx, connection, campaign_id)
        if present.closed_at is None:
            raise Conflict("retrospective_open", "It is open already; go on writing.")
        await connection.execute(
            update(retrospectives)
            .where(retrospectives.c.id == campaign_id)
            .values(
                closed_at=None,
                closed_by="",
                results=None,
                facts=None,
                version=retrospectives.c.version + 1,
                updated_at=func.now(),
                updated_by=ctx.actor.name,
            )
        )
        await ctx.audit(connection, "retrospective.reopened", "campaign", campaign_id, campaign.name)


async def _lock_open(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Any:
    await see_campaign(ctx, connection, campaign_id)
    campaign = await find_campaign(ctx, connection, campaign_id)
    present = await store.lock_retrospective(ctx, connection, campaign_id)
    if present.closed_at is not None:
        raise Conflict(
            "retrospective_closed",
            f"{present.closed_by or 'Somebody'} closed this retrospective; open it again to change it.",
        )
    return campaign
