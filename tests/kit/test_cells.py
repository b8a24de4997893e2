"""Cells mean the same wherever they are read."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.kit.cells import Unreadable, heading, read_amount, read_number, read_yes_no


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1 234,50", "", "1234.50"),
        ("1,234.50", "", "1234.50"),
        ("1.234,50", "", "1234.50"),
        ("1'234.50", "", "1234.50"),
        ("1\u202f234,5", "", "1234.5"),
        ("12,34,567.80", "", "1234567.80"),
        ("1,234", "", "1234"),
        ("1.234", "", "1234"),
        ("0.123", "", "0.123"),
        ("1.234", "point", "1.234"),
        ("1,234", "comma", "1.234"),
        ("1.234.567", "", "1234567"),
        ("(12.50)", "", "-12.50"),
        ("12,50-", "", "-12.50"),
        ("−3", "", "-3"),
        ("1.5E+3", "point", "1500"),
        (".5", "", "0.5"),
        ("12.–", "", "12"),
        ("12,--", "", "12"),
        ("–12", "", "-12"),
        ("1234.567", "", "1234.567"),
        ("1`234.5", "", "1234.5"),
        ("١٢٣٤٫٥", "", "1234.5"),
        ("１２", "", "12"),
    ],
)
def test_numbers_are_read_as_they_are_written(text: str, mark: str, value: str) -> None:
    assert read_number(text, mark) == Decimal(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text", ["", "-", "1,2,3", "1.2.3,4,5", "ORD1001", "9e999990", "1 2", "NaN", "12a", "9" * 41, "5-10", "-(5)", "--5"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "home", "value", "currency"),
    [
        ("€ 12", "EUR", "12", "EUR"),
        ("12,50 €", "USD", "12.50", "EUR"),
        ("$1,000", "EUR", "1000", "USD"),
        ("$1,000", "CAD", "1000", "CAD"),
        ("£500", "EUR", "500", "GBP"),
        ("-$5", "USD", "-5", "USD"),
        ("($5)", "USD", "-5", "USD"),
        ("USD 5", "EUR", "5", "USD"),
        ("1 234 kr", "NOK", "1234", "NOK"),
        ("1 234:-", "SEK", "1234", "SEK"),
        ("CHF 1'234.50", "EUR", "1234.50", "CHF"),
        ("￥100", "CNY", "100", "CNY"),
        ("1.234", "KWD", "1.234", "KWD"),
        ("1.234", "EUR", "1234", "EUR"),
        ("KWD 1.234", "EUR", "1.234", "KWD"),
        ("99", "SEK", "99", "SEK"),
        ("12.-", "CHF", "12", "CHF"),
        ("12,- €", "USD", "12", "EUR"),
        ("12,50- €", "USD", "-12.50", "EUR"),
        ("€(5)", "USD", "-5", "EUR"),
        ("US $5", "EUR", "5", "USD"),
        ("$5 CAD", "EUR", "5", "CAD"),
        ("5 Euro", "USD", "5", "EUR"),
        ("eur 5", "USD", "5", "EUR"),
        ("5 dollars", "EUR", "5", "USD"),
        ("Rs. 1,50,000", "INR", "150000", "INR"),
        ("RMB 5", "EUR", "5", "CNY"),
        ("5,000원", "EUR", "5000", "KRW"),
        ("1.234,50 TL", "EUR", "1234.50", "TRY"),
        ("1 234 руб.", "EUR", "1234", "RUB"),
        ("SFr. 12.50", "EUR", "12.50", "CHF"),
    ],
)
def test_amounts_say_their_currency(text: str, home: str, value: str, currency: str) -> None:
    assert read_amount(text, home) == (Decimal(value), currency)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ORD1001", "number_unreadable"),
        ("INV 7", "number_unreadable"),
        ("12 kr", "currency_ambiguous"),
        ("¥5", "currency_ambiguous"),
        ("$5 EUR", "currency_ambiguous"),
        ("5 EUR USD", "number_unreadable"),
        ("12.5k", "number_unreadable"),
        ("ca. 500", "number_unreadable"),
        ("", "number_unreadable"),
        ("€", "number_unreadable"),
    ],
)
def test_amounts_that_say_no_currency_are_refused(text: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_amount(text, "EUR")
    assert refused.value.code == code


YES = "Ja OUI ✓ ✔️ ☑ tak ano да evet Kyllä igen ναι はい 예 네 نعم כן 可 TRUE 1"
NO = "nein non Nej 否 ✗ ☒ × ❌ nie ne нет Hayır ei nem όχι いいえ 아니요 لا לא 不可 nee nei 0"


@pytest.mark.parametrize(
    ("text", "said"), [(word, True) for word in YES.split()] + [(word, False) for word in NO.split()]
)
def test_yes_and_no_are_read_in_every_language(text: str, said: bool) -> None:
    assert read_yes_no(text) is said


def test_headings_are_compared_by_what_they_say() -> None:
    same = ["E-Mail_Address", "e mail   address", "\ufeffE-MAIL ADDRESS", "é-mail address:", "eMail address"]
    assert {heading(each) for each in same} == {"e mail address"}
    assert heading("firstName") == heading("First name") == "first name"
    assert heading("Straße (privat)") == "strasse privat"
    assert heading("公司") == "公司" != heading("部门")
    assert heading("Łódź (główna)") == heading("lodz glowna")
    assert len({heading(each) for each in ("ハス", "バス", "パス", "कि", "की", "कु")}) == 6


@given(st.text(max_size=300))
def test_no_text_costs_or_breaks_anything(text: str) -> None:
    for read in (read_number, read_yes_no, lambda cell: read_amount(cell, "EUR")):
        with suppress(Unreadable):
            read(text)
    heading(text)
