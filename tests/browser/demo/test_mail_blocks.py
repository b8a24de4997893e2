"""A newsletter made without code: by click, drag and keys, personalised, undone, saved and checked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


def drag(visit: Visit, what: Locator, onto: Locator) -> None:
    """Drags what stands somewhere to just above something else."""
    onto.scroll_into_view_if_needed()
    begin, end = what.bounding_box(), onto.bounding_box()
    assert begin
    assert end
    mouse = visit.page.mouse
    mouse.move(begin["x"] + 8, begin["y"] + 8)
    mouse.down()
    mouse.move(begin["x"] + 24, begin["y"] + 24, steps=3)
    mouse.move(end["x"] + 80, end["y"] + 2, steps=6)
    expect(visit.page.locator("[data-over]")).to_have_count(1)
    mouse.up()


def by_keys(visit: Visit, canvas: Locator) -> None:
    """Walks to the next block, copies it, moves the copy and takes it out again."""
    page, blocks = visit.page, canvas.locator("[data-block]")
    focused = canvas.locator("[data-block]:focus")
    expect(focused).to_have_attribute("data-kind", "heading")
    page.keyboard.press("ArrowDown")
    expect(focused).to_have_attribute("data-kind", "text")
    count = blocks.count()
    page.keyboard.press("ControlOrMeta+d")
    expect(blocks).to_have_count(count + 1)
    page.keyboard.press("Escape")
    expect(focused).to_have_attribute("data-kind", "text")
    page.keyboard.press("Alt+ArrowDown")
    expect(focused).to_have_attribute("data-kind", "text")
    page.keyboard.press("Delete")
    expect(blocks).to_have_count(count)


def by_drag(visit: Visit, canvas: Locator) -> None:
    """Drags a code into the mail, undoes it, and does it again."""
    page = visit.page
    drag(visit, page.get_by_role("button", name="Code", exact=True).last, canvas.locator("[data-kind=divider]"))
    expect(canvas.locator("[data-kind=coupon]")).to_be_visible()
    expect(page.get_by_label("Above the code")).to_have_value("Your code")
    page.get_by_role("button", name="Undo").click()
    expect(canvas.locator("[data-kind=coupon]")).to_have_count(0)
    page.get_by_role("button", name="Redo").click()
    expect(canvas.locator("[data-kind=coupon]")).to_be_visible()


def in_review(visit: Visit) -> None:
    """Asks a colleague to review the mail, points at a place in it, and finds it on the board."""
    page = visit.page
    page.get_by_role("button", name="Ask for review").click()
    page.get_by_text("Small", exact=True).click()
    page.get_by_role("combobox", name="Review: Reviewer 1").click()
    page.get_by_role("option", name="Tom Becker").click()
    visit.settle()
    visit.check()
    page.get_by_role("dialog").get_by_role("button", name="Ask for review").click()
    expect(page.get_by_text("Under review")).to_be_visible()
    page.get_by_role("combobox", name="Click on the content, or choose a place").click()
    page.get_by_role("option").first.click()
    page.keyboard.type("Warmer, please")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_role("button", name="Place 1")).to_have_count(2)  # on the mail, beside what was said of it
    visit.settle()
    visit.check()
    page.get_by_role("tab", name="Compare").click()
    page.get_by_text("Source", exact=True).click()
    expect(page.get_by_text("lines differ")).to_be_visible()
    visit.check()
    visit.go("/w/hillstrom/content?view=reviews")
    board = page.get_by_role("region", name="In final review")
    expect(board.get_by_text("Waits for Tom Becker")).to_be_visible()
    visit.check()


def test_a_newsletter_is_made_without_code(english: Visit) -> None:
    page = english.page
    english.go("/w/hillstrom/content?new=1")
    page.get_by_label("Name", exact=True).fill("Letter of the lamp")
    page.get_by_role("button", name="Create the email").click()
    canvas = page.get_by_label("The mail", exact=True)
    expect(canvas.get_by_text("The small change")).to_be_visible()
    english.settle()
    english.check()

    # Words, a field of the person and what those read who have none.
    canvas.get_by_text("The small change").click()
    heading = canvas.get_by_role("textbox", name="Heading")
    expect(heading).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("News for ")
    page.get_by_role("button", name="Personalise").click()
    page.get_by_role("menuitem", name="Email address").click()
    expect(heading.locator("[data-code='{{ person.email }}']")).to_be_visible()
    english.check()
    page.keyboard.press("Escape")

    by_keys(english, canvas)
    by_drag(english, canvas)

    # As somebody who is hard to write to; then the code, and back without loss.
    page.get_by_role("tab", name="Preview").click()
    shown = page.frame_locator("iframe[title^='Preview']")
    expect(shown.get_by_text("WELCOME")).to_be_visible()
    expect(shown.get_by_role("heading", level=1)).to_have_text("News for ada@example.com")
    page.get_by_placeholder("As a made-up person").click()
    page.get_by_role("option", name="With a Chinese name").click()
    expect(shown.get_by_text("晓明").first).to_be_visible()
    english.check()
    page.get_by_text("Code", exact=True).first.click()
    expect(page.locator(".cm-content")).to_contain_text("g-coupon")
    page.get_by_text("Blocks", exact=True).first.click()
    expect(canvas.locator("[data-kind=coupon]")).to_be_visible()

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Version 2")).to_be_visible()
    page.get_by_role("tab", name="Checks").click()
    expect(page.get_by_text("It can be sent.")).to_be_visible()
    in_review(english)
    english.show(390, "dark")
    english.check()
