"""Database calls of touchpoints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known, save_version
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import all_senders, sent_here
from gonfalon.content.tables import templates
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.people.tables import topics
from gonfalon.planning.model import TouchpointChannel, TouchpointState
from gonfalon.planning.tables.budget import budget_lines
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.model import Touchpoint, TouchpointView
from gonfalon.planning.touchpoints.rules import check_in_use

STATE = case(
    (touchpoints.c.archived_at.is_not(None), TouchpointState.ARCHIVED.value),
    (touchpoints.c.done_on.is_not(None), TouchpointState.DONE.value),
    (touchpoints.c.launched_at.is_(None), TouchpointState.DRAFT.value),
    (dispatches.c.id.is_(None), TouchpointState.PREPARING.value),
    else_=dispatches.c.state,
)
GOES_AT = case(
    (touchpoints.c.launched_at.is_(None), touchpoints.c.send_at),
    (touchpoints.c.send_at > touchpoints.c.launched_at, touchpoints.c.send_at),
    else_=touchpoints.c.launched_at,
)
"""When a touchpoint goes out, or went: what was launched late went when it was launched."""


def _select(ctx: Context) -> Select[Any]:
    senders = all_senders(ctx.services)
    return (
        select(
            *touchpoints.c,
            STATE.label("state"),
            func.coalesce(dispatches.c.state_reason, "").label("state_reason"),
            dispatches.c.finished_at,
            audiences.c.name.label("audience_name"),
            audiences.c.archived_at.label("audience_archived_at"),
            budget_lines.c.name.label("budget_line_name"),
            templates.c.name.label("template_name"),
            senders.c.label.label("sender_identity_name"),
            senders.c.description.label("sender_description"),
            topics.c.name.label("topic_name"),
            topics.c.key.label("topic_key"),
            topics.c.archived_at.label("topic_archived_at"),
            campaigns.c.name.label("campaign_name"),
            literal(ctx.workspace.slug).label("workspace_slug"),
            touchpoints.c.channel.in_(sent_here(ctx.services)).label("sent_here"),
            dispatches.c.utm.label("sent_utm"),
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .outerjoin(budget_lines, budget_lines.c.id == touchpoints.c.budget_line_id)
        .outerjoin(audiences, audiences.c.id == touchpoints.c.audience_id)
        .outerjoin(templates, templates.c.id == touchpoints.c.template_id)
        .outerjoin(senders, senders.c.id == touchpoints.c.sender_identity_id)
        .outerjoin(topics, topics.c.id == touchpoints.c.topic_id)
        .where(touchpoints.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, touchpoints.c.campaign_id))
    )


async def list_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[TouchpointView]:
    """Read the campaign's touchpoints in the order they were made."""
    query = _select(ctx).where(touchpoints.c.campaign_id == campaign_id, IN_USE).order_by(touchpoints.c.id)
    return await all_of(connection, query, TouchpointView)


async def list_all_touchpoints(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    state: TouchpointState | None,
    channel: TouchpointChannel | None,
    words: str,
) -> list[TouchpointView]:
    """Read the workspace's touchpoints, the newest first, one more than the page holds; archived when asked for."""
    query = _select(ctx).where(IN_USE if state is None else STATE.in_((state.value,)))
    if page.after:
        query = query.where(touchpoints.c.id < page.after[0])
    if channel is not None:
        query = query.where(touchpoints.c.channel == channel.value)
    for word in words.split():
        query = query.where(
            touchpoints.c.name.icontains(word, autoescape=True) | campaigns.c.name.icontains(word, autoescape=True)
        )
    query = query.order_by(touchpoints.c.id.desc()).limit(page.limit + 1)
    return await all_of(connection, query, TouchpointView)


async def find_touchpoint(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, *, lock: bool = False
) -> TouchpointView:
    """Find a touchpoint with what it is made of; raises NotFound. lock: until the transaction ends, and Conflict for
    an archived one."""
    query = _select(ctx).where(touchpoints.c.id == touchpoint_id)
    query = query.with_for_update(of=touchpoints) if lock else query
    found = known(await first_of(connection, query, TouchpointView), "touchpoint")
    if lock:
        check_in_use(found.name, found.archived_at)
    return found


async def lock_touchpoint(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, *, archived: bool = False
) -> Touchpoint:
    """Lock a touchpoint until the transaction ends and return what is stored of it; raises NotFound, and Conflict for
    an archived one unless `archived`."""
    query = (
        select(touchpoints)
        .where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, touchpoints.c.campaign_id),
        )
        .with_for_update()
    )
    found = known(await first_of(connection, query, Touchpoint), "touchpoint")
    if not archived:
        check_in_use(found.name, found.archived_at)
    return found


async def count_touchpoints(connection: AsyncConnection, campaign_id: UUID) -> int:
    """Count the touchpoints of a campaign that the caller has locked."""
    mine = select(func.count()).select_from(touchpoints).where(touchpoints.c.campaign_id == campaign_id, IN_USE)
    return int((await connection.execute(mine)).scalar_one())


async def has_line(ctx: Context, connection: AsyncConnection, campaign_id: UUID, line: UUID) -> bool:
    """Return whether the line is one of the campaign's budget."""
    query = select(budget_lines.c.id).where(
        budget_lines.c.id == line,
        budget_lines.c.campaign_id == campaign_id,
        budget_lines.c.workspace_id == ctx.workspace.id,
    )
    return (await connection.execute(query)).first() is not None


async def save_launch(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, **values: Any) -> None:
    """Note what became of a launch on a touchpoint that the caller has locked."""
    mine = (touchpoints.c.id == touchpoint_id) & (touchpoints.c.workspace_id == ctx.workspace.id)
    await connection.execute(
        update(touchpoints).where(mine).values(**values, version=touchpoints.c.version + 1, updated_at=func.now())
    )


async def save_touchpoint(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, version: int, **values: Any
) -> None:
    """Save these columns of a touchpoint; raises Conflict when somebody saved it since `version`."""
    await save_version(ctx, connection, touchpoints, touchpoint_id, version, values)
