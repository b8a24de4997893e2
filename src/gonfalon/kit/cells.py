"""What people and spreadsheets write into cells: headings, numbers, amounts, yes and no; days are in `moments`. Pure.

Each reader answers a value or raises Unreadable, whose code says why. Imports, budgets, tasks, bills and events read
with the same ones, so that the same text means the same everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest
from typing import Literal

from gonfalon.kit.money import CURRENCIES, minor_digits
from gonfalon.kit.numbers import NotANumber, read_decimal

Mark = Literal["", "point", "comma"]

MOST = 40
"""Characters a number, an amount or a day may have; longer text is none of them."""

_USUAL: dict[int, str | None] = dict.fromkeys(
    map(ord, "\ufeff\u200b\u200c\u200d\u2060\u200e\u200f\u202a\u202b\u202c\u00ad\ufe0e\ufe0f")
) | {ord("´"): "'", ord("’"): "'", ord("−"): "-"}
"""Characters without width, and signs that are typed for others."""
_ANY_DIGIT = re.compile(r"\d")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_ACCENT = 200
"""Combining classes from here on are accents; below are the marks that make か into が, and vowels of other scripts."""
_SPELT = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that are others with a stroke or two in one, and are often typed without: in headings they are the same."""
_PARTS = re.compile(r"(?P<before>\D*?)(?P<body>[.,]?\d(?:.*\d)?[.,]?)(?P<after>\D*)")
_EVEN = re.compile(r"\s?-{1,2}")
"""Behind a decimal mark: no cents, as in “12.–”."""
_BODY = re.compile(r"(?P<body>[0-9][0-9.,' ]*|[.,][0-9]+)(?:[eE](?P<power>[+-]?[0-9]{1,2}))?")
_GROUPS = {"point": re.compile(r"[0-9]{1,3}(?:[, '][0-9]{2,3})*[, '][0-9]{3}(?:\.[0-9]*)?"),
           "comma": re.compile(r"[0-9]{1,3}(?:[. '][0-9]{3})+(?:,[0-9]*)?")}  # fmt: skip
_PLAIN = {"point": re.compile(r"[0-9]*(?:\.[0-9]*)?"), "comma": re.compile(r"[0-9]*(?:,[0-9]*)?")}
_WRITTEN = str.maketrans({"–": "-", "—": "-", "`": "'", "‘": "'", "ʼ": "'", "٫": ".", "٬": ","})
_DOLLARS = "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL UYU NAD FJD"
_SIGNS: dict[str, tuple[str, ...]] = {
    sign: tuple(codes.split())
    for signs, codes in {
        "€ euro euros eur": "EUR",
        "£ pound pounds": "GBP GIP FKP SHP EGP SSP SDG LBP SYP",
        "$ dollar dollars": _DOLLARS,
        "¥": "JPY CNY",
        "元 圓": "CNY TWD HKD",
        "円 jp¥ yen jpy": "JPY",
        "cn¥ rmb cny 人民币 人民币元 yuan": "CNY",
        "₹ rs inr": "INR PKR LKR NPR MUR",
        "₩ 원 krw": "KRW",
        "₽ руб рублей р rub": "RUB",
        "₺ tl try₺": "TRY",
        "₴ грн": "UAH",
        "₪": "ILS",
        "₫ đ": "VND",
        "₦": "NGN",
        "฿": "THB",
        "zł zl zlotych złotych pln": "PLN",
        "kč kc czk": "CZK",
        "ft huf": "HUF",
        "lei ron": "RON MDL",
        "лв лева bgn": "BGN",
        "r": "ZAR",
        "us$ usdollar usdollars usd": "USD",
        "a$ au$": "AUD",
        "c$ ca$ can$": "CAD",
        "nz$": "NZD",
        "hk$": "HKD",
        "nt$": "TWD",
        "s$": "SGD",
        "mx$ mex$": "MXN",
        "r$": "BRL",
        "fr sfr chf": "CHF",
        "kr :-": "SEK NOK DKK ISK",
        "kronor sek": "SEK",
        "kroner": "NOK DKK",
        "gbp": "GBP",
        "nok": "NOK",
        "dkk": "DKK",
    }.items()
    for sign in signs.split()
}
"""What is written beside amounts, with the currencies it is written for. The first is meant where only it is usual."""
_SURE = frozenset({"€", "£", "$", "₹", "元", "lei", "dollar", "dollars", "pound", "pounds"})
"""Signs that mean their first currency where the workspace's own is none of theirs; the others don't say."""

