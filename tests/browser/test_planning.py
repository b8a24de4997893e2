"""The planning pages under the hand: a budget typed and pasted, days dragged, arrows drawn, a playbook written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.visits import Look, Visit
from tests.processes import new_installation

pytestmark = pytest.mark.slow

ROOT = "/api/v1/workspaces/nordljus"
EPOCH = date(1970, 1, 1)


@dataclass
class Site:
    """A running installation with one empty workspace, its owner signed in."""

    context: BrowserContext
    url: str

    def send(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """What the API answers."""
        answer = self.context.request.fetch(f"{self.url}{ROOT}{path}", method=method, data=body)
        assert answer.ok, answer.text()
        return answer.json()

    def campaign(self, name: str, **values: Any) -> str:
        """The id of a new campaign."""
        body = {"name": name, "category": "engagement", **values}
        return str(self.send("POST", "/campaigns", body)["id"])


@pytest.fixture(scope="module")
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


def cents(words: str | None) -> int:
    """An amount on screen in minor units."""
    digits = re.sub(r"[^\d]", "", words or "")
    return -int(digits) if re.match(r"\s*[-−]", words or "") else int(digits)


def middle(what: Locator) -> tuple[float, float]:
    """Where a pointer takes something."""
    what.scroll_into_view_if_needed()
    box = what.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Takes something up and holds it over another; the caller lets go."""
    page.mouse.move(*middle(what))
    page.mouse.down()
    page.mouse.move(*middle(to), steps=4)


# Budget


def sums_agree(page: Page, site: Site, campaign: str) -> dict[str, Any]:
    """The sums on screen are those of the lines on screen, and of the ledger."""
    budget: dict[str, Any] = site.send("GET", f"/campaigns/{campaign}/budget")
    table = page.get_by_role("table", name="Lines")
    for name, key in (("Planned", "planned_minor"), ("Spent", "spent_minor"), ("Ordered", "committed_minor")):
        stored = sum(line[key] for line in budget["lines"])
        assert stored == budget[key]
        shown = table.locator(f"tbody td[data-name={name}]")
        total = table.locator(f"tfoot td[data-name={name}]")
        expect(shown).to_have_count(len(budget["lines"]))
        assert sum(cents(text) for text in shown.all_text_contents()) == stored == cents(total.text_content()), name
    return budget


def test_a_budget_is_typed_pasted_spent_and_moved(visit: Visit, site: Site) -> None:
    campaign = site.campaign("Launch of the lamp")
    for name, price in (("Film", 1_000_000), ("Ads", 33_333)):
        line = {"name": name, "resource": "media", "unit_price_minor": price, "quantity": 3}
        site.send("POST", f"/campaigns/{campaign}/budget", line)
    visit.go(f"/w/nordljus/campaigns/{campaign}?tab=budget")
    for step in (type_amounts, paste_lines, pay_and_move):
        step(visit.page)
        visit.settle()
        budget = sums_agree(visit.page, site, campaign)
    write_beside(visit, site, f"/campaigns/{campaign}/budget", budget["lines"][0])
    planned = {line["name"]: line["planned_minor"] for line in budget["lines"]}
    assert (planned["Agency"], planned["Booth"], budget["spent_minor"]) == (324_965, 60_045, 100_001)
    visit.check()


def total(page: Page) -> Locator:
    """The sum of all that is planned."""
    return page.get_by_role("table", name="Lines").locator("tfoot td[data-name=Planned]")


def type_amounts(page: Page) -> None:
    """As in a spreadsheet: Enter goes down, Tab and arrows beside, Escape puts back."""

    def cell(row: int, name: str) -> Locator:
        rows = page.get_by_role("table", name="Lines").locator("tbody tr[data-line]")
        return rows.nth(row).get_by_label(name, exact=True)

    expect(total(page)).to_have_text("€30,999.99")
    cell(0, "Price of one").focus()
    page.keyboard.type("8000.05", delay=20)
    page.keyboard.press("Enter")
    expect(cell(1, "Price of one")).to_be_focused()
    expect(total(page)).to_have_text("€25,000.14")
    page.keyboard.press("ArrowLeft")
    expect(cell(1, "Quantity")).to_be_focused()
    page.keyboard.type("2.5", delay=20)
    page.keyboard.press("Tab")
    expect(cell(1, "Price of one")).to_be_focused()
    expect(total(page)).to_have_text("€24,833.47")  # 333.33 × 2.5 = 833.325: to the even cent
    page.keyboard.type("9", delay=20)
    page.keyboard.press("Escape")
    expect(cell(1, "Price of one")).to_have_value("333.33")
    last = page.locator("tbody tr[data-line]").count() - 1
    cell(last, "Price of one").press("Enter")
    expect(cell(last + 1, "Line")).to_be_focused()
    page.keyboard.type("Van")
    page.keyboard.press("ArrowUp")
    expect(cell(last, "Line")).to_be_focused()


