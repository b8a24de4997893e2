"""Add, change and remove budget lines, and price them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.versions import delete_row, save_version
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.money import check_currency
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.approval import is_void
from gonfalon.planning.budget.entries.store import adjust_spent
from gonfalon.planning.budget.model import (
    ONE,
    ZERO,
    BudgetChange,
    BudgetLine,
    BudgetSettings,
    CountedLine,
    LineDraft,
    LineToSave,
)
from gonfalon.planning.budget.store import Rates
from gonfalon.planning.campaigns.store import lock_campaign
from gonfalon.planning.sheets import WrongCell
from gonfalon.planning.tables.budget import budget_lines

MOST_LINES = 500
"""What a browser edits as one table: with 2,000 lines it needs five times as long to make all the fields."""


async def add_line(ctx: Context, campaign_id: UUID, draft: LineDraft, spent_minor: int = 0) -> UUID:
    """Add a line at the end of the campaign's budget; return its id. spent_minor: what is spent on it already."""
    return (await add_lines(ctx, campaign_id, [draft], spent_minor))[0]


async def add_lines(ctx: Context, campaign_id: UUID, drafts: list[LineDraft], spent_minor: int = 0) -> list[UUID]:
    """Add lines at the end of the campaign's budget, all or none; return their ids. spent_minor: of each."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    ids = [new_id() for _ in drafts]
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state)
        count, last = await store.count_lines(connection, campaign_id)
        room = max(MOST_LINES - count, 0)
        if len(drafts) > room:
            raise Invalid(
                "budget_lines_many",
                f"A campaign can have at most {MOST_LINES} budget lines; this one has {count}, so there is room for"
                f" {room} more. Put small ones together, or plan some in a campaign that is part of this one.",
                most=MOST_LINES,
                has=count,
                room=room,
            )
        pricing = await load_pricing(ctx, connection, campaign_id, drafts)
        rows = [pricing.values(ctx, draft) for draft in drafts]
        fixed = {"workspace_id": ctx.workspace.id, "campaign_id": campaign_id, "updated_by": ctx.actor.name}
        await store.insert_line(
            connection,
            [
                fixed | row | {"id": line_id, "position": position}
                for position, (line_id, row) in enumerate(zip(ids, rows, strict=True), start=last + 1)
            ],
        )
        if spent_minor:
            await adjust_spent(ctx, connection, campaign_id, dict.fromkeys(ids, spent_minor))
        await ctx.audit(
            connection,
            "budget_line.added",
            "campaign",
            campaign_id,
            campaign.name,
            spent_minor=spent_minor,
            **({"line": str(ids[0]), **plain(rows[0])} if len(ids) == 1 else {"lines": [r["name"] for r in rows]}),
        )
    return ids


async def update_line(ctx: Context, campaign_id: UUID, line_id: UUID, version: int, draft: LineDraft) -> BudgetChange:
    """Save the plan of the line as it was at `version`; the audit line keeps what it was.

    Typed cell by cell, it asks the database six times and answers only what has changed.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state)
        draft = replace(draft, currency=check_currency(draft.currency or ctx.workspace.currency))
        before = await store.load_line(ctx, connection, campaign_id, line_id, draft)
        values = _pricing_of(ctx, draft, before).values(ctx, draft, before.moved_minor)
        await save_version(ctx, connection, budget_lines, line_id, version, values)
        saved = replace(
            before,
            **values | {"resource": draft.resource, "spread": draft.spread},
            task_name=before.wanted_task_name,
            version=version + 1,
            updated_by=ctx.actor.name,
        )
        await store.alarm(ctx, connection, [CountedLine.of(saved)])
        after = plain(values)
        await ctx.audit(
            connection,
            "budget_line.changed",
            "campaign",
            campaign_id,
            campaign.name,
            line=str(line_id),
            before={key: value for key, value in plain(_kept(before, values)).items() if after[key] != value},
            **after,
        )
        return await change_of(ctx, connection, campaign_id, saved)


async def change_of(ctx: Context, connection: AsyncConnection, campaign_id: UUID, *lines: BudgetLine) -> BudgetChange:
    """Return what a change of the lines left of the campaign's budget."""
    amounts = await store.list_amounts(ctx, connection, campaign_id)
    return BudgetChange(lines, rules.sum_up(amounts.lines), is_void(ctx, amounts))


