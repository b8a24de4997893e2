"""Database calls of playbook pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    insert,
    literal,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.accounts.versions import known
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.playbook.pages.model import ListedPage, PageKind, PagePlace, PageVersion, PlaybookPage
from gonfalon.planning.playbook.search import holds_all
from gonfalon.planning.tables.playbook import playbook_page_versions, playbook_pages
from gonfalon.teamwork.model import Seen


def _seen(ctx: Context) -> ColumnElement[bool]:
    return playbook_pages.c.for_guests.is_(True) if ctx.actor.role is Role.GUEST else true()


async def find_page(ctx: Context, connection: AsyncConnection, page_id: UUID) -> PlaybookPage:
    """Find a page; raises NotFound, also for a guest to whom it is not shown."""
    p = playbook_pages.c
    query = select(playbook_pages).where(p.id == page_id, p.workspace_id == ctx.workspace.id, _seen(ctx))
    return known(await first_of(connection, query, PlaybookPage), "page")


async def list_pages(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    words: str,
    kind: PageKind | None,
    tag: str,
    applies: PagePlace | None,
) -> list[ListedPage]:
    """List pages by title, one more than the page holds; with words those whose title has them first."""
    p = playbook_pages.c
    title = func.lower(p.title)
    rank: ColumnElement[int] = literal(0)
    query: Select[Any] = select(*[c for c in p if c.name != "body"], func.left(p.body, 2000).label("body")).where(
        p.workspace_id == ctx.workspace.id, _seen(ctx)
    )
    asked = holds_all(p.title.concat(literal_column("' '")).concat(p.body), words)
    if asked is not None:
        query = query.where(asked)
        in_title = [p.title.icontains(word, autoescape=True) for word in words.split()]
        rank = case((and_(*in_title), 0), else_=1)
    if kind is not None:
        query = query.where(p.kind == kind.value)
    if tag:
        query = query.where(p.tags.contains([tag]))
    if applies is not None:
        query = query.where(p.applies.contains([applies.value]))
    if page.after:
        at = (literal(page.after[0]), literal(page.after[1]), literal(page.after[2]))
        query = query.where(
            (rank > at[0]) | ((rank == at[0]) & ((title > at[1]) | ((title == at[1]) & (p.id > at[2]))))
        )
    query = query.add_columns(rank.label("rank"), title.label("sorted_title"))
    return await all_of(connection, query.order_by(rank, title, p.id).limit(page.fetch), ListedPage)


async def list_tags(ctx: Context, connection: AsyncConnection) -> list[str]:
    """List every tag that is in use, by name."""
    tag = func.unnest(playbook_pages.c.tags).label("tag")
    query = select(tag).where(playbook_pages.c.workspace_id == ctx.workspace.id, _seen(ctx)).distinct().order_by(tag)
    return list((await connection.execute(query)).scalars())


async def list_versions(ctx: Context, connection: AsyncConnection, page_id: UUID) -> list[PageVersion]:
    """List what the page said before each save, the newest first, at most 100."""
    v = playbook_page_versions.c
    query = (
        select(v.version, v.title, v.body, v.by, v.at)
        .where(v.page_id == page_id, v.workspace_id == ctx.workspace.id)
        .order_by(v.version.desc())
        .limit(100)
    )
    return await all_of(connection, query, PageVersion)


async def look_at_page(ctx: Context, connection: AsyncConnection, page_id: UUID) -> Seen:
    """Return a page as teamwork finds it: talked about and followed."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return Seen((await find_page(ctx, connection, page_id)).title)


async def insert_version(ctx: Context, connection: AsyncConnection, page: PlaybookPage) -> None:
    """Keep what the page said until now among its versions."""
    await connection.execute(
        insert(playbook_page_versions).values(
            page_id=page.id,
            version=page.version,
            workspace_id=ctx.workspace.id,
            title=page.title,
            body=page.body,
            by=page.updated_by,
            at=page.updated_at,
        )
    )


async def list_starters(connection: AsyncConnection, workspace_id: int) -> set[str]:
    """List which ready-made pages the workspace has."""
    present = await connection.execute(
        select(playbook_pages.c.starter).where(
            playbook_pages.c.workspace_id == workspace_id, playbook_pages.c.starter.is_not(None)
        )
    )
    return set(present.scalars())


async def insert_starters(connection: AsyncConnection, rows: list[dict[str, Any]]) -> None:
    """Write ready-made pages; one that somebody else added at the same moment stays as it is."""
    if rows:
        await connection.execute(upsert(playbook_pages).on_conflict_do_nothing(), rows)
