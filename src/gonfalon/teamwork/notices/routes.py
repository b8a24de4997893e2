"""Notices over HTTP: always one's own."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ByNumber, Page
from gonfalon.teamwork.model import NOTICES, NoticeKind, Thing, ThingKind
from gonfalon.teamwork.notices import actions, store
from gonfalon.teamwork.notices.model import Notice
from gonfalon.teamwork.notices.schemas import MOST_COUNTED, DeliveryIn, DeliveryOut, NoticeState, ReadAll, UnreadOut
from gonfalon.teamwork.store import member_id

router = APIRouter(tags=["notices"])


@router.get("/workspaces/{workspace}/notices", operation_id="list_notices")
async def list_notices(
    ctx: Ctx,
    page: ByNumber,
    unread: Annotated[bool, Query(description="Only what is not read yet")] = False,
    kind: Annotated[list[NoticeKind] | None, Query(description="Only these kinds")] = None,
) -> Page[Notice]:
    """Return what one was told, the newest first."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.reading() as connection:
        rows = await store.page_notices(
            ctx.services, connection, ctx.workspace.id, user_id, page, unread=unread, kinds=kind or []
        )
    return page.as_read(rows)


@router.get("/workspaces/{workspace}/notices/unread", operation_id="count_unread")
async def count_unread(ctx: Ctx) -> UnreadOut:
    """Return how many notices wait."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.reading() as connection:
        return UnreadOut(count=await store.count_unread(ctx, connection, user_id, MOST_COUNTED))


@router.post("/workspaces/{workspace}/notices/read", operation_id="read_all_notices", status_code=204)
async def read_all_notices(body: ReadAll, ctx: Ctx) -> None:
    """Mark everything up to a notice as read."""
    await actions.mark_all(ctx, body.up_to)


@router.put("/workspaces/{workspace}/notices/{notice_id}/read", operation_id="mark_notice", status_code=204)
async def mark_notice(notice_id: Annotated[int, Path(ge=1, le=2**63 - 1)], body: NoticeState, ctx: Ctx) -> None:
    """Mark a notice as read or unread."""
    await actions.mark_notice(ctx, notice_id, body.read)


@router.post("/workspaces/{workspace}/things/{kind}/{thing_id}/read", operation_id="read_thing", status_code=204)
async def read_thing(kind: ThingKind, thing_id: UUID, ctx: Ctx) -> None:
    """Mark what one was told about a thing as read."""
    await actions.mark_about(ctx, Thing(kind, thing_id))


@router.get("/workspaces/{workspace}/notice-settings", operation_id="list_notice_settings")
async def list_notice_settings(ctx: Ctx) -> list[DeliveryOut]:
    """Return how each kind of notice reaches one by mail."""
    ctx.require(Permission.WORKSPACE_READ)
    user_id = member_id(ctx)
    async with ctx.reading() as connection:
        chosen = await store.chosen_deliveries(ctx, connection, user_id)
    return [
        DeliveryOut(kind=kind, delivery=chosen.get(kind.value, rule.delivery.value), usual=rule.delivery)
        for kind, rule in NOTICES.items()
    ]


@router.put("/workspaces/{workspace}/notice-settings/{kind}", operation_id="choose_delivery", status_code=204)
async def choose_delivery(kind: NoticeKind, body: DeliveryIn, ctx: Ctx) -> None:
    """Choose how a kind of notice reaches one by mail."""
    await actions.choose_delivery(ctx, kind, body.delivery)
