"""Which campaigns somebody sees: members all of the workspace's, guests those they have a part in."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, column, select, table, true

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role

_PARTS = table("campaign_members", column("workspace_id"), column("campaign_id"), column("user_id"))
"""The planning room's; named here so that every room may ask who sees what."""


def seen_campaigns(ctx: Context, campaign_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """A condition on a column of campaign ids: only campaigns that the actor may see. Binds no workspace."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    invited = select(_PARTS.c.campaign_id).where(
        _PARTS.c.workspace_id == ctx.workspace.id, _PARTS.c.user_id == UUID(str(ctx.actor.id))
    )
    return campaign_id.in_(invited)
