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
