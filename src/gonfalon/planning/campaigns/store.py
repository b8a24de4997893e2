"""Reading campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, case, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.campaigns.access import seen_campaigns
from gonfalon.planning.campaigns.model import CampaignType, Stage, StageFacts
from gonfalon.planning.model import CampaignState, Category
from gonfalon.planning.playbook.tables import retrospectives
from gonfalon.planning.store import among, not_found
from gonfalon.planning.tables import budget_lines, campaign_members, campaigns, goals, touchpoints
from gonfalon.planning.touchpoints.model import TouchpointChannel

_OF_GOAL = (
    "id",
    "name",
    "owner_id",
    "parent_id",
    "metric",
    "baseline",
    "target",
    "deadline",
    "told_version",
    "told_at",
    "told_by",
    "version",
)
UNFINISHED = ("preparing", "running", "paused", "held")


def sending(campaign_id: Any) -> Any:
    """Whether something of the campaign is launched and not at its end (a condition)."""
    launched = (
        select(touchpoints.c.id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .where(
            touchpoints.c.campaign_id == campaign_id,
            touchpoints.c.launched_at.is_not(None),
            or_(dispatches.c.id.is_(None), dispatches.c.state.in_(UNFINISHED)),
        )
    )
    return launched.exists()


def _select(ctx: Context) -> Select[Any]:
    """Every campaign of the workspace with leader, goal, totals and its state as of today.

    A running campaign whose last day is over and of which nothing is being sent has ended, though nobody said so.
    """
    today = ctx.today
    money = (
        select(
            budget_lines.c.campaign_id,
            func.sum(budget_lines.c.planned_minor).label("planned_minor"),
            func.sum(budget_lines.c.spent_minor).label("spent_minor"),
            func.count().label("lines"),
        )
        .where(budget_lines.c.workspace_id == ctx.workspace.id)
        .group_by(budget_lines.c.campaign_id)
        .subquery("money")
    )
    touch = (
        select(
            touchpoints.c.campaign_id,
            func.count().label("touchpoints"),
            func.count(touchpoints.c.launched_at).label("launched"),
            func.count(touchpoints.c.done_on).label("done"),
        )
        .where(touchpoints.c.workspace_id == ctx.workspace.id)
        .group_by(touchpoints.c.campaign_id)
        .subquery("touch")
    )
    over = and_(
        campaigns.c.state == CampaignState.RUNNING.value,
        campaigns.c.ends_on < literal(today),
        ~sending(campaigns.c.id),
    )
    columns = [column for column in campaigns.c if column.name not in ("state", "stage")]
    parents = campaigns.alias("parents")
    owners = users.alias("owners")
    above = goals.alias("above")
    children = campaigns.alias("children")
    return (
        select(
            *columns,
            case((over, CampaignState.ENDED.value), else_=campaigns.c.state).label("state"),
            case((over, Stage.LEARN.value), else_=campaigns.c.stage).label("stage"),
            parents.c.name.label("parent_name"),
            select(func.count()).where(children.c.parent_id == campaigns.c.id).scalar_subquery().label("children"),
            users.c.name.label("leader_name"),
            *(goals.c[name].label(f"goal_{name}") for name in _OF_GOAL),
            owners.c.name.label("goal_owner_name"),
            above.c.name.label("goal_parent_name"),
            func.coalesce(money.c.planned_minor, 0).label("planned_minor"),
            func.coalesce(money.c.spent_minor, 0).label("spent_minor"),
            func.coalesce(money.c.lines, 0).label("budget_lines"),
            func.coalesce(touch.c.touchpoints, 0).label("touchpoints"),
            func.coalesce(touch.c.launched, 0).label("launched"),
            func.coalesce(touch.c.done, 0).label("done"),
        )
        .outerjoin(parents, parents.c.id == campaigns.c.parent_id)
        .outerjoin(users, users.c.id == campaigns.c.leader_id)
        .outerjoin(goals, goals.c.campaign_id == campaigns.c.id)
        .outerjoin(owners, owners.c.id == goals.c.owner_id)
        .outerjoin(above, above.c.id == goals.c.parent_id)
        .outerjoin(money, money.c.campaign_id == campaigns.c.id)
        .outerjoin(touch, touch.c.campaign_id == campaigns.c.id)
        .where(campaigns.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, campaigns.c.id))
    )


async def find_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any]:
    """One campaign with everything lists show of it; raises NotFound."""
    found: Row[Any] | None = (await connection.execute(_select(ctx).where(campaigns.c.id == campaign_id))).first()
    if found is None:
        raise not_found("campaign")
    return found


async def find_campaigns(ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]) -> list[Row[Any]]:
    """Those of the campaigns that are this workspace's, the newest first."""
    query = _select(ctx).where(among(campaigns.c.id, ids)).order_by(campaigns.c.id.desc())
    return list((await connection.execute(query)).all())


async def lock_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any]:
    """The bare row, locked until the transaction ends; raises NotFound."""
    found = await connection.execute(
        select(campaigns)
        .where(
            campaigns.c.id == campaign_id,
            campaigns.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, campaigns.c.id),
        )
        .with_for_update()
    )
    row = found.first()
    if row is None:
        raise not_found("campaign")
    return row


