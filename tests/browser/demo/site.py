"""An installation with the demo, and one real thing for every kind of page."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext

from tests.browser.visits import Look
from tests.processes import Installation

ROOT = "/api/v1/workspaces/hillstrom"
PASSWORD = "a long secret sentence"
ENGLISH = Look(1440, "light", "en")


@dataclass
class Site:
    """A running installation with the demo, its owner signed in, and the ids of real things."""

    installation: Installation
    context: BrowserContext
    url: str
    ids: dict[str, Any] = field(default_factory=dict)

    def ask(self, path: str) -> Any:
        """What the API answers."""
        answer = self.context.request.get(f"{self.url}{ROOT}{path}")
        assert answer.ok, answer.text()
        return answer.json()

    def tell(self, path: str, body: dict[str, Any]) -> Any:
        """What the API answers to something new."""
        answer = self.context.request.post(f"{self.url}{ROOT}{path}", data=body)
        assert answer.ok, answer.text()
        return answer.json()

    def save(self, path: str, body: dict[str, Any]) -> Any:
        """What the API answers to something changed."""
        answer = self.context.request.put(f"{self.url}{ROOT}{path}", data=body)
        assert answer.ok, answer.text()
        return answer.json()

    def look(self, look: Look) -> None:
        """Lets the owner see the product in this language and theme."""
        profile = {"name": "Maja Lind", "language": look.language, "theme": look.scheme}
        assert self.context.request.put(f"{self.url}/api/v1/me", data=profile).ok


def collect(site: Site) -> None:
    """Finds or makes one real thing for every kind of page."""
    campaign = next(one for one in site.ask("/campaigns")["items"] if one["name"] == "Holiday mail test")
    touchpoint = next(one for one in site.ask("/touchpoints")["items"] if one["name"] == "Men's mail")
    audience = next(one for one in site.ask("/audiences")["items"] if "women's wear" in one["name"])
    template = site.ask("/templates")["items"][0]
    message = site.ask(f"/touchpoints/{touchpoint['id']}/messages?limit=1")["items"][0]
    site.tell(
        f"/templates/{template['id']}/test",
        {"version": template["version"], "sender_identity_id": site.ask("/senders")[0]["id"], "to": "maja@example.com"},
    )
    mail = site.ask("/sandbox/mails")["items"][0]
    invited = site.tell("/invitations", {"email": "axel@example.com", "role": "analyst"})
    objective = site.ask(f"/campaigns/{campaign['id']}/brief")["passages"][0]
    site.save(
        f"/campaigns/{campaign['id']}/brief/passages/{objective['id']}", {"version": 0, "text": "Bring people back"}
    )
    site.tell("/approval-rules", {"kind": "brief", "steps": [{"kind": "role", "ref": "approver"}]})
    survey = site.tell("/forms", {"name": "What people think", "kind": "survey"})
    site.tell(f"/forms/{survey['id']}/open", {"version": survey["version"]})
    score = site.tell("/scores", {"name": "Who is interested"})
    site.tell(f"/scores/{score['id']}/start", {})
    asked = site.tell("/approvals", {"kind": "brief", "id": campaign["id"]})
    colleague = next(one for one in site.ask("/members") if one["role"] not in ("owner", "guest"))
    step = {"kind": "review", "seats": [{"user_id": colleague["user_id"]}]}
    review = site.tell("/content-reviews", {"kind": "template", "content_id": template["id"], "steps": [step]})
    site.ids = {
        "campaigns/$id": campaign["id"],
        "approvals/$id": asked["id"],
        "forms/$id": survey["id"],
        "scores/$id": score["id"],
        "scores/$id/edit": score["id"],
        "playbook/pages/$id": site.ask("/playbook/pages")["items"][0]["id"],
        "playbook/lessons/$id": site.tell("/lessons", {"title": "Short subjects win"})["id"],
        "review/$kind": "quarter",
        "thing/$kind/$id": f"campaign/{campaign['id']}",
        "reports/$id": campaign["id"],
        "reports/$id/people": campaign["id"],
        "touchpoints/$id": touchpoint["id"],
        "audiences/$id": audience["id"],
        "audiences/$id/edit": audience["id"],
        "content/$id": template["id"],
        "content-reviews/$id": review["id"],
        "people/$id": message["person_id"],
        "companies/$id": site.tell("/companies", {"name": "Analytical Engines", "properties": {"seats": 12}})["id"],
        "personas/$id": site.ask("/personas")[0]["id"],
        "people/imports/$id": site.ask("/imports")["items"][0]["id"],
        "sandbox/$id": mail["id"],
        "settings/sources/$id": site.tell("/sources", {"name": "Our shop", "kind": "site"})["id"],
        "/join": invited["link"].removeprefix(site.url),
        "/new-password": password_link(site, "maja@example.com"),
        "message": message,
        "workspace": 1,  # the demo is the first workspace of the installation
    }


def password_link(site: Site, email: str) -> str:
    """Where the operator sends somebody who has forgotten a password."""
    made = json.loads(site.installation.command("password-link", email).stdout)
    return str(made["link"]).removeprefix(site.url)


def address(site: Site, page: str) -> str:
    """Where a page is, with the ids of a real thing. A page for which nobody collects them fails here."""
    if "$" not in page:
        return str(site.ids.get(page, page))
    values = iter(str(site.ids[page.removeprefix("/w/hillstrom/").split("?")[0]]).split("/"))
    return re.sub(r"\$\w+", lambda _: next(values), page)
