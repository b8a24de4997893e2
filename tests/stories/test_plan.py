"""From a ready-made plan to a lesson learned: a campaign planned, approved, launched, paid and looked back on together.

Five people in real browsers: the owner, a creator who does the work, Finance on a phone, a reviewer, and nobody else.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.processes import Installation, wait_for
from tests.stories.visitor import Visitor

pytestmark = [pytest.mark.story, pytest.mark.slow]

AT = "/workspaces/nordljus"
PEOPLE = ("Bo", "Cleo", "Dag")
LESSON = "A teaser a week before makes the launch mail of a new lamp sell twice as much"


def euros(amount: str) -> int:
    return int(Decimal(amount) * 100)


class Team:
    """Everybody of the story, each with a browser of their own."""

    def __init__(self, browser: Browser, ready: dict[str, str]) -> None:
        self.browser = browser
        self.owner = Visitor(browser, ready["url"])
        self.owner.set_up(ready["setup_url"], "Nordljus", "Maja Lind", "maja@example.com")
        self.all = [self.owner]
        self.finance = self.join(self.invite("finn@example.com", "Approver"), "Finn Berg", phone=True)
        self.reviewer = self.join(self.link("rut@example.com", "approver"), "Rut Ek")
        self.creator = self.join(self.link("ella@example.com", "creator"), "Ella Ström")

    def invite(self, email: str, role: str) -> str:
        """The link of an invitation that the owner makes in the settings."""
        owner = self.owner
        owner.go("/w/nordljus/settings/members?invite=1")
        owner.dialog().get_by_label("Email").fill(email)
        owner.choose("Role", role, owner.dialog())
        owner.button("Send invitation").click()
        return owner.dialog().get_by_label("Invitation link").input_value()

    def link(self, email: str, role: str) -> str:
        """The same through the API."""
        return str(self.owner.ask("POST", f"{AT}/invitations", {"email": email, "role": role})["link"])

    def join(self, link: str, name: str, *, phone: bool = False) -> Visitor:
        """Whoever has the link opens it in a browser of their own."""
        made = Visitor(self.browser, self.owner.origin, *((390, 844) if phone else ()))
        made.join(link, "Nordljus", name)
        self.all.append(made)
        return made

    def rule_out(self) -> None:
        """Nobody's browser has complained of anything."""
        assert [complaint for each in self.all for complaint in each.complaints] == []


def make_ready(owner: Visitor) -> str:
    """What this story is not about: people, a sender, an audience, who reviews; and an email, whose id it gives."""
    topic = next(one["id"] for one in owner.ask("GET", f"{AT}/topics") if one["name"] == "Newsletter")
    for name in PEOPLE:
        person = owner.ask("POST", f"{AT}/people", {"email": f"{name.lower()}@example.com", "external_id": name})
        consent = {"channel": "email", "topic_ids": [topic], "state": "granted", "wording": "At the till"}
        owner.ask("POST", f"{AT}/people/{person['id']}/consents", consent)
    owner.ask("POST", f"{AT}/senders", {"from_name": "Nordljus", "from_address": "hello@example.com"})
    starter = owner.ask("GET", f"{AT}/templates/starters")[0]["key"]
    mail = owner.ask("POST", f"{AT}/templates", {"starter": starter, "name": "Lamp mail"})
    write_subject(owner, mail["id"], "Light is here")
    owner.ask("POST", f"{AT}/audiences", {"name": "Everybody", "rule": {"kind": "all", "rules": []}})
    rut = next(one["user_id"] for one in owner.ask("GET", f"{AT}/members") if one["name"] == "Rut Ek")
    group = owner.ask("POST", f"{AT}/approval-groups", {"name": "Review", "members": [rut]})
    rule = {"kind": "brief", "steps": [{"kind": "group", "ref": group["id"]}]}
    owner.ask("POST", f"{AT}/approval-rules", rule)
    return str(mail["id"])


def write_subject(writer: Visitor, mail: str, subject: str) -> None:
    """The email gets another subject, through the API."""
    found = writer.ask("GET", f"{AT}/templates/{mail}")
    kept = {key: found[key] for key in ("name", "preheader", "body", "text", "version")}
    writer.ask("PUT", f"{AT}/templates/{mail}", {**kept, "subject": subject})


