"""What a message's context says of it: consent, programs that pretend to be visitors. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gonfalon.kit.errors import Invalid
from gonfalon.tracking.collector.amounts import plain
from gonfalon.tracking.links.rules import is_machine


def marks_of(context: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties that an event gets by its context: `bot` where no person was there, `consent` with what was
    allowed.

    Raises Invalid (`consent_refused`) where the context says that the visitor allows nothing: such a message is not
    kept. Whoever says nothing of consent answers for it themselves.
    """
    marks: dict[str, Any] = {}
    agent = context.get("userAgent")
    if context.get("automated") is True or (isinstance(agent, str) and is_machine(agent)):
        marks["bot"] = True
    consent = context.get("consent")
    categories = consent.get("categoryPreferences") if isinstance(consent, Mapping) else None
    if isinstance(categories, Mapping) and categories:
        allowed = sorted(plain(str(name))[:60] for name, yes in categories.items() if yes is True)[:20]
        if not allowed:
            raise Invalid("consent_refused", "The message says that its visitor allows nothing, so it is not kept.")
        marks["consent"] = allowed
    return marks


def page_of(context: Mapping[str, Any]) -> str:
    """Return the address of the page that a message came from, without what follows its path; empty for programs."""
    page = context.get("page")
    url = page.get("url") if isinstance(page, Mapping) else None
    if not isinstance(url, str) or not url.startswith(("https://", "http://")):
        return ""
    return plain(url.split("?", 1)[0].split("#", 1)[0][:500])


def host_of(page: str) -> str:
    """Return the host of such an address, in lower case and with its port."""
    return page.split("/", 3)[2].rpartition("@")[2].lower()[:253] if page.count("/") >= 2 else ""
