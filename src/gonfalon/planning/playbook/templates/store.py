"""Database calls of templates: those of the workspace, and the ready-made ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import FromClause, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.playbook.search import holds_all
from gonfalon.planning.playbook.templates.ready import READY
from gonfalon.planning.playbook.templates.schemas import PlanDocument
from gonfalon.planning.tables.playbook import campaign_templates


@dataclass(frozen=True, slots=True)
class Template:
    """A template, ready-made or saved."""

    id: UUID
    name: str
    description: str
    plan: PlanDocument
    currency: str
    ready: bool = False
    version: int = 1
    updated_at: datetime | None = None
    updated_by: str = ""
    archived_at: datetime | None = None


def list_ready(ctx: Context, language: str) -> list[Template]:
    """List the templates that come with Gonfalon, in a language."""
    return [_ready(ctx, id, language) for id in READY]


def _ready(ctx: Context, template_id: UUID, language: str) -> Template:
    name, description, plan = READY[template_id](language)
    return Template(template_id, name, description, plan, ctx.workspace.currency, ready=True)


async def find_template(ctx: Context, connection: AsyncConnection, template_id: UUID, language: str) -> Template:
    """Find one template; raises NotFound. `language`: of a ready-made one."""
    if template_id in READY:
        return _ready(ctx, template_id, language)
    t = campaign_templates.c
    query = select(campaign_templates).where(t.id == template_id, t.workspace_id == ctx.workspace.id)
    return known(await first_of(connection, query, Template), "campaign template")


async def list_templates(
    ctx: Context, connection: AsyncConnection, page: PageRequest, words: str, *, archived: bool = False
) -> list[Template]:
    """List saved templates in use, or those that are archived, the newest first, one more than the page holds."""
    away = campaign_templates.c.archived_at.is_not(None)
    query = select(campaign_templates).where(
        campaign_templates.c.workspace_id == ctx.workspace.id, away if archived else ~away
    )
    asked = holds_all(campaign_templates.c.name, words)
    if asked is not None:
        query = query.where(asked)
    if page.after:
        query = query.where(campaign_templates.c.id < page.after[0])
    return await all_of(connection, query.order_by(campaign_templates.c.id.desc()).limit(page.fetch), Template)


async def still_in_use(
    ctx: Context, connection: AsyncConnection, table: FromClause, ids: list[UUID | int]
) -> set[UUID | int]:
    """Return which of a table's rows are still the workspace's and not archived."""
    query = select(table.c.id).where(table.c.id.in_(ids), table.c.workspace_id == ctx.workspace.id)
    if "archived_at" in table.c:
        query = query.where(table.c.archived_at.is_(None))
    return set((await connection.execute(query)).scalars())
