"""Database calls of reviews."""

from __future__ import annotations

from sqlalchemy import and_, case, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.accounts.tables import users
from gonfalon.approvals.tables import approval_decisions, approval_requests
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import run
from gonfalon.planning.reviews.model import CampaignMoney, Deed, ReviewDecision, ReviewPeriod, ReviewUnderWay, Slip
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import tasks
from gonfalon.planning.timeline.model import TaskState
from gonfalon.planning.timeline.store import OPEN, no_group

MOST = 50
MOST_DECISIONS = 200
MOST_DEEDS = 8
NOTABLE = (
    "touchpoint.launched", "touchpoint.launch_failed", "touchpoint.done", "touchpoint.reopened", "touchpoint.paused",
    "touchpoint.resumed", "touchpoint.cancelled", "touchpoint.rescheduled", "touchpoint.trimmed",
    "touchpoint.unknown_sent_again", "campaign.created", "campaign.duplicated", "campaign.made_from_template",
    "campaign.moved", "campaign.stage_moved", "campaign.rescheduled", "approval.asked", "approval.decided",
    "approval.withdrawn", "budget.reallocated", "budget.reallocation_asked", "goal.set", "goal.changed", "goal.told",
    "brief.version_kept", "retrospective.closed",
)  # fmt: skip
"""Lines of the audit trail that a review tells; the others are counted."""


async def review_money(ctx: Context, connection: AsyncConnection, period: ReviewPeriod) -> list[CampaignMoney]:
    """List a row for each campaign, at most 50; each carries the sums of all as `all_*`."""
    found = await run(
        connection,
        __package__,
        "review_money",
        workspace=ctx.workspace.id,
        guest=_guest(ctx),
        first=period.first,
        last=period.last,
        until=period.until,
        limit=MOST,
    )
    return shaped(found, CampaignMoney)


async def list_under_way(ctx: Context, connection: AsyncConnection, period: ReviewPeriod) -> list[ReviewUnderWay]:
    """List campaigns under way in the period, by what they did or by their days: id, when they began, launches in
    it."""
    found = await run(
        connection,
        __package__,
        "list_under_way",
        workspace=ctx.workspace.id,
        guest=_guest(ctx),
        zone=period.zone.key,
        first=period.first,
        last=period.last,
        since=period.since,
        until=period.until,
    )
    return shaped(found, ReviewUnderWay)


async def list_deeds(ctx: Context, connection: AsyncConnection, period: ReviewPeriod) -> list[Deed]:
    """List what happened in campaigns in the period: a row a line that is told, each with its campaign's counts."""
    found = await run(
        connection,
        __package__,
        "list_deeds",
        workspace=ctx.workspace.id,
        guest=_guest(ctx),
        since=period.since,
        until=period.until,
        notable=list(NOTABLE),
        most=MOST_DEEDS,
    )
    return shaped(found, Deed)


def _guest(ctx: Context) -> str | None:
    return ctx.actor.id if ctx.actor.role is Role.GUEST else None


async def review_slips(ctx: Context, connection: AsyncConnection, period: ReviewPeriod) -> list[Slip]:
    """List tasks late against their deadline or baseline: those open at the period's end, of campaigns that go on,
    and those done late in it; the latest first, at most 50, each with how many there are as `total`.

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
    query = (
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
    return await all_of(connection, query, Slip)


async def review_decisions(ctx: Context, connection: AsyncConnection, period: ReviewPeriod) -> list[ReviewDecision]:
    """List what was decided in the period, the newest first, at most 200."""
    d, r = approval_decisions.c, approval_requests.c
    query = (
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
    return await all_of(connection, query, ReviewDecision)
