"""Reading touchpoints."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, case, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.audiences.tables import audiences
from gonfalon.channels.email.tables import sender_identities
from gonfalon.content.tables import templates
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.paging import PageRequest
from gonfalon.people.tables import topics
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import budget_lines, campaigns, touchpoints
from gonfalon.planning.touchpoints.model import TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints.rules import link_tags
from gonfalon.tracking.links.utm import Utm

STATE = case(
    (touchpoints.c.done_on.is_not(None), TouchpointState.DONE.value),
    (touchpoints.c.launched_at.is_(None), TouchpointState.DRAFT.value),
    (dispatches.c.id.is_(None), TouchpointState.PREPARING.value),
    else_=dispatches.c.state,
)


def _select(ctx: Context) -> Select[Any]:
    return (
        select(
            *touchpoints.c,
            STATE.label("state"),
            func.coalesce(dispatches.c.state_reason, "").label("state_reason"),
            dispatches.c.finished_at,
            audiences.c.name.label("audience_name"),
            budget_lines.c.name.label("budget_line_name"),
            templates.c.name.label("template_name"),
            (sender_identities.c.from_name + " <" + sender_identities.c.from_address + ">").label(
                "sender_identity_name"
            ),
            topics.c.name.label("topic_name"),
            campaigns.c.name.label("campaign_name"),
            literal(ctx.workspace.slug).label("workspace_slug"),
            dispatches.c.utm.label("sent_utm"),
        )
        .join(campaigns, campaigns.c.id == touchpoints.c.campaign_id)
        .outerjoin(dispatches, dispatches.c.touchpoint_id == touchpoints.c.id)
        .outerjoin(budget_lines, budget_lines.c.id == touchpoints.c.budget_line_id)
        .outerjoin(audiences, audiences.c.id == touchpoints.c.audience_id)
        .outerjoin(templates, templates.c.id == touchpoints.c.template_id)
        .outerjoin(sender_identities, sender_identities.c.id == touchpoints.c.sender_identity_id)
        .outerjoin(topics, topics.c.id == touchpoints.c.topic_id)
        .where(touchpoints.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, touchpoints.c.campaign_id))
    )


async def list_touchpoints(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's touchpoints in the order they were made."""
    rows = await connection.execute(
        _select(ctx).where(touchpoints.c.campaign_id == campaign_id).order_by(touchpoints.c.id)
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
    """The workspace's touchpoints, the newest first, one more than the page holds."""
    query = _select(ctx)
    if page.after:
        query = query.where(touchpoints.c.id < UUID(str(page.after[0])))
    if state is not None:
        query = query.where(STATE.in_((state.value,)))
    if channel is not None:
        query = query.where(touchpoints.c.channel == channel.value)
    for word in words.split():
        query = query.where(
            touchpoints.c.name.icontains(word, autoescape=True) | campaigns.c.name.icontains(word, autoescape=True)
        )
    return list((await connection.execute(query.order_by(touchpoints.c.id.desc()).limit(page.limit + 1))).all())


async def find_touchpoint(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Row[Any]:
    """One touchpoint; raises NotFound."""
    row: Row[Any] | None = (await connection.execute(_select(ctx).where(touchpoints.c.id == touchpoint_id))).first()
    if row is None:
        raise not_found("touchpoint")
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


async def lock_touchpoint(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> Row[Any]:
    """The bare row, locked until the transaction ends; raises NotFound."""
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
    return row
