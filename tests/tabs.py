"""A tab of a real browser that notes whatever its pages complain about."""

from __future__ import annotations

import os

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.processes import PATIENCE

LATE = int(os.environ.get("LATE", "0"))
"""Milliseconds by which requests and answers of pages are late at most, at random: `LATE=1500 pytest tests/browser`
finds what only works as long as the server is quicker than the hand."""

COME_LATE = """late => {
  const wait = () => new Promise((done) => setTimeout(done, Math.random() * late));
  const real = window.fetch;
  window.fetch = async (...sent) => {
    await wait();
    const answer = await real(...sent);
    await wait();
    return answer;
  };
}"""


class Tab:
    """One tab. `loud`: the kinds of console messages that are complaints."""

    loud: tuple[str, ...] = ("error",)

    def __init__(self, context: BrowserContext, origin: str) -> None:
        self.origin = origin
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        if LATE:
            self.page.add_init_script(f"({COME_LATE})({LATE})")
        self.page.on("pageerror", lambda error: self.note(str(error)))
        self.page.on("console", self.hear)

    def hear(self, message: ConsoleMessage) -> None:
        """Notes what the page says aloud, and of which request."""
        if message.type in self.loud:
            self.note(f"console: {message.text} ({message.location['url']})")

    def note(self, complaint: str) -> None:
        """Keeps a complaint, with the page it was made on."""
        self.complaints.append(f"{self.page.url.removeprefix(self.origin)}: {complaint}")
