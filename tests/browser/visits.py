"""Pages looked at as different readers would."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Response

from tests.tabs import Tab

WEB = Path(__file__).parents[2] / "web"
AXE = (WEB / "node_modules" / "axe-core" / "axe.min.js").read_text()

COUNT_REQUESTS = """
if (window.top === window) {
  window.pendingRequests = 0;
  const real = window.fetch;
  window.fetch = (...sent) => {
    window.pendingRequests += 1;
    return real(...sent).finally(() => { window.pendingRequests -= 1; });
  };
}
"""
SETTLED = """() => {
  const quiet = window.pendingRequests === 0 && document.querySelector("main") && document.querySelector("h1, h2")
    && !document.querySelector("[aria-busy=true], [class*=skeletons]");
  window.quietFrames = quiet ? (window.quietFrames ?? 0) + 1 : 0;
  if (window.quietFrames < 3) return false;
  window.quietFrames = 0;
  return true;
}"""
# Mails stand in frames that run no script: nobody there would answer.
VIOLATIONS = """async (rules) => (await axe.run(document, {
  resultTypes: ["violations"], iframes: false, rules: { "target-size": { enabled: true } },
  ...(rules && { runOnly: { type: "rule", values: rules } }),
})).violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`)"""
OF_APPEARANCE = [
    "aria-hidden-focus",
    "button-name",
    "color-contrast",
    "landmark-unique",
    "link-name",
    "scrollable-region-focusable",
    "target-size",
]
"""What another width or theme may break."""
LOOSE_TABS = """() => [...document.querySelectorAll("[role=tablist]")].filter((tabs) => {
  const open = tabs.querySelector("[role=tab][aria-selected=true]");
  const panel = open && document.getElementById(open.getAttribute("aria-controls"));
  return panel?.getAttribute("role") !== "tabpanel" || panel.getAttribute("aria-labelledby") !== open.id;
}).length"""
TOO_WIDE = "() => document.documentElement.scrollWidth > window.innerWidth"


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at."""

    width: int
    scheme: str
    language: str


class Visit(Tab):
    """Somebody who looks at pages closely: warnings and refused requests are complaints too."""

    loud = ("error", "warning")

    def __init__(self, context: BrowserContext, url: str, look: Look) -> None:
        super().__init__(context, url)
        self.show(look.width, look.scheme)
        self.page.add_init_script(COUNT_REQUESTS)
        remembered = {"gonfalon.language": look.language, "mantine-color-scheme-value": look.scheme}
        self.page.add_init_script(f"if (window.top === window) Object.assign(localStorage, {json.dumps(remembered)})")
        self.page.on("response", self.receive)

    def receive(self, answer: Response) -> None:
        """Notes what was refused."""
        if answer.status >= 400:
            self.note(f"{answer.status} of {answer.url}")

    def show(self, width: int, scheme: str) -> None:
        """Makes the window this wide and the system's theme light or dark."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")

    def go(self, path: str) -> None:
        """Opens a page and waits until it has read what it shows."""
        self.page.goto(f"{self.origin}{path}")
        self.settle()

    def settle(self) -> None:
        """Waits until nothing is being read."""
        self.page.wait_for_function(SETTLED)

    def check(self, rules: list[str] | None = None) -> None:
        """Looks at the open page as a reader with a screen reader or a phone would."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE)
        for violation in self.page.evaluate(VIOLATIONS, rules):
            self.note(violation)
        if self.page.evaluate(LOOSE_TABS):
            self.note("tabs that name no panel")
        self.check_width()

    def check_width(self) -> None:
        """Nothing may stand outside the window."""
        if self.page.evaluate(TOO_WIDE):
            self.note("scrolls sideways")
