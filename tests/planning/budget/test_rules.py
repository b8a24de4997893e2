"""Money arithmetic against exact decimals."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.planning.budget import rules
from gonfalon.planning.budget.model import Period, Spread
from gonfalon.planning.budget.paste import COLUMNS, NAMES
from gonfalon.planning.sheets import find_columns, words

amounts = st.integers(0, 10**15)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
rates = st.decimals(Decimal("0.000001"), Decimal(100_000), places=9)
DIGITS = {"JPY": 0, "EUR": 2, "USD": 2, "KWD": 3}


def exact(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_EVEN))


@given(amounts, st.sampled_from(sorted(DIGITS)), st.sampled_from(sorted(DIGITS)), rates)
def test_conversion_is_the_decimal_product_rounded_once(minor: int, one: str, other: str, rate: Decimal) -> None:
    with localcontext(prec=80):
        wanted = exact(Decimal(minor).scaleb(-DIGITS[one]) * rate * Decimal(10) ** DIGITS[other])
    assert rules.convert(minor, one, other, rate) == wanted
    assert rules.convert(-minor, one, other, rate) == -wanted, "a reversal is the exact opposite"


@given(amounts, st.decimals(0, 1, places=5), st.decimals(0, 10_000, places=3))
def test_tax_and_quantity_are_rounded_once(minor: int, tax: Decimal, quantity: Decimal) -> None:
    with localcontext(prec=80):
        assert rules.with_tax(minor, tax) == minor + exact(minor * tax)
        assert rules.times(minor, quantity) == exact(minor * quantity)
        assert rules.without_tax(minor, tax) == exact(Decimal(minor) / (1 + tax))


@pytest.mark.parametrize(("numerator", "rounded"), [(5, 2), (15, 8), (25, 12), (-5, -2), (-15, -8), (26, 13)])
def test_halves_go_to_the_even_one(numerator: int, rounded: int) -> None:
    assert rules.half_even(numerator, 2) == rounded


@given(amounts, st.sampled_from(Spread), days, st.integers(0, 900))
def test_parts_sum_to_the_whole_and_differ_by_one_at_most(total: int, spread: Spread, first: date, length: int) -> None:
    period = Period(spread, first, first if spread is Spread.ONCE else first + timedelta(days=length))
    reached = [
        rules.planned_until(total, period, first + timedelta(days=n))
        for n in range(-1, (period.last - period.first).days + 1)
    ]
    assert (reached[0], reached[-1]) == (0, total)
    count = rules.parts_of(period)
    parts = [rules.sum_of_parts(total, count, n + 1) - rules.sum_of_parts(total, count, n) for n in range(count)]
    assert sum(parts) == total
    assert max(parts) - min(parts) <= 1
    steps = [after - before for before, after in pairwise(reached)]
    assert [step for step in steps if step] == [part for part in parts if part], "each part on a day of its own"


def test_a_months_part_is_planned_for_its_first_day() -> None:
    period = Period(Spread.MONTHLY, date(2026, 1, 20), date(2026, 3, 5))
    planned = {day: rules.planned_until(100, period, day) for day in (
        date(2026, 1, 19), date(2026, 1, 20), date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1))}  # fmt: skip
    assert list(planned.values()) == [0, 34, 34, 67, 100]


lines = st.builds(rules.Money, amounts, st.just(0), amounts, amounts).flatmap(
    lambda m: st.integers(0, m.planned).map(lambda due: rules.Money(m.planned, due, m.committed, m.spent))
)


@given(st.lists(lines, max_size=6), amounts, amounts)
def test_the_forecast_lies_in_its_range(known: list[rules.Money], recent_planned: int, recent_spent: int) -> None:
    found = rules.forecast(known, recent_planned, recent_spent)
    spent, due = sum(line.spent for line in known), sum(line.planned_until_today for line in known)
    assert found.by_plan >= max(spent, sum(line.planned for line in known))
    if not due:
        assert found.by_pace is None
        return
    assert found.low is not None
    assert found.high is not None
    assert found.by_pace is not None
    assert spent <= found.low <= found.by_pace <= found.high
    left = sum(line.planned for line in known) - due
    assert abs(found.by_pace - (spent + left * Fraction(spent, due))) <= Fraction(1, 2)


def test_thresholds_are_gone_over_not_reached() -> None:
    assert rules.crossed(1000, 1000) == ()
    assert rules.crossed(1000, 1001) == (100,)
    assert rules.crossed(1000, 1251) == (100, 110, 125)
    assert rules.crossed(0, 1) == rules.THRESHOLDS


@pytest.mark.parametrize(
    "hint",
    [
        "Name, kind, quantity, price, currency, tax, first day, last day, deliverable",
        "Nom, genre, quantité, prix, devise, taxe, premier jour, dernier jour, livrable",
        "Namn, slag, antal, pris, valuta, moms, första dag, sista dag, leverans",
        "名称、类型、数量、单价、币种、税率、第一天、最后一天、交付物",
    ],
)
def test_the_words_of_the_interface_name_the_columns(hint: str) -> None:
    cells = [word.strip() for word in hint.replace("、", ",").split(",")]
    assert find_columns(cells, words(NAMES))[0] == {name: at for at, name in enumerate(COLUMNS)}
