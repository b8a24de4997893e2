"""The words of a printed brief."""

from __future__ import annotations

from gonfalon.kit.words import load_words

WORDS = load_words(__file__)
