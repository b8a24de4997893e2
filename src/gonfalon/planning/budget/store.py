"""Database calls that the parts of the budget share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, insert, null, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.errors import Invalid
from gonfalon.kit.rows import all_of, first_of, shaped
from gonfalon.kit.sql import run
from gonfalon.planning.budget import rules
from gonfalon.planning.budget.model import (
    ONE,
    Amounts,
    BudgetLine,
    BudgetSettings,
    CountedLine,
    Counts,
    EntryKind,
    ExchangeRate,
    LineAmounts,
    LineDraft,
    LineToSave,
)
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.tables.budget import (
    budget_alarms,
    budget_lines,
    budget_settings,
    exchange_rates,
    spend_entries,
)
from gonfalon.planning.tables.campaigns import campaigns
from gonfalon.planning.tables.timeline import tasks
from gonfalon.teamwork.actions import notify_of_many
from gonfalon.teamwork.model import NoticeKind, Piece, Thing, ThingKind
from gonfalon.teamwork.store import followers_of

_PACKAGE = "gonfalon.planning.budget"


async def load_settings(ctx: Context, connection: AsyncConnection) -> BudgetSettings:
    """Load how the workspace counts."""
    found = await connection.execute(select(budget_settings).where(budget_settings.c.workspace_id == ctx.workspace.id))
    row = found.first()
    if row is None:
        return BudgetSettings()
    return BudgetSettings(Counts(row.counts), row.tax_rate, row.move_limit_minor, row.version)


async def list_lines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[BudgetLine]:
    """List the campaign's lines in their order, with the deliverable's name.

    Raises NotFound for a campaign not here.
    """
    await see_campaign(ctx, connection, campaign_id)
    query = (
        select(budget_lines, tasks.c.name.label("task_name"))
        .outerjoin(tasks, tasks.c.id == budget_lines.c.task_id)
        .where(budget_lines.c.campaign_id == campaign_id, budget_lines.c.workspace_id == ctx.workspace.id)
        .order_by(budget_lines.c.position, budget_lines.c.id)
    )
    return await all_of(connection, query, BudgetLine)


async def list_lines_of(
    ctx: Context, connection: AsyncConnection, campaign_ids: Sequence[UUID]
) -> dict[UUID, list[BudgetLine]]:
    """List the lines of campaigns in their order, without their deliverables' names; only campaigns that have some."""
    b = budget_lines.c
    query = (
        select(budget_lines, null().label("task_name"))
        .where(b.campaign_id.in_(campaign_ids), b.workspace_id == ctx.workspace.id)
        .order_by(b.campaign_id, b.position, b.id)
    )
    found: dict[UUID, list[BudgetLine]] = {}
    for line in await all_of(connection, query, BudgetLine):
        found.setdefault(line.campaign_id, []).append(line)
    return found


async def find_line(
    ctx: Context, connection: AsyncConnection, line_id: UUID, campaign_id: UUID | None = None
) -> BudgetLine:
    """Find one line of the workspace, or of the campaign; raises NotFound. Its campaign's lock keeps it as it is."""
    query = select(budget_lines).where(budget_lines.c.id == line_id, budget_lines.c.workspace_id == ctx.workspace.id)
    if campaign_id is not None:
        query = query.where(budget_lines.c.campaign_id == campaign_id)
    return known(await first_of(connection, query, BudgetLine), "budget line")


async def load_line(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, line_id: UUID, draft: LineDraft
) -> LineToSave:
    """Load the campaign's line with what the draft's price depends on; raises NotFound."""
    found = await run(
        connection,
        _PACKAGE,
        "load_line",
        workspace=ctx.workspace.id,
        campaign=campaign_id,
        line=line_id,
        task=draft.task_id,
        currency=draft.currency,
        day=draft.starts_on or ctx.today,
    )
    return known(next(iter(shaped(found, LineToSave)), None), "budget line")