def make_rules(owner: Visitor) -> None:
    """Who says yes to money and to launches: set in the settings."""
    owner.go("/w/nordljus/settings/approvals")
    finance = owner.page.get_by_role("listitem").filter(has_text="Finance").filter(has=owner.button("Change the group"))
    owner.button("Change the group", finance).click()
    owner.choose("Add a member", "Finn Berg", owner.dialog())
    owner.button("Save the group").click()
    expect(owner.dialog()).to_be_hidden()
    expect(finance).to_contain_text("Finn Berg")
    for kind, group, above in (("Budget", "Finance", "5000"), ("Launch", "Review", None)):
        owner.button("New rule").click()
        owner.choose("What", kind, owner.dialog())
        if above:
            owner.dialog().get_by_label("Only above").fill(above)
        owner.choose("Step 1: Who", group, owner.dialog())
        owner.button("Save the rule").click()
        expect(owner.dialog()).to_be_hidden()
    main = owner.page.get_by_role("main")
    expect(main).to_contain_text(re.compile(r"A budget above €5,000(\.00)? needs Finance within 2 working days\."))
    expect(main).to_contain_text("A launch needs Review within 2 working days.")


def begin_from_template(creator: Visitor) -> str:
    """A whole campaign from the playbook: its address."""
    page, dialog = creator.page, creator.dialog()
    creator.go("/w/nordljus/playbook?tab=templates")
    card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Product launch"))
    creator.button("Use template", card).click()
    creator.type(dialog.get_by_label("Name of the campaign"), "Lamp of the north")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    dialog.get_by_text("First day", exact=True).click()  # else a launch is planned from its launch day
    creator.day("First day", tomorrow, dialog)
    creator.type(dialog.get_by_label("Goal: Conversions"), "2")
    creator.choose("Campaign leader (leads)", "Maja Lind", dialog)
    creator.choose("Copywriter", "Ella Ström", dialog)
    creator.choose("Approver", "Rut Ek", dialog)
    dialog.get_by_text("6 budget lines: fill in amounts").click()
    for line, amount in (("Photography", "2400.50"), ("Ads", "3000")):
        creator.type(dialog.get_by_label(line, exact=True), amount)
    seen = dialog.get_by_role("region", name="What will be made")
    expect(seen).to_contain_text(re.compile(r"6 touchpoints, 6 budget lines \(€5,400\.50\)"))
    expect(seen.get_by_role("listitem").filter(has_text="Launch").first).to_be_visible()
    creator.button("Create campaign").click()
    expect(page).to_have_url(re.compile("/campaigns/[0-9a-f-]{36}"))
    expect(page.get_by_role("heading", name="Lamp of the north")).to_be_visible()
    return page.url.rpartition("/")[2]


def ask_approval(creator: Visitor, again: bool = False, note: str = "", within: Locator | None = None) -> str:
    """Presses the button on the page and says a word: the path of the request."""
    before = creator.page.url
    creator.button("Ask again" if again else "Ask for approval", within).click()
    creator.dialog().get_by_label("Message to the approvers").fill(note)
    creator.button("Ask", creator.dialog()).last.click()
    expect(creator.page).to_have_url(re.compile("/approvals/[0-9a-f-]{36}"))
    expect(creator.page).not_to_have_url(before)
    return creator.page.url.removeprefix(creator.origin)


def decide(approver: Visitor, verdict: str = "Approve", reason: str = "") -> None:
    """Decides the request on the page."""
    if reason:
        approver.page.get_by_role("textbox", name="Reason").fill(reason)
    approver.button(verdict).click()
    expect(approver.button(verdict)).to_be_hidden()


