"""What orders are worth after refunds, updates and rates: tables of a session of the analytics copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final

import duckdb

from gonfalon.insights.report.plan import Rate
from gonfalon.kit.money import CURRENCIES, minor_digits
from gonfalon.kit.sql import statement
from gonfalon.tracking.orders import CANCELLATIONS, REVERSALS, UPDATES

ALWAYS: Final = datetime.fromisoformat("0001-01-01")
_PACKAGE: Final = "gonfalon.insights.report"
_LARGEST: Final = Decimal(10) ** 8
_FINE: Final = {code: minor_digits(code) for code in sorted(CURRENCIES) if minor_digits(code) != 2}


def make_worth(cursor: duckdb.DuckDBPyConnection, workspace_id: int, currency: str, rates: Sequence[Rate]) -> None:
    """Make `bought`, `taken` and `worth` of a workspace: its currency, and dated rates into it."""
    asked = {"workspace": workspace_id, "currency": currency}
    reversals = {"reversals": list(REVERSALS)}
    digits = {"fine": list(_FINE), "digits": list(_FINE.values()), "home_digits": minor_digits(currency)}

    def make(name: str, *params: dict[str, Any]) -> None:
        cursor.execute(statement(_PACKAGE, name), {key: value for each in params for key, value in each.items()})

    dated = _rates(currency, rates)
    make("make_bought", asked, reversals, digits, {"updates": list(UPDATES)})
    make("make_taken", asked, reversals, digits, dated, {"cancellations": list(CANCELLATIONS)})
    make("make_worth", asked, dated)


def _rates(currency: str, dated: Sequence[Rate]) -> dict[str, Any]:
    home = minor_digits(currency)
    rates = [(currency, ALWAYS, Decimal(1))]
    for rate in dated:
        factor = rate.worth * Decimal(10) ** (home - minor_digits(rate.currency))
        if factor < _LARGEST:
            rates.append((rate.currency, instant(rate.since, ALWAYS), factor))
    return {
        "rate_currencies": [each for each, _, _ in rates],
        "rate_since": [since for _, since, _ in rates],
        "rate_factors": [f"{factor:.12f}" for _, _, factor in rates],
    }


def instant(at: datetime | None, otherwise: datetime) -> datetime:
    """Return as the copy keeps instants: in UTC, without saying so."""
    return otherwise if at is None else at.astimezone(UTC).replace(tzinfo=None)
