"""A form from the builder to its results: made, opened, answered in a page of its own and inside another site."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo.site import Site
from tests.browser.visits import AXE, VIOLATIONS, Visit

pytestmark = pytest.mark.slow


@pytest.fixture
def shop() -> Iterator[tuple[str, list[str]]]:
    """Another site: its address, and the code in its page (to be filled in)."""
    code: list[str] = []

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f"<!doctype html><html lang=en><title>Shop</title><h1>Shop</h1>{''.join(code)}".encode()
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}", code
    server.shutdown()
    server.server_close()


def test_a_form_is_made_opened_answered_and_counted(
    english: Visit, site: Site, browser: Browser, shop: tuple[str, list[str]]
) -> None:
    page = english.page
    english.go("/w/hillstrom/forms?new=1")
    page.get_by_role("dialog").get_by_label("Name").fill("Fair sign-up")
    page.get_by_role("button", name="Create the form").click()
    build(page)
    page.get_by_role("button", name="Open to visitors").click()
    expect(page.get_by_text("Open: visitors see this now.")).to_be_visible()
    page.get_by_role("tab", name="Share").click()
    address = page.get_by_label("Its own page").input_value()
    page.get_by_text("Pop-up").click()
    page.get_by_label("Seconds").fill("0")
    shop[1].append(page.get_by_label("Code").input_value())
    with browser.new_context() as visitor:
        answer_on_its_page(visitor.new_page(), address)
        answer_inside_another_site(visitor.new_page(), shop[0])
    page.get_by_role("tab", name="Answers").click()
    page.reload()
    expect(page.get_by_text("2 answers").first).to_be_visible()
    page.get_by_role("tab", name="Results").click()
    expect(page.get_by_role("row", name="North")).to_contain_text("50")
    expect(page.get_by_text("The light")).to_be_visible()
    english.settle()


def build(page: Page) -> None:
    """Adds a question, and one that depends on its answer; the preview follows both."""
    page.get_by_role("button", name="Add a question").click()
    page.get_by_role("menuitem", name="One of several").click()
    page.get_by_label("Question", exact=True).fill("Which stand?")
    page.get_by_role("textbox", name="Answer 1", exact=True).fill("North")
    page.get_by_role("button", name="Add a question").click()
    page.get_by_role("menuitem", name="Short text").click()
    page.get_by_label("Question", exact=True).fill("What of the north?")
    page.get_by_label("Must be answered").check()
    page.get_by_label("Ask only where an earlier answer fits").check()
    page.get_by_role("combobox", name="Its answer").click()
    page.get_by_role("option", name="is", exact=True).click()
    page.get_by_role("combobox", name="Answer", exact=True).click()
    page.get_by_role("option", name="North").click()
    page.keyboard.press("Escape")
    page.get_by_label("Count an answer only once").uncheck()
    preview = page.frame_locator("iframe")
    expect(preview.get_by_text("Which stand?")).to_be_visible()
    expect(preview.get_by_label("What of the north?")).to_be_hidden()


def answer_on_its_page(page: Page, address: str) -> None:
    """Answers the form as its address is mailed; what must be answered is pointed at."""
    page.goto(f"{address}?email=ida%40example.com")
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS, None) == []
    expect(page.get_by_label("Email", exact=True)).to_have_value("ida@example.com")
    page.get_by_label("First name").fill("Ida")
    page.get_by_text("Yes,", exact=False).click()
    page.get_by_label("North", exact=True).check()
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_label("What of the north?")).to_be_focused()
    page.get_by_label("What of the north?").fill("The light")
    page.get_by_role("button", name="Sign up").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def answer_inside_another_site(page: Page, address: str) -> None:
    """Answers the form that pops up in a shop; it is not shown there again."""
    page.goto(f"{address}/?utm_source=fair")
    inside = page.frame_locator("dialog iframe")
    inside.get_by_label("Email", exact=True).fill("odd@example.com")
    inside.get_by_text("Yes,", exact=False).click()
    inside.get_by_role("button", name="Sign up").click()
    expect(inside.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.locator("dialog")).to_have_count(0)
    assert page.evaluate("Object.values(localStorage).map(Number)[0]") > 9e15, "it is not asked again"


def test_without_a_script_the_whole_form_is_shown_and_works(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as visitor:
        page = visitor.new_page()
        page.goto(f"{site.url}/forms/{site.ids['forms/$id']}")
        page.locator("input[name=recommend][value='9']").check(force=True)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("Somebody will look at it")).to_be_visible()
