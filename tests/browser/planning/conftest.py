"""An empty workspace in a browser: one installation for all files of the folder."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser

from tests.browser.planning.site import Site
from tests.browser.visits import Look, Visit
from tests.processes import a_browser, new_installation


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One for all files of the folder."""
    with a_browser() as opened:
        yield opened


@pytest.fixture(scope="package")
def site(browser: Browser) -> Iterator[Site]:
    with new_installation() as made:
        ready = made.up()
        context = browser.new_context(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])
        answer = context.request.post(
            f"{ready['url']}/api/v1/setup",
            data={
                "token": parse_qs(urlsplit(ready["setup_url"]).query)["token"][0],
                "workspace": {
                    "name": "Nordljus",
                    "time_zone": "Europe/Stockholm",
                    "currency": "EUR",
                    "language": "en",
                },
                "owner": {"name": "Maja Lind", "email": "maja@example.com", "password": "a long secret sentence"},
            },
        )
        assert answer.ok, answer.text()
        yield Site(context, ready["url"])
        context.close()
        made.stop()


@pytest.fixture
def visit(site: Site) -> Iterator[Visit]:
    """An English tab, whose pages may not complain."""
    opened = Visit(site.context, site.url, Look(1440, "light", "en"))
    yield opened
    opened.page.close()
    assert opened.complaints == []
