"""Somebody in front of a real browser, who reads and clicks."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playwright.sync_api import Browser, Locator, expect

from tests.tabs import Tab

PASSWORD = "a long secret sentence"
PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
"""A browser that does not say it is driven by a program: such clicks do not count as people's."""

FOUND = "pattern => new RegExp(pattern).exec(document.querySelector('main')?.innerText ?? '')?.[1]"


class Visitor(Tab):
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, origin: str, width: int = 1440, height: int = 900) -> None:
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="en-GB", user_agent=PERSON
        )
        # The shop's own pages are not ours to visit.
        self.context.route(re.compile(r"^https://"), lambda route: route.fulfill(body="the shop"))
        super().__init__(self.context, origin)

    def set_up(self, setup_url: str, workspace: str, name: str, email: str, currency: str = "EUR") -> None:
        """Follows the set-up link to a workspace of one's own."""
        self.page.goto(setup_url)
        self.page.get_by_label("Workspace name").fill(workspace)
        self.choose("Currency", currency)
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.button(f"Create {workspace}").click()
        expect(self.page).to_have_url(re.compile(f"/w/{workspace.lower()}$"))

    def join(self, link: str, workspace: str, name: str) -> None:
        """Follows an invitation."""
        self.page.goto(link)
        self.page.get_by_label("Your name").fill(name)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        self.button(f"Join {workspace}").click()
        expect(self.page).to_have_url(re.compile(f"/w/{workspace.lower()}$"))

    def go(self, path: str) -> None:
        self.page.goto(f"{self.origin}{path}")

    def ask(self, method: str, path: str, body: Any = None, status: int | None = None) -> Any:
        """The API, as who is signed in here; `status` where something else than a success is right."""
        answer = self.context.request.fetch(
            f"{self.origin}/api/v1{path}", method=method, data=body, headers={"origin": self.origin}
        )
        assert answer.status == status if status else answer.ok, f"{method} {path}: {answer.status} {answer.text()}"
        return answer.json() if answer.text() else None

    def button(self, name: str | re.Pattern[str], within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("button", name=name)

    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    def read(self, pattern: str) -> str:
        """Waits until the page says something of this form, and returns the part in brackets."""
        found = self.page.wait_for_function(FOUND, arg=pattern)  # in one look: the page may be another one in the next
        return str(found.json_value())

    def choose(self, field: str, option: str, within: Locator | None = None) -> None:
        """Picks an option of a select."""
        (within or self.page).get_by_role("combobox", name=field).or_(
            (within or self.page).get_by_role("textbox", name=field)
        ).first.click()
        options = self.page.get_by_role("option").filter(visible=True)
        options.filter(has_text=option).first.click()
        expect(options).to_have_count(0)

    def day(self, field: str, day: date, within: Locator | None = None) -> None:
        """Types a day, as people write it."""
        place = (within or self.page).get_by_role("textbox", name=field)
        place.fill(f"{day.day} {day:%b %Y}")
        place.press("Tab")

    def type(self, field: Locator, words: str) -> None:
        """Writes into a field and leaves it, so that it saves."""
        field.fill(words)
        field.press("Tab")
