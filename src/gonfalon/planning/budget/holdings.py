"""Where budgets hold amounts in the workspace's currency: what forbids to change it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_

from gonfalon.accounts.offers import Holding, rows_of
from gonfalon.planning.tables.budget import budget_lines, budget_moves, budget_settings, exchange_rates
from gonfalon.planning.tables.campaigns import campaign_facts


def _planned(workspace_id: int) -> ColumnElement[bool]:
    """Return the budget lines, and amounts planned lately that approvals still go by."""
    return or_(
        rows_of(budget_lines)(workspace_id), rows_of(campaign_facts, campaign_facts.c.at_stake_minor > 0)(workspace_id)
    )


HOLDINGS = (
    Holding("budget", "budget lines", _planned),
    Holding.rows("moves", "moves of money between lines", budget_moves),
    Holding.rows(
        "move_limit", "a limit for moving money", budget_settings, budget_settings.c.move_limit_minor.is_not(None)
    ),
    Holding.rows("rates", "exchange rates", exchange_rates),
)
