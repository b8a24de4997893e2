"""Database calls of the budget's settings and of exchange rates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.planning.budget.model import Counts
from gonfalon.planning.tables.budget import budget_lines, budget_settings, exchange_rates, spend_entries

_LINES, _ENTRIES, _RATES = budget_lines.c, spend_entries.c, exchange_rates.c


async def write_settings(ctx: Context, connection: AsyncConnection, version: int, values: dict[str, Any]) -> bool:
    """Write the workspace's settings as they were at `version` (0: there were none); False where they are others."""
    saved = await connection.execute(
        upsert(budget_settings)
        .values(workspace_id=ctx.workspace.id, **values)
        .on_conflict_do_update(
            index_elements=["workspace_id"],
            set_=values | {"version": budget_settings.c.version + 1, "updated_at": func.now()},
            where=budget_settings.c.version == version,
        )
        .returning(budget_settings.c.version)
    )
    return saved.first() is not None


def _planned(counts: Counts) -> ColumnElement[int]:
    return (_LINES.net_minor if counts is Counts.NET else _LINES.gross_minor) + _LINES.moved_minor


async def name_short_line(ctx: Context, connection: AsyncConnection, counts: Counts) -> str | None:
    """Name a line from which more was moved than would be planned if this amount counted."""
    short = select(_LINES.name).where(_LINES.workspace_id == ctx.workspace.id, _planned(counts) < 0).limit(1)
    name: str | None = await connection.scalar(short)
    return name


async def count_the_other(ctx: Context, connection: AsyncConnection, counts: Counts) -> list[UUID]:
    """Make net or gross amounts count in all entries and plans of the workspace; return the lines' ids."""
    await connection.execute(
        update(spend_entries)
        .where(_ENTRIES.workspace_id == ctx.workspace.id)
        .values(counted_minor=_ENTRIES.home_net_minor if counts is Counts.NET else _ENTRIES.home_gross_minor)
    )
    planned = _planned(counts)
    found = await connection.execute(
        update(budget_lines)
        .where(_LINES.workspace_id == ctx.workspace.id)
        .values(planned_minor=planned, version=_LINES.version + case((planned != _LINES.planned_minor, 1), else_=0))
        .returning(_LINES.id)
    )
    return [*found.scalars()]


async def nearest_rate(ctx: Context, connection: AsyncConnection, currency: str, day: date) -> Decimal | None:
    """Return the rate of a currency that is known of the day nearest to this one."""
    nearest = (
        select(_RATES.rate)
        .where(_RATES.workspace_id == ctx.workspace.id, _RATES.currency == currency)
        .order_by(func.abs(_RATES.day - day), _RATES.day)
        .limit(1)
    )
    rate: Decimal | None = await connection.scalar(nearest)
    return rate


async def count_other_rates(ctx: Context, connection: AsyncConnection, currency: str, day: date) -> int:
    """Count the workspace's rates but that of this currency and day."""
    others = or_(_RATES.currency != currency, _RATES.day != day)
    counted = select(func.count()).select_from(exchange_rates).where(_RATES.workspace_id == ctx.workspace.id, others)
    return await connection.scalar(counted) or 0


async def write_rate(ctx: Context, connection: AsyncConnection, currency: str, day: date, rate: Decimal) -> None:
    """Write a rate; one of the same day is replaced."""
    values = {"rate": rate, "set_by": ctx.actor.name}
    await connection.execute(
        upsert(exchange_rates)
        .values(workspace_id=ctx.workspace.id, currency=currency, day=day, **values)
        .on_conflict_do_update(index_elements=["workspace_id", "currency", "day"], set_=values)
    )


async def delete_rate(ctx: Context, connection: AsyncConnection, currency: str, day: date) -> bool:
    """Delete a rate; False where there is none."""
    gone = await connection.execute(
        delete(exchange_rates).where(
            _RATES.workspace_id == ctx.workspace.id, _RATES.currency == currency, _RATES.day == day
        )
    )
    return gone.rowcount > 0
