"""Every page of the interface on the demo's data: quiet, accessible, within its width, and good with keys alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Request, expect

from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, sign
from tests.browser.visits import OF_APPEARANCE, WEB, Look, Visit
from tests.processes import Installation, new_installation, wait_for

pytestmark = pytest.mark.slow

PASSWORD = "a long secret sentence"
ROOT = "/api/v1/workspaces/hillstrom"

ENGLISH = Look(1440, "light", "en")
CHINESE = Look(1440, "auto", "zh")
SWEDISH = Look(390, "dark", "sv")


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


@pytest.fixture(scope="module")
def site(browser: Browser) -> Iterator[Site]:
    """Set up once, through the link, by its form."""
    with new_installation() as made:
        ready = made.up("--demo")
        context = browser.new_context(locale="en-GB")
        visit = Visit(context, ready["url"], Look(390, "light", "en"))
        visit.go(ready["setup_url"].removeprefix(ready["url"]))
        visit.check()
        page = visit.page
        page.get_by_label("Workspace name").fill("Nordljus")
        page.get_by_label("Your name").fill("Maja Lind")
        page.get_by_label("Email").fill("maja@example.com")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Create Nordljus").click()
        expect(page).to_have_url(re.compile("/w/nordljus$"))
        visit.settle()
        visit.check()
        assert visit.complaints == []
        page.close()
        site = Site(made, context, ready["url"])
        collect(site)
        yield site
        context.close()
        made.stop()


def collect(site: Site) -> None:
    """Finds or makes one real thing for every kind of page."""
    campaign = next(one for one in site.ask("/campaigns")["items"] if one["name"] == "Holiday mail test")
    touchpoint = next(one for one in site.ask("/touchpoints")["items"] if one["name"] == "Men's mail")
    audience = next(one for one in site.ask("/audiences")["items"] if "women's wear" in one["name"])
    template = site.ask("/templates")["items"][0]
    message = site.ask(f"/touchpoints/{touchpoint['id']}/messages?limit=1")["items"][0]
    site.tell(
        f"/templates/{template['id']}/test",
        {"version": template["version"], "sender_identity_id": site.ask("/senders")[0]["id"], "to": "me@example.com"},
    )
    mail = site.ask("/sandbox/mails")["items"][0]
    invited = site.tell("/invitations", {"email": "axel@example.com", "role": "analyst"})
    objective = site.ask(f"/campaigns/{campaign['id']}/brief")["passages"][0]
    site.save(
        f"/campaigns/{campaign['id']}/brief/passages/{objective['id']}", {"version": 0, "text": "Bring people back"}
    )
    site.tell("/approval-rules", {"kind": "brief", "steps": [{"kind": "role", "ref": "approver"}]})
    asked = site.tell("/approvals", {"kind": "brief", "id": campaign["id"]})
    site.ids = {
        "campaigns/$id": campaign["id"],
        "approvals/$id": asked["id"],
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
        "people/$id": message["person_id"],
        "people/imports/$id": site.ask("/imports")["items"][0]["id"],
        "sandbox/$id": mail["id"],
        "/join": invited["link"].removeprefix(site.url),
        "/new-password": password_link(site, "maja@example.com"),
        "message": message,
        "workspace": 1,  # the demo is the first workspace of the installation
    }


def password_link(site: Site, email: str) -> str:
    """Where the operator sends somebody who has forgotten a password."""
    made = json.loads(site.installation.command("password-link", email).stdout)
    return str(made["link"]).removeprefix(site.url)


def registered() -> list[str]:
    """The paths of all pages that rooms bring, as they are written there."""
    found: list[str] = []
    for routes in sorted((WEB / "src" / "rooms").rglob("routes.ts")):
        block = re.search(r"pages: \{(.*?)\}", routes.read_text(), re.S)
        if block:
            found += re.findall(r'"?([\w/$-]+)"?: \(\) => import', block[1])
    assert len(found) > 20
    return found


def faces() -> list[str]:
    """The tabs of a campaign, as its nouns register them."""
    found = re.findall(r'id: "(\w+)"', (WEB / "src/rooms/planning/campaigns/tabs.ts").read_text())
    assert "brief" in found
    return [f"campaigns/$id?tab={tab}" for tab in found]


IN_WORKSPACE = [
    "",
    *registered(),
    *faces(),
    "touchpoints/$id?tab=messages",
    "audiences/$id?tab=people",
    "not-a-page",
]
OUTSIDE = [
    "/w/nobodys-workspace", "/not-a-page", "/sign-in", "/setup?token=used", "/no-workspace", "/join",
    "/forgot-password", "/new-password", "/new-password?token=used",
]  # fmt: skip
PAGES = [*(f"/w/hillstrom/{path}".rstrip("/") for path in IN_WORKSPACE), *OUTSIDE]


def address(site: Site, page: str) -> str:
    """Where a page is, with the ids of a real thing. A page for which nobody collects them fails here."""
    if "$" not in page:
        return str(site.ids.get(page, page))
    values = iter(str(site.ids[page.removeprefix("/w/hillstrom/").split("?")[0]]).split("/"))
    return re.sub(r"\$\w+", lambda _: next(values), page)


@pytest.fixture(scope="module")
def chinese(site: Site) -> Iterator[Visit]:
    site.look(CHINESE)
    visit = Visit(site.context, site.url, CHINESE)
    yield visit
    visit.page.close()


@pytest.mark.parametrize("page", PAGES)
def test_page_is_accessible_light_and_dark_wide_and_on_phones(site: Site, chinese: Visit, page: str) -> None:
    chinese.complaints.clear()
    chinese.show(1440, "light")
    chinese.go(address(site, page))
    chinese.check()
    chinese.show(390, "dark")
    chinese.settle()
    chinese.check(OF_APPEARANCE)
    assert chinese.complaints == []


@pytest.fixture(scope="module")
def swedish(site: Site) -> Iterator[Visit]:
    site.look(SWEDISH)
    visit = Visit(site.context, site.url, SWEDISH)
    yield visit
    visit.page.close()


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_quietly_on_a_phone_in_swedish(site: Site, swedish: Visit, page: str) -> None:
    swedish.complaints.clear()
    swedish.go(address(site, page))
    assert swedish.page.evaluate("document.documentElement.lang") == "sv"
    swedish.check_width()
    assert swedish.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_recipients_pages_are_accessible(site: Site, scheme: str) -> None:
    """The preference page and the page behind the unsubscribe link, without any script."""
    keys = Keys.from_secrets(SecretBox.load(site.installation.home))
    message = site.ids["message"]
    claim = Claim(workspace=site.ids["workspace"], message=message["id"], person=message["person_id"])
    token = sign(keys, Purpose.preferences, claim)
    visit = Visit(site.context, site.url, Look(390, scheme, "en"))
    for door in ("p", "u"):
        visit.page.goto(f"{site.url}/{door}/{token}")
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        assert visit.page.get_by_role("button").count() >= 1
        visit.check()
    visit.page.close()
    assert visit.complaints == []


@pytest.fixture
def english(site: Site) -> Iterator[Visit]:
    site.look(ENGLISH)
    visit = Visit(site.context, site.url, ENGLISH)
    yield visit
    visit.page.close()
    assert visit.complaints == []


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_rail_shows_an_owner_every_page(english: Visit, width: int) -> None:
    english.show(width, "light")
    english.go("/w/hillstrom")
    rail = english.page.get_by_role("navigation", name="Main")
    for page in (rail.get_by_role("link", name="Home"), rail.get_by_role("link", name="Reports")):
        expect(page).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("path", "action"),
    [
        ("people", "Import people"),
        ("campaigns", "New campaign"),
        ("audiences", "New audience"),
        ("settings/topics", "Add a topic"),
    ],
)
def test_tab_reaches_the_main_action(english: Visit, path: str, action: str) -> None:
    english.go(f"/w/hillstrom/{path}")
    english.page.keyboard.press("Tab")
    assert english.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    english.page.keyboard.press("Enter")
    for _ in range(40):
        english.page.keyboard.press("Tab")
        if (english.page.evaluate("document.activeElement.textContent") or "").strip() == action:
            return
    pytest.fail(f"Tab does not reach “{action}”")


def test_the_palette_finds_a_campaign(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom")
    page.keyboard.press("ControlOrMeta+k")
    palette = page.get_by_role("dialog")
    expect(palette).to_be_visible()
    page.keyboard.type("Holiday")
    expect(palette.get_by_role("option", name="Holiday mail test").first).to_be_visible()
    english.check()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/w/hillstrom/campaigns/{site.ids['campaigns/$id']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Holiday mail test")


def test_the_keys_are_listed_and_work(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog")
    expect(help_.get_by_text("Campaigns")).to_be_visible()
    english.check()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    expect(page).to_have_url(f"{site.url}/w/hillstrom/people")
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("h00042@")
    expect(page.get_by_text("h00042@example.com")).to_be_visible()
    english.settle()


def test_unsaved_changes_are_asked_about(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom/settings")
    page.get_by_label("Workspace name").fill("Hillstrom & sons")
    page.get_by_role("link", name="Members").click()
    question = page.get_by_role("dialog", name="Leave without saving?")
    question.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Workspace name")).to_have_value("Hillstrom & sons")
    page.get_by_role("link", name="Members").click()
    question.get_by_role("button", name="Leave without saving").click()
    expect(page).to_have_url(f"{site.url}/w/hillstrom/settings/members")


def test_a_view_of_a_list_is_kept_under_its_name(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom/campaigns?q=holiday")
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Save this view").click()
    page.get_by_label("Name of this view").fill("Holidays")
    page.keyboard.press("Enter")
    english.go("/w/hillstrom/campaigns")
    page.get_by_role("button", name="Views").click()
    page.get_by_role("menuitem", name="Holidays", exact=True).click()
    expect(page).to_have_url(re.compile("q=holiday"))
    english.settle()


def test_who_is_invited_by_mail_joins_and_comes_back_without_the_password(site: Site, browser: Browser) -> None:
    site.tell("/invitations", {"email": "ben@example.com", "role": "creator"})
    outside = [browser.new_context(locale="en-GB") for _ in range(2)]
    first, second = (Visit(context, site.url, ENGLISH) for context in outside)
    first.go(mailed_link(site, "ben@example.com", "invited"))
    first.page.get_by_label("Your name").fill("Ben Alm")
    first.page.get_by_label("Password", exact=True).fill(PASSWORD)
    first.page.get_by_role("button", name="Join Hillstrom").click()
    expect(first.page.get_by_role("heading", level=1)).to_be_visible()
    first.settle()
    second.go("/sign-in")
    page = second.page
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("Email").fill("ben@example.com")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    second.go(mailed_link(site, "ben@example.com", "new password"))
    page.get_by_label("New password", exact=True).fill("another long secret")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    assert outside[0].request.get(f"{site.url}/api/v1/me").status == 401, "signed out everywhere"
    page.get_by_label("Email").fill("ben@example.com")
    page.get_by_label("Password", exact=True).fill("another long secret")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/w/hillstrom"))
    second.settle()
    assert first.complaints + second.complaints == []
    for context in outside:
        context.close()


def mailed_link(site: Site, to: str, about: str) -> str:
    """The path of the link in a mail, once the sandbox has it."""

    def found() -> list[dict[str, Any]]:
        mails = site.ask(f"/sandbox/mails?search={to}")["items"]
        return [mail for mail in mails if about in mail["subject"]]

    wait_for(found)
    text = site.ask(f"/sandbox/mails/{found()[0]['id']}")["text"]
    link = re.search(r"https?://[^/]+(/\S+token=\S+)", text)
    assert link is not None, text
    return link[1]


@pytest.mark.parametrize(
    ("page", "most"),
    [("/sign-in", 195), ("/w/hillstrom", 190), ("/w/hillstrom/people", 255), ("/w/hillstrom/campaigns/$id", 350)],
)
def test_a_first_visit_is_light(site: Site, page: str, most: int) -> None:
    """Kilobytes of code, styles, words and fonts as they are sent to a browser that has nothing yet."""
    site.look(ENGLISH)
    browser = site.context.browser
    assert browser is not None
    context = browser.new_context(storage_state=None if page == "/sign-in" else site.context.storage_state())
    visit = Visit(context, site.url, ENGLISH)
    sent: list[Request] = []
    visit.page.on("requestfinished", lambda request: None if "/api/" in request.url else sent.append(request))
    visit.go(address(site, page))
    weight = sum(request.sizes()["responseBodySize"] for request in sent)
    context.close()
    assert 100_000 < weight <= most * 1000
