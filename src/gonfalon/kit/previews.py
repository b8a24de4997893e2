"""Preview, then apply exactly what was shown: a fingerprint stands for all that a preview says.

A preview works out what would happen and writes nothing. To apply, the same is worked out again in the transaction that
writes, with everything it looks at locked, and `check_shown` refuses when the fingerprint is another one by now.
"""

from __future__ import annotations

import hashlib

from gonfalon.kit.errors import Conflict


def fingerprint(*parts: object) -> str:
    """Return a hash (SHA-256, in hex) of values as they write themselves, such as lists of frozen dataclasses."""
    return hashlib.sha256("\0".join(repr(part) for part in parts).encode()).hexdigest()


def check_shown(now: str, shown: str) -> None:
    """Raise Conflict (`preview_stale`) when what would happen now is not what was shown."""
    if now != shown:
        raise Conflict(
            "preview_stale",
            "The plan has changed since you looked, so this would move something else now. Look at it again.",
        )
