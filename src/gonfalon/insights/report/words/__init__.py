"""Words of the printed report. What is on screen too is said in the same words there."""

from __future__ import annotations

from gonfalon.kit.words import load_words

WORDS = load_words(__file__)
