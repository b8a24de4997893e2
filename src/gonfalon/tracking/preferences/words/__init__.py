"""The words of the recipients’ pages."""

from __future__ import annotations

from typing import Final

from gonfalon.kit.words import LANGUAGES, load_words

REASONS: Final = ("too_many", "not_relevant", "never_asked", "other")
"""Why somebody leaves, for those who like to say so."""
WORDS: Final = load_words(__file__)


def say(language: str, key: str, **values: str) -> str:
    """Return a word or sentence; `values` are put in as they are, so HTML callers escape the result."""
    words = WORDS[language](key, **values)
    return _unbroken(words) if language == "fr" else words


def _unbroken(french: str) -> str:
    """French with the spaces at its tall signs and inside its quotation marks held, so that no line breaks there."""
    return french.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" ?", "\u202f?")


def pick_language(accepted: str, otherwise: str) -> str:
    """Return the first of our languages that an Accept-Language header names, else `otherwise` (else English)."""
    for part in accepted[:300].split(","):
        spoken = part.split(";")[0].strip().lower().split("-")[0]
        if spoken in LANGUAGES:
            return spoken
    return otherwise if otherwise in LANGUAGES else "en"
