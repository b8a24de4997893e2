"""Decisions on a touchpoint's values. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from gonfalon.tracking.links.utm import Utm

LONGEST_TAG = 100


def link_tags(own: Mapping[str, str] | None, *, workspace: str, channel: str, campaign: str, touchpoint: str) -> Utm:
    """What the links of a touchpoint are tagged with: its own values, and for empty ones what its place says.

    own: `source`, `medium`, `campaign` and `content`, any of which may be missing or ""; None: links get no tags.
    workspace: its slug. campaign, touchpoint: their names.
    """
    if own is None:
        return Utm()
    usual = {"source": workspace, "medium": channel, "campaign": tag_of(campaign), "content": tag_of(touchpoint)}
    return Utm(**{name: own.get(name, "").strip() or value for name, value in usual.items()})


def tag_of(name: str) -> str:
    """A name as a tag: lower-case letters of any script and digits, joined by dashes; accents are left out."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))
    return re.sub(r"[\W_]+", "-", bare).strip("-")[:LONGEST_TAG].strip("-")
