"""Database calls of retrospectives."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import users
from gonfalon.planning.campaigns.access import seen_campaigns
from gonfalon.planning.playbook.retrospective.model import WORST, RetroSection
from gonfalon.planning.playbook.retrospective.schemas import LateTask, RetroFacts
from gonfalon.planning.playbook.tables import retrospective_actions, retrospective_passages, retrospectives
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import campaigns
from gonfalon.planning.timeline.tables import tasks

_P = retrospective_passages.c


async def lock_retrospective(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any]:
    """The campaign's retrospective, begun if nobody has, locked until the transaction ends."""
    await connection.execute(
        upsert(retrospectives)
        .values(id=campaign_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name)
        .on_conflict_do_nothing()
    )
    found = await connection.execute(
        select(retrospectives)
        .where(retrospectives.c.id == campaign_id, retrospectives.c.workspace_id == ctx.workspace.id)
        .with_for_update()
    )
    return found.one()


async def find_retrospective(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any] | None:
    """The campaign's retrospective, None while nobody has begun it."""
    found = await connection.execute(
        select(retrospectives).where(
            retrospectives.c.id == campaign_id, retrospectives.c.workspace_id == ctx.workspace.id
        )
    )
    return found.first()


async def list_passages(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """Every passage that somebody wrote, as it is now."""
    found = await connection.execute(
        select(retrospective_passages)
        .ext(distinct_on(_P.section))
        .where(_P.campaign_id == campaign_id, _P.workspace_id == ctx.workspace.id)
        .order_by(_P.section, _P.version.desc())
    )
    return list(found.all())


async def text_at(
    connection: AsyncConnection, campaign_id: UUID, section: RetroSection, version: int | None
) -> tuple[int, str]:
    """A passage's text at a version, or the newest (None). Version 0 is empty. Raises NotFound."""
    if version == 0:
        return 0, ""
    query = select(_P.version, _P.text).where(_P.campaign_id == campaign_id, _P.section == section.value)
    if version is not None:
        query = query.where(_P.version == version)
    row = (await connection.execute(query.order_by(_P.version.desc()).limit(1))).first()
    if row is None:
        if version is None:
            return 0, ""
        raise not_found("passage version")
    return row.version, row.text


async def list_actions(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """What is to be done next, in order, with owner and the task it became where the actor may see that."""
    a = retrospective_actions.c
    query: Select[Any] = (
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
    return list((await connection.execute(query)).all())


async def load_facts(ctx: Context, connection: AsyncConnection, campaign: Row[Any]) -> RetroFacts:
    """Money and days of a campaign as `campaigns.store.find_campaign` gives it."""
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
        planned_minor=int(campaign.planned_minor),
        spent_minor=int(campaign.spent_minor),
        tasks=counts.tasks,
        tasks_done=counts.done,
        baselined=counts.baselined,
        late=counts.late,
        slip_days=counts.slip_days,
        ends_on=counts.ends_on,
        latest=[LateTask(name=row.name, slip_days=row.slip_days) for row in latest],
    )
