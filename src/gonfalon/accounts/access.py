"""What somebody sees: members everything; guests the campaigns they have a part in, and what those hold."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, column, select, table, true, union_all

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role

_PARTS = table("campaign_members", column("workspace_id"), column("campaign_id"), column("user_id"))
_TOUCHPOINTS = table("touchpoints", column("id"), column("workspace_id"), column("campaign_id"), column("template_id"))
_SPOKEN_TO = [
    table(name, column("workspace_id"), column("campaign_id"), column("audience_id"))
    for name in ("touchpoints", "plan_segments", "brief_passages")
]
"""Tables of the planning room; named here so that every room may ask who sees what."""


def seen_campaigns(ctx: Context, campaign_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A condition on a column of campaign ids: only campaigns that the actor may see. Binds no workspace."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    invited = select(_PARTS.c.campaign_id).where(
        _PARTS.c.workspace_id == ctx.workspace.id, _PARTS.c.user_id == UUID(str(ctx.actor.id))
    )
    return campaign_id.in_(invited)


def seen_touchpoints(ctx: Context, touchpoint_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A condition on a column of touchpoint ids: only those of campaigns that the actor may see."""
    return _held(ctx, touchpoint_id, _TOUCHPOINTS.c.id)


def seen_templates(ctx: Context, template_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A condition on a column of template ids: only what touchpoints of campaigns that the actor may see send."""
    return _held(ctx, template_id, _TOUCHPOINTS.c.template_id)


def see_audiences(ctx: Context) -> None:
    """Raises Forbidden for who reads no audiences. Guests read those their campaigns are for (`seen_audiences`): who
    is meant and how many, not the people."""
    if ctx.actor.role is not Role.GUEST:
        ctx.require(Permission.AUDIENCES_READ)


def seen_audiences(ctx: Context, audience_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A condition on a column of audience ids: only those that touchpoints, channel plans and briefs of campaigns name
    that the actor may see."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    named = union_all(
        *(
            select(uses.c.audience_id).where(
                uses.c.workspace_id == ctx.workspace.id,
                uses.c.audience_id.is_not(None),
                seen_campaigns(ctx, uses.c.campaign_id),
            )
            for uses in _SPOKEN_TO
        )
    )
    return audience_id.in_(named)


def _held(ctx: Context, asked: ColumnElement[UUID], held: ColumnElement[UUID]) -> ColumnElement[bool]:
    if ctx.actor.role is not Role.GUEST:
        return true()
    return asked.in_(
        select(held).where(
            _TOUCHPOINTS.c.workspace_id == ctx.workspace.id, seen_campaigns(ctx, _TOUCHPOINTS.c.campaign_id)
        )
    )
