"""The words of visitors' pages and mails, and of what new forms begin with."""

from __future__ import annotations

from typing import Any, Final

from gonfalon.kit.words import load_words

WORDS: Final = load_words(__file__)


def say(language: str, key: str, **values: Any) -> str:
    """Say what stands under a key with these values. Raises KeyError for a key or value that is not there."""
    return WORDS[language](key, **values)
