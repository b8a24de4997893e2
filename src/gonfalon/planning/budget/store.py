"""Database calls that the parts of the budget share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.sql import run
from gonfalon.planning.budget import rules
from gonfalon.planning.budget.model import ONE, BudgetSettings, Counts
from gonfalon.planning.budget.tables import budget_alarms, budget_settings, exchange_rates
from gonfalon.planning.campaigns.store import find_campaign
from gonfalon.planning.store import not_found
from gonfalon.planning.tables import budget_lines, campaigns
from gonfalon.planning.timeline.tables import tasks
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.model import NoticeKind, Thing, ThingKind
from gonfalon.teamwork.store import followers_of

_PACKAGE = "gonfalon.planning.budget"


async def load_settings(ctx: Context, connection: AsyncConnection) -> BudgetSettings:
    """How the workspace counts."""
    found = await connection.execute(select(budget_settings).where(budget_settings.c.workspace_id == ctx.workspace.id))
    row = found.first()
    if row is None:
        return BudgetSettings()
    return BudgetSettings(Counts(row.counts), row.tax_rate, row.move_limit_minor, row.version)


async def list_lines(ctx: Context, connection: AsyncConnection, campaign_id: UUID) -> list[Row[Any]]:
    """The campaign's lines in their order, with the deliverable's name; raises NotFound for a campaign not here."""
    await find_campaign(ctx, connection, campaign_id)
    found = await connection.execute(
        select(budget_lines, tasks.c.name.label("task_name"))
        .outerjoin(tasks, tasks.c.id == budget_lines.c.task_id)
        .where(budget_lines.c.campaign_id == campaign_id, budget_lines.c.workspace_id == ctx.workspace.id)
        .order_by(budget_lines.c.position, budget_lines.c.id)
    )
    return list(found.all())


async def find_line(
    ctx: Context, connection: AsyncConnection, line_id: UUID, campaign_id: UUID | None = None
) -> Row[Any]:
    """One line of the workspace, or of the campaign; raises NotFound. Its campaign's lock keeps it as it is."""
    query = select(budget_lines).where(budget_lines.c.id == line_id, budget_lines.c.workspace_id == ctx.workspace.id)
    if campaign_id is not None:
        query = query.where(budget_lines.c.campaign_id == campaign_id)
    row = (await connection.execute(query)).first()
    if row is None:
        raise not_found("budget line")
    return row


class Rates:
    """The rates of some currencies into the workspace's."""

    def __init__(self, home: str, known: dict[str, list[tuple[date, Decimal]]]) -> None:
        self.home = home
        self._known = known

    def at(self, currency: str, day: date) -> Decimal:
        """The newest rate at or before the day; raises Invalid (`rate_missing`) that says what to enter."""
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
    """All rates of the currencies, the newest first."""
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
    """Makes the lines' sums true after their entries changed, and tells who has to know of a line that is over.

    Raises Conflict when less than nothing would have been spent.
    """
    ids = sorted(set(line_ids))
    if not ids:
        return
    try:
        found = await run(connection, _PACKAGE, "recount_lines", workspace=ctx.workspace.id, lines=ids)
    except IntegrityError as error:
        raise Conflict("spent_negative", "With that, less than nothing would have been spent on the line.") from error
    for row in found.all():
        await _alarm(ctx, connection, row)


async def _alarm(ctx: Context, connection: AsyncConnection, line: Row[Any]) -> None:
    used = line.spent_minor + line.committed_minor
    over = rules.crossed(line.planned_minor, used)
    if not over:
        return
    from sqlalchemy.dialects.postgresql import insert as upsert

    told = await connection.execute(
        upsert(budget_alarms)
        .values([{"line_id": line.id, "threshold": each, "workspace_id": ctx.workspace.id} for each in over])
        .on_conflict_do_nothing()
        .returning(budget_alarms.c.threshold)
    )
    if not told.all():
        return
    leader = await connection.execute(
        select(campaigns.c.leader_id).where(
            campaigns.c.id == line.campaign_id, campaigns.c.workspace_id == ctx.workspace.id
        )
    )
    thing = Thing(ThingKind.BUDGET, line.campaign_id)
    to = set(await followers_of(connection, ctx.workspace.id, thing, Thing(ThingKind.CAMPAIGN, line.campaign_id))) | {
        user_id for user_id in leader.scalars() if user_id is not None
    }
    await notify(
        ctx,
        connection,
        NoticeKind.BUDGET_OVERRUN,
        to=to,
        thing=thing,
        title=line.name,
        campaign_id=line.campaign_id,
        once=f"{line.id} {max(over)}",
        amount_minor=used - line.planned_minor,
        currency=ctx.workspace.currency,
    )


async def insert_line(connection: AsyncConnection, values: dict[str, Any] | list[dict[str, Any]]) -> None:
    """Writes new lines."""
    await connection.execute(insert(budget_lines), values)