async def remove_line(ctx: Context, campaign_id: UUID, line_id: UUID) -> None:
    """Remove a line from the budget; the audit line keeps what it was.

    Raises Conflict when orders or bills are entered on it: what was paid does not vanish with the plan.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state)
        gone = await store.find_line(ctx, connection, line_id, campaign_id)
        if await store.has_entries(ctx, connection, line_id):
            raise Conflict(
                "budget_line_used",
                f"Orders or bills are entered on “{gone.name}”, so it stays. Set its plan to nothing instead.",
                name=gone.name,
            )
        await delete_row(ctx, connection, budget_lines, line_id)
        await ctx.audit(
            connection,
            "budget_line.removed",
            "campaign",
            campaign_id,
            campaign.name,
            name=gone.name,
            planned_minor=gone.planned_minor,
            spent_minor=gone.spent_minor,
        )


@dataclass(frozen=True, slots=True)
class Pricing:
    """What prices of lines depend on: rates, how the workspace counts, and the campaign's deliverables."""

    settings: BudgetSettings
    rates: Rates
    tasks: frozenset[UUID]

    def values(self, ctx: Context, draft: LineDraft, moved_minor: int = 0) -> dict[str, Any]:
        """Return the columns of a line; raises Invalid for what makes no sense."""
        home = ctx.workspace.currency
        name = draft.name.strip()
        if not name:
            raise Invalid("name_missing", "Give the budget line a name.")
        if draft.quantity < 0 or draft.tax_rate < 0:
            raise Invalid("amount_negative", "A quantity or tax rate of a budget line must not be negative.")
        if draft.task_id is not None and draft.task_id not in self.tasks:
            raise Invalid("task_unknown", "The chosen deliverable does not exist any more; choose another one.")
        rules.check_period(draft.spread, draft.starts_on, draft.ends_on)
        currency = check_currency(draft.currency or home)
        unit, quantity = draft.unit_price_minor, draft.quantity
        if unit is None:
            if draft.planned_minor is None or currency != home:
                raise Invalid("price_missing", "Give the price of a unit, in the line's currency and without tax.")
            unit = draft.planned_minor - moved_minor
            if unit < 0 <= draft.planned_minor:
                raise Invalid("plan_below_moves", "More than that was moved to this line; move it back first.")
            quantity, draft_tax = ONE, ZERO
        else:
            draft_tax = draft.tax_rate
        net = rules.check_amount(rules.times(rules.check_amount(unit), quantity))
        gross = rules.check_amount(rules.with_tax(net, draft_tax))
        rate = self.rates.at(currency, draft.starts_on or ctx.today)
        home_net, home_gross = (
            rules.check_amount(rules.convert(amount, currency, home, rate)) for amount in (net, gross)
        )
        planned = rules.counted(home_net, home_gross, self.settings.counts) + moved_minor
        if planned < 0:
            raise Invalid("plan_below_moves", "More than that was moved from this line; move it back first.")
        return {
            "name": name,
            "resource": draft.resource.value,
            "task_id": draft.task_id,
            "channel": draft.channel.strip(),
            "currency": currency,
            "quantity": quantity,
            "unit_price_minor": unit,
            "tax_rate": draft_tax,
            "spread": draft.spread.value,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "rate": rate,
            "net_minor": home_net,
            "gross_minor": home_gross,
            "planned_minor": planned,
        }


def _pricing_of(ctx: Context, draft: LineDraft, line: LineToSave) -> Pricing:
    """Return what the draft's price depends on, as it was loaded with the line."""
    known = {}
    if line.rate_since is not None and line.rate_then is not None:
        known[draft.currency or ""] = [(line.rate_since, line.rate_then)]
    tasks = frozenset() if line.wanted_task_id is None else frozenset({line.wanted_task_id})
    return Pricing(BudgetSettings(line.counts), Rates(ctx.workspace.currency, known), tasks)


async def load_pricing(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, drafts: list[LineDraft]
) -> Pricing:
    """Load what the drafts' prices depend on, in two or three questions however many they are."""
    wanted = {draft.task_id for draft in drafts if draft.task_id is not None}
    known = await store.list_task_ids(ctx, connection, campaign_id, wanted) if wanted else frozenset()
    currencies = {check_currency(draft.currency) for draft in drafts if draft.currency}
    return Pricing(
        await store.load_settings(ctx, connection),
        await store.load_rates(ctx, connection, currencies),
        known,
    )


def _kept(row: BudgetLine, values: dict[str, Any]) -> dict[str, Any]:
    return {key: getattr(row, key) for key in values}


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Return the columns as an audit line can hold them."""
    return {key: value if isinstance(value, int | str | None) else str(value) for key, value in values.items()}


async def unpriced(ctx: Context, campaign_id: UUID, drafts: list[LineDraft], but: set[int]) -> list[WrongCell]:
    """Return which drafts cannot be priced, e.g. for want of an exchange rate; `but`: rows known to be wrong."""
    async with ctx.reading() as connection:
        pricing = await load_pricing(ctx, connection, campaign_id, drafts)
    found = []
    for number, draft in enumerate(drafts, 1):
        if number in but:
            continue
        try:
            pricing.values(ctx, draft)
        except Invalid as problem:
            column = "currency" if problem.code == "rate_missing" else "price"
            found.append(
                WrongCell(number, column, problem.code, (draft.currency or "") if column == "currency" else "")
            )
    return found