async def begin_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Row[Any]:
    """Sets a planned campaign running because something of it is launched; returns it locked."""
    campaign = await lock_campaign(ctx, connection, campaign_id)
    if campaign.state == CampaignState.PLANNED.value:
        await connection.execute(
            update(campaigns)
            .where(campaigns.c.id == campaign_id)
            .values(state=CampaignState.RUNNING.value, stage=Stage.LAUNCH.value)
        )
    return campaign


async def is_sending(connection: AsyncConnection, campaign_id: UUID) -> bool:
    """Whether something of the campaign is launched and not at its end."""
    return bool((await connection.execute(select(sending(literal(campaign_id))))).scalar_one())


async def list_campaigns(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    state: CampaignState | None,
    category: Category | None,
    type: CampaignType | None,
    stage: Stage | None,
    leader_id: UUID | None,
    parent_id: UUID | None,
    words: str,
) -> list[Row[Any]]:
    """The newest first, one more than the page holds. Archived ones only when asked for."""
    shown = _select(ctx).subquery("shown")
    query = select(shown)
    if page.after:
        query = query.where(shown.c.id < UUID(str(page.after[0])))
    if state is None:
        query = query.where(shown.c.state != CampaignState.ARCHIVED.value)
    else:
        query = query.where(shown.c.state == state.value)
    wanted = {
        "category": category.value if category else None,
        "type": type.value if type else None,
        "stage": stage.value if stage else None,
        "leader_id": leader_id,
        "parent_id": parent_id,
    }
    for name, value in wanted.items():
        if value is not None:
            query = query.where(shown.c[name] == value)
    for word in words.split():
        query = query.where(shown.c.name.icontains(word, autoescape=True))
    return list((await connection.execute(query.order_by(shown.c.id.desc()).limit(page.limit + 1))).all())


async def insert_campaign(connection: AsyncConnection, values: dict[str, Any]) -> datetime:
    """Writes a new campaign."""
    made = await connection.execute(insert(campaigns).values(**values).returning(campaigns.c.created_at))
    at: datetime = made.scalar_one()
    return at


async def stage_facts(ctx: Context, connection: AsyncConnection, campaign: Row[Any]) -> StageFacts:
    """What the conditions of the stages look at, of a campaign as `find_campaign` gives it."""
    draft = touchpoints.c.launched_at.is_(None) & touchpoints.c.done_on.is_(None)
    addressed = touchpoints.c.channel.in_([channel.value for channel in TouchpointChannel if channel.addressed])
    sent_here = touchpoints.c.channel.in_([channel.value for channel in TouchpointChannel if channel.sent_here])
    counted = await connection.execute(
        select(
            func.count().label("all"),
            func.count().filter(draft, addressed, touchpoints.c.audience_id.is_(None)).label("without_audience"),
            func.count().filter(draft, sent_here, touchpoints.c.template_id.is_(None)).label("without_content"),
            func.count().filter(draft).label("unlaunched"),
        ).where(touchpoints.c.campaign_id == campaign.id, touchpoints.c.workspace_id == ctx.workspace.id)
    )
    counts = counted.one()
    looked_back = await connection.execute(
        select(retrospectives.c.id).where(
            retrospectives.c.id == campaign.id,
            retrospectives.c.workspace_id == ctx.workspace.id,
            retrospectives.c.closed_at.is_not(None),
        )
    )
    return StageFacts(
        has_goal=campaign.goal_metric is not None,
        has_leader=campaign.leader_id is not None,
        has_dates=campaign.starts_on is not None and campaign.ends_on is not None,
        budget_lines=campaign.budget_lines,
        touchpoints=counts.all,
        without_audience=counts.without_audience,
        without_content=counts.without_content,
        unlaunched=counts.unlaunched,
        sending=await is_sending(connection, campaign.id),
        looked_back=looked_back.first() is not None,
    )


async def ancestors(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[UUID]:
    """The campaign's own id, its parent's, and so on to the top."""
    above = (
        select(campaigns.c.id, campaigns.c.parent_id, literal(1).label("level"))
        .where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
        .cte("above", recursive=True)
    )
    step = select(campaigns.c.id, campaigns.c.parent_id, above.c.level + 1).join(
        above, and_(campaigns.c.id == above.c.parent_id, above.c.level < 100)
    )
    chain = above.union(step)
    return list((await connection.execute(select(chain.c.id).order_by(chain.c.level))).scalars())


async def list_parts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """Everybody with a part who still is a member of the workspace, with name, role and part, by name."""
    query: Select[Any] = (
        select(users.c.id, users.c.name, members.c.role, campaign_members.c.part)
        .join(campaign_members, campaign_members.c.user_id == users.c.id)
        .join(
            members,
            and_(members.c.user_id == users.c.id, members.c.workspace_id == campaign_members.c.workspace_id),
        )
        .where(campaign_members.c.campaign_id == campaign_id, campaign_members.c.workspace_id == ctx.workspace.id)
        .order_by(users.c.name, users.c.id)
    )
    return list((await connection.execute(query)).all())
