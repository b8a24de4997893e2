"""Shapes of settings and rates."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, Field, PlainSerializer

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import MinorUnits
from gonfalon.planning.budget.model import BudgetSettings, Counts, Currency, Share


class BudgetSettingsIn(BaseModel):
    """How the workspace counts."""

    counts: Counts
    tax_rate: Annotated[Share, Field(description="Proposed for new lines")] = Decimal(0)
    move_limit_minor: Annotated[
        MinorUnits | None, Field(description="Moves above it need an approval; null: the rules alone decide")
    ] = None
    version: Annotated[int, Field(ge=0, le=2**31 - 1, description="As last read")]

    def settings(self) -> BudgetSettings:
        """Return the values that the action takes."""
        return BudgetSettings(self.counts, self.tax_rate, self.move_limit_minor)


class BudgetSettingsOut(BaseModel):
    """How the workspace counts. version 0: these are the defaults."""

    counts: Counts
    tax_rate: Share
    move_limit_minor: int | None
    version: int
    currency: str


class ExchangeRateIn(BaseModel):
    """What one of a currency is worth from a day on."""

    currency: Currency
    day: Day
    rate: Annotated[Decimal, Field(gt=0, max_digits=24, decimal_places=12), PlainSerializer(str, return_type=str)]
