"""Sending a touchpoint again to those who got it and did not click, as a new draft."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.actions import add_audience
from gonfalon.audiences.model import AudienceKind
from gonfalon.kit.errors import Conflict
from gonfalon.planning.touchpoints.actions import add_touchpoint
from gonfalon.planning.touchpoints.store import lock_touchpoint


async def draft_for_silent(ctx: Context, touchpoint_id: UUID, *, name: str, audience: str) -> UUID:
    """Return a draft like the touchpoint, to those who got it and did not follow a link; returns its id.

    name, audience: of the draft and of its audience, a segment that goes on asking who has clicked since. Clicks of
    machines do not count. Who has not opened is not asked: mail programs open for people and hide who opened. Raises
    Conflict for what was not launched here.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        row = await lock_touchpoint(ctx, connection, touchpoint_id)
        if row.launched_at is None or row.template_id is None:
            raise Conflict("touchpoint_not_sent", f"“{row.name}” has not been sent; launch it first.", name=row.name)
        got = {"kind": "message", "what": "sent", "touchpoint": str(touchpoint_id)}
        clicked = {"kind": "message", "what": "clicked", "did": False, "touchpoint": str(touchpoint_id)}
        made = await add_audience(
            ctx,
            connection,
            kind=AudienceKind.SEGMENT,
            name=audience,
            rule={"kind": "all", "rules": [got, clicked]},
        )
        same = ("channel", "template_id", "sender_identity_id", "topic_id", "per_hour", "holdout_percent", "utm")
        values = {column: getattr(row, column) for column in same}
        return await add_touchpoint(ctx, connection, row.campaign_id, values | {"name": name, "audience_id": made.id})
