"""Pure decisions on briefs."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]{4,}|[\u3400-\u9fff]{2,4}")
MOST_WORDS = 24


def telling_words(text: str) -> list[str]:
    """Return the words of a text by which others like it are found: the most frequent longer ones, at most 24."""
    counts = Counter(word.casefold() for word in _WORD.findall(text))
    return [word for word, _ in counts.most_common(MOST_WORDS)]
