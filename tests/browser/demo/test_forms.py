"""What a form lacks stands at the field, and who is invited gets in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.demo.site import ENGLISH, PASSWORD, Site
from tests.browser.visits import Visit
from tests.processes import wait_for

pytestmark = pytest.mark.slow


def test_a_form_says_at_the_field_what_it_lacks(english: Visit) -> None:
    page, dialog = english.page, english.page.get_by_role("dialog")
    english.go("/w/hillstrom/settings/members")
    page.get_by_role("button", name="Invite somebody").click()
    email = dialog.get_by_label("Email")
    for typed, said in (
        ("", "Enter an email address."),
        ("nobody", "This is not an email address"),
        ("maja@example.com", "maja@example.com is already a member"),
    ):
        email.fill(typed)
        page.get_by_role("button", name="Send invitation").click()
        note = says(email, said)
        expect(dialog.get_by_text(said).filter(visible=True)).to_have_count(1)
        english.check()
    email.fill("somebody@example.com")
    expect(note).to_be_hidden()
    expect(email).not_to_have_attribute("aria-invalid", "true")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Discard").click()
    english.go("/w/hillstrom/settings/profile")
    present, new = page.get_by_label("Present password"), page.get_by_label("New password", exact=True)
    page.get_by_role("button", name="Change the password").click()
    says(present, "Enter your present password.")
    present.fill("another long sentence")
    new.press_sequentially("short")
    page.get_by_role("button", name="Change the password").click()
    says(new, "At least 10 characters.")
    new.fill("a sentence that is long")
    page.get_by_role("button", name="Change the password").click()
    says(present, "The present password is not right.")
    english.complaints[:] = [one for one in english.complaints if "status of" not in one and "/api/v1/" not in one]


def says(field: Locator, words: str) -> Locator:
    """What stands at a field: it has the focus, and assistive technology is told where the words are."""
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    note = field.page.locator(f"id={field.get_attribute('aria-errormessage')}")
    expect(note).to_contain_text(words)
    return note


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
    # An open page asks for notices now and then, and would be refused once the new password has signed it out.
    first.page.close()
    second.go("/sign-in")
    page = second.page
    page.get_by_role("link", name="Forgot your password?").click()
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("Email").fill("ben@example.com")
    page.get_by_role("button", name="Mail me the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    second.go(mailed_link(site, "ben@example.com", "Reset your password"))
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


def test_a_yes_is_given_where_the_notice_stands(english: Visit, site: Site) -> None:
    page = english.page
    english.go("/w/hillstrom/notices")
    asked = page.get_by_role("row").filter(has_text="asks you to approve the budget")
    asked.get_by_role("button", name="Refuse").click()
    refusal = page.get_by_role("dialog", name="Refuse the request")
    expect(refusal.get_by_role("button", name="Refuse")).to_be_disabled()
    english.check()
    page.keyboard.press("Escape")
    expect(refusal).to_be_hidden()
    asked.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Lena Ortiz (made up) has been notified.")).to_be_visible()
    expect(asked.get_by_role("button", name="Approve")).to_be_hidden()
    expect(asked.get_by_role("button", name="Mark unread")).to_be_visible()
    assert [one["kind"] for one in site.ask("/approvals?state=approved")["items"]] == ["budget"]
