"""From a customer file to a measured campaign: a newcomer's first hour, in a real browser, from an empty folder."""

from __future__ import annotations

import base64
import csv
import json
import re
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from gonfalon.entry.demo import write_people
from gonfalon.tracking.links.rules import SOON_SECONDS
from tests.processes import PATIENCE, Installation, wait_for
from tests.stories.visitor import Visitor

pytestmark = [pytest.mark.story, pytest.mark.slow]


def is_wanted(customer: dict[str, str]) -> bool:
    """Bought women's wear, last order at most 6 months ago, not a new customer, urban or suburban (spelt as it is)."""
    return (
        customer["bought_womens"] == "1"
        and int(customer["months_since_last_order"]) <= 6
        and customer["new_customer"] == "0"
        and customer["area"] in ("Urban", "Surburban")
    )


class Newcomer(Visitor):
    """Somebody who has never seen Gonfalon."""

    def condition(self, subject: str) -> Locator:
        """Adds a condition to the audience on screen and returns its row."""
        self.button("Add condition").first.click()
        self.page.get_by_label("Find what to ask about").first.fill(subject)
        self.page.get_by_role("option", name=subject, exact=True).click()
        return self.page.get_by_role("group").filter(has=self.button(subject)).last


def import_customers(newcomer: Newcomer, file: Path) -> int:
    """Imports the customer file, and once more without any change; returns how many of it are wanted."""
    page = newcomer.page
    write_people(file)
    with file.open(encoding="utf-8") as customers:
        wanted = sum(is_wanted(row) for row in csv.DictReader(customers))
    for sentence in ("64,000 people new", "Nothing changed"):
        newcomer.go("/w/nordljus/people/import")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_text("The first 20 rows")).to_be_visible()
        newcomer.button("Next: consent").click()
        page.get_by_label("Yes, they gave their consent").check()
        newcomer.day("When they agreed", date(2026, 5, 1))
        page.get_by_label("How they agreed").fill("Shop checkout")
        newcomer.button("Next: check and begin").click()
        newcomer.button(re.compile("^Import")).last.click()
        expect(page.get_by_text(sentence).first).to_be_visible()
    return wanted


def save_audience(newcomer: Newcomer, wanted: int) -> None:
    """Saves an audience with nested rules and a live count."""
    page = newcomer.page
    newcomer.go("/w/nordljus/audiences/new")
    newcomer.condition("Bought womens")
    months = newcomer.condition("Months since last order")
    newcomer.choose("Comparison", "is at most", months)
    months.get_by_label("Months since last order", exact=True).last.fill("6")
    new_customer = newcomer.condition("New customer")
    newcomer.choose("Comparison", "is no", new_customer)
    area = newcomer.condition("Area")
    area.get_by_label("Area", exact=True).last.click()
    for value in ("Urban", "Surburban"):
        page.get_by_role("option", name=re.compile(f"^{value}")).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("status").filter(has_text=f"{wanted:,}").first).to_be_visible()
    page.get_by_label("Name of the audience").fill("Recent buyers")
    newcomer.button("Save audience").click()
    expect(page).to_have_url(re.compile("/audiences/[0-9a-f-]{36}$"))


def write_email(newcomer: Newcomer) -> None:
    """Writes an email from a starter, sees it as a person and tests it."""
    page = newcomer.page
    newcomer.go("/w/nordljus/settings/email?sender=new")
    page.get_by_role("textbox", name="Name").fill("Nordljus")
    page.get_by_role("textbox", name="Address").fill("hello@example.com")
    newcomer.button("Add a sender", newcomer.dialog()).click()
    expect(newcomer.dialog()).to_be_hidden()
    newcomer.go("/w/nordljus/content?new=1")
    page.get_by_text("Product offer").click()
    newcomer.button("Create the email").click()
    expect(page).to_have_url(re.compile("/content/[0-9a-f-]{36}"))
    page.get_by_role("textbox", name="Subject", exact=True).fill("{{ person.area | default: 'Friend' }} offer for you")
    page.get_by_role("tab", name="Preview").click()
    page.get_by_role("combobox", name="See it as").fill("h00001@example.com")
    page.get_by_role("option", name="h00001@example.com").first.click()
    expect(page.get_by_text("Surburban offer for you")).to_be_visible()
    page.locator("label").filter(has_text="Phone").click()
    page.locator("label").filter(has_text="Dark").click()
    newcomer.button("Save").click()
    expect(page.get_by_text("Version 2")).to_be_visible()
    newcomer.button("Send a test").click()
    newcomer.button("Send a test", newcomer.dialog()).click()
    expect(newcomer.dialog()).to_be_hidden()
    newcomer.go("/w/nordljus/sandbox")
    expect(page.get_by_role("row", name="maja@example.com")).to_be_visible()