_YES = (
    "1 1.0 true t yes y x on ok ✓ ✔ ☑ ✅ 👍 ○ 〇 ◯ ja j jo oui o vrai wahr si sì sí sim tak sant verdadero verdadeiro "
    "vero ano áno da igen kyllä joo evet jah jā taip já ναι да так ya có 是 真 有 对 對 可 はい 예 네 نعم بله כן हाँ ใช่"
)
_NO = (
    "0 0.0 false f no n off ✗ ✘ ✖ × ✕ ☐ ☒ ❌ ❎ 🚫 👎 nej nein non faux falsch não nao nie falskt falso nei nee ne "
    "nem ei hayır hayir nu nē όχι οχι нет не ні tidak không 否 假 无 無 不 不可 没有 沒有 いいえ いえ 아니오 아니요 "
    "لا خیر לא नहीं ไม่"
)
_SAID = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)


class Unreadable(ValueError):
    """A cell that cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def bare(text: str) -> str:
    """Return the text as it looks: no characters without width, wide digits and blanks of every kind made usual
    ones."""
    if text.isascii():
        return text.strip()
    usual = unicodedata.normalize("NFKC", text.translate(_USUAL)).strip()
    return _ANY_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), usual)


def heading(text: str) -> str:
    """Return what a heading says, however it is written: "E-Mail_Address", "emailAddress" and "É-mail  address" are
    close kin.

    Lower-case words with single blanks between, without accents, signs and brackets. Marks that make other letters
    (か and が) stay.
    """
    words = unicodedata.normalize("NFKD", _CAMEL.sub(" ", bare(text)).casefold())
    plain = "".join(letter for letter in words if unicodedata.combining(letter) < _ACCENT)
    plain = unicodedata.normalize("NFC", plain).translate(_SPELT)
    return " ".join("".join(letter if _in_word(letter) else " " for letter in plain).split())


def joined_heads(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return the headings that two rows of a table make together: the lower ones, and the upper where nothing is below.

    What comes twice says of which group it is, the nearest one at its left: "Home" above "City" is "Home City".
    """
    names, groups, group = [], [], ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = bare(above) or group
        names.append(bare(below) or bare(above))
        groups.append(group)
    often = Counter(map(heading, names))
    return [
        f"{of} {name}" if often[heading(name)] > 1 and of and of != name else name
        for of, name in zip(groups, names, strict=True)
    ]


def _in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter)[0] == "M"


def read_number(text: str, mark: Mark = "", digits: int = 2) -> Decimal:
    """Return a number as people write it: "1 234,50", "1,234.50", "(12)", "12-", "12.–", "1.5E+3", "25 %" without its
    sign.

    mark: which is the decimal one, "" when only the text can tell: the last of comma and point, unless exactly three
    digits follow it and `digits` (as many decimals as are usual) is not three. Raises `number_unreadable`.
    """
    minus, before, body, after = _parts(text)
    if before or after:
        raise Unreadable("number_unreadable")
    return _number(body, minus, mark, digits)