async def list_amounts(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> Amounts:
    """Return the amounts of the campaign's lines, and what was asked of its budget's approval."""
    found = await run(connection, _PACKAGE, "list_amounts", workspace=ctx.workspace.id, campaign=campaign_id)
    rows = shaped(found, _AmountsRow)
    lines = tuple(row.line for row in rows if row.line is not None)
    return Amounts(rows[0].counts, rows[0].request_state, rows[0].request_fingerprint, lines)


@dataclass(frozen=True, slots=True)
class _AmountsRow:
    counts: Counts
    request_state: str | None
    request_fingerprint: str | None
    line: LineAmounts | None


async def count_lines(connection: AsyncConnection, campaign_id: UUID) -> tuple[int, int]:
    """Count the lines of the campaign, and return the last position (-1 where there is none)."""
    found = await connection.execute(
        select(func.count(), func.coalesce(func.max(budget_lines.c.position), -1)).where(
            budget_lines.c.campaign_id == campaign_id
        )
    )
    count, last = found.one()
    return count, last


async def has_entries(ctx: Context, connection: AsyncConnection, line_id: UUID) -> bool:
    """Return whether orders or bills are entered on a line."""
    e = spend_entries.c
    entered = exists().where(
        e.line_id == line_id, e.workspace_id == ctx.workspace.id, e.kind != EntryKind.ADJUSTMENT.value
    )
    return bool(await connection.scalar(select(entered)))


async def approve_lines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> None:
    """Keep on each of the campaign's lines what it is approved for: its plan, or what it was approved for before."""
    b = budget_lines.c
    await connection.execute(
        update(budget_lines)
        .where(b.campaign_id == campaign_id, b.workspace_id == ctx.workspace.id)
        .values(approved_minor=func.greatest(b.planned_minor, func.coalesce(b.approved_minor, 0)))
    )


class Rates:
    """The rates of some currencies into the workspace's."""

    def __init__(self, home: str, known: dict[str, list[tuple[date, Decimal]]]) -> None:
        self.home = home
        self._known = known

    def at(self, currency: str, day: date) -> Decimal:
        """Return the newest rate at or before the day; raises Invalid (`rate_missing`) that says what to enter."""
        if currency == self.home:
            return ONE
        for since, rate in self._known.get(currency, ()):
            if since <= day:
                return rate
        raise Invalid(
            "rate_missing",
            f"There is no exchange rate for {currency} on {day.isoformat()} or before. Enter in the settings of the "
            f"budget how much {self.home} one {currency} was worth then.",
            currency=currency,
            home=self.home,
            day=day.isoformat(),
        )


async def load_rates(ctx: Context, connection: AsyncConnection, currencies: Iterable[str]) -> Rates:
    """Load all rates of the currencies, the newest first."""
    known: dict[str, list[tuple[date, Decimal]]] = {}
    wanted = set(currencies) - {ctx.workspace.currency}
    if wanted:
        found = await connection.execute(
            select(exchange_rates.c.currency, exchange_rates.c.day, exchange_rates.c.rate)
            .where(exchange_rates.c.workspace_id == ctx.workspace.id, exchange_rates.c.currency.in_(wanted))
            .order_by(exchange_rates.c.day.desc())
        )
        for currency, day, rate in found:
            known.setdefault(currency, []).append((day, rate))
    return Rates(ctx.workspace.currency, known)


async def recount(ctx: Context, connection: AsyncConnection, line_ids: Iterable[UUID]) -> None:
    """Make the lines' sums true after their entries changed, and tell who has to know of a line that is over.

    More can have come back by credit notes than was spent: then the sum is below nothing.
    """
    ids = sorted(set(line_ids))
    if not ids:
        return
    found = await run(connection, _PACKAGE, "recount_lines", workspace=ctx.workspace.id, lines=ids)
    await alarm(ctx, connection, shaped(found, CountedLine))


async def alarm(ctx: Context, connection: AsyncConnection, lines: Sequence[CountedLine]) -> None:
    """Tell leaders and followers of lines that crossed a limit of theirs for the first time: once for a campaign."""
    over = {line.id: rules.crossed(line.planned_minor, line.spent_minor + line.committed_minor) for line in lines}
    rows = [
        {"line_id": id, "threshold": each, "workspace_id": ctx.workspace.id}
        for id, crossed in over.items()
        for each in crossed
    ]
    if not rows:
        return
    told = await connection.execute(
        upsert(budget_alarms).values(rows).on_conflict_do_nothing().returning(budget_alarms.c.line_id)
    )
    new = set(told.scalars())
    of_campaign: dict[UUID, list[CountedLine]] = {}
    for line in lines:
        if line.id in new:
            of_campaign.setdefault(line.campaign_id, []).append(line)
    for campaign_id, theirs in of_campaign.items():
        theirs.sort(key=lambda line: line.left_minor)
        await _tell_over(ctx, connection, campaign_id, theirs, {line.id: max(over[line.id]) for line in theirs})


async def _tell_over(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, lines: Sequence[CountedLine], over: Mapping[UUID, int]
) -> None:
    """Make one notice of a campaign's lines that are over, the one that is furthest over first.

    The amount is of all.
    """
    found = await connection.execute(
        select(campaigns.c.name, campaigns.c.leader_id).where(
            campaigns.c.id == campaign_id, campaigns.c.workspace_id == ctx.workspace.id
        )
    )
    campaign = found.one()
    thing = Thing(ThingKind.BUDGET, campaign_id)
    to = set(await followers_of(ctx, connection, thing, Thing(ThingKind.CAMPAIGN, campaign_id)))
    if campaign.leader_id is not None:
        to.add(campaign.leader_id)
    amount = -sum(line.left_minor for line in lines)
    values = {"amount_minor": amount, "currency": ctx.workspace.currency}
    pieces = [Piece(thing, line.name, values, once=f"{line.id} {over[line.id]}") for line in lines]
    await notify_of_many(
        ctx,
        connection,
        NoticeKind.BUDGET_OVERRUN,
        dict.fromkeys(to, pieces),
        place=(thing, campaign.name),
        campaign_id=campaign_id,
    )


async def insert_line(connection: AsyncConnection, values: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Write new lines."""
    await connection.execute(insert(budget_lines), values)


async def deliverables_of(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> dict[str, UUID]:
    """Return the campaign's tasks by their names in small letters."""
    found = await connection.execute(
        select(func.lower(tasks.c.name), tasks.c.id).where(
            tasks.c.campaign_id == campaign_id, tasks.c.workspace_id == ctx.workspace.id
        )
    )
    return {row[0]: row[1] for row in found}


async def list_task_ids(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, wanted: Collection[UUID]
) -> frozenset[UUID]:
    """Return those of the tasks that are the campaign's."""
    found = await connection.execute(
        select(tasks.c.id).where(
            tasks.c.id.in_(wanted), tasks.c.campaign_id == campaign_id, tasks.c.workspace_id == ctx.workspace.id
        )
    )
    return frozenset(found.scalars())


async def list_rates(ctx: Context, connection: AsyncConnection) -> list[ExchangeRate]:
    """List exchange rates by currency, the newest first; settings keep them to 5,000."""
    query = (
        select(exchange_rates)
        .where(exchange_rates.c.workspace_id == ctx.workspace.id)
        .order_by(exchange_rates.c.currency, exchange_rates.c.day.desc())
    )
    return await all_of(connection, query, ExchangeRate)
