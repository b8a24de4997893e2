"""Database calls of retrospectives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import users
from gonfalon.accounts.versions import known, not_found
from gonfalon.kit.merging import SavedText
from gonfalon.kit.queries import end_of
from gonfalon.kit.rows import all_of, first_of, one_of
from gonfalon.planning.campaigns.model import CampaignOverview
from gonfalon.planning.playbook.retrospective.model import (
    WORST,
    BareAction,
    NextAction,
    RetroPassage,
    RetroSection,
    Retrospective,
)
from gonfalon.planning.playbook.retrospective.schemas import LateTask, RetroFacts
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.playbook import retrospective_actions, retrospective_passages, retrospectives
from gonfalon.planning.tables.timeline import tasks

_P = retrospective_passages.c
_A = retrospective_actions.c


def _mine(ctx: Context, campaign_id: UUID) -> Select[Any]:
    r = retrospectives.c
    return select(retrospectives).where(r.id == campaign_id, r.workspace_id == ctx.workspace.id)


async def lock_retrospective(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Retrospective:
    """Lock the campaign's retrospective until the transaction ends; begin it if nobody has."""
    await connection.execute(
        upsert(retrospectives)
        .values(id=campaign_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name)
        .on_conflict_do_nothing()
    )
    return await one_of(connection, _mine(ctx, campaign_id).with_for_update(), Retrospective)


