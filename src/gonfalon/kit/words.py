"""Words of the rooms in the four languages: ICU messages like the interface's, with arguments, plurals and choices."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

LANGUAGES = ("en", "fr", "sv", "zh")
Piece = str | tuple[str, str, dict[str, "Message"]]
"""Plain words, or an argument with its kind (nothing, `plural`, `select`) and what is said in each case."""
Message = list[Piece]
_PLAIN = re.compile(r"[^{}]+")
_ARGUMENT = re.compile(r"\{\s*(\w+)\s*(?:(?:,\s*number[^{}]*)?\}|,\s*(plural|select)\s*,)")
_CASE = re.compile(r"\s*(=?\w+)\s*\{")


class Spoken(dict[str, str]):
    """The words of a room in one language by their keys; a call puts values in: `words("led_by", name="Ada")`."""

    language: str

    def __call__(self, key: str, **values: Any) -> str:
        """Say it with these values. Raises KeyError for a key or a value that is not there."""
        return fill(parse(self[key]), values, self.language)


def load_words(module: str) -> dict[str, Spoken]:
    """Return the words in `<language>.json` beside the module that asks, by language."""
    found = {}
    for language in LANGUAGES:
        text = Path(module).with_name(f"{language}.json").read_text(encoding="utf-8")
        found[language] = Spoken(json.loads(text))
        found[language].language = language
    return found


@cache
def parse(text: str) -> Message:
    """Read a message. Raises ValueError where its braces or cases are wrong."""
    message, end = _read(text, 0)
    if end != len(text):
        raise ValueError(f"“{text}” closes more than it opens.")
    return message


def _read(text: str, at: int) -> tuple[Message, int]:
    """The pieces from here to the brace that closes them, and where that is."""
    pieces: Message = []
    while at < len(text) and text[at] != "}":
        if plain := _PLAIN.match(text, at):
            pieces.append(plain[0])
            at = plain.end()
            continue
        argument, cases = _ARGUMENT.match(text, at), {}
        if argument is None:
            raise ValueError(f"“{text}” has an argument that cannot be read.")
        at = argument.end()
        while argument[2] and (case := _CASE.match(text, at)):
            cases[case[1]], at = _read(text, case.end())
            at += 1
        pieces.append((argument[1], argument[2] or "", cases))
        at = text.index("}", at) + 1 if argument[2] else at
    return pieces, at


def fill(message: Message, values: Mapping[str, Any], language: str, count: str = "#") -> str:
    """Put the values in; `#` is the number of the plural around it."""
    said = []
    for piece in message:
        if isinstance(piece, str):
            said.append(piece.replace("#", count))
            continue
        name, kind, cases = piece
        value = values[name]
        if not kind:
            said.append(str(value))
            continue
        case = str(value) if kind == "select" else f"={value}"
        if kind == "plural" and case not in cases:
            case = str(Locale(language).plural_form(value))
        said.append(fill(cases.get(case, cases["other"]), values, language, str(value) if kind == "plural" else count))
    return "".join(said)
