"""Reading pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, literal, literal_column, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Role
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.playbook.pages.model import PageKind, PagePlace
from gonfalon.planning.playbook.search import holds_all
from gonfalon.planning.playbook.tables import playbook_page_versions, playbook_pages
from gonfalon.planning.store import NOUNS, not_found
from gonfalon.teamwork.model import Seen

NOUNS[playbook_pages] = "page"


def _seen(ctx: Context) -> ColumnElement[bool]:
    return playbook_pages.c.for_guests.is_(True) if ctx.actor.role is Role.GUEST else true()


async def find_page(ctx: Context, connection: AsyncConnection, page_id: UUID) -> Row[Any]:
    """A page with all its columns; raises NotFound, also for a guest to whom it is not shown."""
    found = await connection.execute(
        select(playbook_pages).where(
            playbook_pages.c.id == page_id, playbook_pages.c.workspace_id == ctx.workspace.id, _seen(ctx)
        )
    )
    row = found.first()
    if row is None:
        raise not_found("page")
    return row


async def list_pages(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    *,
    words: str,
    kind: PageKind | None,
    tag: str,
    applies: PagePlace | None,
) -> list[Row[Any]]:
    """Pages by title, one more than the page holds; with words those whose title has them first."""
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
        at = (literal(int(page.after[0])), literal(str(page.after[1])), literal(UUID(str(page.after[2]))))
        query = query.where(
            (rank > at[0]) | ((rank == at[0]) & ((title > at[1]) | ((title == at[1]) & (p.id > at[2]))))
        )
    query = query.add_columns(rank.label("rank"), title.label("sorted_title"))
    return [*await connection.execute(query.order_by(rank, title, p.id).limit(page.limit + 1))]


async def list_tags(ctx: Context, connection: AsyncConnection) -> list[str]:
    """Every tag that is in use, by name."""
    tag = func.unnest(playbook_pages.c.tags).label("tag")
    query = select(tag).where(playbook_pages.c.workspace_id == ctx.workspace.id, _seen(ctx)).distinct().order_by(tag)
    return list((await connection.execute(query)).scalars())


async def list_versions(ctx: Context, connection: AsyncConnection, page_id: UUID) -> list[Row[Any]]:
    """What the page said before each save, the newest first, at most 100."""
    v = playbook_page_versions.c
    found = await connection.execute(
        select(v.version, v.title, v.body, v.by, v.at)
        .where(v.page_id == page_id, v.workspace_id == ctx.workspace.id)
        .order_by(v.version.desc())
        .limit(100)
    )
    return [*found]


async def look_at_page(ctx: Context, connection: AsyncConnection, page_id: UUID) -> Seen:
    """A page as teamwork finds it: talked about and followed."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return Seen((await find_page(ctx, connection, page_id)).title)
