"""The demo's team: made-up colleagues who do tasks, ask the owner for an approval, and talk to them.

It begins when the demo has an owner, in one transaction, once: what the owner then does with it stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procrastinate import JobContext, RetryStrategy
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, operator_context, within
from gonfalon.accounts.members.actions import add_made_up
from gonfalon.accounts.model import Actor, Role, Workspace
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.store import workspace_by_id
from gonfalon.accounts.tables import members, workspaces
from gonfalon.approvals.actions import request_approval
from gonfalon.approvals.model import ApproverKind, ApproverRef, Quorum, StepRule, Subject, SubjectKind
from gonfalon.approvals.policy.actions import create_rule
from gonfalon.approvals.rules import Rule
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.services import Services
from gonfalon.planning.campaigns.actions import set_part, update_campaign
from gonfalon.planning.campaigns.model import CampaignPlan, Part
from gonfalon.planning.campaigns.reading import find_overview
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.timeline.model import TaskState
from gonfalon.planning.timeline.replan.actions import apply_within, previewed
from gonfalon.planning.timeline.replan.model import SetTask
from gonfalon.planning.timeline.store import lock_plan
from gonfalon.teamwork.comments.actions import add_comment
from gonfalon.teamwork.model import Thing, ThingKind

DEMO = "hillstrom"
ASKED_OVER = 20_000_00
"""Above what a budget of the demo needs its owner's yes, an example figure."""
FOR_OWNER = 3
"""How many of the next tasks are the owner's."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody made up, and says so."""

    name: str
    email: str
    role: Role


LENA = Colleague("Lena Ortiz (made up)", "lena@hillstrom.example", Role.MANAGER)
TOM = Colleague("Tom Becker (made up)", "tom@hillstrom.example", Role.CREATOR)
MEI = Colleague("Mei Tanaka (made up)", "mei@hillstrom.example", Role.CREATOR)
TEAM = (LENA, TOM, MEI)

NOTE = "An example: nothing is spent. Approve it, or ask for changes, to see what happens."
ASKS = (
    "{owner} the figures of the holiday test are in (see its report): men's wear brought more. Shall we lead the sale "
    "with it? (An example message: I am made up.)"
)
SAYS = "The photos for the sale are with the agency, first picks on Thursday. (An example message.)"


async def adopted(connection: AsyncConnection, workspace_id: int) -> None:
    """Let the team begin once a demo that waited for its owner has one."""
    found = await connection.scalar(select(workspaces.c.settings["demo"].astext).where(workspaces.c.id == workspace_id))
    if found == DEMO:
        await defer(connection, begin_team_job, workspace_id=workspace_id)


@jobs.task(name="entry.begin_demo_team", pass_context=True, retry=RetryStrategy(max_attempts=5, wait=5))
async def begin_team_job(context: JobContext, workspace_id: int) -> None:
    """Let the team begin, see `begin_team`."""
    services: Services = context.additional_context["services"]
    async with services.db.reading() as connection:
        workspace = await workspace_by_id(connection, workspace_id)
    await begin_team(services, workspace)


async def begin_team(services: Services, workspace: Workspace) -> bool:
    """Make the colleagues and what they do, unless nobody owns the demo yet or they are there; whether it did."""
    from gonfalon.entry.demo import NEXT

    operator = operator_context(services, workspace, "Demo")
    async with operator.transaction() as connection:
        owner = await connection.scalar(
            select(members.c.user_id)
            .where(members.c.workspace_id == workspace.id, members.c.role == Role.OWNER.value)
            .order_by(members.c.created_at, members.c.user_id)
            .limit(1)
        )
        campaign_id = await connection.scalar(
            select(campaigns.c.id).where(campaigns.c.workspace_id == workspace.id, campaigns.c.name == NEXT)
        )
        if owner is None or campaign_id is None:
            return False
        inside = within(operator, connection)
        team: dict[Colleague, Context] = {}
        for each in TEAM:
            id = await add_made_up(inside, connection, each.name, each.email, each.role)
            if id is None:
                return False
            actor = Actor("member", str(id), each.name, ROLE_PERMISSIONS[each.role], each.role)
            team[each] = Context(services, actor, workspace)
        await _lead(inside, connection, campaign_id, _id(team[LENA]))
        for each in (TOM, MEI):
            await set_part(inside, campaign_id, _id(team[each]), Part.DOES)
        await _share_tasks(within(team[LENA], connection), connection, campaign_id, owner, team)
        if await _above_limit(inside, connection, campaign_id):
            await _ask(inside, within(team[LENA], connection), campaign_id)
        thing = Thing(ThingKind.CAMPAIGN, campaign_id)
        await add_comment(within(team[TOM], connection), thing, SAYS)
        await add_comment(within(team[LENA], connection), thing, ASKS.format(owner=f"<@{owner}>"))
        await operator.audit(connection, "member.made_up", "workspace", workspace.id, workspace.name, members=len(TEAM))
    return True


def _id(ctx: Context) -> UUID:
    return UUID(ctx.actor.id or "")


async def _lead(ctx: Context, connection: AsyncConnection, campaign_id: UUID, leader: UUID) -> None:
    row = await find_campaign(ctx, connection, campaign_id)
    plan = CampaignPlan(
        row.name, row.category, row.type, row.description,
        leader_id=leader, parent_id=row.parent_id, starts_on=row.starts_on, ends_on=row.ends_on,
    )  # fmt: skip
    await update_campaign(ctx, campaign_id, row.version, plan)


async def _share_tasks(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, owner: UUID, team: dict[Colleague, Context]
) -> None:
    """What is done or under way is the colleagues', the next few tasks the owner's, and the rest goes round."""
    campaign, plan = await lock_plan(ctx, connection, campaign_id)
    ordered = sorted(
        (task for task in plan.tasks.values() if task.id not in plan.groups()),
        key=lambda task: (task.starts_on, task.position),
    )
    waiting = [task.id for task in ordered if task.state is TaskState.TODO]
    owners: dict[UUID, UUID] = {}
    for number, task in enumerate(ordered):
        owners[task.id] = _id(team[TEAM[number % len(TEAM)]])
    owners |= dict.fromkeys(waiting[:FOR_OWNER], owner)
    changes: list[Any] = [SetTask(id, (("owner_id", who),)) for id, who in owners.items()]
    seen = await previewed(ctx, connection, campaign_id, plan, changes)
    await apply_within(ctx, connection, campaign_id, campaign.name, plan, changes, seen.fingerprint)


async def _above_limit(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> bool:
    """Whether its budget needs a yes; plans that were loaded by earlier versions have no amounts."""
    return (await find_overview(ctx, connection, campaign_id)).budget.planned_minor > ASKED_OVER


async def _ask(operator: Context, lena: Context, campaign_id: UUID) -> None:
    """A budget above the example limit waits for the owner's yes."""
    step = StepRule(ApproverRef(ApproverKind.ROLE, Role.OWNER.value), Quorum.ANY, 3)
    await create_rule(operator, Rule(SubjectKind.BUDGET, (step,), over_minor=ASKED_OVER))
    await request_approval(lena, Subject(SubjectKind.BUDGET, campaign_id), NOTE)
