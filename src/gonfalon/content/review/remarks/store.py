"""Database calls of remarks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.content.review.model import Content, ContentKind
from gonfalon.content.review.remarks.schemas import PinOut
from gonfalon.content.review.tables import review_pins


async def insert_pin(
    ctx: Context, connection: AsyncConnection, content: Content, comment_id: UUID, **place: Any
) -> None:
    """Write where a comment points."""
    of = {"kind": content.kind.value, "content_id": content.id, "workspace_id": ctx.workspace.id}
    await connection.execute(insert(review_pins).values(comment_id=comment_id, **of, **place))


async def list_pins(ctx: Context, connection: AsyncConnection, kind: ContentKind, content_id: UUID) -> list[PinOut]:
    """Return where the comments of a content point, the newest first, at most 2,000."""
    query = (
        select(review_pins)
        .where(
            review_pins.c.workspace_id == ctx.workspace.id,
            review_pins.c.kind == kind.value,
            review_pins.c.content_id == content_id,
        )
        .order_by(review_pins.c.comment_id.desc())
        .limit(2_000)
    )
    return [PinOut.model_validate(row) for row in await connection.execute(query)]
