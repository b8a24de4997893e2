"""Money, ids, cursors and sealed secrets."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.errors import Invalid, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.money import check_currency, minor_digits, to_decimal, to_minor
from gonfalon.kit.numbers import FARTHEST, LONGEST, NotANumber, read_decimal, read_whole
from gonfalon.kit.paging import encode_cursor, paging
from gonfalon.kit.secrets import SecretBox

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "SEK", "CNY", "USD"])


@given(st.integers(-(10**15), 10**15), CURRENCIES)
def test_money_survives_the_way_to_decimals_and_back(minor: int, currency: str) -> None:
    assert to_minor(to_decimal(minor, currency), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("0.125", "EUR", 12), ("0.135", "EUR", 14), ("7", "JPY", 7), ("1.2345", "KWD", 1234)],
)
def test_half_a_cent_goes_to_the_even_one(amount: str, currency: str, minor: int) -> None:
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize("amount", ["", "twelve", "NaN", "Infinity", "1,5"])
def test_what_is_not_an_amount_is_refused(amount: str) -> None:
    with pytest.raises(Invalid, match="not an amount"):
        to_minor(amount, "EUR")


NUMBERS = st.one_of(
    st.text(max_size=50),
    st.from_regex(r"[+-]?[0-9]{0,60}(\.[0-9]{0,60})?([eE][+-]?[0-9]{0,9})?", fullmatch=True),
    st.builds(
        lambda digit, size: digit * size, st.sampled_from(["9", "0.", "١", " ", "-", "1_"]), st.integers(0, 32_768)
    ),
    st.integers(),
    st.floats(),
    st.decimals(),
)


@given(NUMBERS, CURRENCIES)
def test_no_number_from_outside_takes_work(given: str | int | float | Decimal, currency: str) -> None:
    """The time of all arithmetic depends on how many digits there are, so a bound of digits is a bound of time."""
    try:
        value = read_decimal(given)
    except NotANumber:
        return
    assert len(f"{value:f}") <= LONGEST + FARTHEST + 3
    assert len(str(to_minor(given, currency))) <= FARTHEST + 5


@pytest.mark.parametrize(
    "given",
    ["9e999990", "9e-999990", "0e999999", "1" * 41, 10**40, 1e300, "NaN", "-inf", "sNaN", "1_0", "", " ", "0x1", True],
)
def test_numbers_nothing_is_counted_in_are_refused(given: str | float) -> None:
    with pytest.raises(NotANumber):
        read_decimal(given)


@pytest.mark.parametrize(
    ("given", "number"),
    [("12.50", "12.50"), (" 7 ", "7"), ("-1e3", "-1000"), (0.1, "0.1"), (10**15, "1000000000000000"), ("9e30", "9e30")],
)
def test_usual_numbers_are_exact(given: str | float, number: str) -> None:
    assert read_decimal(given) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("-7", -7), ("", None), ("²", None), ("١", None), ("9" * 5000, None), ("1.0", None)],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert read_whole(text) == number


def test_currencies() -> None:
    assert check_currency(" eur ") == "EUR"
    assert [minor_digits(c) for c in ("EUR", "JPY", "KWD")] == [2, 0, 3]
    with pytest.raises(Invalid):
        check_currency("EUX")


def test_amounts_are_exact() -> None:
    assert to_decimal(sum(to_minor("0.10", "EUR") for _ in range(1000)), "EUR") == Decimal("100.00")


def test_ids_are_version_7_and_come_in_order_of_time() -> None:
    made = [new_id() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert {i.version for i in made} == {7}
    assert {i.variant for i in made} == {"specified in RFC 4122"}
    assert [i.int >> 80 for i in made] == sorted(i.int >> 80 for i in made)


NOW = datetime(2026, 11, 29, 20, 15, 0, 123456, UTC)
ID = UUID("019ad1f0-0000-7000-8000-000000000001")


@pytest.mark.parametrize(
    ("kinds", "values"),
    [
        ((int,), (7,)),
        ((UUID,), (ID,)),
        ((datetime, str, str), (NOW, "audit", "7")),
        ((date, UUID), (date(2026, 11, 29), ID)),
        ((int, str, UUID), (0, "Zoë \u2028 名", ID)),
        ((int | str | None, int), ("5", 7)),
        ((int | str | None, int), (None, 7)),
    ],
)
def test_a_cursor_gives_back_what_was_put_in(kinds: tuple[Any, ...], values: tuple[Any, ...]) -> None:
    assert paging(*kinds)(encode_cursor(*values), 50).after == values
    assert paging(*kinds)(None, 50).after is None


CURSORS = st.one_of(
    st.text(max_size=60),
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.just("\0")),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    ).map(lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).decode()),
    st.integers(1, 30_000).map(lambda depth: base64.urlsafe_b64encode(b"[" * depth).decode()),
    st.sampled_from(["0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00"]).map(encode_cursor),
)


@given(CURSORS, st.sampled_from([(int,), (str,), (UUID,), (date,), (datetime,), (date, UUID), (int, str, UUID)]))
def test_a_cursor_that_decodes_to_something_else_is_a_clear_error(cursor: str, kinds: tuple[Any, ...]) -> None:
    try:
        after = paging(*kinds)(cursor, 50).after
    except Invalid:
        return  # any other exception fails the test
    assert after is None or [type(value) for value in after] == list(kinds)
    for value in after or ():
        assert not isinstance(value, int) or abs(value) <= 2**63
        assert not isinstance(value, date) or 1900 <= value.year <= 2200
        assert not isinstance(value, str) or "\0" not in value


def test_secrets_are_sealed_per_purpose(tmp_path: Path) -> None:
    box = SecretBox.load(tmp_path)
    assert SecretBox.load(tmp_path) == box
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    sealed = box.seal("smtp", "pässword")
    assert b"ssword" not in sealed
    assert box.open("smtp", sealed) == "pässword"
    with pytest.raises(Unavailable, match="secret key has changed"):
        box.open("dkim", sealed)
    with pytest.raises(Unavailable):
        SecretBox.load(tmp_path / "other").open("smtp", sealed)
    assert box.key("a") != box.key("b")
