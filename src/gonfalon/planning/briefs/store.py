"""Database calls of briefs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import seen_campaigns
from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known, not_found
from gonfalon.audiences.tables import audiences
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.queries import among, end_of
from gonfalon.kit.rows import all_of, first_of, one_of
from gonfalon.planning.briefs.model import BriefChange, BriefVersion, MessageKind, Passage, SimilarPassage
from gonfalon.planning.tables.briefs import brief_changes, brief_passages, brief_versions
from gonfalon.planning.tables.campaigns import campaigns


async def list_passages(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Passage]:
    """List the campaign's passages with their audiences' names, each list in its order."""
    query = (
        select(*brief_passages.c, audiences.c.name.label("audience_name"))
        .outerjoin(audiences, audiences.c.id == brief_passages.c.audience_id)
        .where(brief_passages.c.campaign_id == campaign_id, brief_passages.c.workspace_id == ctx.workspace.id)
        .order_by(brief_passages.c.position, brief_passages.c.id)
    )
    return await all_of(connection, query, Passage)


async def texts_of(ctx: Context, connection: AsyncConnection, campaign_ids: Collection[UUID]) -> dict[UUID, str]:
    """Return what the briefs of campaigns say, each as one text."""
    b = brief_passages.c
    said = func.string_agg(b.text, aggregate_order_by(literal(" "), b.position, b.id))
    query = select(b.campaign_id, said.label("said")).where(
        b.campaign_id.in_(campaign_ids), b.workspace_id == ctx.workspace.id
    )
    return {row.campaign_id: row.said for row in await connection.execute(query.group_by(b.campaign_id))}


async def lock_passage(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, passage_id: UUID
) -> Passage | None:
    """Lock a passage until the transaction ends; return None where there is none."""
    p = brief_passages.c
    query = select(brief_passages).where(
        p.id == passage_id, p.campaign_id == campaign_id, p.workspace_id == ctx.workspace.id
    )
    return await first_of(connection, query.with_for_update(), Passage)


async def text_at(connection: AsyncConnection, passage_id: UUID, version: int) -> str:
    """Return what the passage was at a version; version 0 is empty. Raises NotFound for one it never had."""
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
    """Return the highest version the passage ever had, 0 if nobody has written it; a removed one keeps its count."""
    found = await connection.execute(
        select(func.coalesce(func.max(brief_changes.c.version), 0)).where(brief_changes.c.passage_id == passage_id)
    )
    return int(found.scalar_one())


async def list_changes(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest
) -> list[BriefChange]:
    """List every text that was saved, the newest first, one more than the page holds."""
    query = select(brief_changes).where(
        brief_changes.c.campaign_id == campaign_id, brief_changes.c.workspace_id == ctx.workspace.id
    )
    if page.after:
        query = query.where(brief_changes.c.id < page.after[0])
    return await all_of(connection, query.order_by(brief_changes.c.id.desc()).limit(page.fetch), BriefChange)


async def list_versions(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[BriefVersion]:
    """List the kept versions without their passages, the newest first."""
    v = brief_versions.c
    query = (
        select(v.number, v.note, v.by, v.created_at)
        .where(v.campaign_id == campaign_id, v.workspace_id == ctx.workspace.id)
        .order_by(v.number.desc())
    )
    return await all_of(connection, query, BriefVersion)


async def find_version(ctx: Context, connection: AsyncConnection, campaign_id: UUID, number: int) -> BriefVersion:
    """Find one kept version with its passages; raises NotFound."""
    v = brief_versions.c
    query = select(v.number, v.note, v.by, v.created_at, v.content.label("passages")).where(
        v.campaign_id == campaign_id, v.number == number, v.workspace_id == ctx.workspace.id
    )
    return known(await first_of(connection, query, BriefVersion), "brief version")


async def list_similar(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, words: list[str], limit: int
) -> list[SimilarPassage]:
    """List passages of other campaigns' briefs that share the most words, the closest first.

    Reads ix_brief_passages_words; `words` are matched as they are written, in any language.
    """
    query = literal(" | ".join("'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in words))
    asked = func.to_tsquery("simple", query)
    document = func.to_tsvector("simple", brief_passages.c.text)
    rank = func.ts_rank(document, asked)
    statement = (
        select(
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
    return await all_of(connection, statement, SimilarPassage)


async def count_passages(connection: AsyncConnection, campaign_id: UUID) -> tuple[int, int]:
    """Count the passages of the campaign's brief, and return the position behind the last."""
    return await end_of(connection, brief_passages.c.position, brief_passages.c.campaign_id == campaign_id)


