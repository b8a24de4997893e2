"""Instantiate a template: a campaign and everything of it in one transaction, by planning's other nouns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, within
from gonfalon.accounts.members.store import list_members
from gonfalon.accounts.model import Permission
from gonfalon.accounts.workdays.store import load_weeks
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import all_senders
from gonfalon.content.tables import templates
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import topics
from gonfalon.planning.briefs.actions import add_passage, save_text
from gonfalon.planning.briefs.model import Section, single_id
from gonfalon.planning.budget.actions import add_lines
from gonfalon.planning.budget.model import LineDraft
from gonfalon.planning.campaigns.actions import create_campaign, set_part
from gonfalon.planning.campaigns.model import CampaignPlan, Part
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.actions import set_goal
from gonfalon.planning.model import Goal, TouchpointChannel
from gonfalon.planning.playbook.templates import rules, store
from gonfalon.planning.playbook.templates.extract import extract_plan
from gonfalon.planning.playbook.templates.schemas import PlanDocument, TemplateWish
from gonfalon.planning.playbook.templates.store import Template
from gonfalon.planning.timeline import store as timeline
from gonfalon.planning.timeline.actions import settle, tell_owners
from gonfalon.planning.timeline.model import Plan, Task, TaskDraft, TaskLink
from gonfalon.planning.timeline.rules import check_task
from gonfalon.planning.touchpoints.actions import create_touchpoint
from gonfalon.planning.touchpoints.model import TouchpointDraft


@dataclass(frozen=True, slots=True)
class Cast:
    """Who has each role by its key; names of members by id; roles whose last holder is not a member any more."""

    holders: dict[str, UUID | None]
    names: dict[UUID, str]
    left: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sketch:
    """All that would be made of a template, before anything is."""

    template: Template
    days: rules.Span
    cast: Cast
    plan: Plan
    """Dated tasks; `keys` has each one's key."""
    keys: dict[UUID, str]
    amounts: dict[str, int]
    here: frozenset[UUID | int]
    """Audiences, senders and topics of the template that are still there."""
    gone: int


async def sketch(ctx: Context, connection: AsyncConnection, template_id: UUID, wish: TemplateWish) -> Sketch:
    """Work out what a wish comes to; raises Invalid for dates, roles and amounts that make no sense, NotFound."""
    return await _draw(ctx, connection, await store.find_template(ctx, connection, template_id, wish.language), wish)


async def _draw(ctx: Context, connection: AsyncConnection, template: Template, wish: TemplateWish) -> Sketch:
    document = template.plan
    days = rules.span(document, wish.starts_on, wish.ends_on, wish.launches_on)
    cast = await _cast(ctx, connection, document, wish)
    week, weeks = await load_weeks(ctx, connection)
    tasks, links = _tasks(document, days, cast)
    plan = settle(ctx, Plan(days.first, {task.id: task for task in tasks.values()}, links, week, weeks))
    unknown = wish.amounts.keys() - {line.key for line in document.lines}
    if unknown:
        raise Invalid("line_unknown", f"There is no budget line “{min(unknown)}” in this template.", line=min(unknown))
    # Amounts of another currency are not converted: a rate of today would pass for a plan.
    kept = template.currency == ctx.workspace.currency
    usual = {line.key: line.planned_minor if kept else 0 for line in document.lines}
    here, gone = await _still_here(ctx, connection, document)
    keys = {task.id: key for key, task in tasks.items()}
    return Sketch(template, days, cast, plan, keys, usual | wish.amounts, here, gone)


async def instantiate(ctx: Context, template_id: UUID, wish: TemplateWish) -> UUID:
    """Create a campaign with everything that the template has; return its id. All of it is made, or nothing."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        drawn = await sketch(ctx, connection, template_id, wish)
        return await _make(ctx, connection, drawn, wish, "campaign.made_from_template", template=drawn.template.name)


async def duplicate_campaign(ctx: Context, campaign_id: UUID, wish: TemplateWish) -> UUID:
    """Create a second campaign with the plan of the first, its days shifted; return its id.

    All of it is made, or nothing. Results, spending, states, approvals and talk stay with the first. Raises NotFound.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        first = await find_campaign(ctx, connection, campaign_id)
        document = await extract_plan(ctx, connection, campaign_id, content=True)
        source = Template(campaign_id, first.name, first.description, document, ctx.workspace.currency)
        drawn = await _draw(ctx, connection, source, wish)
        return await _make(ctx, connection, drawn, wish, "campaign.duplicated", copied_from=str(campaign_id))


