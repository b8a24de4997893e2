"""Database calls of templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.content.render import Source
from gonfalon.content.tables import template_versions, templates
from gonfalon.content.templates.model import Gap, Template, Version
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import has_words
from gonfalon.kit.sql import run
from gonfalon.people.tables import attribute_definitions, people

_NEWEST = (template_versions.c.template_id == templates.c.id) & (template_versions.c.number == templates.c.version)


def _query(workspace_id: int) -> Select[Any]:
    return (
        select(
            templates,
            template_versions.c.subject,
            template_versions.c.preheader,
            template_versions.c.source,
            template_versions.c.text,
            template_versions.c.checks,
            template_versions.c.created_by,
        )
        .join(template_versions, _NEWEST)
        .where(templates.c.workspace_id == workspace_id)
    )


def _template(row: Any) -> Template:
    return Template(
        row.id,
        row.name,
        row.channel,
        row.version,
        Source(row.subject, row.source, row.preheader, row.text or ""),
        row.checks,
        row.created_by,
        row.updated_at,
        row.created_at,
        row.archived_at,
    )


async def list_templates(
    ctx: Context,
    connection: AsyncConnection,
    page: PageRequest,
    search: str,
    *,
    archived: bool,
    seen: ColumnElement[bool],
) -> list[Template]:
    """Return templates, the newest first; one more than the page's limit when there are more."""
    query = _query(ctx.workspace.id).where(
        seen, templates.c.archived_at.is_not(None) if archived else templates.c.archived_at.is_(None)
    )
    query = query.where(has_words(search, templates.c.name, template_versions.c.subject))
    if page.after:
        query = query.where(templates.c.id < page.after[0])
    rows = await connection.execute(query.order_by(templates.c.id.desc()).limit(page.fetch))
    return [_template(row) for row in rows]


async def find_template(
    ctx: Context,
    connection: AsyncConnection,
    template_id: UUID,
    *,
    lock: bool = False,
    seen: ColumnElement[bool] | None = None,
) -> Template:
    """Return a template with its newest version; raises NotFound, also for one that `seen` leaves out."""
    if lock:
        # First, and alone: whoever waits for the lock would look for the version that was newest before it, in vain.
        mine = (templates.c.id == template_id) & (templates.c.workspace_id == ctx.workspace.id)
        await connection.execute(select(templates.c.id).where(mine).with_for_update())
    query = _query(ctx.workspace.id).where(templates.c.id == template_id)
    if seen is not None:
        query = query.where(seen)
    row = (await connection.execute(query)).first()
    if row is None:
        raise NotFound("template_unknown", "There is no such template in this workspace.")
    return _template(row)


async def add_template(
    ctx: Context,
    connection: AsyncConnection,
    template_id: UUID,
    name: str,
    source: Source,
    checks: Sequence[dict[str, Any]],
    by: str,
) -> None:
    """Write a new template with version 1."""
    await connection.execute(
        insert(templates).values(id=template_id, workspace_id=ctx.workspace.id, name=name, version=1)
    )
    await _add_version(ctx, connection, template_id, 1, source, checks, by)


async def save_version(
    ctx: Context,
    connection: AsyncConnection,
    present: Template,
    name: str,
    source: Source,
    checks: Sequence[dict[str, Any]],
    by: str,
) -> None:
    """Write the next version, if the content has changed; the name may change without one."""
    number = present.version + (source != present.source)
    await connection.execute(
        update(templates)
        .where(templates.c.id == present.id, templates.c.workspace_id == ctx.workspace.id)
        .values(name=name, version=number, updated_at=func.now())
    )
    if number != present.version:
        await _add_version(ctx, connection, present.id, number, source, checks, by)


async def _add_version(
    ctx: Context,
    connection: AsyncConnection,
    template_id: UUID,
    number: int,
    source: Source,
    checks: Sequence[dict[str, Any]],
    by: str,
) -> None:
    await connection.execute(
        insert(template_versions).values(
            template_id=template_id,
            number=number,
            workspace_id=ctx.workspace.id,
            subject=source.subject,
            preheader=source.preheader,
            source=source.body,
            text=source.text or None,
            checks=list(checks),
            created_by=by,
            created_by_id=UUID(ctx.actor.id) if ctx.actor.kind == "member" and ctx.actor.id else None,
        )
    )


async def set_archived(ctx: Context, connection: AsyncConnection, template_id: UUID, *, archived: bool) -> None:
    """Take a template out of the lists, or back in."""
    await connection.execute(
        update(templates)
        .where(templates.c.id == template_id, templates.c.workspace_id == ctx.workspace.id)
        .values(archived_at=func.now() if archived else None)
    )


async def list_versions(ctx: Context, connection: AsyncConnection, template_id: UUID) -> list[Version]:
    """Return all versions, the newest first."""
    rows = await connection.execute(
        select(
            template_versions.c.number,
            template_versions.c.subject,
            template_versions.c.created_by,
            template_versions.c.created_at,
        )
        .where(template_versions.c.template_id == template_id, template_versions.c.workspace_id == ctx.workspace.id)
        .order_by(template_versions.c.number.desc())
    )
    return [Version(*row) for row in rows]


async def find_source(connection: AsyncConnection, workspace_id: int, template_id: UUID, number: int) -> Source:
    """Return the content of one version; raises NotFound."""
    row = (
        await connection.execute(
            select(template_versions).where(
                template_versions.c.template_id == template_id,
                template_versions.c.number == number,
                template_versions.c.workspace_id == workspace_id,
            )
        )
    ).first()
    if row is None:
        raise NotFound("template_version_unknown", "This version of the content is gone; choose other content.")
    return Source(row.subject, row.source, row.preheader, row.text or "")


async def attribute_keys(ctx: Context, connection: AsyncConnection) -> list[str]:
    """Return keys of the declared attributes."""
    rows = await connection.execute(
        select(attribute_definitions.c.key).where(
            attribute_definitions.c.workspace_id == ctx.workspace.id, attribute_definitions.c.deleted_at.is_(None)
        )
    )
    return list(rows.scalars())


async def find_person(ctx: Context, connection: AsyncConnection, person_id: int) -> Any:
    """Return the row a preview is made for; raises NotFound."""
    row = (
        await connection.execute(
            select(people).where(
                people.c.id == person_id, people.c.workspace_id == ctx.workspace.id, people.c.erased_at.is_(None)
            )
        )
    ).first()
    if row is None:
        raise NotFound("person_unknown", "There is no such person in this workspace.")
    return row


async def count_gaps(
    ctx: Context,
    connection: AsyncConnection,
    keys: Sequence[str],
    *,
    snapshot_id: int | None = None,
    list_id: UUID | None = None,
) -> list[Gap]:
    """Return for each key how many people of the snapshot, the list, or the workspace have nothing there."""
    if not keys:
        return []
    rows = await run(
        connection,
        __package__,
        "count_gaps",
        workspace_id=ctx.workspace.id,
        keys=list(keys),
        snapshot_id=snapshot_id,
        list_id=list_id,
    )
    return [Gap(f"person.{row.key}", row.missing, row.people) for row in rows]


def check_version(present: Template, expected: int) -> None:
    """Raise Conflict when somebody has saved since `expected` was read."""
    if present.version != expected:
        raise changed_meanwhile("template", present.version, present.saved_by)
