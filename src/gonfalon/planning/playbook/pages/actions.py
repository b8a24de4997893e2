"""The verbs of playbook pages."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Workspace
from gonfalon.kit.ids import new_id
from gonfalon.planning.playbook.pages import rules, store
from gonfalon.planning.playbook.pages.model import STARTERS, PageKind, PagePlace
from gonfalon.planning.playbook.tables import playbook_page_versions, playbook_pages
from gonfalon.planning.store import save_version
from gonfalon.teamwork.actions import forget_thing
from gonfalon.teamwork.model import Thing, ThingKind


async def create_page(
    ctx: Context, *, title: str, kind: PageKind, body: str, tags: list[str], applies: list[PagePlace], for_guests: bool
) -> UUID:
    """A new page; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(title, kind, body, tags, applies, for_guests)
    page_id = new_id()
    async with ctx.transaction() as connection:
        await connection.execute(
            insert(playbook_pages).values(
                id=page_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name, **values
            )
        )
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
    """Saves the page as it was at `version`; what it said until now is kept among its versions."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    values = _values(title, kind, body, tags, applies, for_guests)
    async with ctx.transaction() as connection:
        before = await store.find_page(ctx, connection, page_id)
        await save_version(ctx, connection, playbook_pages, page_id, version, values)
        if (before.title, before.body) != (values["title"], values["body"]):
            await connection.execute(
                insert(playbook_page_versions).values(
                    page_id=page_id,
                    version=before.version,
                    workspace_id=ctx.workspace.id,
                    title=before.title,
                    body=before.body,
                    by=before.updated_by,
                    at=before.updated_at,
                )
            )
        await ctx.audit(connection, "page.changed", "page", page_id, values["title"])


async def delete_page(ctx: Context, page_id: UUID) -> None:
    """Deletes a page with its versions."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        before = await store.find_page(ctx, connection, page_id)
        await connection.execute(
            delete(playbook_pages).where(
                playbook_pages.c.id == page_id, playbook_pages.c.workspace_id == ctx.workspace.id
            )
        )
        await forget_thing(ctx, connection, Thing(ThingKind.PAGE, page_id))
        await ctx.audit(connection, "page.deleted", "page", page_id, before.title)


async def add_starters(ctx: Context, language: str) -> int:
    """Adds the ready-made pages that the workspace does not have, in a language; returns how many."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        made = await _insert_starters(connection, ctx.workspace.id, language)
        if made:
            await ctx.audit(connection, "page.starters_added", count=made, language=language)
    return made


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """The ready-made pages of a new workspace, in its language. Joins the transaction."""
    await _insert_starters(connection, workspace.id, workspace.language)


async def _insert_starters(connection: AsyncConnection, workspace_id: int, language: str) -> int:
    present = await connection.execute(
        select(playbook_pages.c.starter).where(
            playbook_pages.c.workspace_id == workspace_id, playbook_pages.c.starter.is_not(None)
        )
    )
    missing = STARTERS.keys() - set(present.scalars())
    rows = []
    for name in sorted(missing):
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
    if rows:
        await connection.execute(upsert(playbook_pages).on_conflict_do_nothing(), rows)
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
