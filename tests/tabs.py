"""A tab of a real browser that notes whatever its pages complain about."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

PATIENCE = 60_000


class Tab:
    """One tab. `loud`: the kinds of console messages that are complaints."""

    loud: tuple[str, ...] = ("error",)

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("console", self.hear)

    def hear(self, message: ConsoleMessage) -> None:
        """Notes what the page says aloud, and of which request."""
        if message.type in self.loud:
            self.note(f"console: {message.text} ({message.location['url']})")

    def note(self, complaint: str) -> None:
        """Keeps a complaint, with the page it was made on."""
        self.complaints.append(f"{self.page.url.removeprefix(self.origin)}: {complaint}")
