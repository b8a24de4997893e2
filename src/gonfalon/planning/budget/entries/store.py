"""Database calls of entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, case, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.ids import new_id
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.budget import store
from gonfalon.planning.budget.model import EntryKind, Source
from gonfalon.planning.budget.tables import spend_entries
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import budget_lines


async def adjust_spent(ctx: Context, connection: AsyncConnection, campaign_id: UUID, by: dict[UUID, int]) -> None:
    """Writes adjustments of lines' totals, in minor units of the workspace's currency, and counts again."""
    home, day = ctx.workspace.currency, ctx.today
    await connection.execute(
        insert(spend_entries),
        [
            {
                "id": new_id(),
                "workspace_id": ctx.workspace.id,
                "campaign_id": campaign_id,
                "line_id": line_id,
                "kind": EntryKind.ADJUSTMENT.value,
                "day": day,
                "currency": home,
                "source": Source.MANUAL.value,
                "entered_by": ctx.actor.name,
                **dict.fromkeys(
                    ("net_minor", "gross_minor", "home_net_minor", "home_gross_minor", "counted_minor"), amount
                ),
            }
            for line_id, amount in by.items()
        ],
    )
    await store.recount(ctx, connection, by)


async def insert_entries(connection: AsyncConnection, rows: list[dict[str, Any]]) -> set[UUID]:
    """Writes entries, leaving out those whose external id is there already; the ids of those written."""
    if not rows:
        return set()
    written = await connection.execute(
        upsert(spend_entries)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["workspace_id", "external_id"])
        .returning(spend_entries.c.id)
    )
    return set(written.scalars())


async def by_external_id(ctx: Context, connection: AsyncConnection, ids: list[str]) -> dict[str, Row[Any]]:
    """The entries that have these external ids."""
    if not ids:
        return {}
    found = await connection.execute(
        select(spend_entries).where(
            spend_entries.c.workspace_id == ctx.workspace.id, spend_entries.c.external_id.in_(ids)
        )
    )
    return {row.external_id: row for row in found}


async def find_entry(ctx: Context, connection: AsyncConnection, campaign_id: UUID, entry_id: UUID) -> Row[Any]:
    """One entry of the campaign; raises NotFound."""
    found = await connection.execute(
        select(spend_entries).where(
            spend_entries.c.id == entry_id,
            spend_entries.c.campaign_id == campaign_id,
            spend_entries.c.workspace_id == ctx.workspace.id,
        )
    )
    row = found.first()
    if row is None:
        raise not_found("spend entry")
    return row


async def list_entries(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest, line_id: UUID | None
) -> list[Row[Any]]:
    """Entries, the newest first, with their line's name, what reversed them, and what is open of an order."""
    e = spend_entries
    reversal = e.alias("reversal")
    part = e.alias("part")
    settled = (
        select(func.greatest(func.sum(_signed(part)), 0))
        .where(part.c.line_id == e.c.line_id, part.c.commitment_id == e.c.id)
        .scalar_subquery()
    )
    query = (
        select(
            e,
            budget_lines.c.name.label("line_name"),
            reversal.c.id.label("reversed_by_id"),
            settled.label("open_minor"),
        )
        .join(budget_lines, budget_lines.c.id == e.c.line_id)
        .outerjoin(reversal, reversal.c.reverses_id == e.c.id)
        .where(e.c.campaign_id == campaign_id, e.c.workspace_id == ctx.workspace.id)
        .order_by(e.c.id.desc())
        .limit(page.limit + 1)
    )
    if line_id is not None:
        query = query.where(e.c.line_id == line_id)
    if page.after:
        query = query.where(e.c.id < UUID(str(page.after[0])))
    return list((await connection.execute(query)).all())


def _signed(table: Any) -> Any:
    return case((table.c.kind == EntryKind.COMMITMENT.value, table.c.counted_minor), else_=-table.c.counted_minor)
