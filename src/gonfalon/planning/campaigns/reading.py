"""Read campaigns with all that lists show of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    and_,
    asc,
    case,
    cast,
    desc,
    func,
    literal,
    null,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import campaign_members, users
from gonfalon.accounts.versions import known
from gonfalon.channels.offers import sent_here
from gonfalon.kit.errors import Invalid
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import among, has_words
from gonfalon.kit.rows import all_of, first_of
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.model import (
    CampaignOverview,
    CampaignSort,
    CampaignType,
    ListedCampaign,
    Stage,
    StageFacts,
)
from gonfalon.planning.campaigns.store import campaign_columns, is_sending
from gonfalon.planning.model import CampaignState, TouchpointChannel
from gonfalon.planning.tables.budget import budget_lines
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.goals import goals
from gonfalon.planning.tables.playbook import retrospectives
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints

_OF_GOAL = (
    "id", "name", "owner_id", "metric", "baseline", "target", "deadline", "told_version", "told_at", "told_by",
    "version",
)  # fmt: skip


def _select(ctx: Context) -> Select[Any]:
    """Select every campaign of the workspace with leader, goal and totals, as of today."""
    lines = budget_lines.c
    budget = (
        select(
            lines.campaign_id,
            cast(func.sum(lines.planned_minor), BigInteger).label("planned_minor"),
            cast(func.sum(lines.spent_minor), BigInteger).label("spent_minor"),
            func.count().label("lines"),
        )
        .where(lines.workspace_id == ctx.workspace.id)
        .group_by(lines.campaign_id)
        .subquery("budget")
    )
    counts = (
        select(
            touchpoints.c.campaign_id,
            func.count().label("planned"),
            func.count(touchpoints.c.launched_at).label("launched"),
            func.count(touchpoints.c.done_on).label("done"),
        )
        .where(touchpoints.c.workspace_id == ctx.workspace.id, IN_USE)
        .group_by(touchpoints.c.campaign_id)
        .subquery("counts")
    )
    parents, children = campaigns.alias("parents"), campaigns.alias("children")
    owners, above = users.alias("owners"), goals.alias("above")
    mine = campaign_members.alias("mine")
    me = UUID(str(ctx.actor.id)) if ctx.actor.kind == "member" else None
    return (
        select(
            *campaign_columns(ctx.today),
            parents.c.name.label("parent_name"),
            select(func.count()).where(children.c.parent_id == campaigns.c.id).scalar_subquery().label("children"),
            users.c.name.label("leader_name"),
            *(goals.c[name].label(f"goal_{name}") for name in _OF_GOAL),
            owners.c.name.label("goal_owner_name"),
            above.c.id.label("goal_parent_id"),
            above.c.name.label("goal_parent_name"),
            *(func.coalesce(budget.c[name], 0).label(f"budget_{name}") for name in ("planned_minor", "spent_minor")),
            func.coalesce(budget.c.lines, 0).label("budget_lines"),
            literal(ctx.workspace.currency).label("budget_currency"),
            *(
                func.coalesce(counts.c[name], 0).label(f"touchpoints_{name}")
                for name in ("planned", "launched", "done")
            ),
            mine.c.part.label("my_part"),
        )
        .outerjoin(parents, parents.c.id == campaigns.c.parent_id)
        .outerjoin(users, users.c.id == campaigns.c.leader_id)
        .outerjoin(goals, goals.c.campaign_id == campaigns.c.id)
        .outerjoin(owners, owners.c.id == goals.c.owner_id)
        .outerjoin(above, and_(above.c.id == goals.c.parent_id, above.c.archived_at.is_(None)))
        .outerjoin(budget, budget.c.campaign_id == campaigns.c.id)
        .outerjoin(counts, counts.c.campaign_id == campaigns.c.id)
        .outerjoin(mine, and_(mine.c.campaign_id == campaigns.c.id, mine.c.user_id == me))
        .where(campaigns.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, campaigns.c.id))
    )


async def find_overview(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> CampaignOverview:
    """Find one campaign with everything lists show of it; raises NotFound."""
    query = _select(ctx).where(campaigns.c.id == campaign_id)
    return known(await first_of(connection, query, CampaignOverview), "campaign")


async def find_overviews(ctx: Context, connection: AsyncConnection, ids: Sequence[UUID]) -> list[CampaignOverview]:
    """Find those of the campaigns that are this workspace's, the newest first."""
    query = _select(ctx).where(among(campaigns.c.id, ids)).order_by(campaigns.c.id.desc())
    return await all_of(connection, query, CampaignOverview)


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
    sort: CampaignSort = CampaignSort.NEWEST,
) -> list[ListedCampaign]:
    """List those that fit in this order, one more than the page holds, each with its `sort_value`.

    Archived ones only when asked for. Raises Invalid for a cursor of another order.
    """
    shown = _select(ctx).subquery("shown")
    sorted_by, kind = _sort_value(shown, sort)
    query = select(shown, sorted_by.label("sort_value")).where(has_words(words, shown.c.name))
    if page.after:
        query = query.where(_beyond(sorted_by, kind, shown.c.id, page.after, down=sort.startswith("-")))
    if state is None:
        query = query.where(shown.c.state != CampaignState.ARCHIVED.value)
    wanted = {
        "state": state,
        "category": category,
        "type": type,
        "stage": stage,
        "leader_id": leader_id,
        "parent_id": parent_id,
    }
    for name, value in wanted.items():
        if value is not None:
            query = query.where(shown.c[name] == value)
    order = desc if sort.startswith("-") else asc
    query = query.order_by(order(sorted_by).nulls_last(), order(shown.c.id)).limit(page.fetch)
    return await all_of(connection, query, ListedCampaign)