def plan_campaign(newcomer: Newcomer) -> str:
    """Plans a campaign with a goal; returns its id."""
    page, today = newcomer.page, datetime.now(UTC).date()
    newcomer.go("/w/nordljus/campaigns")
    newcomer.button("New campaign").first.click()
    newcomer.dialog().get_by_label("Name").fill("Autumn for regulars")
    newcomer.dialog().get_by_text("Monetisation").click()
    newcomer.day("First day", today - timedelta(days=2), newcomer.dialog())
    newcomer.choose("Leader", "Maja Lind", newcomer.dialog())
    newcomer.button("Create campaign").click()
    expect(page).to_have_url(re.compile("/campaigns/[0-9a-f-]{36}"))
    campaign = page.url.rpartition("/")[2]
    newcomer.button("Set goal").first.click()
    newcomer.choose("Number", "Revenue", newcomer.dialog())
    newcomer.dialog().get_by_label("Baseline").fill("100")
    newcomer.dialog().get_by_label("Target").fill("250")
    newcomer.day("Deadline", today + timedelta(days=39), newcomer.dialog())
    newcomer.button("Save goal").click()
    expect(newcomer.dialog()).to_be_hidden()
    return campaign


def enter_costs(newcomer: Newcomer) -> None:
    """Plans a line of the budget, and enters what was paid on it."""
    page = newcomer.page
    page.get_by_role("tab", name="Budget").click()
    newcomer.button("Add a line").first.click()
    lines = page.get_by_role("table", name="Lines")
    for field, value in (("Line", "Photographs"), ("Price of one", "100")):
        place = lines.get_by_role("textbox", name=field, exact=True).last
        place.fill(value)
        place.press("Tab")
    lines.get_by_role("button", name="€0").click()
    newcomer.dialog().get_by_role("textbox", name="Amount").fill("80")
    newcomer.button(re.compile("Add (bill|spend)"), newcomer.dialog()).click()
    expect(newcomer.dialog().get_by_text("€80.00").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(newcomer.dialog()).to_be_hidden()


def launch_touchpoint(newcomer: Newcomer, wanted: int) -> None:
    """Adds one touchpoint and launches it when the check says yes."""
    page = newcomer.page
    page.get_by_role("tab", name="Overview").click()
    newcomer.button("Add touchpoint").first.click()
    expect(page).to_have_url(re.compile("/touchpoints/[0-9a-f-]{36}"))
    newcomer.choose("Audience", "Recent buyers")
    newcomer.choose("Content", "Product offer")
    newcomer.choose("From", "Nordljus")
    newcomer.choose("Topic", "Newsletter")
    check = page.get_by_role("region", name="Launch check")
    expect(check.get_by_text(f"{wanted:,} of {wanted:,} people will get it")).to_be_visible()
    newcomer.button(f"Launch to {wanted:,} people").click()
    newcomer.button(re.compile("^Launch"), newcomer.dialog()).click()


def read_mail(newcomer: Newcomer, wanted: int) -> tuple[str, str, float]:
    """Watches it live to its end, opens a mail and unsubscribes by one click: who got it, its page, since when."""
    page = newcomer.page
    expect(page.get_by_text(f"Sent to {wanted:,} people").first).to_be_visible()
    received = time.monotonic()
    expect(page.get_by_text(f"{wanted:,} people in the audience").first).to_be_visible()
    newcomer.go("/w/nordljus/sandbox")
    page.get_by_role("searchbox").fill("@example.com")
    page.get_by_role("row").filter(has_text=re.compile(r"h\d{5}@")).first.click()
    expect(page).to_have_url(re.compile(r"/sandbox/\d+"))
    buyer = newcomer.read(r"(h\d+)@example\.com").upper()
    mail = page.url.split("?")[0]
    page.get_by_role("tab", name="Text").click()
    preferences = newcomer.read(r"(http://localhost:\d+/p/\S+)")
    reader = newcomer.context.new_page()
    reader.goto(preferences.rstrip(")"))
    newsletter = reader.get_by_role("group", name="Newsletter").get_by_role("checkbox", name="Email")
    expect(newsletter).to_be_checked()
    page.goto(f"{mail}?tab=source")
    source = page.locator("pre").inner_text().replace("\n ", " ")
    one_click = re.search(r"List-Unsubscribe: .*?<(http://localhost:\d+/u/[^>]+)>", source, re.DOTALL)
    assert one_click is not None
    post(one_click.group(1), b"List-Unsubscribe=One-Click", {"content-type": "application/x-www-form-urlencoded"})
    reader.reload()
    expect(newsletter).not_to_be_checked()
    reader.close()
    return buyer, mail, received


def click_link(newcomer: Newcomer, mail: str, received: float) -> None:
    """Clicks a link as a person does: a click so soon after the delivery is taken for a scanner's."""
    page = newcomer.page
    page.goto(mail)
    wait_for(lambda: time.monotonic() - received > SOON_SECONDS + 1)
    with (
        newcomer.context.expect_page() as opened,
        newcomer.context.expect_event("response", lambda answer: answer.status == 302) as answered,
    ):
        page.frame_locator("iframe").get_by_role("link").filter(visible=True).nth(1).click()
    assert answered.value.headers["location"].startswith("https://"), "the shop"
    opened.value.close()


def send_slowly(newcomer: Newcomer, campaign: str, touchpoint: str, wanted: int) -> None:
    """Launches to the same again: who unsubscribed gets nothing; it is paused, goes on, and is cancelled."""
    page = newcomer.page
    check = page.get_by_role("region", name="Launch check")
    newcomer.go(f"/w/nordljus/campaigns/{campaign}")
    newcomer.button("Add touchpoint").first.click()
    expect(page).not_to_have_url(touchpoint)
    newcomer.choose("Audience", "Recent buyers")
    newcomer.choose("Content", "Product offer")
    newcomer.choose("From", "Nordljus")
    newcomer.choose("Topic", "Newsletter")
    page.get_by_text("Spread out").click()
    page.get_by_label("Messages an hour").fill("7200")
    page.keyboard.press("Tab")
    expect(
        check.get_by_text(f"{wanted - 1:,} of {wanted:,} people will get it; 1 won’t: 1 unsubscribed")
    ).to_be_visible()
    newcomer.button(f"Launch to {wanted - 1:,} people").click()
    newcomer.button(re.compile("^Launch"), newcomer.dialog()).click()
    newcomer.button("Pause").click()
    newcomer.button("Resume").click()
    expect(newcomer.button("Pause")).to_be_visible()
    newcomer.button("Cancel sending").click()
    newcomer.button(re.compile("^Never send"), newcomer.dialog()).click()
    expect(page.get_by_text(re.compile("^Cancelled after")).first).to_be_visible()
    assert newcomer.complaints == []


def read_report(newcomer: Newcomer, installation: Installation, campaign: str, buyer: str, printed: Path) -> None:
    """Reads what came back: at a shell, on the page, on paper, and who it was."""
    page = newcomer.page
    wait_for(lambda: figures_of(installation)["conversions"] == 1)  # reports follow, they do not lock
    figures = figures_of(installation, "--pdf", str(printed))
    assert printed.read_bytes().startswith(b"%PDF")
    assert (figures["conversions"], figures["revenue"], figures["cost"]) == (1, 20_000, 8_000)
    assert figures["roi"] == pytest.approx(1.5)
    newcomer.go(f"/w/nordljus/campaigns/{campaign}?tab=report")
    expect(page.get_by_text("150").first).to_be_visible()
    with page.expect_download() as pdf:
        page.get_by_role("link", name=re.compile("PDF")).or_(newcomer.button(re.compile("PDF"))).first.click()
    assert Path(pdf.value.path()).read_bytes().startswith(b"%PDF")
    expect(page.get_by_role("heading", name="By link")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Conversions")).first.click()
    with page.expect_download() as exported:
        page.get_by_role("link", name="Export CSV").or_(newcomer.button("Export CSV")).first.click()
    assert buyer in Path(exported.value.path()).read_text(encoding="utf-8-sig")
    assert newcomer.complaints == []


def test_the_first_hour(installation: Installation, browser: Browser, tmp_path: Path) -> None:
    ready = installation.up()
    newcomer = Newcomer(browser, ready["url"])
    newcomer.set_up(ready["setup_url"], "Nordljus", "Maja Lind", "maja@example.com")
    newcomer.page.get_by_role("main").get_by_role("link", name="Import people").click()
    wanted = import_customers(newcomer, tmp_path / "hillstrom_people.csv")
    save_audience(newcomer, wanted)
    write_email(newcomer)
    campaign = plan_campaign(newcomer)
    enter_costs(newcomer)
    launch_touchpoint(newcomer, wanted)
    touchpoint = newcomer.page.url
    buyer, mail, received = read_mail(newcomer, wanted)
    click_link(newcomer, mail, received)
    send_slowly(newcomer, campaign, touchpoint, wanted)

    # Orders arrive through the API; the report says what came back.
    key = installation.command("api-key", "create", "Shop", "--scope", "track").stdout
    credentials = base64.b64encode(f"{json.loads(key)['key']}:".encode()).decode()
    order = {
        "userId": buyer,
        "event": "Order Completed",
        "messageId": "order-1",
        "properties": {"revenue": 200, "currency": "EUR"},
    }
    headers = {"content-type": "application/json", "authorization": f"Basic {credentials}"}
    for _ in range(2):  # a shop that repeats itself is counted once
        post(f"{ready['url']}/v1/track", json.dumps(order).encode(), headers)
    read_report(newcomer, installation, campaign, buyer, tmp_path / "autumn.pdf")


def figures_of(installation: Installation, *options: str) -> dict[str, float]:
    """The campaign's figures by name, as the command prints them."""
    report = json.loads(installation.command("report", "Autumn for regulars", *options).stdout)
    return {name: figure["value"] for name, figure in report["total"].items()}


def post(url: str, body: bytes, headers: dict[str, str]) -> None:
    request = urllib.request.Request(url, body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        assert answer.status == 200
