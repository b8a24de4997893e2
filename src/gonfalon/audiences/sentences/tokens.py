"""Sentences as tokens: words, numbers, quoted texts, signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

_QUOTES = {'"': '"', "“": "”", "”": "”", "«": "»", "„": "“"}
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<day>\d{4}-\d{2}-\d{2}(?!\w))
    |(?P<number>[-−+]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.]*[^\W\d_]))
    |(?P<sign><=|>=|!=|≤|≥|≠|[<>=(),%])
    |(?P<word>[^\s<>=≤≥≠(),"“”«»„]+)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a sentence and where it stands. ``text`` of a quoted one is what is in the quotes."""

    kind: str
    text: str
    at: int
    end: int

    @property
    def folded(self) -> str:
        """The word as it is compared."""
        return self.text.casefold()


def tokens_of(sentence: str) -> list[Token]:
    """Return the tokens; a quotation that is not closed goes on to the end, and is of the kind ``open``."""
    found: list[Token] = []
    at = 0
    while at < len(sentence):
        if sentence[at] in _QUOTES:
            token = _quoted(sentence, at)
        else:
            match = _TOKEN.match(sentence, at)
            if match is None:
                token = Token("sign", sentence[at], at, at + 1)
            else:
                token = Token(str(match.lastgroup), match.group(), at, match.end())
        if token.kind != "space":
            found.append(token)
        at = token.end
    return found


def _quoted(sentence: str, start: int) -> Token:
    closing = _QUOTES[sentence[start]]
    text, at = "", start + 1
    while at < len(sentence):
        if sentence[at] == "\\" and at + 1 < len(sentence):
            text += sentence[at + 1]
            at += 2
        elif sentence[at] == closing:
            return Token("quoted", text, start, at + 1)
        else:
            text += sentence[at]
            at += 1
    return Token("open", text, start, at)


def quoted(text: str) -> str:
    """Return a text in quotes, as ``tokens_of`` reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
