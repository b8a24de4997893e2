"""Pure: from notices to the letter that tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from html import escape
from typing import Any
from uuid import UUID

from babel.dates import format_date
from babel.numbers import format_currency, get_currency_precision

from gonfalon.accounts.letters.model import Letter
from gonfalon.teamwork.mail.words import WORDS, key_of
from gonfalon.teamwork.model import NoticeKind

SHOWN = 50
"""Most notices told one by one in a mail."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice to be told."""

    kind: NoticeKind
    actor: str
    title: str
    thing_kind: str
    thing_id: UUID
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened. url: the workspace's address, without a trailing slash."""

    name: str
    url: str


def sentence(line: Line, language: str) -> str:
    """What happened, in one sentence in the reader's language; dates and money as they are written there."""
    values = {"actor": line.actor, "title": line.title}
    if "on" in line.values:
        values["on"] = format_date(date.fromisoformat(str(line.values["on"])), "long", locale=_locale(language))
    if "amount_minor" in line.values:
        currency = str(line.values["currency"])
        amount = Decimal(int(line.values["amount_minor"])).scaleb(-get_currency_precision(currency))
        values["amount"] = format_currency(amount, currency, locale=_locale(language))
    return _say(language, key_of(line.kind, line.values.get("decision")), **values)


def compose(
    key: int, to: str, language: str, place: Place, lines: Sequence[Line], total: int, *, digest: bool, at: datetime
) -> Letter:
    """The letter for these lines (at most SHOWN of `total`); every link leads into the product, after signing in."""
    language = language if language in WORDS else "en"
    said = [(sentence(line, language), str(line.values.get("note", "")), link(place, line)) for line in lines]
    if digest or total > 1:
        subject = _say(language, "digest" if digest else "several", workspace=place.name, count=str(total))
    else:
        subject = said[0][0]
    rest = total - len(lines)
    more = _say(language, "more", count=str(rest)) if rest > 0 else ""
    settings = f"{place.url}/settings/notices"
    why = _say(language, "why", workspace=place.name)
    text = "\n\n".join(
        [
            *(
                "\n".join(part for part in (words, note and f"  “{note}”", address) if part)
                for words, note, address in said
            ),
            *([f"{more}: {place.url}/notices"] if more else []),
            f"--\n{why}\n{settings}",
        ]
    )
    items = "".join(_item(words, note, address, _say(language, "open")) for words, note, address in said)
    if more:
        items += f'<p style="{_P}"><a href="{escape(place.url)}/notices" style="{_A}">{escape(more)}</a></p>'
    html = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(subject)}</title></head>'
        f'<body style="margin:0;background:#faf9f7;font:15px/1.5 system-ui,sans-serif;color:#1c1a17">'
        f'<div style="max-width:560px;margin:0 auto;padding:24px">'
        f'<p style="margin:0 0 16px;font-weight:650">{escape(place.name)}</p>{items}'
        f'<p style="margin:24px 0 0;color:#6a655d;font-size:13px">{escape(why)} '
        f'<a href="{escape(settings)}" style="{_A}">{escape(settings)}</a></p></div></body></html>'
    )
    return Letter(key, to, subject, text, html, at)


def link(place: Place, line: Line) -> str:
    """The address of the thing: a page of the product that finds where the thing lives."""
    talk = "?talk=1" if line.kind in (NoticeKind.MENTIONED, NoticeKind.COMMENTED) else ""
    return f"{place.url}/thing/{line.thing_kind}/{line.thing_id}{talk}"


_A = "color:#0b7a75"
_P = "margin:0 0 12px;padding:12px 16px;background:#fff;border:1px solid #e4e0d9;border-radius:8px"


def _item(words: str, note: str, address: str, open_word: str) -> str:
    quoted = f'<br><span style="color:#6a655d">{escape(note)}</span>' if note else ""
    return (
        f'<p style="{_P}">{escape(words)}{quoted}<br>'
        f'<a href="{escape(address)}" style="{_A};font-weight:600">{escape(open_word)}</a></p>'
    )


def _say(language: str, key: str, **values: str) -> str:
    return WORDS[language][key].format_map(values)


def _locale(language: str) -> str:
    return {"zh": "zh_Hans"}.get(language, language)
