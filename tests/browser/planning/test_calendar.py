"""Things on the calendar moved by hand and by keys."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.planning.site import Site, drag
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


EPOCH = date(1970, 1, 1)


def test_things_on_the_calendar_are_moved_by_hand_and_by_keys(visit: Visit, site: Site) -> None:
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    number = (today - EPOCH).days
    days = {"starts_on": f"{today}", "ends_on": f"{today + timedelta(14)}"}
    campaign = site.campaign("Calendar", **days)
    at = datetime.combine(today + timedelta(8), datetime.min.time(), UTC).replace(hour=10)
    mail = site.send("POST", f"/campaigns/{campaign}/touchpoints", {"name": "Teaser", "send_at": at.isoformat()})
    page = visit.page
    visit.go("/w/nordljus/calendar")
    bar = page.locator(f"[data-entry='touchpoint-{mail['id']}']")
    preview = page.get_by_role("region", name="What this move does")

    def day(after: int) -> Locator:
        return page.locator(f"[data-day='{number + after}']")

    def stored() -> date:
        return datetime.fromisoformat(site.send("GET", f"/touchpoints/{mail['id']}")["send_at"]).date()

    # By hand: nothing breaks, so letting go is enough.
    drag(page, bar, day(10))
    expect(preview).to_contain_text("Nothing breaks.")
    assert stored() == today + timedelta(8), "looking ahead writes nothing"
    page.mouse.up()
    expect(page.get_by_text("“Teaser” has moved.")).to_be_visible()
    assert stored() == today + timedelta(10)

    # Taken back, and moved again.
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("“Teaser” has moved.")).to_be_hidden()
    visit.settle()
    assert stored() == today + timedelta(8)
    drag(page, bar, day(10))
    page.mouse.up()
    expect(page.get_by_text("“Teaser” has moved.")).to_be_visible()
    assert stored() == today + timedelta(10)

    # Out of its campaign: asked first, and put back.
    drag(page, bar, day(20))
    page.mouse.up()
    expect(preview).to_contain_text("It is outside the days of Calendar.")
    expect(preview).to_be_focused()
    preview.get_by_role("button", name="Put back").click()
    expect(preview).to_be_hidden()
    assert stored() == today + timedelta(10)

    # The same by keys.
    bar.focus()
    page.keyboard.press("m")
    page.keyboard.press("ArrowDown")
    expect(preview).to_contain_text("outside the days")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    expect(bar).to_be_focused()
    page.keyboard.press("m")
    page.keyboard.press("ArrowLeft")
    expect(preview).to_contain_text("Nothing breaks.")
    page.keyboard.press("Enter")
    expect(preview).to_be_hidden()
    visit.settle()
    assert stored() == today + timedelta(9)
    visit.check()


def test_any_day_is_gone_to_and_a_touchpoint_planned_on_it(visit: Visit, site: Site) -> None:
    campaign = site.campaign("Far ahead", starts_on="2031-05-01", ends_on="2031-06-30")
    page = visit.page
    visit.go("/w/nordljus/calendar")
    jump = page.get_by_label("Go to a day")
    jump.fill("6 Jun 2031")
    jump.press("Enter")
    expect(page).to_have_url(f"{site.url}/w/nordljus/calendar?from=2031-06-06")
    national_day = page.locator(f"[data-day='{(date(2031, 6, 6) - EPOCH).days}']")
    expect(national_day).to_have_attribute("data-free", "true")
    page.get_by_role("button", name="Later").click()
    expect(jump).not_to_have_value("6 Jun 2031")
    visit.go("/w/nordljus/calendar?from=2031-06-06")
    page.locator(f"[data-day='{(date(2031, 6, 12) - EPOCH).days}']").click(position={"x": 60, "y": 70})
    dialog = page.get_by_role("dialog", name="12 June 2031")
    dialog.get_by_label("Name").fill("Invitation")
    dialog.get_by_role("button", name="Plan it").click()
    expect(dialog).to_be_hidden()
    [made] = site.send("GET", f"/campaigns/{campaign}/touchpoints")
    assert (made["name"], made["send_at"]) == ("Invitation", "2031-06-12T07:00:00Z")
    expect(page.locator(f"[data-entry='touchpoint-{made['id']}']")).to_be_visible()
    visit.check()