def write_brief(team: Team, campaign: str) -> None:
    """The brief of the template is edited, sent back once with a reason, and approved."""
    creator, reviewer = team.creator, team.reviewer
    page, brief = creator.page, f"/w/nordljus/campaigns/{campaign}?tab=brief"
    creator.go(brief)
    expect(page.get_by_label("Objective")).not_to_have_value("")
    creator.type(page.get_by_label("Objective"), "Sell two hundred lamps before the first dark week.")
    reviewer.go(ask_approval(creator))
    decide(reviewer, "Ask for changes", "Say which dark week.")
    expect(page.get_by_text("Say which dark week.")).to_be_visible()
    creator.go(brief)
    creator.type(page.get_by_label("Objective"), "Sell two hundred lamps before the week of 7 December.")
    reviewer.go(ask_approval(creator, again=True))
    seen = reviewer.page.get_by_text("Sell two hundred lamps before the week of 7 December.")
    expect(seen.first).to_be_visible()
    decide(reviewer)
    creator.go(brief)
    expect(page.get_by_role("complementary").get_by_text("Approved by Rut Ek.")).to_be_visible()


def plan_money(team: Team, campaign: str) -> None:
    """Lines are adjusted; nothing is ordered before Finance says yes; what is changed then is asked again."""
    creator, finance, here = team.creator, team.finance, f"{AT}/campaigns/{campaign}/budget"
    page = creator.page
    creator.go(f"/w/nordljus/campaigns/{campaign}?tab=budget")
    lines = page.get_by_role("table", name="Lines")
    names = [one["name"] for one in creator.ask("GET", here)["lines"]]

    def line(name: str) -> Any:
        return lines.locator("tbody tr").nth(names.index(name))

    def price(name: str, amount: str) -> None:
        creator.type(line(name).get_by_role("textbox", name="Price of one"), amount)

    creator.type(line("Copywriting").get_by_role("textbox", name="Quantity"), "2.5")
    price("Copywriting", "333.33")
    # Two and a half days at €333.33 are €833.325: half a cent goes to the even cent.
    total = euros("2400.50") + euros("3000") + euros("833.32")
    expect(lines.locator("tfoot")).to_contain_text("€6,233.82")
    wait_for(lambda: creator.ask("GET", here)["planned_minor"] == total)
    ads = next(one["id"] for one in creator.ask("GET", here)["lines"] if one["name"] == "Ads")
    order = {"line_id": ads, "kind": "commitment", "day": f"{datetime.now(UTC):%Y-%m-%d}", "amount_minor": 100_000}
    refused = creator.ask("POST", f"{here}/entries", order, status=409)
    assert (refused["code"], refused["standing"]) == ("approval_needed", "missing")

    # What waits for somebody is on their day, on a phone too; from there to the whole picture and the decision.
    ask_approval(creator, note="As we discussed.")
    finance.go("/w/nordljus")
    finance.page.get_by_role("link", name="Budget: Lamp of the north").click()
    expect(finance.page.get_by_text("As we discussed.")).to_be_visible()
    expect(finance.page.get_by_text("€6,233.82").filter(visible=True).first).to_be_visible()
    decide(finance)
    found = creator.ask("GET", here)
    assert (found["approval"], found["approved_minor"]) == ("approved", total)

    # More than was approved is not approved; the way back is to plan what was.
    creator.go(f"/w/nordljus/campaigns/{campaign}?tab=budget")
    price("Ads", "3000.01")
    expect(page.get_by_text("Changed since it was approved")).to_be_visible()
    refused = creator.ask("POST", f"{here}/entries", order, status=409)
    assert (refused["code"], refused["standing"]) == ("approval_needed", "void")
    price("Ads", "3000")
    expect(page.get_by_text("Changed since it was approved")).to_be_hidden()
    creator.ask("POST", f"{here}/entries", order)
    wait_for(lambda: creator.ask("GET", here)["committed_minor"] == 100_000)