def _sort_value(shown: Any, sort: CampaignSort) -> tuple[ColumnElement[Any], type]:
    """Return what a list is ordered by before the id, and as what Python knows it.

    Ids tell when campaigns were made.
    """
    states = {state.value: position for position, state in enumerate(CampaignState)}
    values: dict[str, tuple[ColumnElement[Any], type]] = {
        "created": (cast(null(), Integer), int),
        "name": (func.lower(shown.c.name), str),
        "state": (case(states, value=shown.c.state), int),
        "leader": (func.lower(shown.c.leader_name), str),
        "starts": (shown.c.starts_on, date),
        "ends": (shown.c.ends_on, date),
        "budget": (case((shown.c.budget_lines > 0, shown.c.budget_planned_minor)), int),
    }
    return values[sort.removeprefix("-")]


def _beyond(
    value: ColumnElement[Any], kind: type, id: ColumnElement[UUID], after: tuple[Any, ...], *, down: bool
) -> ColumnElement[bool]:
    """Return what comes after a row with this sort value and id."""
    at, last = after
    further: ColumnElement[bool] = id < last if down else id > last
    if at is None:
        return value.is_(None) & further
    try:
        at = date.fromisoformat(at) if kind is date else at
    except (TypeError, ValueError):
        at = None
    if not isinstance(at, kind):
        raise Invalid("cursor_invalid", "This page link belongs to another order; open the list from its start.")
    return or_(value < at if down else value > at, value.is_(None), (value == at) & further)


async def stage_facts(ctx: Context, connection: AsyncConnection, campaign: CampaignOverview) -> StageFacts:
    """Return what the conditions of the stages look at, of a campaign."""
    draft = touchpoints.c.launched_at.is_(None) & touchpoints.c.done_on.is_(None)
    addressed = touchpoints.c.channel.in_([channel.value for channel in TouchpointChannel if channel.addressed])
    sent = touchpoints.c.channel.in_(sent_here(ctx.services))
    counted = await connection.execute(
        select(
            func.count().label("all"),
            func.count().filter(draft, addressed, touchpoints.c.audience_id.is_(None)).label("without_audience"),
            func.count().filter(draft, sent, touchpoints.c.template_id.is_(None)).label("without_content"),
            func.count().filter(draft).label("unlaunched"),
        ).where(touchpoints.c.campaign_id == campaign.id, touchpoints.c.workspace_id == ctx.workspace.id, IN_USE)
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
        has_goal=campaign.goal is not None,
        has_leader=campaign.leader_id is not None,
        has_dates=campaign.starts_on is not None and campaign.ends_on is not None,
        budget_lines=campaign.budget.lines,
        touchpoints=counts.all,
        without_audience=counts.without_audience,
        without_content=counts.without_content,
        unlaunched=counts.unlaunched,
        sending=await is_sending(connection, campaign.id),
        looked_back=looked_back.first() is not None,
    )
