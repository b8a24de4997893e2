"""Database calls of comments."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.tables import members, users
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.teamwork.model import Thing
from gonfalon.teamwork.tables import comments


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


async def page_threads(ctx: Context, connection: AsyncConnection, thing: Thing, page: PageRequest) -> list[Row[Any]]:
    """First comments of threads about the thing, the newest first, one more than the page holds."""
    query = _select(ctx).where(_about(ctx, thing), comments.c.parent_id.is_(None))
    if page.after:
        query = query.where(comments.c.id < UUID(str(page.after[0])))
    return list((await connection.execute(query.order_by(comments.c.id.desc()).limit(page.limit + 1))).all())


async def list_replies(ctx: Context, connection: AsyncConnection, roots: Collection[UUID]) -> list[Row[Any]]:
    """All replies to these comments, the oldest first."""
    query = _select(ctx).where(comments.c.parent_id.in_(list(roots))).order_by(comments.c.id)
    return list((await connection.execute(query)).all())


async def find_comment(ctx: Context, connection: AsyncConnection, comment_id: UUID, *, lock: bool = False) -> Row[Any]:
    """One comment; raises NotFound. lock: until the transaction ends."""
    query = _select(ctx).where(comments.c.id == comment_id)
    row: Row[Any] | None = (await connection.execute(query.with_for_update(of=comments) if lock else query)).first()
    if row is None:
        raise NotFound("comment_unknown", "There is no such comment in this workspace.")
    return row


async def count_comments(ctx: Context, connection: AsyncConnection, thing: Thing) -> tuple[int, int]:
    """How many comments there are about the thing, and how many threads are open."""
    there = _about(ctx, thing) & comments.c.removed_at.is_(None)
    open_thread = comments.c.parent_id.is_(None) & comments.c.resolved_at.is_(None)
    found = await connection.execute(select(func.count(), func.count().filter(open_thread)).where(there))
    row = found.one()
    return int(row[0]), int(row[1])


async def people_of(connection: AsyncConnection, workspace_id: int, ids: Collection[UUID]) -> list[Row[Any]]:
    """Users by id with their present name and whether they still are members of the workspace."""
    if not ids:
        return []
    found = await connection.execute(
        select(users.c.id, users.c.name, members.c.user_id.is_not(None).label("member"))
        .outerjoin(members, (members.c.user_id == users.c.id) & (members.c.workspace_id == workspace_id))
        .where(users.c.id.in_(list(ids)))
    )
    return list(found.all())


async def authors_of(connection: AsyncConnection, workspace_id: int, root: UUID) -> set[UUID]:
    """Who has written in the thread that this comment began."""
    found = await connection.execute(
        select(comments.c.author_id)
        .where(
            comments.c.workspace_id == workspace_id,
            (comments.c.id == root) | (comments.c.parent_id == root),
            comments.c.author_id.is_not(None),
        )
        .distinct()
    )
    return set(found.scalars())
