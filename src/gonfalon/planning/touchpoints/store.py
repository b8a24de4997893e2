"""Reading touchpoints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import not_found, save_version
from gonfalon.audiences.tables import audiences
from gonfalon.channels.offers import all_senders, sent_here
from gonfalon.content.tables import templates
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.paging import PageRequest
from gonfalon.people.tables import topics
from gonfalon.planning.model import TouchpointChannel, TouchpointState
from gonfalon.planning.tables.budget import budget_lines
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.touchpoints import IN_USE, touchpoints
from gonfalon.planning.touchpoints.rules import check_in_use, link_tags
from gonfalon.tracking.links.utm import Utm

STATE = case(
    (touchpoints.c.archived_at.is_not(None), TouchpointState.ARCHIVED.value),
    (touchpoints.c.done_on.is_not(None), TouchpointState.DONE.value),
    (touchpoints.c.launched_at.is_(None), TouchpointState.DRAFT.value),
    (dispatches.c.id.is_(None), TouchpointState.PREPARING.value),
    else_=dispatches.c.state,
)


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


async def list_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's touchpoints in the order they were made."""
    rows = await connection.execute(
        _select(ctx).where(touchpoints.c.campaign_id == campaign_id, IN_USE).order_by(touchpoints.c.id)
    )
    return list(rows.all())


async def list_all_touchpoints(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    state: TouchpointState | None,
    channel: TouchpointChannel | None,
    words: str,
) -> list[Row[Any]]:
    """The workspace's touchpoints, the newest first, one more than the page holds; archived ones when asked for."""
    query = _select(ctx).where(IN_USE if state is None else STATE.in_((state.value,)))
    if page.after:
        query = query.where(touchpoints.c.id < page.after[0])
    if channel is not None:
        query = query.where(touchpoints.c.channel == channel.value)
    for word in words.split():
        query = query.where(
            touchpoints.c.name.icontains(word, autoescape=True) | campaigns.c.name.icontains(word, autoescape=True)
        )
    return list((await connection.execute(query.order_by(touchpoints.c.id.desc()).limit(page.limit + 1))).all())


async def find_touchpoint(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, *, lock: bool = False
) -> Row[Any]:
    """One touchpoint with what it is made of; raises NotFound. lock: until the transaction ends, and Conflict for an
    archived one."""
    query = _select(ctx).where(touchpoints.c.id == touchpoint_id)
    query = query.with_for_update(of=touchpoints) if lock else query
    row: Row[Any] | None = (await connection.execute(query)).first()
    if row is None:
        raise not_found("touchpoint")
    if lock:
        check_in_use(row)
    return row


def tags_of(row: Row[Any]) -> Utm:
    """What the links of a touchpoint carry: as it was launched, or as it would be launched now."""
    if row.sent_utm is not None:
        return Utm(**row.sent_utm)
    return link_tags(
        row.utm,
        workspace=row.workspace_slug,
        channel=row.channel,
        campaign=row.campaign_name,
        touchpoint=row.name,
    )


async def lock_touchpoint(
    ctx: Context, connection: AsyncConnection, touchpoint_id: UUID, *, archived: bool = False
) -> Row[Any]:
    """The bare row, locked until the transaction ends; raises NotFound, and Conflict for an archived one unless
    `archived`."""
    found = await connection.execute(
        select(touchpoints)
        .where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, touchpoints.c.campaign_id),
        )
        .with_for_update()
    )
    row = found.first()
    if row is None:
        raise not_found("touchpoint")
    if not archived:
        check_in_use(row)
    return row


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
