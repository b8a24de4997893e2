"""Acting on collisions: leaving out of one touchpoint the people whom another one hits."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.model import AudienceKind
from gonfalon.audiences.rules import check_name, references_of
from gonfalon.audiences.segments.check import check
from gonfalon.audiences.segments.language import AllOf, Member, Not, dump
from gonfalon.audiences.store import insert_audience, load_catalogue
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.campaigns.access import seen_campaigns
from gonfalon.planning.store import not_found, save_version
from gonfalon.planning.tables import touchpoints
from gonfalon.planning.touchpoints.store import lock_touchpoint

LONGEST_NAME = 200


async def trim_touchpoint(ctx: Context, touchpoint_id: UUID, other_id: UUID) -> tuple[UUID, str]:
    """Sends a draft to its audience without that of the other touchpoint; returns the new audience's id and name.

    The new audience is live: who joins the other one later is left out too. The old audience stays as it is.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    ctx.require(Permission.AUDIENCES_WRITE)
    if touchpoint_id == other_id:
        raise Invalid("trim_itself", "Choose another touchpoint whose people are to be left out.")
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.launched_at is not None:
            raise Conflict(
                "touchpoint_launched", f"“{row.name}” has been launched and cannot be changed any more; trim the other."
            )
        mine = await _audience(ctx, connection, row.audience_id)
        theirs = await _audience(ctx, connection, await _other(ctx, connection, other_id))
        if mine.id == theirs.id:
            raise Invalid("trim_everybody", "Both go to the same audience, so nobody would be left; move one of them.")
        rule = AllOf(rules=(Member(audience=mine.id), Not(rule=Member(audience=theirs.id))))
        audience_id, name = new_id(), check_name(f"{mine.name} − {theirs.name}"[:LONGEST_NAME])
        check(rule, await load_catalogue(connection, ctx.workspace.id), audience_id)
        await insert_audience(
            connection,
            {
                "id": audience_id,
                "workspace_id": ctx.workspace.id,
                "kind": AudienceKind.SEGMENT.value,
                "name": name,
                "description": "",
                "rule": dump(rule),
                "references": references_of(rule),
                "created_by": ctx.actor.name,
            },
        )
        await save_version(ctx, connection, touchpoints, touchpoint_id, row.version, {"audience_id": audience_id})
        await ctx.audit(
            connection, "touchpoint.trimmed", "touchpoint", touchpoint_id, row.name,
            campaign_id=row.campaign_id, without=theirs.name,
        )  # fmt: skip
    return audience_id, name


async def _other(ctx: Context, connection: AsyncConnection, touchpoint_id: UUID) -> UUID | None:
    found = await connection.execute(
        select(touchpoints.c.audience_id).where(
            touchpoints.c.id == touchpoint_id,
            touchpoints.c.workspace_id == ctx.workspace.id,
            seen_campaigns(ctx, touchpoints.c.campaign_id),
        )
    )
    row = found.first()
    if row is None:
        raise not_found("touchpoint")
    audience_id: UUID | None = row.audience_id
    return audience_id


async def _audience(ctx: Context, connection: AsyncConnection, audience_id: UUID | None) -> Row[Any]:
    found = await connection.execute(
        select(audiences).where(
            audiences.c.id == audience_id,
            audiences.c.workspace_id == ctx.workspace.id,
            audiences.c.archived_at.is_(None),
        )
    )
    row = found.first()
    if row is None:
        raise Invalid("audience_missing", "Both touchpoints need an audience that is in use; choose one first.")
    return row
