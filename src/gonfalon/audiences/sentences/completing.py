"""What could be written next in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .reader import STOPS
from .tokens import quoted, tokens_of
from .words import Expected

MOST = 40
_KINDS = ("attribute", "event", "tag", "audience", "topic", "campaign", "channel", "value")
"""Kinds of names; these come before words, for they are what a workspace is about."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A text that may stand from a place of the sentence on, and what it is."""

    kind: str
    text: str


def completions(begun: str, expected: tuple[Expected, ...]) -> list[Completion]:
    """Return the texts that go on with what was begun there, names first, each once."""
    wanted = begun.strip('"“„«').casefold()
    found = dict.fromkeys(each for each in _all(expected) if each.text.strip('"').casefold().startswith(wanted))
    ranked = sorted(found, key=lambda each: _KINDS.index(each.kind) if each.kind in _KINDS else len(_KINDS))
    return [each for each in ranked if each.text.casefold() != begun.casefold()][:MOST]


def _all(expected: tuple[Expected, ...]) -> Iterator[Completion]:
    for each in expected:
        if each.kind == "word":
            yield Completion("word", each.text)
        for name in each.names:
            yield Completion(each.kind, _written(name))


def _written(name: str) -> str:
    """The name as it can be written: in quotes unless it is plain words."""
    tokens = tokens_of(name)
    plain = all(token.kind == "word" and token.folded not in STOPS for token in tokens)
    return name if plain and name == " ".join(token.text for token in tokens) else quoted(name)