def launch(team: Team, campaign: str, mail: str) -> None:
    """The launch mail of the plan is made ready, approved, changed, approved again and sent."""
    creator, reviewer, owner, page = team.creator, team.reviewer, team.owner, team.creator.page
    creator.go(f"/w/nordljus/campaigns/{campaign}")
    page.get_by_role("link", name="Launch day: here it is").first.click()
    expect(page).to_have_url(re.compile("/touchpoints/[0-9a-f-]{36}"))
    touchpoint = page.url.rpartition("/")[2]
    launching = f"{AT}/touchpoints/{touchpoint}/launch"
    for field, option in (
        ("Audience", "Everybody"),
        ("Topic", "Newsletter"),
        ("From", "Nordljus"),
        ("Content", "Lamp"),
    ):
        creator.choose(field, option)
    page.locator("label").filter(has_text="At launch").click()
    check = page.get_by_role("region", name="Launch check")
    expect(check.get_by_text("3 of 3 people will get it")).to_be_visible()
    expect(check.get_by_text("It needs the approval of Review first.")).to_be_visible()
    # Neither button nor API lets it go: who may launch is told why, who may not is refused at once.
    creator.ask("POST", launching, status=403)
    refused = owner.ask("POST", launching, status=409)
    assert (refused["code"], refused["answers"]) == ("launch_blocked", ["approval.needed"])

    asked = ask_approval(creator, within=check)
    assert owner.ask("POST", launching, status=409)["answers"] == ["approval.waiting"]
    reviewer.go(asked)
    decide(reviewer)

    # A word of the mail is changed after the yes: it is void, says why, and the approver sees the difference.
    write_subject(creator, mail, "Light is here, at half the price")
    assert owner.ask("POST", launching, status=409)["answers"] == ["approval.void"]
    creator.page.reload()
    expect(page.get_by_text("No longer holds")).to_be_visible()
    expect(page.locator("del", has_text="Light is here").first).to_be_visible()
    expect(page.locator("ins", has_text="Light is here, at half the price").first).to_be_visible()
    reviewer.go(ask_approval(creator, again=True))
    expect(reviewer.page.get_by_role("heading", name="Different from last time")).to_be_visible()
    decide(reviewer)

    owner.go(f"/w/nordljus/touchpoints/{touchpoint}")
    owner.button("Launch to 3 people").click()
    owner.button(re.compile("^Launch"), owner.dialog()).click()
    expect(owner.page.get_by_text("Sent to 3 people").first).to_be_visible()
    received = owner.ask("GET", f"{AT}/sandbox/mails")["items"]
    assert sorted(one["rcpt_to"].partition("@")[0] for one in received if "half the price" in one["subject"]) == sorted(
        name.lower() for name in PEOPLE
    )


def enter_actuals(team: Team, campaign: str) -> None:
    """What came in and what was paid: by hand, as a file and through the API; sums agree to the cent everywhere."""
    creator, owner, here = team.creator, team.owner, f"{AT}/campaigns/{campaign}/budget"
    page, dialog = creator.page, creator.dialog()
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    copy = next(one["id"] for one in creator.ask("GET", here)["lines"] if one["name"] == "Copywriting")
    invoice = {"line_id": copy, "kind": "invoice", "day": today, "amount_minor": 83_332, "external_id": "erp-7"}
    for _ in range(2):  # bookkeeping that sends a bill twice pays it once
        creator.ask("POST", f"{here}/entries", invoice)
    creator.go(f"/w/nordljus/campaigns/{campaign}?tab=budget")
    creator.button("More for Photography").click()
    page.get_by_role("menuitem", name="Orders and bills").click()
    creator.type(dialog.get_by_role("textbox", name="Amount"), "2400.49")
    creator.type(dialog.get_by_role("textbox", name="Supplier"), "Studio Ljus")
    creator.button("Add bill", dialog).click()
    expect(dialog.get_by_role("listitem").filter(has_text="Studio Ljus")).to_contain_text("€2,400.49")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    creator.button("Import bills").click()
    file = f"date,amount,line,kind,reference\n{today},1000.10,Ads,media,A-1\n{today},0.05,Ads,media,A-2\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "spend.csv", "mimeType": "text/csv", "buffer": file.encode()}
    )
    creator.button("Add 2 rows", dialog).click()
    expect(dialog).to_be_hidden()

    spent = euros("2400.49") + euros("1000.15") + euros("833.32")
    found = creator.ask("GET", here)
    assert found["spent_minor"] == spent == sum(line["spent_minor"] for line in found["lines"])
    expect(page.get_by_role("table", name="Lines").locator("tfoot")).to_contain_text("€4,233.96")
    assert owner.ask("GET", f"{AT}/budget/sums?by=campaign")["items"][0]["spent_minor"] == spent

    # Two of three bought; a conversion is an order after the delivery.
    creator.go(f"/w/nordljus/campaigns/{campaign}")
    creator.button("After: a click").click()
    page.get_by_role("menuitemcheckbox", name=re.compile("^the delivery")).click()
    expect(creator.button("After: the delivery")).to_be_visible()
    key = owner.ask("POST", f"{AT}/api-keys", {"name": "Shop", "scopes": ["track"]})["key"]
    for number, name in enumerate(PEOPLE[:2]):
        order = {
            "userId": name, "event": "Order Completed", "messageId": f"order-{number}",
            "properties": {"revenue": 4233.96, "currency": "EUR"},
        }  # fmt: skip
        answer = owner.context.request.post(
            f"{owner.origin}/v1/track", data=order, headers={"authorization": f"Bearer {key}"}
        )
        assert answer.ok, answer.text()
    report = f"{AT}/campaigns/{campaign}/report"
    wait_for(lambda: owner.ask("GET", report)["total"]["conversions"]["value"] == 2)
    total = {name: figure["value"] for name, figure in owner.ask("GET", report)["total"].items()}
    assert (total["revenue"], total["cost"], total["roi"]) == (2 * spent, spent, 1.0)
    owner.go(f"/w/nordljus/campaigns/{campaign}?tab=report")
    expect(owner.page.get_by_text("€8,467.92").first).to_be_visible()
    expect(owner.page.get_by_text(re.compile(r"^100(\.0)?\s?%$")).first).to_be_visible()


