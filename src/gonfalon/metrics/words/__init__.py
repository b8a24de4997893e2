"""Names of the metrics (`<key>`) and what counts (`<key>.counts`)."""

from __future__ import annotations

from gonfalon.kit.words import load_words

WORDS = load_words(__file__)