def paste_lines(page: Page) -> None:
    """What cannot be read is named, and nothing is added before it is right."""
    rows = "Agency\tcontractor\t3\t1,250.05\tEUR\nBooth\tmedia\t1\tdear\nVan\tbus\t1\t80"
    page.evaluate("text => navigator.clipboard.writeText(text)", rows)
    page.keyboard.press("ControlOrMeta+v")
    dialog = page.get_by_role("dialog", name="Lines from a spreadsheet")
    refused = dialog.get_by_role("alert")
    expect(refused).to_contain_text("Row 2: this is not an amount · dear")
    expect(refused).to_contain_text("Row 3: write staff, contractor, media or other · bus")
    expect(dialog.get_by_role("button", name="Add")).to_be_disabled()
    dialog.get_by_label("Cells").fill(rows.replace("dear", "99.95").replace("bus", "other"))
    dialog.get_by_role("button", name="Add 3 lines").click()
    expect(dialog).to_be_hidden()
    expect(total(page)).to_have_text("€28,763.57")


def pay_and_move(page: Page) -> None:
    """An invoice on a line, then money from that line to another."""
    page.get_by_role("button", name="More for Agency").click()
    page.get_by_role("menuitem", name="Orders and bills").click()
    drawer = page.get_by_role("dialog", name="Agency")
    drawer.get_by_label("Amount", exact=True).fill("1000.01")
    drawer.get_by_label("Supplier").fill("Sundin")
    page.keyboard.press("Enter")
    expect(drawer.get_by_text("Sundin")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.get_by_role("button", name="More for Agency").click()
    page.get_by_role("menuitem", name="Move money").click()
    move = page.get_by_role("dialog", name="Move money from Agency")
    expect(move).to_contain_text("€2,750.14 are neither ordered nor spent")
    move.get_by_label("To the line").click()
    page.get_by_role("option", name=re.compile("Booth")).click()
    move.get_by_label("Amount").fill("500.50")
    move.get_by_label("Why").fill("A larger booth")
    move.get_by_role("button", name="Move").click()
    expect(move).to_be_hidden()
    expect(page.get_by_text("A larger booth")).to_be_visible()


def write_beside(visit: Visit, site: Site, path: str, line: dict[str, Any]) -> None:
    """Somebody else writes in another cell of the same line: both words are kept, and nobody is asked."""
    cells = visit.page.locator(f"tr[data-line='{line['id']}']")
    plan = ("name", "resource", "quantity", "unit_price_minor", "currency", "tax_rate", "spread", "version")
    site.send("PUT", f"{path}/{line['id']}", {key: line[key] for key in plan} | {"name": "Film and cut"})
    cells.get_by_label("Quantity").fill("4")
    cells.get_by_label("Quantity").press("Tab")
    expect(cells.get_by_label("Line", exact=True)).to_have_value("Film and cut")
    visit.settle()
    (stored,) = (each for each in site.send("GET", path)["lines"] if each["id"] == line["id"])
    assert (stored["name"], stored["quantity"]) == ("Film and cut", 4)
    assert all("409" in complaint for complaint in visit.complaints), "what was refused once is stored"
    visit.complaints.clear()


# Calendar


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


# Timeline


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


# Playbook


def test_a_campaign_is_kept_as_a_template_and_a_page_is_found(visit: Visit, site: Site) -> None:
    campaign = site.campaign("Autumn launch", starts_on="2031-09-01", ends_on="2031-09-30")
    site.send("POST", f"/campaigns/{campaign}/tasks", {"name": "Write the mail", "duration_days": 2})
    page = visit.page
    visit.go(f"/w/nordljus/campaigns/{campaign}")
    page.get_by_role("banner").or_(page.locator("header")).get_by_role("button", name=re.compile("More")).last.click()
    page.get_by_role("menuitem", name="Save as a template").click()
    dialog = page.get_by_role("dialog", name="Save as a template")
    dialog.get_by_label("Name of the template").fill("Launch in four weeks")
    dialog.get_by_role("button", name="Save template").click()
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Launch in four weeks")).to_be_visible()

    page.get_by_role("tab", name="Pages").or_(page.get_by_role("link", name="Pages", exact=True)).first.click()
    page.get_by_role("button", name="New page").click()
    page.get_by_label("Title", exact=True).fill("How we greet")
    page.get_by_label("Text", exact=True).fill("# Greeting\n\nSay *hej*, never **aloha**.")
    page.get_by_label("Text", exact=True).blur()
    read = page.get_by_role("region", name="How it reads")
    expect(read.get_by_role("heading", name="Greeting")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="How we greet", level=1)).to_be_visible()
    visit.settle()
    visit.check()
    visit.go("/w/nordljus/playbook?q=aloha")
    expect(page.get_by_role("link", name="How we greet")).to_be_visible()
    visit.go("/w/nordljus/playbook?q=zebra")
    expect(page.get_by_text("No page has these words.")).to_be_visible()
