"""Database calls of campaigns."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import campaign_members, members, users
from gonfalon.accounts.versions import known, save_version
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run
from gonfalon.planning.campaigns.model import Campaign, Participant, Stage
from gonfalon.planning.model import CampaignState
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import touchpoints

_NAMES = (
    "id", "name", "category", "type", "description", "leader_id", "parent_id", "starts_on", "ends_on",
    "attribution_basis", "attribution_days", "version", "updated_at", "updated_by", "created_at",
)  # fmt: skip
_COLUMNS = (
    *(campaigns.c[name] for name in _NAMES),
    campaigns.c.conversion_event.label("attribution_conversion_event"),
)
UNFINISHED = ("preparing", "running", "paused", "held")


def sending(campaign_id: Any) -> Any:
    """Return whether something of the campaign is launched and not at its end (a condition)."""
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


def is_over(today: date) -> ColumnElement[bool]:
    """Return whether a campaign has ended though nobody said so: it runs, its last day is over, and nothing is being
    sent.
    """
    return and_(
        campaigns.c.state == CampaignState.RUNNING.value,
        campaigns.c.ends_on < literal(today),
        ~sending(campaigns.c.id),
    )


def state_on(today: date) -> ColumnElement[str]:
    """Return a campaign's state as of a day."""
    return case((is_over(today), CampaignState.ENDED.value), else_=campaigns.c.state)


def stage_on(today: date) -> ColumnElement[str]:
    """Return a campaign's stage as of a day."""
    return case((is_over(today), Stage.LEARN.value), else_=campaigns.c.stage)


def campaign_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    """Return the columns of a Campaign as of a day."""
    return (*_COLUMNS, state_on(today).label("state"), stage_on(today).label("stage"))


def _here(ctx: Context, campaign_id: UUID) -> ColumnElement[bool]:
    """Return the campaign, if it is the workspace's and the actor may see it."""
    c = campaigns.c
    return and_(c.id == campaign_id, c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, c.id))


async def see_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Raise NotFound for a campaign that is not there, is another workspace's, or that a guest has no part in."""
    known(await connection.scalar(select(campaigns.c.id).where(_here(ctx, campaign_id))), "campaign")


async def find_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Campaign:
    """Find one campaign as of today; raises NotFound. What lists show of it is `reading.find_overview`."""
    query = select(*campaign_columns(ctx.today)).where(_here(ctx, campaign_id))
    return known(await first_of(connection, query, Campaign), "campaign")


async def list_staged(
    ctx: Context, connection: AsyncConnection, campaign_ids: Collection[UUID], stage: Stage
) -> list[Campaign]:
    """List those of the campaigns that were taken to the stage."""
    query = select(*campaign_columns(ctx.today)).where(
        campaigns.c.id.in_(campaign_ids), campaigns.c.workspace_id == ctx.workspace.id, campaigns.c.stage == stage.value
    )
    return await all_of(connection, query, Campaign)


async def list_named(ctx: Context, connection: AsyncConnection, campaign_ids: Collection[UUID]) -> list[Campaign]:
    """List the workspace's campaigns with these ids that the actor may see, as of today."""
    c = campaigns.c
    query = select(*campaign_columns(ctx.today)).where(
        c.id.in_(campaign_ids), c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, c.id)
    )
    return await all_of(connection, query, Campaign)


async def lock_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Campaign:
    """Lock a campaign until the transaction ends, and keep its facts for approvals; raises NotFound.

    Its state and stage are those that are stored.
    """
    query = select(*_COLUMNS, campaigns.c.state, campaigns.c.stage).where(_here(ctx, campaign_id)).with_for_update()
    campaign = known(await first_of(connection, query, Campaign), "campaign")
    await keep_facts(ctx, connection, campaign_id)
    return campaign


