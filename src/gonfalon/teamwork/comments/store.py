"""Database calls of comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.accounts.versions import known
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.kit.sql import run
from gonfalon.teamwork.comments.model import Comment, Writer
from gonfalon.teamwork.model import Thing
from gonfalon.teamwork.tables import comments, notices


def _about(ctx: Context, thing: Thing) -> Any:
    return (
        (comments.c.workspace_id == ctx.workspace.id)
        & (comments.c.thing_kind == thing.kind.value)
        & (comments.c.thing_id == thing.id)
    )


def _select(ctx: Context) -> Select[Any]:
    """Comments of the workspace with their author's present name."""
    return (
        select(*comments.c, func.coalesce(users.c.name, comments.c.author_name).label("author"))
        .outerjoin(users, users.c.id == comments.c.author_id)
        .where(comments.c.workspace_id == ctx.workspace.id)
    )


async def page_threads(ctx: Context, connection: AsyncConnection, thing: Thing, page: PageRequest) -> list[Comment]:
    """Return first comments of threads about the thing, the newest first, one more than the page holds."""
    query = _select(ctx).where(_about(ctx, thing), comments.c.parent_id.is_(None))
    if page.after:
        query = query.where(comments.c.id < page.after[0])
    return await all_of(connection, query.order_by(comments.c.id.desc()).limit(page.fetch), Comment)


async def list_replies(ctx: Context, connection: AsyncConnection, roots: Collection[UUID]) -> list[Comment]:
    """Return all replies to these comments, the oldest first."""
    query = _select(ctx).where(comments.c.parent_id.in_(list(roots))).order_by(comments.c.id)
    return await all_of(connection, query, Comment)


async def find_comment(ctx: Context, connection: AsyncConnection, comment_id: UUID, *, lock: bool = False) -> Comment:
    """Return one comment; raises NotFound. lock: until the transaction ends."""
    query = _select(ctx).where(comments.c.id == comment_id)
    return known(await first_of(connection, query.with_for_update(of=comments) if lock else query, Comment), "comment")


async def count_comments(ctx: Context, connection: AsyncConnection, thing: Thing) -> tuple[int, int]:
    """Return how many comments there are about the thing, and how many threads are open."""
    there = _about(ctx, thing) & comments.c.removed_at.is_(None)
    open_thread = comments.c.parent_id.is_(None) & comments.c.resolved_at.is_(None)
    found = await connection.execute(select(func.count(), func.count().filter(open_thread)).where(there))
    row = found.one()
    return int(row[0]), int(row[1])


async def writers(ctx: Context, connection: AsyncConnection, ids: Collection[UUID]) -> list[Writer]:
    """Return users by id with their present name and whether they still are members of the workspace."""
    if not ids:
        return []
    return await all_of(
        connection,
        select(users.c.id, users.c.name, members.c.user_id.is_not(None).label("member"))
        .outerjoin(members, (members.c.user_id == users.c.id) & (members.c.workspace_id == ctx.workspace.id))
        .where(users.c.id.in_(list(ids))),
        Writer,
    )


async def authors_of(ctx: Context, connection: AsyncConnection, root: UUID) -> set[UUID]:
    """Return who has written in the thread that this comment began."""
    found = await connection.execute(
        select(comments.c.author_id)
        .where(
            comments.c.workspace_id == ctx.workspace.id,
            (comments.c.id == root) | (comments.c.parent_id == root),
            comments.c.author_id.is_not(None),
        )
        .distinct()
    )
    return set(found.scalars())


async def insert_comment(ctx: Context, connection: AsyncConnection, thing: Thing, **values: Any) -> None:
    """Write a comment on the thing."""
    await connection.execute(
        insert(comments).values(workspace_id=ctx.workspace.id, thing_kind=thing.kind.value, thing_id=thing.id, **values)
    )


async def edit_comment(ctx: Context, connection: AsyncConnection, comment_id: UUID, body: str) -> None:
    """Replace the words of a comment."""
    await _update(ctx, connection, comment_id, body=body, edited_at=func.now())


async def empty_comment(ctx: Context, connection: AsyncConnection, comment_id: UUID) -> None:
    """Take a comment's words away, and the notices that tell of it."""
    await _update(ctx, connection, comment_id, body="", removed_at=func.now())
    await connection.execute(
        delete(notices).where(
            notices.c.workspace_id == ctx.workspace.id, notices.c.parameters["comment"].astext == str(comment_id)
        )
    )


async def resolve_thread(ctx: Context, connection: AsyncConnection, comment_id: UUID, *, resolved: bool) -> None:
    """Mark a thread as settled, or open it again."""
    by = ctx.actor.name if resolved else ""
    await _update(ctx, connection, comment_id, resolved_at=func.now() if resolved else None, resolved_by=by)


async def _update(ctx: Context, connection: AsyncConnection, comment_id: UUID, **values: Any) -> None:
    await connection.execute(
        update(comments)
        .where(comments.c.id == comment_id, comments.c.workspace_id == ctx.workspace.id)
        .values(version=comments.c.version + 1, **values)
    )


async def forget_people(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Take a person's addresses out of comments and notices."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)


async def reopen_thread(ctx: Context, connection: AsyncConnection, comment_id: UUID) -> None:
    """Open a thread again if it was settled."""
    await connection.execute(
        update(comments)
        .where(
            comments.c.id == comment_id,
            comments.c.workspace_id == ctx.workspace.id,
            comments.c.resolved_at.is_not(None),
        )
        .values(resolved_at=None, resolved_by="", version=comments.c.version + 1)
    )
