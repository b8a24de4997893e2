"""The verb of remarks: comment on a place. Replying and settling are teamwork's."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.context import Context, within
from gonfalon.content.review.model import Content
from gonfalon.content.review.remarks import store
from gonfalon.content.review.remarks.schemas import PlaceIn
from gonfalon.content.review.store import find_content
from gonfalon.kit.errors import Invalid
from gonfalon.teamwork.comments.actions import add_comment
from gonfalon.teamwork.model import Thing, ThingKind


async def add_remark(ctx: Context, content: Content, body: str, place: PlaceIn) -> UUID:
    """Add a comment on a place in a version of a content; tells who is mentioned and who follows it. Returns its id.

    Raises NotFound, Forbidden and Invalid as a comment does, and Invalid for a version that is still to come.
    """
    async with ctx.transaction() as connection:
        present = await find_content(ctx, connection, content.kind, content.id)
        if place.version > present.version:
            raise Invalid("remark_version", "This version does not exist yet; load the page again.")
        inside = within(ctx, connection)
        comment_id = await add_comment(inside, Thing(ThingKind(content.kind.value), content.id), body)
        await store.insert_pin(
            ctx,
            connection,
            content,
            comment_id,
            version=place.version,
            device=place.device.value,
            x=place.x,
            y=place.y,
            quote=" ".join(place.quote.replace("\0", "").split()),
        )
        await ctx.audit(
            connection, "comment.added", content.kind.value, content.id, present.name, comment=str(comment_id)
        )
    return comment_id
