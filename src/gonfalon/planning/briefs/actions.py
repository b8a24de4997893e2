"""Writing a brief together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.planning.briefs import store
from gonfalon.planning.briefs.merge import Merged, merge
from gonfalon.planning.briefs.model import MOST_PASSAGES, MOST_TEXT, SINGLES, MessageKind, Section, single_id
from gonfalon.planning.briefs.tables import brief_changes, brief_passages, brief_versions
from gonfalon.planning.campaigns.access import see_campaign
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.store import check_reference, not_found


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands in a passage after a save: merged with somebody else's change where there was one."""

    version: int
    text: str
    merged: bool
    both: bool


async def save_text(
    ctx: Context, campaign_id: UUID, passage_id: UUID, version: int, text: str, base: str | None = None
) -> Saved:
    """Saves a passage's text as changed from `version` (0: nobody had written it), or from `base` where the writer
    went on typing while a merged save was on its way.

    Nobody's words are lost: when somebody else saved since, both changes are put together; where both changed the
    same words, both stand in the text and `both` says so. The same save twice changes nothing. Raises NotFound for a
    passage that was removed.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await see_campaign(ctx, connection, campaign_id)
        await _begin(ctx, connection, campaign_id, passage_id)
        present = await store.lock_passage(ctx, connection, campaign_id, passage_id)
        if present is None:
            raise not_found("passage")
        if version > present.version:
            raise Invalid("version_unknown", "This passage never had that version; load it again.")
        merged = Merged(text)
        if base is None and version != present.version:
            base = await store.text_at(connection, passage_id, version)
        if base is not None:
            merged = merge(base, text, present.text)
        with_others = merged.text != text
        if merged.text == present.text:
            return Saved(present.version, present.text, with_others, merged.both)
        if len(merged.text) > MOST_TEXT:
            raise Invalid("passage_long", f"A passage holds at most {MOST_TEXT:,} characters; make it shorter.")
        await _write(ctx, connection, present, merged.text)
        return Saved(present.version + 1, merged.text, with_others, merged.both)


async def add_passage(
    ctx: Context,
    campaign_id: UUID,
    section: Section,
    *,
    parent_id: UUID | None = None,
    audience_id: UUID | None = None,
    kind: MessageKind | None = None,
    text: str = "",
) -> UUID:
    """A further audience, message, hypothesis or mandatory item, at the end of its list; returns its id."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not section.repeats:
        raise Invalid("section_single", "The brief has this passage already; write into it.")
    if (section is Section.MESSAGE) != (parent_id is not None):
        raise Invalid("message_audience", "A message belongs to an audience of the brief, and nothing else does.")
    passage_id = new_id()
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        if parent_id is not None:
            parent = await store.lock_passage(ctx, connection, campaign_id, parent_id)
            if parent is None or parent.section != Section.AUDIENCE.value:
                raise not_found("passage")
        await check_reference(ctx, connection, audiences, audience_id, "audience")
        count, last = (
            await connection.execute(
                select(func.count(), func.coalesce(func.max(brief_passages.c.position), -1)).where(
                    brief_passages.c.campaign_id == campaign_id
                )
            )
        ).one()
        if count >= MOST_PASSAGES:
            raise Invalid("passages_many", f"A brief holds at most {MOST_PASSAGES} passages; it is to fit on a page.")
        values = {
            "section": section.value,
            "parent_id": parent_id,
            "audience_id": audience_id,
            "kind": kind.value if kind else None,
        }
        await _insert(ctx, connection, campaign_id, passage_id, text, last + 1, values)
        await ctx.audit(
            connection, "brief.passage_added", "campaign", campaign_id, campaign.name, section=section.value
        )
    return passage_id


async def place_passage(
    ctx: Context, campaign_id: UUID, passage_id: UUID, *, audience_id: UUID | None, kind: MessageKind | None
) -> None:
    """Says which audience a passage is about, or what a message starts from."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.lock_passage(ctx, connection, campaign_id, passage_id)
        if present is None:
            raise not_found("passage")
        await check_reference(ctx, connection, audiences, audience_id, "audience")
        await connection.execute(
            update(brief_passages)
            .where(brief_passages.c.id == passage_id)
            .values(audience_id=audience_id, kind=kind.value if kind else None)
        )
        await ctx.audit(
            connection, "brief.passage_placed", "campaign", campaign_id, campaign.name, section=present.section
        )


async def remove_passage(ctx: Context, campaign_id: UUID, passage_id: UUID) -> None:
    """Takes a passage out, an audience with its messages; what stood in them stays in the brief's changes."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        gone = await connection.execute(
            delete(brief_passages)
            .where(
                brief_passages.c.id == passage_id,
                brief_passages.c.campaign_id == campaign_id,
                brief_passages.c.workspace_id == ctx.workspace.id,
            )
            .returning(brief_passages.c.section)
        )
        section = gone.scalar_one_or_none()
        if section is None:
            raise not_found("passage")
        await ctx.audit(connection, "brief.passage_removed", "campaign", campaign_id, campaign.name, section=section)