async def keep_facts(ctx: Context, connection: AsyncConnection, campaign_id: UUID | None) -> None:
    """Keep what rules of approvals ask about as it is now, before it is changed: of a campaign, or of all (None)."""
    await run(connection, __package__, "keep_facts", workspace=ctx.workspace.id, campaign=campaign_id)


async def begin_campaign(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Campaign:
    """Set a planned campaign running because something of it is launched; return it locked."""
    campaign = await lock_campaign(ctx, connection, campaign_id)
    if campaign.state is CampaignState.PLANNED:
        await connection.execute(
            update(campaigns)
            .where(campaigns.c.id == campaign_id)
            .values(state=CampaignState.RUNNING.value, stage=Stage.LAUNCH.value)
        )
    return campaign


async def stage_of(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Stage:
    """Return the stage a campaign was taken to."""
    found = await connection.execute(
        select(campaigns.c.stage).where(campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id)
    )
    return Stage(found.scalar_one())


async def is_sending(connection: AsyncConnection, campaign_id: UUID) -> bool:
    """Return whether something of the campaign is launched and not at its end."""
    return bool((await connection.execute(select(sending(literal(campaign_id))))).scalar_one())


async def has_record(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> bool:
    """Return whether something of the campaign was ever launched or done."""
    t = touchpoints.c
    launched = await connection.execute(
        select(t.id).where(
            t.campaign_id == campaign_id,
            t.workspace_id == ctx.workspace.id,
            t.launched_at.is_not(None) | t.done_on.is_not(None),
        )
    )
    return launched.first() is not None


async def ancestors(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[UUID]:
    """Return the campaign's own id, its parent's, and so on to the top."""
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


async def list_parts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Participant]:
    """List everybody with a part who still is a member of the workspace, with name, role and part, by name."""
    query = (
        select(users.c.id, users.c.name, members.c.role, campaign_members.c.part)
        .join(campaign_members, campaign_members.c.user_id == users.c.id)
        .join(
            members,
            and_(members.c.user_id == users.c.id, members.c.workspace_id == campaign_members.c.workspace_id),
        )
        .where(campaign_members.c.campaign_id == campaign_id, campaign_members.c.workspace_id == ctx.workspace.id)
        .order_by(users.c.name, users.c.id)
    )
    return await all_of(connection, query, Participant)


async def part_of(ctx: Context, connection: AsyncConnection, campaign_id: UUID, user_id: UUID) -> str | None:
    """Return what somebody does in a campaign, None for nothing."""
    m = campaign_members.c
    found = await connection.execute(
        select(m.part).where(m.campaign_id == campaign_id, m.user_id == user_id, m.workspace_id == ctx.workspace.id)
    )
    part: str | None = found.scalar_one_or_none()
    return part


async def open_campaigns(ctx: Context, connection: AsyncConnection, most: int) -> tuple[list[tuple[UUID, str]], bool]:
    """Return id and name of what is planned or running, and whether there are more.

    Those one leads come first, then by their first day.
    """
    mine = campaigns.c.leader_id == (UUID(str(ctx.actor.id)) if ctx.actor.kind == "member" else None)
    rows = await connection.execute(
        select(campaigns.c.id, campaigns.c.name)
        .where(
            campaigns.c.workspace_id == ctx.workspace.id,
            campaigns.c.state.in_([CampaignState.PLANNED.value, CampaignState.RUNNING.value]),
            func.coalesce(campaigns.c.ends_on, ctx.today) >= ctx.today,
            seen_campaigns(ctx, campaigns.c.id),
        )
        .order_by(func.coalesce(mine, False).desc(), campaigns.c.starts_on.nulls_last(), campaigns.c.id)
        .limit(most + 1)
    )
    found = [(row.id, row.name) for row in rows]
    return found[:most], len(found) > most


async def save_days(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, version: int, first: date | None, last: date | None
) -> None:
    """Set a campaign's first and last day; raises Conflict when somebody saved it since `version`."""
    await save_version(ctx, connection, campaigns, campaign_id, version, {"starts_on": first, "ends_on": last})
