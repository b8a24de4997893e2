"""Pure: from notices to the mail that tells them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gonfalon.accounts.mails.layout import Block, Button, Page, lay_out
from gonfalon.accounts.mails.model import Mail
from gonfalon.kit import writing
from gonfalon.teamwork.mail.words import WORDS, key_of
from gonfalon.teamwork.model import NoticeKind

_DECIDED = (NoticeKind.APPROVAL_ASKED, NoticeKind.REVIEW_ASKED, NoticeKind.REVIEW_REOPENED)
_DATED = (NoticeKind.APPROVAL_ASKED, NoticeKind.REVIEW_ASKED, NoticeKind.ASSIGNED, NoticeKind.HANDED_OVER)
SHOWN = 50
"""Most notices told one by one in a mail."""


@dataclass(frozen=True, slots=True)
class Line:
    """One notice to be told. campaign: the name of the one it belongs to."""

    kind: NoticeKind
    actor: str
    title: str
    thing_kind: str
    thing_id: UUID
    values: Mapping[str, Any]
    campaign: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where it happened. url: the workspace's address, without a trailing slash."""

    name: str
    url: str
    zone: str = "UTC"


def sentence(line: Line, language: str, today: date) -> str:
    """Return what happened, in one sentence in the reader's language; dates and money as they are written there."""
    values = {"actor": line.actor, "title": line.title, "first": str(line.values.get("first", ""))}
    values |= _written(line.values, language, today)
    if line.kind is NoticeKind.APPROVAL_ASKED:
        values["what"] = _asked(line, language)
    return _say(language, key_of(line.kind, line.values), **values)


def subject_of(line: Line, language: str, today: date) -> str:
    """Return the subject of a mail about one notice: its sentence, or what there is to approve, for how much and by
    when."""
    if line.kind is not NoticeKind.APPROVAL_ASKED:
        return sentence(line, language, today)
    written = _written(line.values, language, today)
    what = (
        _say(language, "approve.amount", title=line.title, **written) if "amount" in written else _asked(line, language)
    )
    return _say(language, "approve.by" if "on" in written else "approve", what=what, **written)


def _asked(line: Line, language: str) -> str:
    """What an approval is of: “the budget of Film”."""
    key = f"approve.{line.values.get('subject', '')}"
    return _say(language, key if key in WORDS[language] else "approve.other", title=line.title)


def facts_of(line: Line, language: str, today: date) -> list[tuple[str, str]]:
    """Return what else is to be known at once: the campaign, and what its sentence does not say of money, people and
    days."""
    written = _written(line.values, language, today)
    facts = []
    if line.campaign is not None and line.campaign != line.title:
        facts.append(("campaign", line.campaign))
    if line.kind is NoticeKind.APPROVAL_ASKED:
        facts += [(name, written[name]) for name in ("amount", "people") if name in written]
    if line.kind in _DATED and "on" in written:
        facts.append(("on", written["on"]))
    return [(_say(language, f"fact.{name}"), value) for name, value in facts]


def compose(
    key: int, to: str, language: str, place: Place, lines: Sequence[Line], total: int, *, digest: bool, at: datetime
) -> Mail:
    """Return the mail for these lines (at most SHOWN of `total`); every link leads into the product, after signing
    in."""
    language = language if language in WORDS else "en"
    today = at.astimezone(ZoneInfo(place.zone)).date()
    if total > 1:
        count = writing.number(total, language)
        subject = _say(language, "digest" if digest else "several", workspace=place.name, count=count)
    else:
        subject = subject_of(lines[0], language, today)
    rest = total - len(lines)
    page = Page(
        language,
        subject,
        place.name,
        [
            Block(
                sentence(line, language, today),
                str(line.values.get("note", "")),
                facts_of(line, language, today),
                Button(_say(language, "decide" if line.kind in _DECIDED else "open"), link(place, line)),
            )
            for line in lines
        ],
        button=Button(_say(language, "all"), f"{place.url}/notices") if total > 1 else None,
        foot=[
            *([_say(language, "more", count=writing.number(rest, language))] if rest > 0 else []),
            _say(language, "why", workspace=place.name),
        ],
        aside=Button(_say(language, "choose"), f"{place.url}/settings/notices"),
    )
    return Mail(key, to, subject, *lay_out(page), at)


def link(place: Place, line: Line) -> str:
    """Return the address of the thing: a page of the product that finds where the thing lives."""
    tab = ""
    if line.kind in (NoticeKind.MENTIONED, NoticeKind.COMMENTED):
        tab = "?talk=1"
    elif "count" in line.values and line.thing_kind == "campaign":
        tab = "?tab=timeline"
    return f"{place.url}/thing/{line.thing_kind}/{line.thing_id}{tab}"


def _written(values: Mapping[str, Any], language: str, today: date) -> dict[str, Any]:
    """Days, money and numbers as they are written in the language; what a sentence counts by stays a number."""
    found: dict[str, Any] = {
        name: writing.number(int(values[name]), language)
        for name in ("sent", "planned", "count", "people")
        if name in values
    }
    if "stage" in values:
        found |= {"stage": str(values["stage"]), "risen": int(values["risen"])}
    if "on" in values:
        found["on"] = writing.near_day(date.fromisoformat(str(values["on"])), today, language)
    if "amount_minor" in values:
        found["amount"] = writing.money(int(values["amount_minor"]), str(values["currency"]), language)
    return found


def _say(language: str, key: str, **values: Any) -> str:
    return WORDS[language](key, **values)
