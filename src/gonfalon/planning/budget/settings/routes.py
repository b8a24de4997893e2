"""Settings and exchange rates over HTTP."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.days import Day
from gonfalon.planning.budget import store
from gonfalon.planning.budget.model import ExchangeRate
from gonfalon.planning.budget.settings import actions
from gonfalon.planning.budget.settings.schemas import (
    BudgetSettingsIn,
    BudgetSettingsOut,
    ExchangeRateIn,
)

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/budget"


async def _settings(ctx: Context) -> BudgetSettingsOut:
    async with ctx.reading() as connection:
        found = await store.load_settings(ctx, connection)
    return BudgetSettingsOut(
        counts=found.counts,
        tax_rate=found.tax_rate,
        move_limit_minor=found.move_limit_minor,
        version=found.version,
        currency=ctx.workspace.currency,
    )


@router.get(_PATH + "/settings", operation_id="get_budget_settings")
async def get_settings(ctx: Ctx) -> BudgetSettingsOut:
    """Return whether net or gross amounts count, the usual tax, and above what moves need an approval (not told to
    guests)."""
    ctx.require(Permission.CAMPAIGNS_READ)
    found = await _settings(ctx)
    return found if ctx.may(Permission.SETTINGS_READ) else found.model_copy(update={"move_limit_minor": None})


@router.put(_PATH + "/settings", operation_id="save_budget_settings")
async def save_settings(body: BudgetSettingsIn, ctx: Ctx) -> BudgetSettingsOut:
    """Save them; when the other of net and gross counts, all sums are made true at once."""
    await actions.save_settings(ctx, body.version, body.settings())
    return await _settings(ctx)


@router.get(_PATH + "/rates", operation_id="list_exchange_rates")
async def list_rates(ctx: Ctx) -> list[ExchangeRate]:
    """Return every exchange rate, by currency, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    return await ctx.read(store.list_rates)


@router.put(_PATH + "/rates", operation_id="set_exchange_rate")
async def set_rate(body: ExchangeRateIn, ctx: Ctx) -> list[ExchangeRate]:
    """Say what a currency is worth from a day on; answers every rate. What was converted before keeps its rate."""
    await actions.set_rate(ctx, body.currency, body.day, body.rate)
    return await ctx.read(store.list_rates)


@router.delete(_PATH + "/rates/{currency}/{day}", operation_id="remove_exchange_rate")
async def remove_rate(
    currency: Annotated[str, Path(min_length=3, max_length=3)], day: Day, ctx: Ctx
) -> list[ExchangeRate]:
    """Take a rate away; answers the others."""
    await actions.remove_rate(ctx, currency, day)
    return await ctx.read(store.list_rates)
