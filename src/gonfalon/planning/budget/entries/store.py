"""Database calls of entries."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, and_, case, cast, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.ids import new_id
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of
from gonfalon.planning.budget import store
from gonfalon.planning.budget.model import Entered, EntryKind, ListedEntry, Source, SpendEntry
from gonfalon.planning.tables.budget import budget_lines, spend_entries


async def adjust_spent(ctx: Context, connection: AsyncConnection, campaign_id: UUID, by: dict[UUID, int]) -> None:
    """Write adjustments of lines' totals, in minor units of the workspace's currency, and count again."""
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
    """Write entries but those whose external id is there already; return the ids of those written."""
    if not rows:
        return set()
    written = await connection.execute(
        upsert(spend_entries)
        .values(rows)
        .on_conflict_do_nothing(index_elements=["workspace_id", "external_id"])
        .returning(spend_entries.c.id)
    )
    return set(written.scalars())


async def by_external_id(ctx: Context, connection: AsyncConnection, ids: list[str]) -> dict[str, SpendEntry]:
    """Return the entries that have these external ids."""
    if not ids:
        return {}
    query = select(spend_entries).where(
        spend_entries.c.workspace_id == ctx.workspace.id, spend_entries.c.external_id.in_(ids)
    )
    return {entry.external_id or "": entry for entry in await all_of(connection, query, SpendEntry)}


async def find_entry(ctx: Context, connection: AsyncConnection, campaign_id: UUID, entry_id: UUID) -> SpendEntry:
    """Find one entry of the campaign; raises NotFound."""
    e = spend_entries.c
    query = select(spend_entries).where(
        e.id == entry_id, e.campaign_id == campaign_id, e.workspace_id == ctx.workspace.id
    )
    return known(await first_of(connection, query, SpendEntry), "spend entry")


async def find_standing(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, key: str
) -> tuple[int, SpendEntry | None]:
    """Count the entries a key ever had, and find the one that was not taken back."""
    e = spend_entries
    back = e.alias("back")
    mine = select(e).where(
        e.c.workspace_id == ctx.workspace.id,
        e.c.campaign_id == campaign_id,
        e.c.external_id.startswith(f"{key}:", autoescape=True),
    )
    count = await connection.scalar(select(func.count()).select_from(mine.subquery()))
    standing = mine.where(~select(back.c.id).where(back.c.reverses_id == e.c.id).exists())
    return count or 0, await first_of(connection, standing, SpendEntry)


async def list_entered(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Entered]:
    """List what was ordered and spent in a campaign, day by day and order by order."""
    e = spend_entries.c
    ordered = e.kind == EntryKind.COMMITMENT.value
    query = (
        select(
            e.day,
            e.commitment_id,
            cast(func.sum(case((ordered, e.counted_minor), else_=0)), BigInteger).label("ordered"),
            cast(func.sum(case((ordered, 0), else_=e.counted_minor)), BigInteger).label("spent"),
        )
        .where(e.campaign_id == campaign_id, e.workspace_id == ctx.workspace.id)
        .group_by(e.day, e.commitment_id)
        .order_by(e.day)
    )
    return await all_of(connection, query, Entered)


async def list_entries(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, page: PageRequest, line_id: UUID | None
) -> list[ListedEntry]:
    """List entries, the newest first, with their line's name, what reversed them, and what is open of an order."""
    e = spend_entries
    reversal = e.alias("reversal")
    part = e.alias("part")
    settled = (
        select(cast(func.greatest(func.sum(_signed(part)), 0), BigInteger))
        .where(part.c.line_id == e.c.line_id, part.c.commitment_id == e.c.id)
        .scalar_subquery()
    )
    stands = and_(e.c.kind == EntryKind.COMMITMENT.value, e.c.reverses_id.is_(None))
    query = (
        select(
            e,
            budget_lines.c.name.label("line_name"),
            reversal.c.id.label("reversed_by_id"),
            case((stands, settled)).label("open_minor"),
        )
        .join(budget_lines, budget_lines.c.id == e.c.line_id)
        .outerjoin(reversal, reversal.c.reverses_id == e.c.id)
        .where(e.c.campaign_id == campaign_id, e.c.workspace_id == ctx.workspace.id)
        .order_by(e.c.id.desc())
        .limit(page.fetch)
    )
    if line_id is not None:
        query = query.where(e.c.line_id == line_id)
    if page.after:
        query = query.where(e.c.id < page.after[0])
    return await all_of(connection, query, ListedEntry)


def _signed(table: Any) -> Any:
    return case((table.c.kind == EntryKind.COMMITMENT.value, table.c.counted_minor), else_=-table.c.counted_minor)
