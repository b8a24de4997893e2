"""Pure decisions that every part of the people room shares."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

MAX_TAG = 100


def key_of(name: str, fallback: str, longest: int = 40) -> str:
    """Return a key made of a name that people read: [a-z][a-z0-9_]*, at most `longest` characters.

    Names without Latin letters become `fallback` (with their digits, if any).
    """
    ascii_name = unicodedata.normalize("NFKD", name.replace("’", " ").replace("'", " ")).encode("ascii", "ignore")
    found = re.sub(r"[^a-z0-9]+", "_", ascii_name.decode().lower()).strip("_")[:longest].strip("_")
    return found if found[:1].isalpha() else f"{fallback}_{found}"[:longest].strip("_")


def free_key(wished: str, taken: set[str]) -> str:
    """Return `wished`, or `wished_2`, `wished_3` … when it is taken."""
    if wished not in taken:
        return wished
    number = 2
    while f"{wished}_{number}" in taken:
        number += 1
    return f"{wished}_{number}"


def is_moment(text: str) -> bool:
    """Return whether it is an ISO 8601 time."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
