"""A budget typed, pasted, spent and moved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.planning.site import Site
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


def cents(words: str | None) -> int:
    """An amount on screen in minor units."""
    digits = re.sub(r"[^\d]", "", words or "")
    return -int(digits) if re.match(r"\s*[-−]", words or "") else int(digits)


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
    choose_kinds(page, [cell(row, "Kind") for row in range(2)])
    last = page.locator("tbody tr[data-line]").count() - 1
    cell(last, "Price of one").press("Enter")
    expect(cell(last + 1, "Line")).to_be_focused()
    page.keyboard.type("Van")
    page.keyboard.press("ArrowUp")
    expect(cell(last, "Line")).to_be_focused()
    page.get_by_role("button", name="Add a line").first.click()
    expect(cell(last + 2, "Line")).to_be_focused()
    page.keyboard.press("Escape")  # nobody has named it: it goes again
    expect(cell(last + 1, "Line")).to_be_focused()
    expect(cell(last + 2, "Line")).to_have_count(0)


def choose_kinds(page: Page, kinds: list[Locator]) -> None:
    """A letter chooses, as in a spreadsheet; Space opens the list; arrows go to the cell below."""
    kinds[0].focus()
    for letter, name in (("c", "Contractor"), ("m", "Media")):
        page.keyboard.press(letter)
        expect(kinds[0]).to_have_text(name)
    page.keyboard.press("ArrowDown")
    expect(kinds[1]).to_be_focused()
    options = page.get_by_role("listbox", name="Kind").get_by_role("option")
    page.keyboard.press("Space")
    expect(options).to_have_text(["Media", "Contractor", "Staff", "Other"])
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(page.get_by_role("combobox", name="Kind").nth(1)).to_have_text("Media")
    for keys, name in ((("Space", "End", "Enter"), "Other"), (("Space", "Home", "Enter"), "Media")):
        for key in keys:
            page.keyboard.press(key)
        expect(kinds[1]).to_have_text(name)
        expect(kinds[1]).to_be_focused()


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
