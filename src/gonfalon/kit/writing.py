"""Numbers, shares, money and days as people of a language write them: word for word as the screen does.

The twin of web/src/lib/format.ts; tests/kit/written.json holds both to the same words.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.numbers import format_decimal

from gonfalon.kit.document import LOCALES
from gonfalon.kit.money import minor_digits
from gonfalon.kit.numbers import read_decimal

MINUS: Final = "−"
_SYMBOLS: Final = {
    "؋": "AFN",
    "֏": "AMD",
    "Kz": "AOA",
    "$": "ARS AUD BBD BMD BND BSD BZD CAD CLP COP CUC CUP DOP FJD GYD HKD "
    "JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU XCD",
    "₼": "AZN",
    "KM": "BAM",
    "৳": "BDT",
    "Bs": "BOB",
    "R$": "BRL",
    "P": "BWP",
    "¥": "CNY JPY",
    "₡": "CRC",
    "Kč": "CZK",
    "kr": "DKK ISK NOK SEK",
    "E£": "EGP",
    "€": "EUR",
    "£": "FKP GBP GIP SHP SSP SYP",
    "₾": "GEL",
    "GH₵": "GHS",
    "FG": "GNF",
    "Q": "GTQ",
    "L": "HNL",
    "kn": "HRK",
    "Ft": "HUF",
    "Rp": "IDR",
    "₪": "ILS",
    "₹": "INR",
    "⃀": "KGS",
    "៛": "KHR",
    "CF": "KMF",
    "₩": "KPW KRW",
    "₸": "KZT",
    "₭": "LAK",
    "L£": "LBP",
    "Rs": "LKR MUR NPR PKR",
    "Ar": "MGA",
    "K": "MMK",
    "₮": "MNT",
    "RM": "MYR",
    "₦": "NGN",
    "C$": "NIO",
    "₱": "PHP",
    "zł": "PLN",
    "₲": "PYG",
    "lei": "RON",
    "₽": "RUB",
    "RF": "RWF",
    "Db": "STN",
    "฿": "THB",
    "T$": "TOP",
    "₺": "TRY",
    "₴": "UAH",
    "₫": "VND",
    "FCFA": "XAF",
    "Cg.": "XCG",
    "F CFA": "XOF",
    "CFPF": "XPF",
    "R": "ZAR",
    "ZK": "ZMW",
}
_NARROW: Final = {code: symbol for symbol, codes in _SYMBOLS.items() for code in codes.split()}
"""Short signs of currencies (CLDR, narrow); others are written by their code."""


def number(value: float | int | Decimal, language: str, digits: int = 0) -> str:
    """Write 64000 as "64,000"."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    exact = read_decimal(value)
    text = format_decimal(abs(exact), pattern, locale=LOCALES[language])
    return f"{MINUS}{text}" if exact < 0 and round(exact, digits) else text


def percent(share: float, language: str, digits: int = 1) -> str:
    """Write 0.1828 as "18.3 %" (a share as a part of one), always with the same digits.

    What is not nothing never reads as 0 ("<0.1 %"), and what is not everything never as 100 %.
    """
    value = read_decimal(share) * 100
    step = Decimal(1).scaleb(-digits)
    bound = ""
    if value and abs(value) < step / 2:
        bound, value = ("<", step) if value > 0 else (">", -step)
    elif 100 - step / 2 <= abs(value) < 100:
        value = (100 - step).copy_sign(value)
    before, _, after = Locale.parse(LOCALES[language]).percent_formats[None].pattern.partition("#,##0")
    return f"{bound}{before}{number(value, language, digits)}{after}"


def money(minor: float | int | Decimal, currency: str, language: str) -> str:
    """Write minor units as "€12.50"; nothing, and whole amounts from 1,000 up, have no cents."""
    digits = minor_digits(currency)
    amount = read_decimal(minor).scaleb(-digits)
    whole = amount == 0 or (amount == amount.to_integral_value() and abs(amount) >= 1000)
    text = number(abs(amount), language, 0 if whole else digits)
    symbol = _NARROW.get(currency, currency)
    pattern = Locale.parse(LOCALES[language]).currency_formats["standard"].pattern
    if pattern.startswith("¤"):
        text = f"{symbol}{chr(0xA0) if symbol[-1].isalpha() else ''}{text}"
    else:
        text = f"{text}{chr(0xA0)}{symbol}"
    return f"{MINUS}{text}" if amount < 0 else text


def day(on: date, language: str) -> str:
    """Write 2026-11-24 as "24 Nov 2026"."""
    return str(format_date(on, "medium", locale=LOCALES[language]))


def near_day(on: date, today: date, language: str) -> str:
    """Write 2026-12-02 as "Wed 2 Dec"; of another year than today's "Wed, 6 Jan 2027"."""
    skeleton = "MMMEd" if on.year == today.year else "yMMMEd"
    return str(format_skeleton(skeleton, on, locale=LOCALES[language]))


def moment(at: datetime, zone: str, today: date, language: str) -> str:
    """Return an instant as a clock of the zone shows it, with the zone's city: "Sun 6 Dec, 07:46 (Berlin)"."""
    there = ZoneInfo(zone)
    local = at.astimezone(there)
    locale = LOCALES[language]
    between = " " if language == "zh" else ", "
    city = get_timezone_location(there, locale=locale, return_city=True)
    clock = format_time(local, "HH:mm", locale=locale)
    return f"{near_day(local.date(), today, language)}{between}{clock} ({city})"
