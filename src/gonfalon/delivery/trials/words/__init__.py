"""What addresses are told that are asked to take test messages."""

from __future__ import annotations

from gonfalon.kit.words import load_words

WORDS = load_words(__file__)
