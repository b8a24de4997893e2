"""Days dragged, arrows drawn, cards moved, owners chosen."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.planning.site import Site, drag, middle
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Chart:
    """The Gantt chart of three tasks: Write, Film, Cut."""

    page: Page
    site: Site
    campaign: str
    ids: dict[str, str]

    def row(self, name: str) -> Locator:
        return self.page.locator(f"[data-row='{self.ids[name]}']")

    def bar(self, name: str) -> Locator:
        return self.row(name).locator("[data-bar]")

    @property
    def preview(self) -> Locator:
        return self.page.get_by_role("region", name="What this moves")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def apply(self) -> None:
        self.preview.get_by_role("button", name="Apply").click()
        expect(self.preview).to_be_hidden()

    def dates(self) -> dict[str, tuple[str, str]]:
        tasks = self.site.send("GET", f"/campaigns/{self.campaign}/timeline")["tasks"]
        return {task["name"]: (task["starts_on"], task["ends_on"]) for task in tasks}


@pytest.fixture
def chart(visit: Visit, site: Site) -> Chart:
    campaign = site.campaign("Gantt", starts_on="2031-03-03")
    ids = {
        name: site.send("POST", f"/campaigns/{campaign}/tasks", {"name": name, "duration_days": days})["id"]
        for name, days in (("Write", 2), ("Film", 3), ("Cut", 2))
    }
    visit.go(f"/w/nordljus/campaigns/{campaign}?tab=timeline&view=gantt&zoom=day")
    return Chart(visit.page, site, campaign, ids)


def test_arrows_and_bars_of_the_gantt_chart_are_drawn(visit: Visit, chart: Chart) -> None:
    page, preview = chart.page, chart.preview

    # An arrow from the dot behind a bar: what waits moves, after it was shown.
    chart.row("Write").hover()
    drag(page, chart.row("Write").locator("[data-dot]"), chart.bar("Film"))
    page.mouse.up()
    expect(preview).to_contain_text("1 task moves.")
    expect(preview.get_by_role("listitem")).to_contain_text("Film")
    assert chart.dates()["Film"] == ("2031-03-03", "2031-03-05"), "a preview writes nothing"
    chart.apply()
    assert chart.dates()["Film"] == ("2031-03-05", "2031-03-07")

    # The same by keys; then a circle, refused with the way it goes.
    chart.bar("Film").focus()
    chart.press("l", "ArrowDown")
    expect(chart.bar("Cut")).to_be_focused()
    chart.press("Enter")
    expect(preview).to_contain_text("1 task moves.")
    chart.apply()
    assert chart.dates()["Cut"] == ("2031-03-10", "2031-03-11")
    expect(chart.bar("Cut")).to_be_focused()
    chart.press("l", "ArrowUp", "ArrowUp")
    expect(chart.bar("Write")).to_be_focused()
    chart.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("in a circle: Film → Cut → Write → Film")
    expect(preview).to_be_hidden()
    assert all("409" in complaint for complaint in visit.complaints), visit.complaints
    visit.complaints.clear()

    # A bar taken to another day takes along what waits for it; cancelled, then done by keys.
    x, y = middle(chart.bar("Write"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 34 * 7, y, steps=4)
    page.mouse.up()
    expect(preview).to_contain_text("3 tasks move.")
    expect(preview).to_contain_text("The last day goes from")
    preview.get_by_role("button", name="Cancel").click()
    assert chart.dates()["Write"] == ("2031-03-03", "2031-03-04")
    chart.bar("Write").focus()
    chart.press("Shift+ArrowRight")
    expect(preview).to_contain_text("3 tasks move.")
    chart.apply()
    assert chart.dates() == {
        "Write": ("2031-03-10", "2031-03-11"),
        "Film": ("2031-03-12", "2031-03-14"),
        "Cut": ("2031-03-17", "2031-03-18"),
    }
    visit.check()


def test_keys_take_back_what_moved_in_the_gantt(visit: Visit, chart: Chart) -> None:
    before = chart.dates()
    chart.bar("Film").focus()
    chart.press("Shift+ArrowRight")
    expect(chart.page.get_by_role("status").get_by_role("button", name="Undo")).to_be_visible()
    assert chart.dates() != before
    chart.bar("Film").focus()
    chart.press("Control+z")
    expect(chart.page.get_by_role("status").get_by_role("button", name="Undo")).to_be_hidden()
    visit.settle()
    assert chart.dates() == before


def test_pasted_tasks_are_shown_as_understood_and_taken_back(visit: Visit, chart: Chart) -> None:
    page = chart.page
    visit.go(f"/w/nordljus/campaigns/{chart.campaign}?tab=timeline&view=list")
    page.get_by_role("button", name="Add task").click()
    expect(page.get_by_role("textbox", name="Name").and_(page.locator(":focus"))).to_be_in_viewport()
    page.keyboard.type("Typed")
    page.keyboard.press("Enter")  # a further one below it
    page.get_by_role("radio", name="Board").focus()
    expect(page.get_by_role("textbox", name="Name")).to_have_count(5)
    visit.settle()
    before = {*chart.dates()}
    assert before == {"Write", "Film", "Cut", "Typed", "New task"}
    page.get_by_role("button", name="More for the timeline").click()
    page.get_by_role("menuitem", name="Paste from a spreadsheet").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Lines").fill("Aufgabe\tWer\tTage\tFarbe\nPlakat\tMaja Lind\t3\trot\nSpot\t\t2\tblau")
    expect(dialog).to_contain_text("Farbe")
    dialog.get_by_role("button", name="Make 2 tasks").click()
    expect(page.get_by_text("2 tasks made.")).to_be_visible()
    visit.settle()
    assert {*chart.dates()} == {*before, "Plakat", "Spot"}
    page.keyboard.press("Control+z")
    expect(page.get_by_text("2 tasks made.")).to_be_hidden()
    visit.settle()
    assert {*chart.dates()} == before
    visit.check()


def test_cards_of_the_board_are_moved_by_keys(visit: Visit, chart: Chart) -> None:
    visit.go(f"/w/nordljus/campaigns/{chart.campaign}?tab=timeline&view=board")
    card = chart.page.locator(f"#card-{chart.ids['Film']}")
    card.press("ArrowRight")
    expect(chart.page.get_by_role("region", name="Doing").locator(card)).to_be_focused()
    chart.page.keyboard.press("ArrowRight")
    expect(chart.page.get_by_role("region", name="In review").locator(card)).to_be_focused()
    chart.page.keyboard.press("ArrowLeft")
    expect(chart.page.get_by_role("region", name="Doing").locator(card)).to_be_focused()
    visit.check()


def test_who_does_a_task_is_chosen_in_its_line(visit: Visit, chart: Chart) -> None:
    visit.go(f"/w/nordljus/campaigns/{chart.campaign}?tab=timeline&view=list")
    owner = chart.page.get_by_role("combobox", name="Owner").first
    owner.click()
    visit.check()
    chart.page.get_by_role("option", name="Maja Lind").click()
    expect(owner).to_have_text("Maja Lind")
    expect(owner).to_be_focused()
    chart.page.keyboard.press("n")
    expect(owner).to_have_text("Nobody")
    visit.settle()
    tasks = chart.site.send("GET", f"/campaigns/{chart.campaign}/timeline")["tasks"]
    assert {task["owner_id"] for task in tasks} == {None}
