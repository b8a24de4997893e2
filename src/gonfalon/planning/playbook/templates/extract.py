"""Extract a template from a campaign: dates become relative days, people become roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.members.store import list_members
from gonfalon.kit.errors import Invalid
from gonfalon.planning.briefs.model import SINGLES, Passage
from gonfalon.planning.briefs.store import list_passages
from gonfalon.planning.budget.store import list_lines
from gonfalon.planning.campaigns.model import CampaignOverview, Part
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.store import list_parts
from gonfalon.planning.playbook.templates.schemas import (
    MOST_DAYS,
    MOST_TASKS,
    PlanDocument,
    PlanGoal,
    PlanLine,
    PlanLink,
    PlanPassage,
    PlanRole,
    PlanTask,
    PlanTouchpoint,
)
from gonfalon.planning.timeline import store as timeline
from gonfalon.planning.timeline.model import Plan, Task, TaskState
from gonfalon.planning.touchpoints.store import list_touchpoints


@dataclass(frozen=True, slots=True)
class _Names:
    """The keys that the parts of a campaign get in its template."""

    roles: dict[UUID, str]
    tasks: dict[UUID, str]
    touchpoints: dict[UUID, str]


async def extract_plan(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, *, content: bool = False
) -> PlanDocument:
    """Extract everything of a campaign that another one could begin from; raises NotFound.

    Left behind: results, what was spent, states of tasks, baselines, comments, and, unless `content`, what is sent.
    """
    campaign = await find_overview(ctx, connection, campaign_id)
    _, plan = await timeline.load_plan(ctx, connection, campaign_id)
    rows = _in_order(await list_touchpoints(ctx, connection, campaign_id))
    zone = ctx.zone
    sent = {row.id: row.send_at.astimezone(zone) for row in rows if row.send_at is not None}
    kept = [task for task in plan.tasks.values() if task.state is not TaskState.CANCELLED]
    kept = _parents_first(kept)
    if len(kept) > MOST_TASKS:
        raise Invalid(
            "template_large", f"A template holds at most {MOST_TASKS:,} tasks; this campaign has more.", most=MOST_TASKS
        )
    first, last = _days(campaign, [task.starts_on for task in kept], [task.ends_on for task in kept], sent.values())
    roles = await _roles(ctx, connection, campaign, plan)
    names = _Names(
        {role.member_id: role.key for role in roles if role.member_id},
        {task.id: f"t{n}" for n, task in enumerate(kept, 1)},
        {row.id: f"c{n}" for n, row in enumerate(rows, 1)},
    )
    extra = await timeline.list_extras(ctx, connection, campaign_id)
    lines = await list_lines(ctx, connection, campaign_id)
    return PlanDocument(
        category=campaign.category,
        type=campaign.type,
        description=campaign.description,
        days=(last - first).days + 1,
        goal=_goal(campaign, first),
        roles=roles,
        brief=_brief(await list_passages(ctx, connection, campaign_id)),
        tasks=tuple(_task(task, names, first, *extra[task.id]) for task in kept),
        links=tuple(
            PlanLink(
                predecessor=names.tasks[link.predecessor_id],
                successor=names.tasks[link.successor_id],
                kind=link.kind,
                lag_days=link.lag_days,
            )
            for link in plan.links
            if link.predecessor_id in names.tasks and link.successor_id in names.tasks
        ),
        lines=tuple(
            PlanLine(
                key=f"b{n}",
                name=row.name,
                resource=row.resource,
                planned_minor=row.planned_minor,
                task=names.tasks.get(row.task_id) if row.task_id else None,
            )
            for n, row in enumerate(lines, 1)
        ),
        touchpoints=tuple(
            PlanTouchpoint(
                key=names.touchpoints[row.id],
                name=row.name,
                channel=row.channel,
                day=(sent[row.id].date() - first).days if row.id in sent else None,
                at=sent[row.id].time().replace(second=0, microsecond=0) if row.id in sent else None,
                audience_id=row.audience_id,
                sender_identity_id=row.sender_identity_id,
                topic_id=row.topic_id,
                template_id=row.template_id if content else None,
                holdout_percent=row.holdout_percent,
            )
            for row in rows
        ),
    )


def _in_order(rows: list[Any]) -> list[Any]:
    """Return touchpoints by when they are sent, those without a time last."""
    return sorted(rows, key=lambda row: (row.send_at is None, row.send_at and row.send_at.timestamp(), row.id))


async def _roles(
    ctx: Context, connection: AsyncConnection, campaign: CampaignOverview, plan: Plan
) -> tuple[PlanRole, ...]:
    people = {row.id: row.name for row in await list_members(ctx, connection)}
    parts = {row.id: row.part for row in await list_parts(ctx, connection, campaign.id)}
    owners = dict.fromkeys(task.owner_id for task in plan.tasks.values() if task.owner_id is not None)
    wanted = dict.fromkeys([*([campaign.leader_id] if campaign.leader_id else []), *owners, *parts])
    return tuple(
        PlanRole(
            key=f"r{n}",
            name=people[id],
            part=parts.get(id, Part.DOES),
            leads=id == campaign.leader_id,
            member_id=id,
        )
        for n, id in enumerate((id for id in wanted if id in people), 1)
    )


def _goal(campaign: CampaignOverview, first: date) -> PlanGoal | None:
    goal = campaign.goal
    if goal is None:
        return None
    day = max(-MOST_DAYS, min(MOST_DAYS, (goal.deadline - first).days))
    return PlanGoal(metric=goal.metric, target=goal.target, day=day)


def _brief(rows: list[Passage]) -> tuple[PlanPassage, ...]:
    above = [row for row in rows if row.parent_id is None and (row.text or row.section not in SINGLES)]
    place = {row.id: n for n, row in enumerate(above)}
    below = [row for row in rows if row.parent_id in place]
    return tuple(
        PlanPassage(
            section=row.section,
            text=row.text,
            kind=row.kind if row.parent_id else None,
            parent=place[row.parent_id] if row.parent_id else None,
            audience_id=row.audience_id,
        )
        for row in [*above, *below]
    )


def _task(task: Task, names: _Names, first: date, notes: str, touchpoint_id: UUID | None) -> PlanTask:
    def day(on: date | None) -> int | None:
        return None if on is None else max(-MOST_DAYS, min(MOST_DAYS, (on - first).days))

    return PlanTask(
        key=names.tasks[task.id],
        name=task.name,
        kind=task.kind,
        parent=names.tasks[task.parent_id] if task.parent_id else None,
        role=names.roles.get(task.owner_id) if task.owner_id else None,
        duration_days=task.duration_days,
        effort_hours=task.effort_hours,
        notes=notes,
        start_day=day(task.not_before),
        deadline_day=day(task.deadline),
        fixed_day=day(task.fixed_on),
        touchpoint=names.touchpoints.get(touchpoint_id) if touchpoint_id else None,
    )


def _parents_first(kept: list[Task]) -> list[Task]:
    """Return every group before its parts, siblings in their order.

    What hangs below something cancelled goes with it.
    """
    below: dict[UUID | None, list[Task]] = {}
    for task in sorted(kept, key=lambda one: (one.position, one.id)):
        below.setdefault(task.parent_id, []).append(task)
    found: list[Task] = []
    open_ends = list(reversed(below.get(None, [])))
    while open_ends:
        task = open_ends.pop()
        found.append(task)
        open_ends.extend(reversed(below.get(task.id, [])))
    return found


def _days(campaign: CampaignOverview, starts: list[date], ends: list[date], sent: Iterable[Any]) -> tuple[date, date]:
    days = [moment.date() for moment in sent]
    first = campaign.starts_on or min([*starts, *days], default=None)
    last = campaign.ends_on or max([*ends, *days], default=None)
    if first is None and last is None:
        first = campaign.created_at.date()
    first, last = first or last, last or first
    assert first is not None
    assert last is not None
    last = max(first, last)
    if (last - first).days >= MOST_DAYS:
        raise Invalid("template_long", "A template covers at most ten years; give the campaign a first and a last day.")
    return first, last