def look_back(team: Team, campaign: str) -> None:
    """The retrospective has the numbers; a lesson is written and published, and the day's numbers are kept."""
    creator, page = team.creator, team.creator.page
    creator.go(f"/w/nordljus/campaigns/{campaign}?tab=retrospective")
    main = page.get_by_role("main")
    expect(main).to_contain_text("The goal was reached exactly: Conversions")
    expect(main).to_contain_text("€4,233.96")
    creator.type(page.get_by_label("What worked"), "The teaser.")
    creator.type(page.get_by_label("What lacked"), "Time for the photographs.")
    creator.button("New lesson").click()
    creator.type(creator.dialog().get_by_label("Finding"), LESSON)
    creator.type(
        creator.dialog().get_by_label("Change", exact=True), "A teaser went out seven days before the launch mail."
    )
    creator.button("Save lesson").click()
    creator.button("Publish").click()
    expect(page.get_by_text("Published").first).to_be_visible()
    creator.button(re.compile("^Close with the numbers")).click()
    expect(page.get_by_text("Ella Ström closed this retrospective")).to_be_visible()
    printed = page.get_by_role("link", name="Print or save as PDF").get_attribute("href")
    assert creator.context.request.get(f"{creator.origin}{printed}").body().startswith(b"%PDF")
    kept = creator.ask("GET", f"{AT}/campaigns/{campaign}/retrospective")
    assert {one["metric"]: one["value"] for one in kept["results"]}["conversions"] == 2


def find_again(team: Team) -> None:
    """A similar campaign, months later: the lesson stands beside its brief."""
    creator, page = team.creator, team.creator.page
    creator.go("/w/nordljus/campaigns?new=1")
    creator.type(creator.dialog().get_by_label("Name"), "Lamp of the south")
    creator.choose("Type", "Product launch", creator.dialog())
    creator.button("Create campaign").click()
    expect(page).to_have_url(re.compile("/campaigns/[0-9a-f-]{36}"))
    page.get_by_role("tab", name="Brief").click()
    creator.type(page.get_by_label("Objective"), "Sell the new lamp with a launch mail.")
    beside = page.locator("section", has=page.get_by_role("heading", name="Learned before"))
    expect(beside.get_by_text(LESSON)).to_be_visible()


def test_from_the_plan_to_the_lesson(installation: Installation, browser: Browser) -> None:
    team = Team(browser, installation.up())
    mail = make_ready(team.owner)
    make_rules(team.owner)
    campaign = begin_from_template(team.creator)
    write_brief(team, campaign)
    plan_money(team, campaign)
    launch(team, campaign, mail)
    enter_actuals(team, campaign)
    look_back(team, campaign)
    find_again(team)
    team.rule_out()
