"""Find texts by words, in languages that put spaces between words and in those that don't."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, and_, false, func, literal, or_
from sqlalchemy import cast as as_type

_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SIGNS = re.compile(r"[^\w]+")


def holds_all(text: ColumnElement[str], words: str) -> ColumnElement[bool] | None:
    """Return the condition that the text holds every word as a word's beginning, Chinese anywhere in it.

    Returns None without words. Reads the text's GIN index of `to_tsvector('simple', text)` where there is one.
    """
    spaced: list[str] = []
    inside: list[str] = []
    for word in words.split():
        if _CHINESE.search(word):
            inside.append(word)
        else:
            spaced += [part for part in _SIGNS.split(word) if part]
    conditions: list[ColumnElement[bool]] = [text.icontains(word, autoescape=True) for word in inside]
    if spaced:
        asked = func.to_tsquery("simple", literal(" & ".join(f"'{word}':*" for word in spaced)))
        conditions.append(func.to_tsvector("simple", text).bool_op("@@")(asked))
    if not conditions:
        return false() if words.strip() else None
    return and_(*conditions)


def closeness(text: ColumnElement[str], words: Sequence[str]) -> tuple[ColumnElement[bool], ColumnElement[Any]]:
    """Return whether the text shares any of the words, and how many it shares, from 0 to 1."""
    if not words:
        return false(), as_type(literal(0), Float)
    spaced = [word for word in words if not _CHINESE.search(word)]
    inside = [text.icontains(word, autoescape=True) for word in words if _CHINESE.search(word)]
    conditions = list(inside)
    rank = sum((as_type(as_type(one, Integer), Float) for one in inside), as_type(literal(0), Float)) / len(words)
    if spaced:
        escaped = ("'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in spaced)
        asked = func.to_tsquery("simple", literal(" | ".join(escaped)))
        document = func.to_tsvector("simple", text)
        conditions.append(document.bool_op("@@")(asked))
        rank = rank + func.ts_rank(document, asked)
    return or_(*conditions), rank
