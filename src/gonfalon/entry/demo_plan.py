"""The demo's plan for what comes next: a campaign under way, the year it serves, and what was learned before.

All of it is an example and says so; what was learned is from the real test.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from gonfalon.accounts.context import Context
from gonfalon.audiences.personas.actions import add_note, create_persona
from gonfalon.audiences.personas.model import NoteKind, PersonaJourney, Portrait
from gonfalon.audiences.personas.schemas import PersonaIn, PersonaNoteIn
from gonfalon.audiences.personas.store import list_personas
from gonfalon.audiences.tables import audiences
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.actions import move_campaign
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.goals.actions import create_goal_above, create_priority, set_goal
from gonfalon.planning.goals.model import GoalPlace, PriorityKind
from gonfalon.planning.goals.schemas import GoalPriorityIn
from gonfalon.planning.model import CampaignState, Goal
from gonfalon.planning.playbook.lessons.actions import create_lesson, move_lesson
from gonfalon.planning.playbook.lessons.model import EvidenceKind, LessonDraft, LessonEvidence
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.goals import goals, priorities
from gonfalon.planning.tables.playbook import lessons
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline.actions import set_state
from gonfalon.planning.timeline.model import TaskState

PRIORITY = "More from the customers we have (example)"
YEAR_GOAL = "Revenue of the year's campaigns (example figure)"
YEAR_TARGET = Decimal(50_000_000)
IN_TOWN = "Recent women's wear buyers in town"
PERSONA = PersonaIn(
    name="Tessa in town (example)",
    summary="Knows her size, has little time, wants to see what is new before it is gone",
    portrait=Portrait(
        age="30–45",
        region="Towns and suburbs",
        goals=["Look right at work without a day of shopping"],
        pains=["Parcels arrive while nobody is at home", "What she liked is sold out in her size"],
        triggers=["A new season", "An invitation"],
        journey=PersonaJourney(
            awareness="What is new in my size?",
            consideration="Will it last more than one winter?",
            purchase="Is it here by Friday?",
            after="Can I bring it back in the shop?",
            duration="One or two evenings",
        ),
        channels=["Email", "The shop in town"],
        formats=["Pictures of whole outfits"],
        tone="Short and warm, no shouting",
        criteria=["Her size in stock", "Easy returns"],
        message="New in your size, kept for you until Friday.",
    ),
)
LESSON = "Men's wear brought more orders than women's, to the same kind of customers"


async def plan_on(ctx: Context, name: str, before: str) -> None:
    """Bring the campaign `name` under way, unless it is; `before` is the one that a lesson was learned from."""
    async with ctx.reading() as connection:
        rows = await connection.execute(
            select(campaigns.c.name, campaigns.c.id).where(
                campaigns.c.workspace_id == ctx.workspace.id, campaigns.c.name.in_([name, before])
            )
        )
        ids = {row.name: row.id for row in rows}
        campaign = await find_campaign(ctx, connection, ids[name])
    if campaign.state == CampaignState.PLANNED.value:
        await move_campaign(ctx, ids[name], campaign.version, CampaignState.RUNNING)
        await _begin_tasks(ctx, ids[name])
    await _serve_the_year(ctx, [ids[name], ids[before]])
    await _learn(ctx, ids[before])
    await _describe(ctx)


async def _begin_tasks(ctx: Context, campaign_id: UUID) -> None:
    """The first tasks are done on their days, those that should have begun are under way."""
    for row in await _tasks(ctx, campaign_id):
        if row.ends_on < ctx.today:
            await set_state(ctx, row.id, row.version, TaskState.DONE, row.ends_on)
        elif row.starts_on <= ctx.today:
            await set_state(ctx, row.id, row.version, TaskState.DOING)


async def _tasks(ctx: Context, campaign_id: UUID) -> list[Any]:
    async with ctx.reading() as connection:
        parents = select(tasks.c.parent_id).where(tasks.c.campaign_id == campaign_id, tasks.c.parent_id.is_not(None))
        rows = await connection.execute(
            select(tasks.c.id, tasks.c.version, tasks.c.starts_on, tasks.c.ends_on)
            .where(
                tasks.c.workspace_id == ctx.workspace.id,
                tasks.c.campaign_id == campaign_id,
                tasks.c.starts_on <= ctx.today,
                tasks.c.id.not_in(parents),
            )
            .order_by(tasks.c.starts_on, tasks.c.id)
        )
        return list(rows)


async def _serve_the_year(ctx: Context, campaign_ids: list[UUID]) -> None:
    async with ctx.reading() as connection:
        known = await connection.execute(select(priorities.c.id).where(priorities.c.workspace_id == ctx.workspace.id))
        if known.first() is not None:
            return
        own = (await connection.execute(select(goals).where(goals.c.campaign_id.in_(campaign_ids)))).all()
    year = ctx.today.year
    priority = await create_priority(ctx, GoalPriorityIn(year=year, name=PRIORITY, kind=PriorityKind.SPEND))
    last = max(date(year, 12, 31), ctx.today)
    above = await create_goal_above(
        ctx,
        Goal(GoalMetric.REVENUE, YEAR_TARGET, last),
        GoalPlace(name=YEAR_GOAL, priority_id=priority, starts_on=date(year, 1, 1)),
    )
    for goal in own:
        kept = Goal(GoalMetric(goal.metric), goal.target, goal.deadline, goal.baseline)
        await set_goal(ctx, goal.campaign_id, kept, goal.version, GoalPlace(parent_id=above))


async def _learn(ctx: Context, campaign_id: UUID) -> None:
    async with ctx.reading() as connection:
        if (await connection.execute(select(lessons.c.id).where(lessons.c.workspace_id == ctx.workspace.id))).first():
            return
    lesson = await create_lesson(
        ctx,
        LessonDraft(
            LESSON,
            situation="Two mails to random thirds of 64,000 customers, a third without any mail beside them.",
            change="Lead with men's wear, and keep a group without mail: what a mail brought is the difference to it.",
            category=Category.MONETISATION,
            channel="email",
            campaign_id=campaign_id,
            evidence=LessonEvidence(EvidenceKind.REPORT, campaign_id),
        ),
    )
    async with ctx.reading() as connection:
        version = await connection.scalar(select(lessons.c.version).where(lessons.c.id == lesson))
    await move_lesson(ctx, lesson, int(version or 1), published=True)


async def _describe(ctx: Context) -> None:
    async with ctx.reading() as connection:
        if await list_personas(ctx, connection):
            return
        audience = await connection.scalar(
            select(audiences.c.id).where(audiences.c.workspace_id == ctx.workspace.id, audiences.c.name == IN_TOWN)
        )
    made = await create_persona(ctx, PERSONA.model_copy(update={"audience_id": audience}))
    note = PersonaNoteIn(
        kind=NoteKind.ANALYTICS,
        finding="Bought women's wear within six months, not for the first time, and lives in town.",
        evidence="Columns of the Hillstrom data; everything else of this persona is made up.",
    )
    await add_note(ctx, made.id, note)