async def find_retrospective(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Retrospective | None:
    """Find the campaign's retrospective, None while nobody has begun it."""
    return await first_of(connection, _mine(ctx, campaign_id), Retrospective)


async def list_passages(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[RetroPassage]:
    """List every passage that somebody wrote, as it is now."""
    query = (
        select(_P.section, _P.text, _P.version, _P.by.label("updated_by"))
        .ext(distinct_on(_P.section))
        .where(_P.campaign_id == campaign_id, _P.workspace_id == ctx.workspace.id)
        .order_by(_P.section, _P.version.desc())
    )
    return await all_of(connection, query, RetroPassage)


async def newest_text(connection: AsyncConnection, campaign_id: UUID, section: RetroSection) -> tuple[int, str]:
    """Return a passage's newest version and its text; 0 and nothing while nobody has written it."""
    found = await connection.execute(
        select(_P.version, _P.text)
        .where(_P.campaign_id == campaign_id, _P.section == section.value)
        .order_by(_P.version.desc())
        .limit(1)
    )
    row = found.first()
    return (0, "") if row is None else (row.version, row.text)


async def text_at(connection: AsyncConnection, campaign_id: UUID, section: RetroSection, version: int) -> str:
    """Return a passage's text at a version; version 0 is empty. Raises NotFound for one it never had."""
    if version == 0:
        return ""
    found = await connection.execute(
        select(_P.text).where(_P.campaign_id == campaign_id, _P.section == section.value, _P.version == version)
    )
    text: str | None = found.scalar_one_or_none()
    if text is None:
        raise not_found("passage version")
    return text


async def insert_text(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, section: RetroSection, saved: SavedText
) -> None:
    """Write a passage's next version."""
    await connection.execute(
        insert(retrospective_passages).values(
            campaign_id=campaign_id,
            section=section.value,
            version=saved.version,
            workspace_id=ctx.workspace.id,
            text=saved.text,
            by=ctx.actor.name,
        )
    )


async def list_actions(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[NextAction]:
    """List what is to be done next, in order, with owner and the task it became where the actor may see that."""
    a = retrospective_actions.c
    query = (
        select(
            a.id,
            a.name,
            a.owner_id,
            func.coalesce(users.c.name, "").label("owner_name"),
            a.task_id,
            tasks.c.state.label("task_state"),
            campaigns.c.id.label("task_campaign_id"),
            campaigns.c.name.label("task_campaign_name"),
        )
        .outerjoin(users, users.c.id == a.owner_id)
        .outerjoin(tasks, tasks.c.id == a.task_id)
        .outerjoin(campaigns, (campaigns.c.id == tasks.c.campaign_id) & seen_campaigns(ctx, campaigns.c.id))
        .where(a.campaign_id == campaign_id, a.workspace_id == ctx.workspace.id)
        .order_by(a.position, a.id)
    )
    return await all_of(connection, query, NextAction)


async def load_facts(ctx: Context, connection: AsyncConnection, campaign: CampaignOverview) -> RetroFacts:
    """Load money and days of a campaign."""
    t = tasks.c
    mine = (t.campaign_id == campaign.id) & (t.workspace_id == ctx.workspace.id) & (t.state != "cancelled")
    children = tasks.alias("children")
    leaf = ~select(children.c.id).where(children.c.parent_id == t.id).exists()
    ended = case((t.state == "done", func.coalesce(t.done_on, t.ends_on)), else_=t.ends_on)
    slip = ended - t.baseline_ends_on
    held = t.baseline_ends_on.is_not(None)
    counts = (
        await connection.execute(
            select(
                func.count().label("tasks"),
                func.count().filter(t.state == "done").label("done"),
                func.count().filter(held).label("baselined"),
                func.count().filter(held, slip > 0).label("late"),
                func.max(ended).label("ends_on"),
                (func.max(ended).filter(held) - func.max(t.baseline_ends_on)).label("slip_days"),
            ).where(mine, leaf)
        )
    ).one()
    latest = await connection.execute(
        select(t.name, slip.label("slip_days"))
        .where(mine, leaf, held, slip > 0)
        .order_by(slip.desc(), t.position, t.id)
        .limit(WORST)
    )
    return RetroFacts(
        currency=ctx.workspace.currency,
        planned_minor=campaign.budget.planned_minor,
        spent_minor=campaign.budget.spent_minor,
        tasks=counts.tasks,
        tasks_done=counts.done,
        baselined=counts.baselined,
        late=counts.late,
        slip_days=counts.slip_days,
        ends_on=counts.ends_on,
        latest=[LateTask(name=row.name, slip_days=row.slip_days) for row in latest],
    )


async def count_actions(connection: AsyncConnection, campaign_id: UUID) -> tuple[int, int]:
    """Count the next actions, and return the position behind the last."""
    return await end_of(connection, _A.position, _A.campaign_id == campaign_id)


async def find_action(ctx: Context, connection: AsyncConnection, campaign_id: UUID, action_id: UUID) -> BareAction:
    """Find one next action of the campaign; raises NotFound."""
    query = select(retrospective_actions).where(
        _A.id == action_id, _A.campaign_id == campaign_id, _A.workspace_id == ctx.workspace.id
    )
    return known(await first_of(connection, query, BareAction), "action")


async def delete_action(ctx: Context, connection: AsyncConnection, campaign_id: UUID, action_id: UUID) -> str:
    """Delete a next action; return its name. Raises NotFound."""
    gone = await connection.execute(
        delete(retrospective_actions)
        .where(_A.id == action_id, _A.campaign_id == campaign_id, _A.workspace_id == ctx.workspace.id)
        .returning(_A.name)
    )
    name: str | None = gone.scalar_one_or_none()
    if name is None:
        raise not_found("action")
    return name


async def note_task(ctx: Context, connection: AsyncConnection, action_id: UUID, task_id: UUID) -> None:
    """Note which task a next action became."""
    await connection.execute(
        update(retrospective_actions)
        .where(_A.id == action_id, _A.workspace_id == ctx.workspace.id)
        .values(task_id=task_id)
    )


async def write_close(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, *, results: Any, facts: Any
) -> None:
    """Close a retrospective with the numbers that stay with it."""
    values = {"closed_at": ctx.now, "closed_by": ctx.actor.name, "results": results, "facts": facts}
    await _write(ctx, connection, campaign_id, values)


async def write_reopening(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Open a retrospective again, without the numbers it was closed with."""
    await _write(ctx, connection, campaign_id, {"closed_at": None, "closed_by": "", "results": None, "facts": None})


async def _write(ctx: Context, connection: AsyncConnection, campaign_id: UUID, values: dict[str, Any]) -> None:
    await connection.execute(
        update(retrospectives)
        .where(retrospectives.c.id == campaign_id, retrospectives.c.workspace_id == ctx.workspace.id)
        .values(
            **values,
            version=retrospectives.c.version + 1,
            updated_at=func.now(),
            updated_by=ctx.actor.name,
        )
    )
