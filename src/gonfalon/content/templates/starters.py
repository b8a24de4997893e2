"""Starter templates: one layout a file (`starters/*.mjml`), its words in four languages beside it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final

from gonfalon.content.render import Source
from gonfalon.kit.errors import NotFound
from gonfalon.kit.words import LANGUAGES

_WORD: Final = re.compile(r"\[\[(\w+)\]\]")

SAMPLE_PEOPLE: Final[Mapping[str, Mapping[str, Any]]] = {
    "en": {"first_name": "Ada", "last_name": "Marsh", "email": "ada@example.com"},
    "fr": {"first_name": "Inès", "last_name": "Moreau", "email": "ines@example.com"},
    "sv": {"first_name": "Åsa", "last_name": "Öberg", "email": "asa@example.com"},
    "zh": {"first_name": "李明", "last_name": "李", "email": "liming@example.com"},
}
"""Made-up people for previews before there are real ones."""


@dataclass(frozen=True, slots=True)
class Starter:
    """A template to begin with, in one language."""

    key: str
    name: str
    description: str
    source: Source


@functools.cache
def starters(language: str) -> tuple[Starter, ...]:
    """All starters in a language (English for one we do not have), in the order to show them."""
    spoken = language if language in LANGUAGES else "en"
    folder = resources.files(__package__) / "starters"
    found: list[tuple[int, Starter]] = []
    for file in folder.iterdir():
        if file.name.endswith(".json"):
            content = json.loads(file.read_text(encoding="utf-8"))
            layout = (folder / file.name.replace(".json", ".mjml")).read_text(encoding="utf-8")
            found.append((content["position"], _starter(file.name[:-5], layout, content["words"][spoken])))
    return tuple(starter for _, starter in sorted(found, key=lambda pair: pair[0]))


@functools.cache
def starter_addresses() -> frozenset[str]:
    """The postal addresses that starters hold until the author writes the own one."""
    folder = resources.files(__package__) / "starters"
    words = [
        json.loads(file.read_text(encoding="utf-8"))["words"]
        for file in folder.iterdir()
        if file.name.endswith(".json")
    ]
    return frozenset(spoken["address"] for languages in words for spoken in languages.values())


def starter(key: str, language: str) -> Starter:
    """One starter; raises NotFound."""
    for candidate in starters(language):
        if candidate.key == key:
            return candidate
    raise NotFound("starter_unknown", f"There is no starter template “{key}”.", key=key)


def _starter(key: str, layout: str, words: Mapping[str, str]) -> Starter:
    body = _WORD.sub(lambda match: words[match[1]], layout)
    return Starter(key, words["name"], words["description"], Source(words["subject"], body, words["preheader"]))
