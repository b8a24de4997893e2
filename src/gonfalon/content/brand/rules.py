"""Pure decisions on what a brand says. No clock, no database."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gonfalon.content.brand.model import BrandWord
from gonfalon.content.render import Source, TemplateProblem

_TAGS = re.compile(r"<[^>]*>|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def brand_words(source: Source, words: Sequence[BrandWord]) -> list[TemplateProblem]:
    """Return a warning for each word that the brand avoids, where it is said first."""
    parts = {
        "subject": source.subject, "preheader": source.preheader, "body": source.body, "text": source.text,
    }  # fmt: skip
    blanked = {name: _TAGS.sub(_blanks, text) for name, text in parts.items()}
    problems: list[TemplateProblem] = []
    for word in words:
        # A word of a script that sets no blanks between words is looked for as it is.
        edge = r"\b" if word.avoid.isascii() else ""
        pattern = re.compile(f"{edge}{re.escape(word.avoid)}{edge}", re.IGNORECASE)
        for part, text in blanked.items():
            found = pattern.search(text)
            if found:
                problems.append(_problem(word, part, text.count("\n", 0, found.start()) + 1))
                break
    return problems


def _blanks(match: re.Match[str]) -> str:
    """Nothing in place of a tag, on as many lines."""
    return "\n" * match[0].count("\n") or " "


def _problem(word: BrandWord, part: str, line: int) -> TemplateProblem:
    instead = f"say “{word.prefer}” instead." if word.prefer else "find another word."
    return TemplateProblem(
        "warning",
        "brand_word",
        f"“{word.avoid}” is a word that your brand avoids; {instead}",
        part,
        line if part == "body" else None,
        "brand_word_other" if word.prefer else "brand_word",
        {"word": word.avoid, "other": word.prefer},
    )
