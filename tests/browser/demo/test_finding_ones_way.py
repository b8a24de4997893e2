"""Where one is, and how one gets elsewhere: the rail, tabs, keys and the palette."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo.site import ENGLISH, PASSWORD, ROOT, Site, address
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 900), (1366, 768), (1024, 768)])
def test_the_rail_shows_an_owner_every_page(english: Visit, width: int, height: int) -> None:
    english.page.set_viewport_size({"width": width, "height": height})
    english.go("/w/hillstrom")
    rail = english.page.get_by_role("navigation", name="Main")
    for page in (rail.get_by_role("link", name="Home"), rail.get_by_role("link", name="Reports")):
        expect(page).to_be_in_viewport(ratio=1)


def test_a_phone_shows_where_one_is(english: Visit, site: Site) -> None:
    english.show(390, "light")
    english.go(address(site, "/w/hillstrom/campaigns/$id") + "?tab=retrospective")
    tab = english.page.get_by_role("tab", name="Retrospective", selected=True)
    expect(tab).to_be_in_viewport(ratio=1)
    marked = english.page.get_by_role("navigation", name="Stages").locator("[data-current], [aria-current=page]")
    expect(marked).to_have_text("Plan")
    english.go("/w/hillstrom")
    expect(marked).to_have_text("Home")


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
    for words, found in (("maja@", "Maja Lind"), ("dark", "Dark"), ("glossary", "Glossary")):
        palette.get_by_role("combobox").fill(words)
        expect(palette.get_by_role("option", name=found).first.locator("span").first).to_have_text(found)
    expect(palette).not_to_contain_text("---")
    palette.get_by_role("combobox").fill("xyzzy")
    expect(palette.get_by_role("status")).to_have_text("Nothing is called “xyzzy”. Try fewer letters.")
    palette.get_by_role("combobox").fill("Holiday")
    palette.get_by_role("option", name="Holiday mail test").first.click()
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
    expect(page.get_by_text(re.compile(r"^1 of 64,0\d\d people$"))).to_be_visible()
    english.settle()


def test_campaigns_are_ordered_by_the_head_of_a_column(english: Visit) -> None:
    page = english.page
    english.go("/w/hillstrom/campaigns")
    head = page.get_by_role("columnheader", name="Name")
    names = page.get_by_role("row").get_by_role("link")
    for order, last in (("ascending", "?sort=name"), ("descending", "?sort=-name")):
        head.get_by_role("button").click()
        expect(page).to_have_url(re.compile(f"{re.escape(last)}$"))
        expect(head).to_have_attribute("aria-sort", order)
        english.settle()
        shown = [name.casefold() for name in names.all_inner_texts()]
        assert shown == sorted(shown, reverse=order == "descending")
        assert len(shown) > 1
    page.reload()
    english.settle()
    expect(head).to_have_attribute("aria-sort", "descending")


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


def test_a_guest_finds_their_campaigns_at_home(site: Site, browser: Browser) -> None:
    site.look(ENGLISH)
    campaign = next(one for one in site.ask("/campaigns")["items"] if "example plan" in one["name"])
    link = site.tell("/invitations", {"email": "agency@example.com", "role": "guest"})["link"]
    context = browser.new_context(locale="en-GB")
    joining = {"token": link.partition("token=")[2], "name": "Agnes", "password": PASSWORD}
    assert context.request.post(f"{site.url}/api/v1/invitations/accept", data=joining).ok
    guest = context.request.get(f"{site.url}/api/v1/me").json()["id"]
    answer = site.context.request.put(
        f"{site.url}{ROOT}/campaigns/{campaign['id']}/members/{guest}", data={"part": "reviews"}
    )
    assert answer.ok, answer.text()
    visit = Visit(context, site.url, ENGLISH)
    for width in (1440, 390):
        visit.show(width, "light")
        visit.go("/w/hillstrom")
        mine = visit.page.get_by_role("listitem").filter(has_text="you review")
        expect(mine).to_contain_text(campaign["name"])
        expect(mine).to_contain_text("Running")
        expect(mine).to_contain_text("days left")
        visit.check()
    assert visit.complaints == []
    context.close()