async def _make(
    ctx: Context, connection: AsyncConnection, drawn: Sketch, wish: TemplateWish, action: str, **told: Any
) -> UUID:
    """Write everything that was drawn, and the audit line."""
    inside = within(ctx, connection)
    document, days, cast = drawn.template.plan, drawn.days, drawn.cast
    leader = next((cast.holders[role.key] for role in document.roles if role.leads), None)
    campaign_id = await create_campaign(
        inside,
        CampaignPlan(
            name=wish.name,
            category=document.category,
            type=document.type,
            description=document.description,
            leader_id=leader,
            parent_id=wish.parent_id,
            starts_on=days.first,
            ends_on=days.last,
        ),
    )
    # Somebody with two roles has the part of the first; who leads or does something is informed anyhow.
    parts: dict[UUID, Part] = {}
    for role in sorted(document.roles, key=lambda each: each.part is Part.INFORMED):
        holder = cast.holders[role.key]
        if holder is None or role.leads or (holder == leader and role.part is Part.INFORMED):
            continue
        parts.setdefault(holder, role.part)
    for holder, part in parts.items():
        await set_part(inside, campaign_id, holder, part)
    await _write_brief(inside, campaign_id, document, drawn.here)
    touchpoints = await _write_touchpoints(inside, campaign_id, drawn)
    await _write_tasks(inside, connection, campaign_id, wish.name.strip(), drawn, touchpoints)
    await _write_lines(inside, campaign_id, drawn)
    goal = document.goal
    if goal is not None and (target := goal.target if wish.goal_target is None else wish.goal_target) is not None:
        deadline = days.last if goal.day is None else days.on(goal.day)
        await set_goal(inside, campaign_id, Goal(goal.metric, target, deadline), None)
    await ctx.audit(
        connection,
        action,
        "campaign",
        campaign_id,
        wish.name.strip(),
        **told,
        tasks=len(document.tasks),
        touchpoints=len(document.touchpoints),
        budget_lines=len(document.lines),
    )
    return campaign_id


async def _cast(ctx: Context, connection: AsyncConnection, document: PlanDocument, wish: TemplateWish) -> Cast:
    names = {row.id: row.name for row in await list_members(ctx, connection)}
    roles = {role.key: role for role in document.roles}
    unknown = wish.roles.keys() - roles.keys()
    if unknown:
        raise Invalid("role_unknown", f"There is no role “{min(unknown)}” in this template.", role=min(unknown))
    for holder in wish.roles.values():
        if holder is not None and holder not in names:
            raise Invalid("member_unknown", "Somebody you chose is not a member of this workspace; choose again.")
    holders = {
        key: wish.roles.get(key, role.member_id if role.member_id in names else None) for key, role in roles.items()
    }
    me = UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None
    for key, role in roles.items():
        if role.leads and holders[key] is None and me in names:
            holders[key] = me  # as with any campaign, whoever makes it leads it
    left = frozenset(key for key, role in roles.items() if role.member_id is not None and role.member_id not in names)
    return Cast(holders, names, left)


def _tasks(document: PlanDocument, days: rules.Span, cast: Cast) -> tuple[dict[str, Task], tuple[TaskLink, ...]]:
    ids = {task.key: new_id() for task in document.tasks}
    found: dict[str, Task] = {}
    for position, task in enumerate(document.tasks):
        found[task.key] = check_task(
            Task(
                ids[task.key],
                task.name,
                task.kind,
                ids[task.parent] if task.parent else None,
                cast.holders[task.role] if task.role else None,
                duration_days=task.duration_days,
                effort_hours=task.effort_hours,
                position=position,
                not_before=_on(days, task.start_day),
                deadline=_on(days, task.deadline_day),
                fixed_on=_on(days, task.fixed_day),
            )
        )
    links = tuple(
        TaskLink(ids[link.predecessor], ids[link.successor], link.kind, link.lag_days) for link in document.links
    )
    return found, links


