"""Reading briefs."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.audiences.tables import audiences
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.briefs.tables import brief_changes, brief_passages, brief_versions
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import campaigns


async def list_passages(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's passages with their audiences' names, each list in its order."""
    query: Select[Any] = (
        select(*brief_passages.c, audiences.c.name.label("audience_name"))
        .outerjoin(audiences, audiences.c.id == brief_passages.c.audience_id)
        .where(brief_passages.c.campaign_id == campaign_id, brief_passages.c.workspace_id == ctx.workspace.id)
        .order_by(brief_passages.c.position, brief_passages.c.id)
    )
    return list((await connection.execute(query)).all())


async def lock_passage(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, passage_id: UUID
) -> Row[Any] | None:
    """The passage, locked until the transaction ends, or None."""
    found = await connection.execute(
        select(brief_passages)
        .where(
            brief_passages.c.id == passage_id,
            brief_passages.c.campaign_id == campaign_id,
            brief_passages.c.workspace_id == ctx.workspace.id,
        )
        .with_for_update()
    )
    return found.first()


async def text_at(connection: AsyncConnection, passage_id: UUID, version: int) -> str:
    """What the passage was at a version; version 0 is empty. Raises NotFound for one it never had."""
    if version == 0:
        return ""
    found = await connection.execute(
        select(brief_changes.c.text).where(brief_changes.c.passage_id == passage_id, brief_changes.c.version == version)
    )
    text = found.scalar_one_or_none()
    if text is None:
        raise not_found("passage version")
    return str(text)


async def last_version(connection: AsyncConnection, passage_id: UUID) -> int:
    """The highest version the passage ever had, 0 if nobody has written it; a removed one keeps its count."""
    found = await connection.execute(
        select(func.coalesce(func.max(brief_changes.c.version), 0)).where(brief_changes.c.passage_id == passage_id)
    )
    return int(found.scalar_one())


async def list_changes(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest
) -> list[Row[Any]]:
    """Every text that was saved, the newest first, one more than the page holds."""
    query: Select[Any] = select(brief_changes).where(
        brief_changes.c.campaign_id == campaign_id, brief_changes.c.workspace_id == ctx.workspace.id
    )
    if page.after:
        query = query.where(brief_changes.c.id < int(page.after[0]))
    return list((await connection.execute(query.order_by(brief_changes.c.id.desc()).limit(page.limit + 1))).all())


async def list_versions(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The kept versions without their content, the newest first, at most 200."""
    query: Select[Any] = (
        select(*(column for column in brief_versions.c if column.name != "content"))
        .where(brief_versions.c.campaign_id == campaign_id, brief_versions.c.workspace_id == ctx.workspace.id)
        .order_by(brief_versions.c.number.desc())
        .limit(200)
    )
    return list((await connection.execute(query)).all())


async def find_version(ctx: Context, connection: AsyncConnection, campaign_id: UUID, number: int) -> Row[Any]:
    """One kept version with its content; raises NotFound."""
    found = await connection.execute(
        select(brief_versions).where(
            brief_versions.c.campaign_id == campaign_id,
            brief_versions.c.number == number,
            brief_versions.c.workspace_id == ctx.workspace.id,
        )
    )
    row = found.first()
    if row is None:
        raise not_found("brief version")
    return row


async def list_similar(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, words: list[str], limit: int
) -> list[Row[Any]]:
    """Passages of other campaigns' briefs that share the most words, the closest first.

    Reads ix_brief_passages_words; `words` are matched as they are written, in any language.
    """
    query = literal(" | ".join("'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in words))
    asked = func.to_tsquery("simple", query)
    document = func.to_tsvector("simple", brief_passages.c.text)
    rank = func.ts_rank(document, asked)
    statement: Select[Any] = (
        select(
            brief_passages.c.id,
            brief_passages.c.section,
            brief_passages.c.text,
            campaigns.c.id.label("campaign_id"),
            campaigns.c.name.label("campaign_name"),
            campaigns.c.state.label("campaign_state"),
        )
        .join(campaigns, campaigns.c.id == brief_passages.c.campaign_id)
        .where(
            brief_passages.c.workspace_id == ctx.workspace.id,
            brief_passages.c.campaign_id != campaign_id,
            seen_campaigns(ctx, campaigns.c.id),
            document.bool_op("@@")(asked),
        )
        .order_by(rank.desc(), brief_passages.c.id.desc())
        .limit(limit)
    )
    return list((await connection.execute(statement)).all())
