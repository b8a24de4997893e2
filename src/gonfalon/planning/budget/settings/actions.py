"""Set how a workspace counts money, and what currencies are worth."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import changed_meanwhile
from gonfalon.approvals.store import asks_for_amounts
from gonfalon.kit.errors import Conflict, Forbidden, Invalid, NotFound
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.money import check_currency
from gonfalon.planning.budget import rules
from gonfalon.planning.budget import store as budget
from gonfalon.planning.budget.model import BudgetSettings, Counts
from gonfalon.planning.budget.settings import store
from gonfalon.planning.campaigns.store import keep_facts

LARGEST_RATE = Decimal(10) ** 9
SMALLEST_RATE = Decimal(10) ** -9
MOST_RATES = 5_000
LEAST_OF_KNOWN = Decimal("0.8")
"""How much lower than the nearest known rate one may be that is set by whom rules about amounts bind."""


async def save_settings(ctx: Context, version: int, wanted: BudgetSettings) -> None:
    """Save how the workspace counts, as it was at `version`; 0: nobody had set anything.

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
        before = await budget.load_settings(ctx, connection)
        if not await store.write_settings(ctx, connection, version, values) or (version and not before.version):
            raise changed_meanwhile("budget settings", before.version)
        if before.counts is not wanted.counts:
            await keep_facts(ctx, connection, None)
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
    name = await store.name_short_line(ctx, connection, counts)
    if name is not None:
        raise Conflict(
            "plan_below_moves",
            f"Counted so, more was moved from “{name}” than was planned; move money back first.",
            name=name,
        )
    await budget.recount(ctx, connection, await store.count_the_other(ctx, connection, counts))


async def set_rate(ctx: Context, currency: str, day: date, rate: Decimal) -> None:
    """Set what a currency is worth from a day on, until a newer rate; replace one of the same day.

    What was converted before keeps its rate: history is not rewritten by a correction. Raises Forbidden
    (`rates_bound`) where amounts would count for much less than until now and a rule of approvals asks about amounts.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    code = check_currency(currency)
    if code == ctx.workspace.currency:
        raise Invalid("rate_of_home", f"{code} is the workspace's own currency; one is always one.", currency=code)
    if not rate.is_finite() or not SMALLEST_RATE <= rate <= LARGEST_RATE:
        raise Invalid(
            "rate_odd",
            f"Give how much {ctx.workspace.currency} one {code} is worth, e.g. 0.92.",
            home=ctx.workspace.currency,
            currency=code,
        )
    if day > ctx.today + timedelta(days=3660):
        raise Invalid("entry_day", "That day is more than ten years away; look at the year.")
    async with ctx.transaction() as connection:
        await _check_bound(ctx, connection, code, day, rate)
        await one_at_a_time(connection, "exchange rates", ctx.workspace.id)
        if await store.count_other_rates(ctx, connection, code, day) >= MOST_RATES:
            raise Invalid(
                "rates_many",
                f"A workspace keeps at most {MOST_RATES:,} exchange rates; remove some that nothing is converted at.",
                most=MOST_RATES,
            )
        await store.write_rate(ctx, connection, code, day, round(rate, 12))
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


async def _check_bound(
    ctx: Context, connection: AsyncConnection, currency: str, day: date, rate: Decimal | None
) -> None:
    """Raise Forbidden where somebody bound by rules about amounts would make amounts small.

    rate: the new one, None where one is removed.
    """
    if ctx.may(Permission.APPROVALS_MANAGE) or not await asks_for_amounts(ctx, connection):
        return
    known = await store.nearest_rate(ctx, connection, currency, day)
    if known is None or rate is None or rate < known * LEAST_OF_KNOWN:
        raise Forbidden(
            "rates_bound",
            "Rules of approvals count by exchange rates, so only an owner sets the first one of a currency or a much "
            "lower one, or takes one away.",
        )


async def remove_rate(ctx: Context, currency: str, day: date) -> None:
    """Remove a rate; what was converted at it stays. Raises NotFound, and Forbidden as `set_rate` does."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        await _check_bound(ctx, connection, currency.upper(), day, None)
        if not await store.delete_rate(ctx, connection, currency.upper(), day):
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
