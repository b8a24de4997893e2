"""The verbs of shared rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.content.blocks.reading import open_rows
from gonfalon.content.blocks.tree import Row
from gonfalon.content.blocks.writing import write_rows
from gonfalon.content.render.bench import run_confined
from gonfalon.content.rows import store
from gonfalon.content.rows.schemas import MailRow
from gonfalon.content.templates import rules
from gonfalon.kit.errors import Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.locks import one_at_a_time

MOST_ROWS: Final = 100


async def list_rows(ctx: Context) -> list[MailRow]:
    """Return all shared rows with how many mails hold them; guests, who see their campaigns' mails alone, are told of
    none."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        found = await store.list_rows(ctx, connection)
    return [
        MailRow(
            id=each.id,
            name=each.name,
            version=each.version,
            rows=await run_confined(open_rows, each.source),
            mails=each.mails,
        )
        for each in found
    ]


async def create_row(ctx: Context, name: str, rows: Sequence[Row]) -> UUID:
    """Keep rows for all mails."""
    ctx.require(Permission.CONTENT_WRITE)
    named = rules.check_name(name)
    source = _written(rows)
    async with ctx.transaction() as connection:
        await one_at_a_time(connection, "shared_rows", ctx.workspace.id)
        if await store.count_rows(ctx, connection) >= MOST_ROWS:
            sentence = f"A workspace has at most {MOST_ROWS} shared rows; remove one first."
            raise Invalid("mail_rows_many", sentence, most=MOST_ROWS)
        row_id = new_id()
        await store.add_row(ctx, connection, row_id, named, source)
        await ctx.audit(connection, "mail_row.created", "mail_row", row_id, named)
    return row_id


async def save_row(
    ctx: Context, row_id: UUID, version: int, name: str, rows: Sequence[Row], beside: UUID | None
) -> int:
    """Change a row in every mail that holds it; returns in how many. Raises Conflict."""
    ctx.require(Permission.CONTENT_WRITE)
    named = rules.check_name(name)
    source = _written(rows)
    async with ctx.transaction() as connection:
        present = await store.lock_row(ctx, connection, row_id)
        if present.version != version:
            raise changed_meanwhile("mail row", present.version, "")
        await store.change_row(ctx, connection, row_id, name=named, source=source, version=version + 1)
        mails = await store.rewrite_holders(ctx, connection, row_id, source, beside, ctx.actor.name)
        await ctx.audit(connection, "mail_row.saved", "mail_row", row_id, named, mails=mails)
    return mails


async def remove_row(ctx: Context, row_id: UUID) -> None:
    """Offer a row no longer; mails that hold it keep it."""
    ctx.require(Permission.CONTENT_WRITE)
    async with ctx.transaction() as connection:
        present = await store.lock_row(ctx, connection, row_id)
        await store.archive_row(ctx, connection, row_id)
        await ctx.audit(connection, "mail_row.removed", "mail_row", row_id, present.name)


def _written(rows: Sequence[Row]) -> str:
    """The rows' source; raises Invalid where they hold another shared row, which might be written into itself."""
    source = write_rows(rows)
    if "{% # row" in source:
        raise Invalid("mail_row_nested", "A shared row cannot hold another; take it out first.")
    return source
