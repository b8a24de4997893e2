"""The words of the page for reviewers from outside."""

from __future__ import annotations

from typing import Final

from gonfalon.kit.words import load_words

WORDS: Final = load_words(__file__)
