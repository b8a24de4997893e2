"""UTM parameters: how a visit names the campaign it came from in other people's analytics."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

_USUAL: Final = re.compile(r"https://[A-Za-z0-9.-]+(?:/[A-Za-z0-9/._~-]*)?(?:\?[A-Za-z0-9=&._~-]+)?")


@dataclass(frozen=True, slots=True)
class Utm:
    """The values to add; empty ones are left out. Analytics compare them by case, so they are lower-cased."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    term: str = ""
    content: str = ""
    id: str = ""

    def parameters(self) -> dict[str, str]:
        """Return `utm_…` names and their lower-cased values."""
        pairs = ((f"utm_{field.name}", str(getattr(self, field.name)).strip().lower()) for field in fields(self))
        return {name: value for name, value in pairs if value}


def tag_url(url: str, parameters: Mapping[str, str]) -> str:
    """Return `url` with the parameters it does not have yet; order, fragment and existing values stay as they are.

    Only http and https links are tagged; a link that cannot be parsed is returned unchanged.
    """
    if not parameters:
        return url
    if _USUAL.fullmatch(url) and "utm_" not in url:
        # The usual link: nothing to keep apart and nothing to find, so it need not be parsed.
        added = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items())
        return f"{url}{'&' if '?' in url else '?'}{added}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return url
    present = {unquote_plus(pair.partition("=")[0]).lower() for pair in parts.query.split("&")}
    added = "&".join(f"{name}={quote(value, safe='')}" for name, value in parameters.items() if name not in present)
    if not added:
        return url
    query = f"{parts.query}&{added}" if parts.query else added
    return urlunsplit(parts._replace(query=query))