async def insert_passage(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    passage_id: UUID,
    text: str,
    position: int,
    values: dict[str, Any],
) -> None:
    """Write a new passage; one that was removed before goes on counting its versions."""
    version = await last_version(connection, passage_id) + (1 if text else 0)
    written = (
        insert(brief_passages)
        .values(
            id=passage_id,
            workspace_id=ctx.workspace.id,
            campaign_id=campaign_id,
            position=position,
            text=text,
            version=version,
            updated_by=ctx.actor.name,
            **values,
        )
        .returning(brief_passages)
    )
    passage = await one_of(connection, written, Passage)
    if text:
        await _remember(ctx, connection, passage, version, text)


async def write_text(ctx: Context, connection: AsyncConnection, passage: Passage, text: str) -> None:
    """Write a passage's next version and remember it among the brief's changes."""
    version = passage.version + 1
    await connection.execute(
        update(brief_passages)
        .where(brief_passages.c.id == passage.id, brief_passages.c.workspace_id == ctx.workspace.id)
        .values(text=text, version=version, updated_at=func.now(), updated_by=ctx.actor.name)
    )
    await _remember(ctx, connection, passage, version, text)


async def _remember(ctx: Context, connection: AsyncConnection, passage: Passage, version: int, text: str) -> None:
    await connection.execute(
        insert(brief_changes).values(
            workspace_id=ctx.workspace.id,
            campaign_id=passage.campaign_id,
            passage_id=passage.id,
            section=passage.section,
            version=version,
            text=text,
            by=ctx.actor.name,
        )
    )


async def place_passage(
    ctx: Context, connection: AsyncConnection, passage_id: UUID, audience_id: UUID | None, kind: MessageKind | None
) -> None:
    """Write which audience a passage is about, and what a message starts from."""
    await connection.execute(
        update(brief_passages)
        .where(brief_passages.c.id == passage_id, brief_passages.c.workspace_id == ctx.workspace.id)
        .values(audience_id=audience_id, kind=kind.value if kind else None)
    )


async def delete_passage(ctx: Context, connection: AsyncConnection, campaign_id: UUID, passage_id: UUID) -> str:
    """Delete a passage, an audience with its messages; return its section. Raises NotFound."""
    gone = await connection.execute(
        delete(brief_passages)
        .where(
            brief_passages.c.id == passage_id,
            brief_passages.c.campaign_id == campaign_id,
            brief_passages.c.workspace_id == ctx.workspace.id,
        )
        .returning(brief_passages.c.section)
    )
    section: str | None = gone.scalar_one_or_none()
    if section is None:
        raise not_found("passage")
    return section


async def delete_passages(ctx: Context, connection: AsyncConnection, ids: Collection[UUID]) -> None:
    """Delete passages, audiences with their messages."""
    p = brief_passages.c
    await connection.execute(delete(brief_passages).where(among(p.id, [*ids]), p.workspace_id == ctx.workspace.id))


async def insert_version(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, note: str, content: list[dict[str, Any]]
) -> int:
    """Write a kept version of the whole brief; return its number, counted from 1."""
    mine = brief_versions.c.campaign_id == campaign_id
    number = select(func.coalesce(func.max(brief_versions.c.number), 0) + 1).where(mine).scalar_subquery()
    kept = await connection.execute(
        insert(brief_versions)
        .values(
            campaign_id=campaign_id,
            number=number,
            workspace_id=ctx.workspace.id,
            note=note,
            content=content,
            by=ctx.actor.name,
        )
        .returning(brief_versions.c.number)
    )
    return int(kept.scalar_one())


async def still_audience(ctx: Context, connection: AsyncConnection, audience_id: str | None) -> UUID | None:
    """Return the audience of a kept passage, None where it was deleted since."""
    if audience_id is None:
        return None
    found = await connection.execute(
        select(audiences.c.id).where(audiences.c.id == UUID(audience_id), audiences.c.workspace_id == ctx.workspace.id)
    )
    return found.scalar_one_or_none()
