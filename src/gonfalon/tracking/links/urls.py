"""The addresses that one message carries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import msgspec

from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, seal_destination, sign


class MessageUrls(msgspec.Struct, frozen=True):
    """What a rendered message needs to know about itself.

    `click` is the prefix to which a link's number is added, or None when links lead straight to their
    destination; `open` is the pixel's address, or None for no pixel; `one_click` is the RFC 8058 address for
    the List-Unsubscribe header; `seal` makes the trailing part of a link whose destination differs by person.
    """

    unsubscribe: str
    preferences: str
    one_click: str
    click: str | None = None
    open: str | None = None
    seal: Callable[[int, str], str] | None = None


@dataclass(frozen=True, slots=True)
class UrlFactory:
    """Makes the addresses of messages below one public base address (no trailing slash)."""

    base: str
    keys: Keys

    def for_message(self, claim: Claim, *, track_clicks: bool = True, track_opens: bool = True) -> MessageUrls:
        """Return the addresses of one message; without tracking, links stay what the author wrote.

        Two MACs a message (about 2 µs together).
        """
        base = self.base
        preferences = sign(self.keys, Purpose.preferences, claim)
        token = sign(self.keys, Purpose.click_open, claim) if track_clicks or track_opens else ""
        return MessageUrls(
            unsubscribe=f"{base}/u/{preferences}",
            preferences=f"{base}/p/{preferences}",
            one_click=f"{base}/u/{preferences}",
            click=f"{base}/c/{token}/" if track_clicks else None,
            open=f"{base}/o/{token}.gif" if track_opens else None,
            seal=(lambda number, url: seal_destination(self.keys, token, number, url)) if track_clicks else None,
        )


def preview_urls(base: str) -> MessageUrls:
    """Return addresses for a preview: they look right and lead to nobody's settings."""
    return MessageUrls(f"{base}/u/preview", f"{base}/p/preview", f"{base}/u/preview")
