"""Starter templates: one layout a file (`starters/*.mjml`) in one frame, its words in four languages beside it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from textwrap import indent
from typing import Any, Final

from gonfalon.content.blocks.theme import mixed, on, readable, write_head
from gonfalon.content.blocks.words import written
from gonfalon.content.brand.model import BrandKit
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


def starters(language: str, brand: BrandKit | None = None) -> tuple[Starter, ...]:
    """Return all starters in a language (English for one we do not have) and a brand's look, in the order to show
    them."""
    kit = brand or BrandKit()
    spoken = language if language in LANGUAGES else "en"
    return tuple(_starter(key, layout, words[spoken], kit) for key, layout, words in _layouts())


@functools.cache
def _layouts() -> tuple[tuple[str, str, Mapping[str, Mapping[str, str]]], ...]:
    """Every starter: its key, its layout in the frame, its words by language."""
    folder = resources.files(__package__) / "starters"
    frame = (folder / "frame.mjml").read_text(encoding="utf-8")
    found: list[tuple[int, str, str, Mapping[str, Mapping[str, str]]]] = []
    for file in folder.iterdir():
        if file.name.endswith(".json"):
            content = json.loads(file.read_text(encoding="utf-8"))
            rows = (folder / file.name.replace(".json", ".mjml")).read_text(encoding="utf-8")
            layout = frame.replace("[[rows]]", rows.rstrip("\n"))
            found.append((content["position"], file.name[:-5], layout, content["words"]))
    return tuple((key, layout, words) for _, key, layout, words in sorted(found, key=lambda each: each[0]))


@functools.cache
def starter_addresses() -> frozenset[str]:
    """Return the postal addresses that starters hold until the author writes the own one."""
    return frozenset(spoken["address"] for _, _, words in _layouts() for spoken in words.values())


def starter(key: str, language: str, brand: BrandKit | None = None) -> Starter:
    """Return one starter; raises NotFound."""
    for candidate in starters(language, brand):
        if candidate.key == key:
            return candidate
    raise NotFound("starter_unknown", f"There is no starter template “{key}”.", key=key)


def _starter(key: str, layout: str, words: Mapping[str, str], kit: BrandKit) -> Starter:
    values = {**words, **_look(words, kit)}
    body = _WORD.sub(lambda match: values[match[1]], layout)
    return Starter(key, words["name"], words["description"], Source(words["subject"], body, words["preheader"]))


def _look(words: Mapping[str, str], kit: BrandKit) -> dict[str, str]:
    """What a layout takes of the brand."""
    theme = kit.theme
    logo = (
        f'<mj-image src="{written(kit.logo)}" alt="{{{{ workspace.name }}}}" width="140px" align="left" />'
        if kit.logo
        else '<mj-text font-size="18px" font-weight="650" padding="0">{{ workspace.name }}</mj-text>'
    )
    return {
        "head": indent(write_head(theme, words["title"]), "    "),
        "logo": logo,
        "foot": written(kit.footer).replace("\n", "<br>") if kit.footer else words["address"],
        "page": theme.page,
        "card": theme.card,
        "accent": theme.accent,
        "on_accent": on(theme.accent),
        "accent_ink": readable(theme.accent, on(theme.accent)),
        "tint": mixed(theme.accent, theme.card, 0.08),
        "radius": str(theme.radius),
    }
