"""Remarks over HTTP."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.content.review.model import ContentKind
from gonfalon.content.review.remarks import actions, store
from gonfalon.content.review.remarks.schemas import PinOut, RemarkIn
from gonfalon.content.review.store import find_content

router = APIRouter(tags=["reviews"], prefix="/workspaces/{workspace}")


class RemarkMade(BaseModel):
    """The comment that a remark is."""

    comment_id: UUID


@router.post("/content-remarks", operation_id="add_remark", status_code=201)
async def add_remark(body: RemarkIn, ctx: Ctx) -> RemarkMade:
    """Add a comment on a place in a version; the comments of the content show it."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        content = await find_content(ctx, connection, body.kind, body.content_id)
    return RemarkMade(comment_id=await actions.add_remark(ctx, content, body.body, body))


@router.get("/content-remarks", operation_id="list_pins")
async def list_pins(
    kind: Annotated[ContentKind, Query()], content_id: Annotated[UUID, Query()], ctx: Ctx
) -> list[PinOut]:
    """Return where the comments of a content point; those without a place are about the whole."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        await find_content(ctx, connection, kind, content_id)
        return await store.list_pins(ctx, connection, kind, content_id)
