"""Pure decisions on companies."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from gonfalon.kit.errors import Invalid
from gonfalon.people.companies.model import PropertyValue

MOST_PROPERTIES = 100
LONGEST_KEY = 255
LONGEST_TEXT = 1_000


def check_name(name: str) -> str:
    """Return the name with single spaces; raises Invalid for an empty one or one that cannot be kept."""
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST_KEY or "\x00" in clean:
        raise Invalid(
            "company_name_invalid", f"A company needs a name of 1 to {LONGEST_KEY} characters.", most=LONGEST_KEY
        )
    return clean


def readable(said: Mapping[str, Any]) -> dict[str, PropertyValue]:
    """Return what of a company's traits can be kept: plain values, and so many of them; lists and objects are left
    out."""
    kept: dict[str, PropertyValue] = {}
    for key, value in said.items():
        if len(kept) >= MOST_PROPERTIES:
            break
        if isinstance(value, float) and not isfinite(value):
            continue
        if isinstance(value, str | int | float | bool) and 0 < len(key) <= 200:
            kept[key] = value[:LONGEST_TEXT] if isinstance(value, str) else value
    return kept
