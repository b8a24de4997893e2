"""Nothing that was typed is lost: by leaving, by Back, without a connection."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.demo.site import Site
from tests.browser.visits import Visit
from tests.processes import wait_for

pytestmark = pytest.mark.slow


DIALOGS = [
    ("campaigns", "New campaign"),
    ("goals", "New goal"),
    ("playbook?tab=lessons", "New lesson"),
    ("content", "New email"),
    ("settings/members", "Invite somebody"),
    ("settings/email", "Add a sender"),
    ("settings/approvals", "New rule"),
    ("settings/topics", "Add a topic"),
]


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


def test_back_closes_what_is_open_and_the_focus_returns(english: Visit) -> None:
    """Dialogs, a drawer, a panel: each begins in its first field and ends where it was opened."""
    page, dialog = english.page, english.page.get_by_role("dialog")
    for path, name in DIALOGS:
        english.go(f"/w/hillstrom/{path}")
        opener = page.get_by_role("button", name=name).first
        opener.focus()
        before = page.url
        for close in (page.go_back, lambda: page.keyboard.press("Escape")):
            page.keyboard.press("Enter")
            expect(dialog.locator("input:focus, textarea:focus")).to_have_count(1)
            close()
            expect(dialog).to_have_count(0)
            expect(opener).to_be_focused()
            assert page.url == before
    page.keyboard.press("Enter")
    expect(dialog.locator("input:focus")).to_have_count(1)
    page.keyboard.type("Half a word")
    page.go_back()
    page.get_by_role("button", name="Keep writing").click()
    expect(dialog.locator("input:focus")).to_have_value("Half a word")
    page.go_back()
    page.get_by_role("button", name="Discard").click()
    expect(opener).to_be_focused()


def test_the_focus_goes_on_in_a_field_of_days_that_came_later(english: Visit, site: Site) -> None:
    """Its code comes after the dialog has opened, and takes the place of a field that can only be read."""
    page, dialog = english.page, english.page.get_by_role("dialog")
    english.go(f"/w/hillstrom/campaigns/{site.ids['campaigns/$id']}")
    page.get_by_role("button", name="Dates:").first.click()
    expect(dialog.locator("input:focus:not([readonly])")).to_have_count(1)


def test_back_goes_through_tabs_and_dialogs_leave_no_trace(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom/campaigns")
    page.get_by_role("button", name="New campaign").first.click()
    page.keyboard.type("Spring on the way back")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spring on the way back")
    campaign = page.url
    for tab in ("Budget", "Report"):
        page.get_by_role("tab", name=tab).click()
        expect(page).to_have_url(f"{campaign}?tab={tab.lower()}")
    page.go_back()
    expect(page).to_have_url(f"{campaign}?tab=budget")
    expect(page.get_by_role("tab", name="Budget", selected=True)).to_be_visible()
    page.go_back()
    expect(page).to_have_url(campaign)
    page.go_back()
    expect(page).to_have_url(f"{site.url}/w/hillstrom/campaigns")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.go_forward()
    expect(page).to_have_url(campaign)
    english.settle()


def test_back_asks_before_it_leaves_a_form(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom")
    page.get_by_role("link", name="Settings").click()
    page.get_by_label("Workspace name").fill("Hillstrom & sons")
    expect(page.get_by_text("Unsaved changes")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Stay here").click()
    expect(page.get_by_label("Workspace name")).to_have_value("Hillstrom & sons")
    page.go_back()
    page.get_by_role("button", name="Leave without saving").click()
    expect(page).to_have_url(f"{site.url}/w/hillstrom")
    english.settle()


def test_what_is_written_without_a_connection_is_kept_and_saved(english: Visit, site: Site) -> None:
    page, campaign = english.page, site.ids["campaigns/$id"]
    english.go(f"/w/hillstrom/campaigns/{campaign}?tab=brief")
    objective = page.get_by_label("Objective")
    site.context.set_offline(True)
    objective.fill("Written on a train")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.get_by_role("tab", name="Overview").click()
    expect(page.get_by_role("tab", name="Overview", selected=True)).to_be_visible()
    page.get_by_role("tab", name="Brief").click()
    expect(objective).to_have_value("Written on a train")
    page.get_by_role("tab", name="Overview").click()
    site.context.set_offline(False)
    page.get_by_role("tab", name="Brief").click()
    expect(objective).to_have_value("Written on a train")
    expect(page.get_by_text("No connection.")).to_be_hidden()
    wait_for(lambda: "Written on a train" in str(site.ask(f"/campaigns/{campaign}/brief")))
    english.complaints[:] = [one for one in english.complaints if "DISCONNECTED" not in one and "preload" not in one]
