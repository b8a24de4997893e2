"""Which columns say who may be written to, and what their cells mean. Pure.

A column is recognised by its heading in several languages and by the statuses of other tools in its cells, whatever it
is called. Every doubt falls on the stricter side: an unknown word never means yes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from gonfalon.kit.cells import Unreadable, bare, heading, read_yes_no
from gonfalon.kit.moments import read_day
from gonfalon.people.identities.rules import is_nobody
from gonfalon.people.imports.model import Answer, Hint, HintChannel, Meaning
from gonfalon.people.imports.saying import (
    BLOCK,
    BOUNCE,
    ELSEWHERE,
    EMAIL,
    INSIDE,
    LETTERS,
    MEANING,
    NO_PERMISSION,
    PERMISSION,
    PHONE,
    REFUSAL,
    SMS,
    STATUS,
    TELLING,
    THANKS,
    TITLE,
    VALID,
    WEAK,
    WHEN,
)

MOST_SHOWN = 30
OTHERWISE = "*"
"""The key of every cell that is not listed; "" is the key of an empty one."""


class Kind(StrEnum):
    """What a yes in a column says."""

    PERMISSION = "permission"
    REFUSAL = "refusal"
    BOUNCE = "bounce"
    BLOCK = "block"
    STATUS = "status"
    VALID = "valid"
    REMARK = "remark"


_YES = {
    Kind.PERMISSION: Answer.GRANTED,
    Kind.REFUSAL: Answer.REFUSED,
    Kind.BOUNCE: Answer.BOUNCED,
    Kind.BLOCK: Answer.BLOCKED,
    Kind.STATUS: Answer.OPEN,
    Kind.VALID: Answer.GRANTED,
    Kind.REMARK: Answer.GRANTED,
}
_NO = {Kind.PERMISSION: Answer.REFUSED, Kind.STATUS: Answer.REFUSED, Kind.VALID: Answer.BOUNCED}
_EMPTY = {Kind.PERMISSION: Answer.OPEN, Kind.STATUS: Answer.OPEN}
"""What no and an empty cell say; nothing against writing where not listed."""
_AGAINST = frozenset({Kind.REFUSAL, Kind.BOUNCE, Kind.BLOCK})
_STRICT = frozenset({Answer.REFUSED, Answer.BOUNCED, Answer.BLOCKED})
_NAMED = (
    (VALID, Kind.VALID), (BOUNCE, Kind.BOUNCE), (BLOCK, Kind.BLOCK), (REFUSAL, Kind.REFUSAL),
    (PERMISSION, Kind.PERMISSION),
)  # fmt: skip
_SURELY = re.compile(
    r"\b(unsubscribed?|opt(?:ed)? out|do not (?:contact|e?mail)|hard bounced?|block ?listed|black ?listed)\b"
)
"""What makes a column one about permission wherever it stands in a short text."""


def cell_key(cell: str) -> str:
    """Return what a cell says, for comparing: statuses without case, brackets and underscores; "" for an empty one."""
    found = bare(cell)
    key = heading(found) if any(letter.isalpha() for letter in found) else found.casefold()
    key = {"0.0": "0", "1.0": "1", "[]": "", "{}": ""}.get(key, key)
    if key in MEANING or _plain(key) is not None:
        return key
    return "" if not found or is_nobody(found) else key


def meaning_of(cell: str, kind: Kind) -> Answer | None:
    """Return what a cell of such a column says about writing to the person; None where nobody can know."""
    key = cell_key(cell)
    against = kind in _AGAINST
    if not key or (key == "none" and against):
        return _EMPTY.get(kind, Answer.GRANTED)
    said = _plain(key)
    if said is not None:
        return _YES[kind] if said else _NO.get(kind, Answer.GRANTED)
    found = MEANING.get(key) or _named(cell, kind) or _polite(cell, kind)
    found = found or next((answer for answer, words in INSIDE if words.search(key)), None)
    if against:
        # A reason, a date or a number of times in such a column says that it happened.
        allowed = key in ("allow", "allowed", "subscribed", "opted in")
        return found if allowed or found in _STRICT else _YES[kind]
    if kind is Kind.REMARK or (found is None and kind is Kind.PERMISSION and _is_day(cell)):
        return found if found in _STRICT else Answer.GRANTED
    return found


def _named(cell: str, kind: Kind) -> Answer | None:
    """What a cell says that names the question before its answer: "Opt-in: FALSE", "GDPR = declined"."""
    name, mark, value = bare(cell).replace("=", ":").partition(":")
    if not mark or not value.strip() or ":" in value or not any(letter.isalpha() for letter in name):
        return None
    return meaning_of(value, _kind_named(heading(name)) or kind)


def _polite(cell: str, kind: Kind) -> Answer | None:
    """What a sentence says that begins with yes or no: "nein, danke", "No mail", "Yes please"."""
    found = bare(cell)
    first = re.match(r"[^\W_]+", found)
    said = _plain(first[0]) if first and len(first[0]) < len(found) else None
    if first is None or said is None:
        return None
    rest = found[first.end() :]
    about = THANKS.search(heading(rest)) or (rest[:1].isspace() and WEAK.search(heading(rest)))
    if said and any(words.search(heading(rest)) for answer, words in INSIDE if answer is not Answer.GRANTED):
        return None
    if said or about or rest[:1] in tuple(",.;!，。、") or rest[:2] in (" -", " –"):
        return _YES[kind] if said else _NO.get(kind, Answer.GRANTED)
    return None


def _plain(key: str) -> bool | None:
    try:
        return read_yes_no(key)
    except Unreadable:
        return None


def _is_day(cell: str) -> bool:
    orders: tuple[Literal["", "dmy", "mdy"], ...] = ("", "dmy", "mdy")
    for order in orders:
        try:
            read_day(cell, order)
        except Unreadable:
            continue
        return True
    return False


def is_consent_date(name: str, days: bool) -> bool:
    """Return whether a column tells when people agreed: a heading of permission with a time, and days in its cells."""
    words = heading(name)
    if not days or _kind_named(words) in _AGAINST:
        return False
    told = PERMISSION.search(words) or re.search(r"\b(subscrib(ed|e)|confirm(ed|ation)?)\b", words)
    return bool(told and WHEN.search(words))


def hint_of(name: str, cells: Mapping[str, int]) -> Hint | None:
    """Return what a column says of permission, None where it says nothing of it. cells: how often each text is in the
    file."""
    kind = _kind(heading(name), cells)
    if kind is None:
        return None
    counts: Counter[str] = Counter()
    texts: dict[str, str] = {}
    for cell, count in cells.items():
        if "@" in cell:  # somebody's address, in a reason: nothing to show
            continue
        key = cell_key(cell)
        counts[key] += count
        texts.setdefault(key, bare(cell))
    letters = _is_letters(counts)
    meanings: list[Meaning] = []
    for key, count in counts.most_common():
        known = LETTERS.get(key) if letters else meaning_of(texts[key], kind)
        meanings.append(
            Meaning(
                text=texts[key][:80] if key else "", count=count, answer=known or Answer.OPEN, sure=known is not None
            )
        )
    meanings.sort(
        key=lambda each: (each.sure, each.answer not in (Answer.OPEN, Answer.GRANTED), each.count), reverse=True
    )
    otherwise = Answer.OPEN if kind in (Kind.PERMISSION, Kind.STATUS, Kind.VALID) else _YES[kind]
    return Hint(channel=_channel(name, kind), meanings=meanings[:MOST_SHOWN], otherwise=otherwise)


def _kind(words: str, cells: Mapping[str, int]) -> Kind | None:
    """What a yes in a column says, by its heading; else by its cells, whatever it is called."""
    keys = {key for cell in cells if (key := cell_key(cell))}
    telling, remarks = bool(keys & TELLING), any(len(key) <= 40 and _SURELY.search(key) for key in keys)
    found: Kind | None = None
    if not TITLE.search(words) and (telling or remarks or not ELSEWHERE.search(words)):
        counts = all(key.isdigit() for key in keys) and not keys <= {"0", "1"}  # how many, not whether
        readable = not counts and any(_plain(key) is not None or key in MEANING for key in keys)
        found = _kind_named(words)
        if found is Kind.PERMISSION and not keys:
            found = None
        if found is None and readable and WEAK.search(words) and not NO_PERMISSION.search(words):
            found = Kind.PERMISSION
    if found is None and (telling or (STATUS.search(words) and _are_statuses(words, keys))):
        found = Kind.STATUS
    return Kind.REMARK if found is None and remarks else found


def _kind_named(words: str) -> Kind | None:
    """What a yes below a heading says, where the heading alone tells."""
    return next((kind for pattern, kind in _NAMED if pattern.search(words)), None)


def _are_statuses(words: str, keys: set[str]) -> bool:
    """Whether the cells of a column of nothing but “status” are those of a list of addresses, a refusal among them."""
    if _is_letters(Counter(keys)):
        return True
    plain = STATUS.fullmatch(words) and keys <= MEANING.keys()
    return bool(plain and any(MEANING[key] in _STRICT for key in keys))


def _is_letters(counts: Mapping[str, int]) -> bool:
    filled = {key for key in counts if key}
    return bool(filled) and filled <= LETTERS.keys() and bool(filled & {"c", "u", "b", "p"}) and filled != {"s"}


def _channel(name: str, kind: Kind) -> HintChannel:
    words = heading(name)
    named: tuple[tuple[HintChannel, re.Pattern[str]], ...] = (("email", EMAIL), ("sms", SMS), ("phone", PHONE))
    found = [channel for channel, pattern in named if pattern.search(words)]
    if kind in (Kind.BOUNCE, Kind.VALID) and not found:
        return "email"
    return found[0] if len(found) == 1 else ""
