"""Decisions on a touchpoint's values. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.tracking.links.utm import Utm

LONGEST_TAG = 100
EARLIEST_YEAR = 2000


def link_tags(own: Mapping[str, str] | None, *, workspace: str, channel: str, campaign: str, touchpoint: str) -> Utm:
    """Return what the links of a touchpoint are tagged with: its own values, and for empty ones what its place says.

    own: `source`, `medium`, `campaign` and `content`, any of which may be missing or ""; None: links get no tags.
    workspace: its slug. campaign, touchpoint: their names.
    """
    if own is None:
        return Utm()
    usual = {"source": workspace, "medium": channel, "campaign": tag_of(campaign), "content": tag_of(touchpoint)}
    return Utm(**{name: own.get(name, "").strip() or value for name, value in usual.items()})


def check_in_use(name: str, archived_at: datetime | None) -> None:
    """Raise Conflict for a touchpoint that was archived."""
    if archived_at is not None:
        raise Conflict("touchpoint_archived", f"“{name}” is archived; restore it first.", name=name)


def check_done(name: str, sent_here: bool, on: date, today: date) -> None:
    """Raise Conflict for what Gonfalon sends itself, Invalid for a day that has not come yet or cannot be meant."""
    if sent_here:
        raise Conflict(
            "channel_sent_here", f"Gonfalon sends “{name}” itself: launch it instead of marking it as done.", name=name
        )
    if on > today:
        raise Invalid("done_later", "That day has not come yet; mark it as done when it is.")
    if on.year < EARLIEST_YEAR:
        raise Invalid(
            "done_long_ago", f"Enter the day it was carried out, {EARLIEST_YEAR} or later.", year=EARLIEST_YEAR
        )


def tag_of(name: str) -> str:
    """Return a name as a tag: lower-case letters of any script and digits, joined by dashes; accents are left out."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if not unicodedata.combining(sign)))
    return re.sub(r"[\W_]+", "-", bare).strip("-")[:LONGEST_TAG].strip("-")