def _on(days: rules.Span, day: int | None) -> date | None:
    return None if day is None else days.on(day)


async def _still_here(
    ctx: Context, connection: AsyncConnection, document: PlanDocument
) -> tuple[frozenset[UUID | int], int]:
    reached = {passage.audience_id for passage in document.brief} | {one.audience_id for one in document.touchpoints}
    here: set[UUID | int] = set()
    wanted: set[UUID | int] = set()
    for table, ids in (
        (audiences, reached),
        (all_senders(ctx.services), {one.sender_identity_id for one in document.touchpoints}),
        (topics, {one.topic_id for one in document.touchpoints}),
        (templates, {one.template_id for one in document.touchpoints}),
    ):
        asked = [id for id in ids if id is not None]
        if not asked:
            continue
        here |= await store.still_in_use(ctx, connection, table, asked)
        wanted.update(asked)
    return frozenset(here), len(wanted - here)


async def _write_brief(inside: Context, campaign_id: UUID, document: PlanDocument, here: frozenset[UUID | int]) -> None:
    made: dict[int, UUID] = {}
    for place, passage in enumerate(document.brief):
        if passage.section.repeats:
            made[place] = await add_passage(
                inside,
                campaign_id,
                passage.section,
                parent_id=made[passage.parent] if passage.parent is not None else None,
                audience_id=passage.audience_id if passage.audience_id in here else None,
                kind=passage.kind if passage.section is Section.MESSAGE else None,
                text=passage.text,
            )
        elif passage.text:
            await save_text(inside, campaign_id, single_id(campaign_id, passage.section), 0, passage.text)


async def _write_touchpoints(inside: Context, campaign_id: UUID, drawn: Sketch) -> dict[str, UUID]:
    zone = inside.zone
    return {
        one.key: await create_touchpoint(
            inside,
            campaign_id,
            TouchpointDraft(
                one.name,
                TouchpointChannel(one.channel),
                audience_id=one.audience_id if one.audience_id in drawn.here else None,
                sender_identity_id=one.sender_identity_id if one.sender_identity_id in drawn.here else None,
                topic_id=one.topic_id if one.topic_id in drawn.here else None,
                template_id=one.template_id if one.template_id in drawn.here else None,
                send_at=rules.moment(drawn.days, one, zone),
                holdout_percent=one.holdout_percent,
            ),
        )
        for one in drawn.template.plan.touchpoints
    }


async def _write_tasks(
    inside: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    campaign: str,
    drawn: Sketch,
    touchpoints: dict[str, UUID],
) -> None:
    of = {task.key: task for task in drawn.template.plan.tasks}
    rows = []
    for task in drawn.plan.tasks.values():
        source = of[drawn.keys[task.id]]
        draft = TaskDraft(
            source.name,
            notes=source.notes,
            touchpoint_id=touchpoints[source.touchpoint] if source.touchpoint else None,
        )
        rows.append(timeline.task_values(inside, campaign_id, task, draft))
    await timeline.insert_tasks(connection, rows)
    await timeline.insert_links(inside, connection, campaign_id, drawn.plan.links)
    await tell_owners(inside, connection, campaign_id, campaign, drawn.plan.tasks.values())


async def _write_lines(inside: Context, campaign_id: UUID, drawn: Sketch) -> None:
    lines = drawn.template.plan.lines
    if not lines:
        return
    ids = {key: id for id, key in drawn.keys.items()}
    await add_lines(
        inside,
        campaign_id,
        [
            replace(
                LineDraft(line.name, line.resource, planned_minor=drawn.amounts[line.key]),
                task_id=ids[line.task] if line.task else None,
            )
            for line in lines
        ],
    )
