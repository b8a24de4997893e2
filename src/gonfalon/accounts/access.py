"""What somebody sees: members everything; guests the campaigns they have a part in, and what those hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, or_, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.offers import CampaignNames, Held, Holds
from gonfalon.accounts.tables import campaign_members
from gonfalon.kit.errors import NotFound
from gonfalon.kit.services import Services


def seen_campaigns(ctx: Context, campaign_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Make a condition on a column of campaign ids: only campaigns that the actor may see. Binds no workspace."""
    if ctx.actor.role is not Role.GUEST:
        return true()
    invited = select(campaign_members.c.campaign_id).where(
        campaign_members.c.workspace_id == ctx.workspace.id, campaign_members.c.user_id == UUID(str(ctx.actor.id))
    )
    return campaign_id.in_(invited)


def seen_things(ctx: Context, kind: Held, thing_id: ColumnElement[Any]) -> ColumnElement[bool]:
    """Make a condition on a column of ids: only things of the kind that campaigns hold which the actor may see.

    Guests know themselves as well as the members that their campaigns hold. What campaigns hold is offered by the rooms
    that own the tables (`Holds`).
    """
    if ctx.actor.role is not Role.GUEST:
        return true()
    held = union_all(
        *(
            select(each.thing).where(
                each.thing.table.c.workspace_id == ctx.workspace.id,
                each.thing.is_not(None),
                seen_campaigns(ctx, each.campaign),
            )
            for each in ctx.services.offered(Holds)
            if each.kind is kind
        )
    )
    if kind is Held.MEMBER:
        return or_(thing_id == UUID(str(ctx.actor.id)), thing_id.in_(held))
    return thing_id.in_(held)


async def check_part(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Raise NotFound for a guest who has no part in the campaign."""
    mine = select(campaign_members.c.campaign_id).where(
        campaign_members.c.workspace_id == ctx.workspace.id,
        campaign_members.c.campaign_id == campaign_id,
        campaign_members.c.user_id == UUID(str(ctx.actor.id)),
    )
    if ctx.actor.role is Role.GUEST and (await connection.execute(mine)).first() is None:
        raise NotFound("campaign_unknown", "There is no such campaign in this workspace.")


def see_audiences(ctx: Context) -> None:
    """Raise Forbidden for who reads no audiences. Guests read those that their campaigns are for: who is meant and how
    many, not the people."""
    if ctx.actor.role is not Role.GUEST:
        ctx.require(Permission.AUDIENCES_READ)


def campaign_names(services: Services) -> Subquery:
    """Return what campaigns are called, as rows of `id`, `workspace_id` and `name`. Binds no workspace."""
    (offer,) = services.offered(CampaignNames)
    return offer.rows.subquery("campaigns")
