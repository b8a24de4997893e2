"""The demo in a browser: one installation for all files of the folder."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.demo.site import ENGLISH, PASSWORD, Site, collect
from tests.browser.visits import Look, Visit
from tests.processes import a_browser, new_installation


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all files of the folder."""
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
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
        expect(page).to_have_url(re.compile("/w/hillstrom$"))
        visit.settle()
        visit.check()
        # On a busy machine the analytics copy may not be there yet; the page says so and asks again.
        assert [one for one in visit.complaints if "503" not in one] == []
        page.close()
        site = Site(made, context, ready["url"])
        collect(site)
        yield site
        context.close()
        made.stop()


@pytest.fixture
def english(site: Site) -> Iterator[Visit]:
    site.look(ENGLISH)
    visit = Visit(site.context, site.url, ENGLISH)
    yield visit
    visit.page.close()
    assert visit.complaints == []
