"""Puts together what two people made of the same text, so that nobody's words are lost."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import SequenceMatcher

from gonfalon.kit.errors import Invalid

_WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+|\s+|.")
"""Words, the space between them, and signs and Chinese characters one by one."""
_LINES = re.compile(r"[^\n]*\n|[^\n]+")
FINE = 1500
"""More changed words than this are compared line by line: comparing takes the square of their number."""
BETWEEN = " / "


@dataclass(frozen=True, slots=True)
class Merged:
    """The text, and whether both changed the same words (then both stand in it, theirs first)."""

    text: str
    both: bool = False


@dataclass(frozen=True, slots=True)
class SavedText:
    """What stands in a text after a save: merged with somebody else's change where there was one."""

    version: int
    text: str
    merged: bool
    both: bool


async def merge_save(
    text: str,
    version: int,
    base: str | None,
    *,
    present: tuple[int, str],
    text_at: Callable[[int], Awaitable[str]],
    most: int,
) -> SavedText:
    """Merge a save of `text`, changed from `version` (or from `base`, where the writer went on typing while a merged
    save was on its way), with the present version and text.

    Returns what is to stand now; its version is the present one where nothing changes. text_at: reads what stood at a
    version. Raises Invalid for a version that never was, and for a text above `most` characters.
    """
    current, theirs = present
    if version > current:
        raise Invalid("version_unknown", "This passage never had that version; load it again.")
    if base is None and version != current:
        base = await text_at(version)
    merged = Merged(text) if base is None else merge(base, text, theirs)
    changed = merged.text != theirs
    if changed and len(merged.text) > most:
        raise Invalid("passage_long", f"A passage holds at most {most:,} characters; make it shorter.", most=most)
    return SavedText(current + changed, merged.text, merged.text != text, merged.both)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Return what comes of `base` when both changes are made. Every word that either wrote is in the result.

    A three-way merge (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007) over words: between places that
    stayed the same in both, a change of one side is taken; changes of both are both kept.
    """
    if mine in (base, theirs):
        return Merged(theirs)
    if theirs == base:
        return Merged(mine)
    most = max(len(_WORDS.findall(text)) for text in (base, mine, theirs))
    split = _WORDS if most <= FINE else _LINES
    old, one, other = (split.findall(text) for text in (base, mine, theirs))
    pieces: list[str] = []
    both = False
    at = (0, 0, 0)
    for kept in [*_kept_in_both(old, one, other), (len(old), len(one), len(other))]:
        was, here, there = ("".join(side[i:j]) for side, i, j in zip((old, one, other), at, kept, strict=True))
        if here in (was, there):
            pieces.append(there)
        elif there == was:
            pieces.append(here)
        else:
            both = True
            pieces.append(_side_by_side(there, here))
        if kept[0] < len(old):
            pieces.append(old[kept[0]])
        at = (kept[0] + 1, kept[1] + 1, kept[2] + 1)
    return Merged("".join(pieces), both)


def _kept_in_both(old: list[str], one: list[str], other: list[str]) -> list[tuple[int, int, int]]:
    """Positions (in old, one and other) of the words that stand in all three, in order."""
    in_one, in_other = _kept(old, one), _kept(old, other)
    return [(place, in_one[place], in_other[place]) for place in sorted(in_one.keys() & in_other.keys())]


def _kept(old: list[str], new: list[str]) -> dict[int, int]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {a + step: b + step for a, b, size in matcher.get_matching_blocks() for step in range(size)}


def _side_by_side(there: str, here: str) -> str:
    if not there.strip() or not here.strip():
        return there + here
    end = here[len(here.rstrip()) :]
    return there.rstrip() + BETWEEN + here.strip() + (end or there[len(there.rstrip()) :])
