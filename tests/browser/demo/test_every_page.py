"""Every page of the interface on the demo's data: quiet, accessible, within its width, and light."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Request, expect

from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.tokens import Claim, Keys, Purpose, sign
from tests.browser.demo.site import ENGLISH, Site, address
from tests.browser.visits import OF_APPEARANCE, WEB, Look, Visit

pytestmark = pytest.mark.slow


CHINESE = Look(1440, "auto", "zh")


SWEDISH = Look(390, "dark", "sv")


def registered() -> list[str]:
    """The paths of all pages that rooms bring, as they are written there."""
    found: list[str] = []
    for room in sorted((WEB / "src" / "rooms").rglob("room.ts")):
        block = re.search(r"pages: \{(.*?)\}", room.read_text(), re.S)
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
    "forms/$id?tab=build",
    "forms/$id?tab=share",
    "forms/$id?tab=answers",
    "not-a-page",
]


OUTSIDE = [
    "/w/nobodys-workspace", "/not-a-page", "/sign-in", "/setup?token=used", "/no-workspace", "/join",
    "/forgot-password", "/new-password", "/new-password?token=used",
]  # fmt: skip


PAGES = [*(f"/w/hillstrom/{path}".rstrip("/") for path in IN_WORKSPACE), *OUTSIDE]


@pytest.fixture(scope="module")
def chinese(site: Site) -> Iterator[Visit]:
    visit = Visit(site.context, site.url, CHINESE)
    yield visit
    visit.page.close()


@pytest.mark.parametrize("page", PAGES)
def test_page_is_accessible_light_and_dark_wide_and_on_phones(site: Site, chinese: Visit, page: str) -> None:
    site.look(CHINESE)
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
    visit = Visit(site.context, site.url, SWEDISH)
    yield visit
    visit.page.close()


@pytest.mark.parametrize("page", PAGES)
def test_page_opens_quietly_on_a_phone_in_swedish(site: Site, swedish: Visit, page: str) -> None:
    site.look(SWEDISH)
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


@pytest.mark.parametrize(
    ("page", "most"),
    [("/sign-in", 192), ("/w/hillstrom", 195), ("/w/hillstrom/people", 253), ("/w/hillstrom/campaigns/$id", 340)],
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
    assert 100_000 < weight <= most * 1000, weight
