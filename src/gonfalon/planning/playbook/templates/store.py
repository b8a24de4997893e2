"""Reading templates: those of the workspace, and the ready-made ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.playbook.search import holds_all
from gonfalon.planning.playbook.tables import campaign_templates
from gonfalon.planning.playbook.templates.ready import READY
from gonfalon.planning.playbook.templates.schemas import PlanDocument
from gonfalon.planning.store import NOUNS, not_found

NOUNS[campaign_templates] = "campaign template"


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


def list_ready(ctx: Context, language: str) -> list[Template]:
    """The templates that come with Gonfalon, in a language."""
    return [_ready(ctx, id, language) for id in READY]


def _ready(ctx: Context, template_id: UUID, language: str) -> Template:
    name, description, plan = READY[template_id](language)
    return Template(template_id, name, description, plan, ctx.workspace.currency, ready=True)


async def find_template(ctx: Context, connection: AsyncConnection, template_id: UUID, language: str) -> Template:
    """One template; raises NotFound. `language`: of a ready-made one."""
    if template_id in READY:
        return _ready(ctx, template_id, language)
    found = await connection.execute(
        select(campaign_templates).where(
            campaign_templates.c.id == template_id, campaign_templates.c.workspace_id == ctx.workspace.id
        )
    )
    row = found.first()
    if row is None:
        raise not_found("campaign template")
    return template_of(row)


def template_of(row: Row[Any]) -> Template:
    """A stored template."""
    return Template(
        row.id,
        row.name,
        row.description,
        PlanDocument.model_validate(row.plan),
        row.currency,
        version=row.version,
        updated_at=row.updated_at,
        updated_by=row.updated_by,
    )


async def list_templates(ctx: Context, connection: AsyncConnection, page: PageRequest, words: str) -> list[Template]:
    """Saved templates, the newest first, one more than the page holds."""
    query = select(campaign_templates).where(campaign_templates.c.workspace_id == ctx.workspace.id)
    asked = holds_all(campaign_templates.c.name, words)
    if asked is not None:
        query = query.where(asked)
    if page.after:
        query = query.where(campaign_templates.c.id < UUID(str(page.after[0])))
    rows = await connection.execute(query.order_by(campaign_templates.c.id.desc()).limit(page.limit + 1))
    return [template_of(row) for row in rows]
