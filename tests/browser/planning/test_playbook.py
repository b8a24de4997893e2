"""Templates and pages of the playbook, which stand beside everything they can be placed beside."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from gonfalon.planning.playbook.pages.model import PagePlace
from tests.browser.planning.site import Site
from tests.browser.visits import Visit

pytestmark = pytest.mark.slow


def screens(site: Site) -> dict[PagePlace, list[str]]:
    """Where somebody works on each of the places."""
    campaign = site.campaign("Spring")
    everybody = {"name": "Everybody", "kind": "segment", "rule": {"kind": "all", "rules": []}}
    audience = site.send("POST", "/audiences", everybody)
    email = site.send("POST", "/templates", {"name": "Spring mail", "subject": "Spring", "body": "<p>It is here.</p>"})
    mail = site.send("POST", f"/campaigns/{campaign}/touchpoints", {"name": "First mail"})
    poster = site.send("POST", f"/campaigns/{campaign}/touchpoints", {"name": "Poster", "channel": "print"})
    home = f"/campaigns/{campaign}"
    objective = site.send("GET", f"{home}/brief")["passages"][0]["id"]
    site.send("PUT", f"{home}/brief/passages/{objective}", {"version": 0, "text": "Bring people back"})
    asked = site.send("POST", "/approvals", {"kind": "brief", "id": campaign})
    return {
        PagePlace.CAMPAIGN: [home],
        PagePlace.GOAL: ["/goals", "/goals?new=goal"],
        PagePlace.BRIEF: [f"{home}?tab=brief"],
        PagePlace.BUDGET: [f"{home}?tab=budget"],
        PagePlace.TIMELINE: [f"{home}?tab=timeline"],
        PagePlace.TOUCHPOINT: [f"/touchpoints/{mail['id']}", f"/touchpoints/{poster['id']}"],
        PagePlace.CONTENT: [f"/content/{email['id']}"],
        PagePlace.AUDIENCE: [f"/audiences/{audience['id']}", f"/audiences/{audience['id']}/edit"],
        PagePlace.APPROVAL: [f"{home}?tab=approvals", f"/approvals/{asked['id']}"],
        PagePlace.RETROSPECTIVE: [f"{home}?tab=retrospective"],
    }


def shown(page: Page, title: str) -> None:
    beside = page.locator("section", has=page.get_by_role("heading", name="From the playbook")).filter(visible=True)
    expect(beside.get_by_role("link", name=title).first).to_be_visible()


def test_a_page_stands_beside_everything_it_can_be_placed_beside(visit: Visit, site: Site) -> None:
    """Every place the page's editor offers is a screen that shows the pages placed there."""
    site.send("POST", "/approval-rules", {"kind": "brief", "steps": [{"kind": "role", "ref": "owner"}]})
    found = screens(site)
    assert set(found) == set(PagePlace)
    for place, paths in found.items():
        page = site.send("POST", "/playbook/pages", {"title": f"Rules of {place.value}", "applies": [place.value]})
        for path in paths:
            visit.go(f"/w/nordljus{path}")
            shown(visit.page, page["title"])


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
    page.get_by_role("button", name="Open it").click()
    expect(page.get_by_text("Launch in four weeks")).to_be_visible()

    page.get_by_role("tab", name="Pages").or_(page.get_by_role("link", name="Pages", exact=True)).first.click()
    page.get_by_role("button", name="New page").click()
    page.get_by_label("Title", exact=True).fill("How we greet")
    page.get_by_label("Text", exact=True).fill("# Greeting\n\nSay *hej*, never **aloha**.")
    page.get_by_label("Text", exact=True).blur()
    read = page.get_by_role("region", name="Preview")
    expect(read.get_by_role("heading", name="Greeting")).to_be_visible()
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="How we greet", level=1)).to_be_visible()
    visit.settle()
    visit.check()
    visit.go("/w/nordljus/playbook?q=aloha")
    expect(page.get_by_role("link", name="How we greet")).to_be_visible()
    visit.go("/w/nordljus/playbook?q=zebra")
    expect(page.get_by_text("No page has these words.")).to_be_visible()
