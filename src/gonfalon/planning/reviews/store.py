"""Reading for reviews."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import users
from gonfalon.kit.sql import run
from gonfalon.planning.approvals.tables import approval_decisions, approval_requests
from gonfalon.planning.campaigns.access import seen_campaigns
from gonfalon.planning.reviews.model import Period
from gonfalon.planning.tables import campaigns
from gonfalon.planning.timeline.attention import no_group
from gonfalon.planning.timeline.model import TaskState
from gonfalon.planning.timeline.reading import OPEN
from gonfalon.planning.timeline.tables import tasks

MOST = 50
MOST_DECISIONS = 200


async def review_money(ctx: Context, connection: AsyncConnection, period: Period) -> list[Row[Any]]:
    """A row a campaign, at most 50; each carries the sums of all as `all_*`."""
    found = await run(
        connection,
        __package__,
        "review_money",
        workspace=ctx.workspace.id,
        guest=ctx.actor.id if ctx.actor.role is Role.GUEST else None,
        first=period.first,
        last=period.last,
        limit=MOST,
    )
    return list(found.all())


async def review_slips(ctx: Context, connection: AsyncConnection, period: Period) -> list[Row[Any]]:
    """Tasks late against their deadline or baseline: those open at the period's end, of campaigns that go on, and those
    done late in it; the latest first, at most 50, each with how many there are as `total`.

    What was done after the period was open at its end. Other days and states are those of today: they have no history.
    """
    t = tasks.c
    promised = func.coalesce(func.least(t.deadline, t.baseline_ends_on), t.ends_on)
    against = case(
        (and_(t.deadline.is_not(None), t.deadline == promised), "deadline"),
        (t.baseline_ends_on.is_not(None), "baseline"),
        else_="plan",
    )
    done_since = and_(t.state == TaskState.DONE.value, t.done_on > period.last)
    seen_from = literal(period.seen_from)
    ends = case((done_since, seen_from), else_=func.coalesce(t.done_on, func.greatest(t.ends_on, seen_from)))
    late = ends - promised
    goes_on = and_(t.state.in_(OPEN), campaigns.c.state.in_(("planned", "running")))
    was_open = and_(or_(goes_on, done_since), t.created_at < period.until)
    done_late = and_(t.state == TaskState.DONE.value, t.done_on.between(period.first, period.last))
    query: Select[Any] = (
        select(
            t.id,
            t.name,
            t.campaign_id,
            campaigns.c.name.label("campaign_name"),
            users.c.name.label("owner_name"),
            t.done_on,
            t.ends_on,
            promised.label("promised_on"),
            late.label("late_days"),
            against.label("against"),
            func.count().over().label("total"),
        )
        .join(campaigns, campaigns.c.id == t.campaign_id)
        .outerjoin(users, users.c.id == t.owner_id)
        .where(
            t.workspace_id == ctx.workspace.id,
            campaigns.c.state != "archived",
            seen_campaigns(ctx, t.campaign_id),
            or_(was_open, done_late),
            late > 0,
            no_group(),
        )
        .order_by(late.desc(), t.id)
        .limit(MOST)
    )
    return list((await connection.execute(query)).all())


async def review_decisions(ctx: Context, connection: AsyncConnection, period: Period) -> list[Row[Any]]:
    """What was decided in the period, the newest first, at most 200."""
    d, r = approval_decisions.c, approval_requests.c
    query: Select[Any] = (
        select(
            d.request_id,
            r.title,
            r.kind,
            r.campaign_id,
            campaigns.c.name.label("campaign_name"),
            d.user_name.label("by"),
            d.verdict,
            d.reason,
            d.at,
        )
        .join(approval_requests, r.id == d.request_id)
        .outerjoin(campaigns, campaigns.c.id == r.campaign_id)
        .where(
            d.workspace_id == ctx.workspace.id,
            d.at >= period.since,
            d.at < period.until,
            seen_campaigns(ctx, r.campaign_id),
        )
        .order_by(d.at.desc(), d.id)
        .limit(MOST_DECISIONS)
    )
    return list((await connection.execute(query)).all())
