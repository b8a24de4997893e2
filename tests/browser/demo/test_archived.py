"""Whatever is planned or written is duplicated, archived with a way back at once, found again and restored."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.demo.site import Site
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


def choose(page: Page, menu: str, entry: str) -> None:
    """Opens a menu of the page and takes an entry."""
    page.get_by_role("main").get_by_role("button", name=menu, exact=True).first.click()
    page.get_by_role("menuitem", name=entry, exact=True).click()


def filter_archived(page: Page, name: str = "State", value: str = "Archived") -> None:
    """Asks a list for what is archived."""
    choose(page, "Filter", name)
    page.get_by_text(value, exact=True).last.click()
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    ("kind", "where", "there"),
    [
        ("audiences", "/audiences", "Bought women's wear"),
        ("content", "/templates", "Version 1"),
        ("touchpoints", "/touchpoints?state=draft", "Launch check"),
    ],
)
def test_a_thing_is_archived_and_comes_back(site: Site, english: Visit, kind: str, where: str, there: str) -> None:
    page = english.page
    one = next(one for one in site.ask(where)["items"] if kind != "audiences" or "women's wear" in one["name"])
    english.go(f"/w/hillstrom/{kind}/{one['id']}")
    choose(page, "More", "Duplicate")
    copy = f"{one['name']} (copy)"
    heading = page.get_by_role("heading", level=1).filter(has_text=copy)
    expect(heading).to_be_visible()
    address = page.url
    choose(page, "More", "Archive")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Undo", exact=True).last.click()
    expect(page.get_by_text(f"“{copy}” is back.")).to_be_visible()
    english.go(address.removeprefix(english.origin))
    expect(page.get_by_role("button", name="Restore", exact=True)).to_have_count(0)
    choose(page, "More", "Archive")
    expect(page.get_by_text(f"“{copy}” is archived").last).to_be_visible()
    english.go(f"/w/hillstrom/{kind}")
    filter_archived(page)
    page.get_by_role("link", name=copy).or_(page.get_by_text(copy, exact=True)).first.click()
    expect(heading).to_be_visible()
    english.settle()
    english.check()
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_role("button", name="Restore", exact=True)).to_have_count(0)
    expect(page.get_by_text(there).first).to_be_visible()


def test_an_archived_goal_comes_back_with_what_serves_it(english: Visit) -> None:
    page, dialog = english.page, english.page.get_by_role("dialog")
    # To the letter: the button that puts the word of it away has its name as well.
    goal = page.get_by_role("button", name="Revenue of the year's campaigns (example figure)", exact=True)
    english.go("/w/hillstrom/goals")
    goal.click()
    dialog.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("is archived; what its campaigns reach stays.")).to_be_visible()
    expect(goal).to_have_count(0)
    page.keyboard.press("ControlOrMeta+z")
    expect(goal).to_be_visible()
    expect(page.get_by_text("2 campaigns")).to_be_visible()
    goal.click()
    dialog.get_by_role("button", name="Archive").click()
    expect(page.get_by_text("is archived; what its campaigns reach stays.")).to_be_visible()
    filter_archived(page, "State", "archived")
    page.get_by_role("button", name="Restore", exact=True).click()
    expect(page.get_by_text("No archived goal.")).to_be_visible()
    english.go("/w/hillstrom/goals")
    expect(page.get_by_text("2 campaigns")).to_be_visible()