async def keep_version(ctx: Context, campaign_id: UUID, note: str) -> int:
    """Keeps the whole brief as it is now; returns the version's number, counted from 1."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rows = await store.list_passages(ctx, connection, campaign_id)
        number: int = (
            await connection.execute(
                select(func.coalesce(func.max(brief_versions.c.number), 0) + 1).where(
                    brief_versions.c.campaign_id == campaign_id
                )
            )
        ).scalar_one()
        await connection.execute(
            insert(brief_versions).values(
                campaign_id=campaign_id,
                number=number,
                workspace_id=ctx.workspace.id,
                note=note.strip(),
                content=[_plain(row) for row in rows],
                by=ctx.actor.name,
            )
        )
        await ctx.audit(connection, "brief.version_kept", "campaign", campaign_id, campaign.name, number=number)
    return number


async def restore_version(ctx: Context, campaign_id: UUID, number: int) -> None:
    """Makes the brief what it was at a kept version; what it was until now stays in its changes."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        kept = await store.find_version(ctx, connection, campaign_id, number)
        present = {row.id: row for row in await store.list_passages(ctx, connection, campaign_id)}
        wanted = {UUID(passage["id"]): passage for passage in kept.content}
        for passage_id in present.keys() - wanted.keys():
            await connection.execute(delete(brief_passages).where(brief_passages.c.id == passage_id))
        # Audiences stand before their messages: a parent is there before its child.
        for passage_id, passage in sorted(wanted.items(), key=lambda item: item[1]["parent_id"] is not None):
            row = present.get(passage_id)
            if row is None:
                audience_id = await _still_there(ctx, connection, passage["audience_id"])
                values = {
                    "section": passage["section"],
                    "parent_id": passage["parent_id"],
                    "audience_id": audience_id,
                    "kind": passage["kind"],
                }
                await _insert(ctx, connection, campaign_id, passage_id, passage["text"], passage["position"], values)
            elif row.text != passage["text"]:
                await _write(ctx, connection, row, passage["text"])
        await ctx.audit(connection, "brief.version_restored", "campaign", campaign_id, campaign.name, number=number)


async def _begin(ctx: Context, connection: AsyncConnection, campaign_id: UUID, passage_id: UUID) -> None:
    """Makes a passage that every brief has once on its first save."""
    section = next((each for each in SINGLES if single_id(campaign_id, each) == passage_id), None)
    if section is None or await store.lock_passage(ctx, connection, campaign_id, passage_id) is not None:
        return
    campaign = await lock_campaign(ctx, connection, campaign_id)  # two who begin at once: one after the other
    if await store.lock_passage(ctx, connection, campaign_id, passage_id) is None:
        await _insert(ctx, connection, campaign_id, passage_id, "", 0, {"section": section.value})
        await ctx.audit(
            connection, "brief.passage_added", "campaign", campaign_id, campaign.name, section=section.value
        )


async def _insert(
    ctx: Context,
    connection: AsyncConnection,
    campaign_id: UUID,
    passage_id: UUID,
    text: str,
    position: int,
    values: dict[str, Any],
) -> None:
    version = await store.last_version(connection, passage_id) + (1 if text else 0)
    row = await connection.execute(
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
    if text:
        await _remember(ctx, connection, row.one(), version, text)


async def _write(ctx: Context, connection: AsyncConnection, passage: Any, text: str) -> None:
    version = passage.version + 1
    await connection.execute(
        update(brief_passages)
        .where(brief_passages.c.id == passage.id, brief_passages.c.workspace_id == ctx.workspace.id)
        .values(text=text, version=version, updated_at=func.now(), updated_by=ctx.actor.name)
    )
    await _remember(ctx, connection, passage, version, text)


async def _remember(ctx: Context, connection: AsyncConnection, passage: Any, version: int, text: str) -> None:
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


async def _still_there(ctx: Context, connection: AsyncConnection, audience_id: str | None) -> UUID | None:
    if audience_id is None:
        return None
    found = await connection.execute(
        select(audiences.c.id).where(audiences.c.id == UUID(audience_id), audiences.c.workspace_id == ctx.workspace.id)
    )
    return found.scalar_one_or_none()


def _plain(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "section": row.section,
        "parent_id": str(row.parent_id) if row.parent_id else None,
        "audience_id": str(row.audience_id) if row.audience_id else None,
        "audience_name": row.audience_name,
        "kind": row.kind,
        "position": row.position,
        "text": row.text,
        "version": row.version,
        "updated_at": row.updated_at.isoformat(),
        "updated_by": row.updated_by,
    }
