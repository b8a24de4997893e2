"""Comments over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from fastapi import APIRouter, Request, Response
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.kit.http import idempotent
from gonfalon.kit.paging import ById, Page
from gonfalon.teamwork.comments import actions, store
from gonfalon.teamwork.comments.model import Comment
from gonfalon.teamwork.comments.rules import mentioned
from gonfalon.teamwork.comments.schemas import CommentEdit, CommentIn, ThreadOut, ThreadState, thread_out
from gonfalon.teamwork.model import Thing, ThingKind
from gonfalon.teamwork.store import see_thing

router = APIRouter(tags=["comments"])


async def _threads(ctx: Context, connection: AsyncConnection, roots: Sequence[Comment]) -> list[ThreadOut]:
    replies = await store.list_replies(ctx, connection, [row.id for row in roots])
    ids = {row.author_id for row in (*roots, *replies) if row.author_id}
    ids |= {user_id for row in (*roots, *replies) for user_id in mentioned(row.body)}
    people = {row.id: row for row in await store.writers(ctx, connection, ids)}
    return [thread_out(root, replies, people) for root in roots]


async def _thread_of(ctx: Context, comment_id: UUID) -> ThreadOut:
    async with ctx.reading() as connection:
        row = await store.find_comment(ctx, connection, comment_id)
        root = row if row.parent_id is None else await store.find_comment(ctx, connection, row.parent_id)
        return (await _threads(ctx, connection, [root]))[0]


@router.get("/workspaces/{workspace}/things/{kind}/{thing_id}/comments", operation_id="list_comments")
async def list_comments(kind: ThingKind, thing_id: UUID, ctx: Ctx, page: ById) -> Page[ThreadOut]:
    """Return threads about a thing, the newest first, each with its replies."""
    thing = Thing(kind, thing_id)
    async with ctx.reading() as connection:
        await see_thing(ctx, connection, thing)
        rows = await store.page_threads(ctx, connection, thing, page)
        items = await _threads(ctx, connection, page.shown(rows))
    return Page(items=items, next_cursor=page.next_cursor(rows))


@router.post(
    "/workspaces/{workspace}/things/{kind}/{thing_id}/comments",
    operation_id="add_comment",
    response_model=ThreadOut,
)
async def add_comment(kind: ThingKind, thing_id: UUID, body: CommentIn, ctx: Ctx, request: Request) -> Response:
    """Return comments on a thing or answers in a thread; answers the whole thread. Takes an Idempotency-Key."""

    async def answer() -> ThreadOut:
        return await _thread_of(ctx, await actions.add_comment(ctx, Thing(kind, thing_id), body.body, body.parent_id))

    return await idempotent(request, ctx.services.db, f"workspace {ctx.workspace.id} {ctx.actor.id}", answer)


@router.put("/workspaces/{workspace}/comments/{comment_id}", operation_id="edit_comment")
async def edit_comment(comment_id: UUID, body: CommentEdit, ctx: Ctx) -> ThreadOut:
    """Replace one's own words; 409 when the comment has changed since `version`."""
    await actions.edit_comment(ctx, comment_id, body.version, body.body)
    return await _thread_of(ctx, comment_id)


@router.delete("/workspaces/{workspace}/comments/{comment_id}", operation_id="remove_comment", status_code=204)
async def remove_comment(comment_id: UUID, ctx: Ctx) -> None:
    """Empty one's own comment; its place in the thread stays."""
    await actions.remove_comment(ctx, comment_id)


@router.put("/workspaces/{workspace}/comments/{comment_id}/resolved", operation_id="resolve_thread")
async def resolve_thread(comment_id: UUID, body: ThreadState, ctx: Ctx) -> ThreadOut:
    """Mark a thread as settled or opens it again."""
    await actions.resolve_thread(ctx, comment_id, body.resolved)
    return await _thread_of(ctx, comment_id)