def _parts(text: str) -> tuple[bool, str, str, str]:
    """Whether a number is negative, what stands before it, its digits and marks, and what stands behind it."""
    found = bare(text).translate(_WRITTEN)
    match = _PARTS.fullmatch(found) if len(found) <= MOST else None
    if match is None:
        raise Unreadable("number_unreadable")
    before, body, after = match["before"].strip(), match["body"], match["after"].strip()
    if body[-1] in ".," and (even := _EVEN.match(after)):
        after = after[even.end() :].strip()
    minus = 0
    if "(" in before and ")" in after:
        before, after, minus = before.replace("(", "", 1), after.replace(")", "", 1), 1
    for sign in "+-":
        if sign in before:
            before, minus = before.replace(sign, "", 1), minus + (2 if minus else sign == "-")
    if (after[-1:] == "-" and after != ":-") or after[:1] == "-":
        after, minus = after.replace("-", "", 1), minus + 1 + bool(minus)
    if minus > 1:
        raise Unreadable("number_unreadable")
    return minus == 1, before.strip(), body, after.strip()


def _number(written: str, minus: bool, mark: Mark, digits: int) -> Decimal:
    match = _BODY.fullmatch(written)
    if match is None:
        raise Unreadable("number_unreadable")
    body = match["body"].rstrip(" '")
    guessed = mark or _guessed_mark(body, digits)
    ways = [guessed] if mark else [guessed, "point" if guessed == "comma" else "comma"]
    decimal = next((each for each in ways if _PLAIN[each].fullmatch(body) or _GROUPS[each].fullmatch(body)), None)
    if decimal is None:
        raise Unreadable("number_unreadable")
    keep, drop = (".", ", '") if decimal == "point" else (",", ". '")
    plain = body.translate(dict.fromkeys(map(ord, drop))).replace(keep, ".")
    try:
        return read_decimal(f"{'-' if minus else ''}{plain}e{match['power'] or 0}")
    except NotANumber as error:
        raise Unreadable("number_unreadable") from error


def _guessed_mark(body: str, digits: int) -> Literal["point", "comma"]:
    comma, point = body.rfind(","), body.rfind(".")
    if comma >= 0 and point >= 0:
        return "comma" if comma > point else "point"
    at = max(comma, point)
    alone = body.count(body[at]) == 1 if at >= 0 else True
    groups = at >= 0 and (not alone or (len(body) - at - 1 == 3 and digits != 3 and body[:at].lstrip("0") != ""))
    return "comma" if (comma >= 0) is not groups else "point"


def read_amount(text: str, home: str, mark: Mark = "") -> tuple[Decimal, str]:
    """Return an amount and its currency: the one written beside it (sign, name or ISO code), else `home`, the
    workspace's.

    A sign that several currencies share is home's where home is one of them, and what a code beside it says ("$5 CAD").
    Whether another currency is right is for the caller to ask. Raises `number_unreadable`, or `currency_ambiguous` for
    "kr" or "¥" far from home and for two currencies.
    """
    minus, before, body, after = _parts(text)
    currency = _currency([each for each in (before, after) if each], home)
    return _number(body, minus, mark, minor_digits(currency)), currency


def read_currency(text: str, home: str) -> str:
    """Return the currency that a cell names, by code, sign or name ("eur", "US$", "Euro"). Raises as `read_amount`."""
    found = bare(text)
    return found.upper() if found.upper() in CURRENCIES else _currency([found], home)


def _currency(marks: list[str], home: str) -> str:
    possible: list[str] | None = None
    sure = False
    for mark in marks:
        code = mark if mark.isupper() and mark in CURRENCIES else ""
        sign = "".join(mark.casefold().split()).rstrip(".")
        usual = (code,) if code else _SIGNS.get(sign)
        if usual is None:
            raise Unreadable("number_unreadable")
        sure = sure or sign in _SURE
        possible = list(usual) if possible is None else [each for each in possible if each in usual]
    if possible is None or home in possible:
        return home
    if len(possible) != 1 and not (possible and sure):
        raise Unreadable("currency_ambiguous")
    return possible[0]


def read_yes_no(text: str) -> bool:
    """Return yes or no in the languages that files come in, 1 and 0, or a tick. Raises `yes_no_unreadable`."""
    word = bare(text).casefold()
    said = _SAID.get(word, _PLAINLY.get(word))
    if said is None:
        raise Unreadable("yes_no_unreadable")
    return said


_PLAINLY = {heading(word): said for word, said in _SAID.items() if word.isalpha()}
"""The same words without their accents."""
