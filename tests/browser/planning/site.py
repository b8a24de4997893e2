"""An installation with one empty workspace, and hands to use its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

ROOT = "/api/v1/workspaces/nordljus"


@dataclass
class Site:
    """A running installation with one empty workspace, its owner signed in."""

    context: BrowserContext
    url: str

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers."""
        answer = self.context.request.fetch(f"{self.url}{ROOT}{path}", method=method, data=body)
        assert answer.ok, answer.text()
        return answer.json()

    def campaign(self, name: str, **values: Any) -> str:
        """The id of a new campaign."""
        body = {"name": name, "category": "engagement", **values}
        return str(self.send("POST", "/campaigns", body)["id"])


def middle(what: Locator) -> tuple[float, float]:
    """Where a pointer takes something."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Takes something up and holds it over another; the caller lets go."""
    page.mouse.move(*middle(what))
    page.mouse.down()
    page.mouse.move(*middle(to), steps=4)
