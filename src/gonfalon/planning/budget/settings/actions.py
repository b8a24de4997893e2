"""The verbs of settings and exchange rates."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, Invalid, NotFound
from gonfalon.kit.money import check_currency
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.model import BudgetSettings, Counts
from gonfalon.planning.budget.tables import budget_settings, exchange_rates, spend_entries
from gonfalon.planning.tables import budget_lines

LARGEST_RATE = Decimal(10) ** 9
SMALLEST_RATE = Decimal(10) ** -9


async def save_settings(ctx: Context, version: int, wanted: BudgetSettings) -> None:
    """Saves how the workspace counts, as it was at `version`; 0: nobody had set anything.

    When the other one of net and gross counts from now on, all plans and sums are made true in the same transaction;
    approvals given before are void, since the amounts are others.
    """
    ctx.require(Permission.APPROVALS_MANAGE)
    if not 0 <= wanted.tax_rate <= 1:
        raise Invalid("tax_rate", "A tax rate is between 0 and 100 percent.")
    if wanted.move_limit_minor is not None:
        rules.check_amount(wanted.move_limit_minor)
    values = {
        "counts": wanted.counts.value,
        "tax_rate": wanted.tax_rate,
        "move_limit_minor": wanted.move_limit_minor,
        "updated_by": ctx.actor.name,
    }
    async with ctx.transaction() as connection:
        before = await store.load_settings(ctx, connection)
        saved = await connection.execute(
            insert(budget_settings)
            .values(workspace_id=ctx.workspace.id, **values)
            .on_conflict_do_update(
                index_elements=["workspace_id"],
                set_=values | {"version": budget_settings.c.version + 1, "updated_at": func.now()},
                where=budget_settings.c.version == version,
            )
            .returning(budget_settings.c.version)
        )
        if saved.first() is None or (version and not before.version):
            raise Conflict(
                "changed_meanwhile",
                "Somebody else saved the budget's settings after you opened them. Load them again.",
                current_version=before.version,
            )
        if before.counts is not wanted.counts:
            await _count_the_other(ctx, connection, wanted.counts)
        await ctx.audit(
            connection,
            "budget_settings.changed",
            "workspace",
            ctx.workspace.id,
            ctx.workspace.name,
            counts=wanted.counts.value,
            tax_rate=str(wanted.tax_rate),
            move_limit_minor=wanted.move_limit_minor,
            before={"counts": before.counts.value, "move_limit_minor": before.move_limit_minor},
        )


async def _count_the_other(ctx: Context, connection: AsyncConnection, counts: Counts) -> None:
    net = counts is Counts.NET
    lines, entries = budget_lines.c, spend_entries.c
    planned = (lines.net_minor if net else lines.gross_minor) + lines.moved_minor
    short = await connection.execute(
        select(lines.name).where(lines.workspace_id == ctx.workspace.id, planned < 0).limit(1)
    )
    if (name := short.scalar_one_or_none()) is not None:
        raise Conflict(
            "plan_below_moves", f"Counted so, more was moved from “{name}” than was planned; move money back first."
        )
    await connection.execute(
        update(spend_entries)
        .where(entries.workspace_id == ctx.workspace.id)
        .values(counted_minor=entries.home_net_minor if net else entries.home_gross_minor)
    )
    found = await connection.execute(
        update(budget_lines)
        .where(lines.workspace_id == ctx.workspace.id)
        .values(planned_minor=planned, version=lines.version + case((planned != lines.planned_minor, 1), else_=0))
        .returning(lines.id)
    )
    await store.recount(ctx, connection, found.scalars())


async def set_rate(ctx: Context, currency: str, day: date, rate: Decimal) -> None:
    """Says what a currency is worth from a day on, until a newer rate; replaces one of the same day.

    What was converted before keeps its rate: history is not rewritten by a correction.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    code = check_currency(currency)
    if code == ctx.workspace.currency:
        raise Invalid("rate_of_home", f"{code} is the workspace's own currency; one is always one.")
    if not rate.is_finite() or not SMALLEST_RATE <= rate <= LARGEST_RATE:
        raise Invalid("rate_odd", f"Give how much {ctx.workspace.currency} one {code} is worth, e.g. 0.92.")
    if day > ctx.today + timedelta(days=3660):
        raise Invalid("entry_day", "That day is more than ten years away; look at the year.")
    values = {"rate": round(rate, 12), "set_by": ctx.actor.name}
    async with ctx.transaction() as connection:
        await connection.execute(
            insert(exchange_rates)
            .values(workspace_id=ctx.workspace.id, currency=code, day=day, **values)
            .on_conflict_do_update(index_elements=["workspace_id", "currency", "day"], set_=values)
        )
        await ctx.audit(
            connection,
            "exchange_rate.set",
            "workspace",
            ctx.workspace.id,
            ctx.workspace.name,
            currency=code,
            day=day.isoformat(),
            rate=str(rate),
        )


async def remove_rate(ctx: Context, currency: str, day: date) -> None:
    """Takes a rate away; what was converted at it stays. Raises NotFound."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        gone = await connection.execute(
            delete(exchange_rates).where(
                exchange_rates.c.workspace_id == ctx.workspace.id,
                exchange_rates.c.currency == currency.upper(),
                exchange_rates.c.day == day,
            )
        )
        if not gone.rowcount:
            raise NotFound("exchange_rate_unknown", "There is no such exchange rate.")
        await ctx.audit(
            connection,
            "exchange_rate.removed",
            "workspace",
            ctx.workspace.id,
            ctx.workspace.name,
            currency=currency.upper(),
            day=day.isoformat(),
        )
