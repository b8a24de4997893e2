"""Money, ids, cursors and sealed secrets."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.errors import Invalid, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.money import check_currency, minor_digits, to_decimal, to_minor
from gonfalon.kit.paging import decode_cursor, encode_cursor
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


@given(st.lists(st.one_of(st.integers(), st.text(), st.none(), st.booleans()), min_size=1, max_size=4))
def test_a_cursor_gives_back_what_was_put_in(values: list[object]) -> None:
    assert decode_cursor(encode_cursor(*values)) == tuple(values)


@given(st.text(max_size=60))
def test_a_damaged_cursor_is_a_clear_error(text: str) -> None:
    with contextlib.suppress(Invalid):
        decode_cursor(text)  # any other exception fails the test


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
