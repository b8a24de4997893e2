"""Create, save and delete playbook pages, and add the ready-made ones."""

from __future__ import annotations

from html import escape
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Workspace
from gonfalon.accounts.versions import delete_row, insert_row, save_version
from gonfalon.kit.confined import Confined, Overrun
from gonfalon.kit.ids import new_id
from gonfalon.planning.playbook.pages import rules, store
from gonfalon.planning.playbook.pages.model import STARTERS, PageKind, PagePlace
from gonfalon.planning.tables.playbook import playbook_pages
from gonfalon.teamwork.actions import forget_thing
from gonfalon.teamwork.model import Thing, ThingKind

_SMALL = 5_000
"""Characters that are quickly made HTML whatever they are; a long page of brackets alone takes seconds."""
_PRESS = Confined(children=1, seconds=3, megabytes=256)


async def html_of(body: str) -> str:
    """Turn a page's Markdown into HTML; into plain text when making it would take too long."""
    if len(body) <= _SMALL:
        return rules.html_of(body)
    try:
        return await _PRESS.run(rules.html_of, body)
    except Overrun:
        return f"<pre>{escape(body)}</pre>"


async def create_page(
    ctx: Context, *, title: str, kind: PageKind, body: str, tags: list[str], applies: list[PagePlace], for_guests: bool
) -> UUID:
    """Create a page; return its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(title, kind, body, tags, applies, for_guests)
    async with ctx.transaction() as connection:
        page_id = await insert_row(ctx, connection, playbook_pages, **values)
        await ctx.audit(connection, "page.created", "page", page_id, values["title"])
    return page_id


async def save_page(
    ctx: Context,
    page_id: UUID,
    version: int,
    *,
    title: str,
    kind: PageKind,
    body: str,
    tags: list[str],
    applies: list[PagePlace],
    for_guests: bool,
) -> None:
    """Save the page as it was at `version`; what it said until now is kept among its versions."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(title, kind, body, tags, applies, for_guests)
    async with ctx.transaction() as connection:
        before = await store.find_page(ctx, connection, page_id)
        await save_version(ctx, connection, playbook_pages, page_id, version, values)
        if (before.title, before.body) != (values["title"], values["body"]):
            await store.insert_version(ctx, connection, before)
        await ctx.audit(connection, "page.changed", "page", page_id, values["title"])


async def delete_page(ctx: Context, page_id: UUID) -> None:
    """Delete a page with its versions."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_page(ctx, connection, page_id)
        await delete_row(ctx, connection, playbook_pages, page_id)
        await forget_thing(ctx, connection, Thing(ThingKind.PAGE, page_id))
        await ctx.audit(connection, "page.deleted", "page", page_id, before.title)


async def add_starters(ctx: Context, language: str) -> int:
    """Add the ready-made pages that the workspace does not have, in a language; return how many."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        made = await _insert_starters(connection, ctx.workspace.id, language)
        if made:
            await ctx.audit(connection, "page.starters_added", count=made, language=language)
    return made


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """Add the ready-made pages to a new workspace, in its language. Joins the transaction."""
    await _insert_starters(connection, workspace.id, workspace.language)


async def _insert_starters(connection: AsyncConnection, workspace_id: int, language: str) -> int:
    rows = []
    for name in sorted(STARTERS.keys() - await store.list_starters(connection, workspace_id)):
        kind, applies = STARTERS[name]
        title, body = rules.starter(name, language)
        rows.append(
            {
                "id": new_id(),
                "workspace_id": workspace_id,
                "title": title,
                "kind": kind.value,
                "body": body,
                "applies": [place.value for place in applies],
                "starter": name,
            }
        )
    await store.insert_starters(connection, rows)
    return len(rows)


def _values(
    title: str, kind: PageKind, body: str, tags: list[str], applies: list[PagePlace], for_guests: bool
) -> dict[str, Any]:
    return {
        "tags": rules.check_page(title, body, tags),
        "title": title.strip(),
        "kind": kind.value,
        "body": body,
        "applies": [place.value for place in dict.fromkeys(applies)],
        "for_guests": for_guests,
    }
