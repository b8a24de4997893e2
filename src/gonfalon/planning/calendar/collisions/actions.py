"""Act on collisions: leave out of one touchpoint the people whom another one hits."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.model import AudienceKind
from gonfalon.audiences.rules import check_name, references_of
from gonfalon.audiences.segments.check import check
from gonfalon.audiences.segments.language import AllOf, Member, Not, dump
from gonfalon.audiences.store import insert_audience, load_catalogue
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.calendar.collisions import store
from gonfalon.planning.touchpoints.store import lock_touchpoint, save_touchpoint

LONGEST_NAME = 200


async def trim_touchpoint(ctx: Context, touchpoint_id: UUID, other_id: UUID) -> tuple[UUID, str]:
    """Send a draft to its audience without that of the other touchpoint; return the new audience's id and name.

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
                "touchpoint_launched",
                f"“{row.name}” has been launched and cannot be changed any more; trim the other.",
                name=row.name,
            )
        mine, my_name = await store.find_audience(ctx, connection, row.audience_id)
        theirs, their_name = await store.find_audience(
            ctx, connection, await store.audience_of_touchpoint(ctx, connection, other_id)
        )
        if mine == theirs:
            raise Invalid("trim_everybody", "Both go to the same audience, so nobody would be left; move one of them.")
        rule = AllOf(rules=(Member(audience=mine), Not(rule=Member(audience=theirs))))
        audience_id, name = new_id(), check_name(f"{my_name} − {their_name}"[:LONGEST_NAME])
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
        await save_touchpoint(ctx, connection, touchpoint_id, row.version, audience_id=audience_id)
        await ctx.audit(
            connection, "touchpoint.trimmed", "touchpoint", touchpoint_id, row.name,
            campaign_id=row.campaign_id, without=their_name,
        )  # fmt: skip
    return audience_id, name
