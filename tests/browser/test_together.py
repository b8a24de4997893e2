"""Three people write on one page at the same moment, and nobody's words are lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.processes import Installation
from tests.tabs import Tab

pytestmark = pytest.mark.slow


def begin(browser: Browser, ready: dict[str, str]) -> tuple[list[Page], str]:
    """The owner in three browsers, each on the brief of the same new campaign."""
    first = browser.new_context(locale="en-GB")
    page = Tab(first, ready["url"]).page
    page.goto(ready["setup_url"])
    page.get_by_label("Workspace name").fill("Nordljus")
    page.get_by_label("Your name").fill("Maja Lind")
    page.get_by_label("Email").fill("maja@example.com")
    page.get_by_label("Password", exact=True).fill("a long secret sentence")
    page.get_by_role("button", name="Create Nordljus").click()
    expect(page).to_have_url(re.compile("/w/nordljus$"))
    made = first.request.post(
        f"{ready['url']}/api/v1/workspaces/nordljus/campaigns", data={"name": "Spring", "category": "engagement"}
    )
    assert made.ok, made.text()
    brief = f"{ready['url']}/w/nordljus/campaigns/{made.json()['id']}?tab=brief"
    pages = [page]
    for _ in range(2):
        other = browser.new_context(locale="en-GB", storage_state=first.storage_state())
        pages.append(Tab(other, ready["url"]).page)
    for each in pages:
        each.goto(brief)
        expect(each.get_by_label("Objective")).to_be_visible()
    return pages, brief


def objective(page: Page) -> Locator:
    return page.get_by_label("Objective")


def test_three_browsers_on_one_brief_lose_nothing(browser: Browser, installation: Installation) -> None:
    pages, brief = begin(browser, installation.up())
    objective(pages[0]).fill("Begin. Middle. End.")
    objective(pages[0]).blur()
    for page in pages[1:]:
        expect(objective(page)).to_have_value("Begin. Middle. End.")
    changes = {
        0: "First thing. Begin. Middle. End.",
        1: "Begin. Middle and more. End.",
        2: "Begin. Middle. End. Last thing.",
    }
    for number, text in changes.items():
        objective(pages[number]).fill(text)
    whole = "First thing. Begin. Middle and more. End. Last thing."
    for page in pages:
        expect(objective(page)).to_have_value(whole)

    # Both change the same word: both stand there, and somebody is asked to decide.
    objective(pages[0]).fill(whole.replace("Last", "Final"))
    objective(pages[1]).fill(whole.replace("Last", "Closing"))
    for page in pages:
        expect(objective(page)).to_have_value(re.compile("Final"))
        expect(objective(page)).to_have_value(re.compile("Closing"))
    asked = [page for page in pages if page.get_by_text("Somebody else changed the same words").is_visible()]
    assert len(asked) == 1, "whoever came second is asked"
    pages[2].goto(brief)
    expect(objective(pages[2])).to_have_value(re.compile("Closing"))
    for page in pages:
        page.context.close()
