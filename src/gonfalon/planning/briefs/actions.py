"""Write a brief together: passages, kept versions, and going back to one."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import check_reference, not_found
from gonfalon.audiences.tables import audiences
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.merging import SavedText, merge_save
from gonfalon.planning.briefs import store
from gonfalon.planning.briefs.model import MOST_PASSAGES, MOST_TEXT, SINGLES, MessageKind, Passage, Section, single_id
from gonfalon.planning.campaigns.store import lock_campaign, see_campaign


async def save_text(
    ctx: Context, campaign_id: UUID, passage_id: UUID, version: int, text: str, base: str | None = None
) -> SavedText:
    """Save a passage's text as changed from `version` (0: nobody had written it), or from `base` where the writer
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
        saved = await merge_save(
            text,
            version,
            base,
            present=(present.version, present.text),
            text_at=partial(store.text_at, connection, passage_id),
            most=MOST_TEXT,
        )
        if saved.version != present.version:
            await store.write_text(ctx, connection, present, saved.text)
        return saved


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
    """Add an audience, message, hypothesis or mandatory item at the end of its list; return its id."""
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
            if parent is None or parent.section is not Section.AUDIENCE:
                raise not_found("passage")
        await check_reference(ctx, connection, audiences, audience_id, "audience")
        count, behind = await store.count_passages(connection, campaign_id)
        if count >= MOST_PASSAGES:
            raise Invalid(
                "passages_many",
                f"A brief holds at most {MOST_PASSAGES} passages; it is to fit on a page.",
                most=MOST_PASSAGES,
            )
        values = {
            "section": section.value,
            "parent_id": parent_id,
            "audience_id": audience_id,
            "kind": kind.value if kind else None,
        }
        await store.insert_passage(ctx, connection, campaign_id, passage_id, text, behind, values)
        await ctx.audit(
            connection, "brief.passage_added", "campaign", campaign_id, campaign.name, section=section.value
        )
    return passage_id


async def place_passage(
    ctx: Context, campaign_id: UUID, passage_id: UUID, *, audience_id: UUID | None, kind: MessageKind | None
) -> None:
    """Set which audience a passage is about, or what a message starts from."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        present = await store.lock_passage(ctx, connection, campaign_id, passage_id)
        if present is None:
            raise not_found("passage")
        await check_reference(ctx, connection, audiences, audience_id, "audience")
        await store.place_passage(ctx, connection, passage_id, audience_id, kind)
        await ctx.audit(
            connection, "brief.passage_placed", "campaign", campaign_id, campaign.name, section=present.section.value
        )


async def remove_passage(ctx: Context, campaign_id: UUID, passage_id: UUID) -> None:
    """Remove a passage, an audience with its messages; what stood in them stays in the brief's changes."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        section = await store.delete_passage(ctx, connection, campaign_id, passage_id)
        await ctx.audit(connection, "brief.passage_removed", "campaign", campaign_id, campaign.name, section=section)


async def keep_version(ctx: Context, campaign_id: UUID, note: str) -> int:
    """Keep a version of the whole brief as it is now; return its number, counted from 1."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rows = await store.list_passages(ctx, connection, campaign_id)
        number = await store.insert_version(ctx, connection, campaign_id, note.strip(), [_plain(row) for row in rows])
        await ctx.audit(connection, "brief.version_kept", "campaign", campaign_id, campaign.name, number=number)
    return number


async def restore_version(ctx: Context, campaign_id: UUID, number: int) -> None:
    """Restore the brief to what it was at a kept version; what it was until now stays in its changes."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        kept = await store.find_version(ctx, connection, campaign_id, number)
        present = {row.id: row for row in await store.list_passages(ctx, connection, campaign_id)}
        wanted = {UUID(passage["id"]): passage for passage in kept.passages}
        await store.delete_passages(ctx, connection, present.keys() - wanted.keys())
        # Audiences stand before their messages: a parent is there before its child.
        for passage_id, passage in sorted(wanted.items(), key=lambda item: item[1]["parent_id"] is not None):
            row = present.get(passage_id)
            if row is None:
                audience_id = await store.still_audience(ctx, connection, passage["audience_id"])
                values = {
                    "section": passage["section"],
                    "parent_id": passage["parent_id"],
                    "audience_id": audience_id,
                    "kind": passage["kind"],
                }
                await store.insert_passage(
                    ctx, connection, campaign_id, passage_id, passage["text"], passage["position"], values
                )
            elif row.text != passage["text"]:
                await store.write_text(ctx, connection, row, passage["text"])
        await ctx.audit(connection, "brief.version_restored", "campaign", campaign_id, campaign.name, number=number)


async def _begin(ctx: Context, connection: AsyncConnection, campaign_id: UUID, passage_id: UUID) -> None:
    """Create a passage that every brief has once, on its first save."""
    section = next((each for each in SINGLES if single_id(campaign_id, each) == passage_id), None)
    if section is None or await store.lock_passage(ctx, connection, campaign_id, passage_id) is not None:
        return
    campaign = await lock_campaign(ctx, connection, campaign_id)  # two who begin at once: one after the other
    if await store.lock_passage(ctx, connection, campaign_id, passage_id) is None:
        await store.insert_passage(ctx, connection, campaign_id, passage_id, "", 0, {"section": section.value})
        await ctx.audit(
            connection, "brief.passage_added", "campaign", campaign_id, campaign.name, section=section.value
        )


def _plain(row: Passage) -> dict[str, Any]:
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
