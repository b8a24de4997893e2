"""The demo workspace: its people, its real outcomes, and whose it is."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator, Callable
from statistics import variance
from typing import Any
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI
from pypdf import PdfReader
from sqlalchemy import column, func, select, table, update

from gonfalon.accounts.actions import issue_setup_token
from gonfalon.accounts.context import operator_context
from gonfalon.accounts.recovery.actions import make_link
from gonfalon.accounts.tables import users
from gonfalon.delivery.tables import dispatches, messages
from gonfalon.entry.api import create_app
from gonfalon.entry.demo import NEXT, load_demo
from gonfalon.entry.demo import rows as demo_rows
from gonfalon.entry.demo_mail import NAMES, PICTURES, PREVIEW, READERS, read_preview
from gonfalon.entry.demo_team import begin_team
from gonfalon.entry.rooms import open_services
from gonfalon.insights.report.actions import read_printed
from gonfalon.insights.report.pdf import Paper
from gonfalon.kit import writing
from gonfalon.kit.config import Settings
from gonfalon.kit.errors import NotFound
from gonfalon.kit.money import to_minor
from gonfalon.kit.services import Services
from gonfalon.planning.launch.actions import prepare_touchpoint
from gonfalon.planning.playbook.templates.instantiate import instantiate
from gonfalon.planning.playbook.templates.ready import ready_id
from gonfalon.planning.playbook.templates.schemas import TemplateWish
from gonfalon.teamwork.mail.store import gather_now
from gonfalon.teamwork.tables import notice_mails, notices
from gonfalon.tracking.tables import hits
from tests.conftest import World, eventually

OWNER = {
    "workspace": {"name": "Our shop", "time_zone": "Europe/Paris", "currency": "EUR", "language": "fr"},
    "owner": {"name": "Nina", "email": "nina@example.com", "password": "a long enough secret"},
}


@pytest.fixture(scope="module")
async def demo(
    make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[tuple[Services, FastAPI]]:
    """An installation of its own, loaded before anybody has set it up."""
    settings = Settings(home=tmp_path_factory.mktemp("demo"), pool_size=6, base_url="http://testserver")
    services = open_services(settings, make_database())
    try:
        await load_demo(services)
        app = create_app(services, run_jobs=False)
        async with app.router.lifespan_context(app):
            yield services, app
    finally:
        await services.close()


@pytest.fixture(scope="module")
async def client(demo: tuple[Services, FastAPI]) -> AsyncIterator[httpx2.AsyncClient]:
    """Whoever completes the set-up."""
    services, app = demo
    token = await issue_setup_token(services)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as made:
        answer = await made.post("/api/v1/setup", json=OWNER | {"token": token})
        assert answer.status_code == 201, answer.text
        yield made


@pytest.fixture(scope="module")
async def report(client: httpx2.AsyncClient) -> dict[str, Any]:
    """The demo campaign's report."""
    listed = (await client.get("/api/v1/workspaces/hillstrom/campaigns")).json()["items"]
    campaigns = {campaign["name"]: campaign["id"] for campaign in listed}
    assert campaigns.keys() == {"Holiday mail test", "Clearance sale (example plan)"}

    async def answered() -> dict[str, Any] | None:  # 503 while the analytics copy is being built for the first time
        answer = await client.get(f"/api/v1/workspaces/hillstrom/campaigns/{campaigns['Holiday mail test']}/report")
        return answer.json() if answer.status_code == 200 else None

    found: dict[str, Any] = await eventually(answered)
    return found


async def test_it_belongs_to_whoever_sets_the_installation_up(client: httpx2.AsyncClient) -> None:
    me = (await client.get("/api/v1/me")).json()
    assert {(each["workspace"]["slug"], each["role"]) for each in me["memberships"]} == {
        ("our-shop", "owner"),
        ("hillstrom", "owner"),
    }


async def test_its_reports_fill_one_sheet_of_paper(client: httpx2.AsyncClient, report: dict[str, Any]) -> None:
    """A second one for a line or two would be half empty."""
    listed = (await client.get("/api/v1/workspaces/hillstrom/campaigns")).json()["items"]
    for campaign in listed:
        for language in ("en", "fr", "sv"):
            path = f"/api/v1/workspaces/hillstrom/campaigns/{campaign['id']}/report/pdf?language={language}"
            pages = PdfReader(io.BytesIO((await client.get(path)).content)).pages
            assert len(pages) == 1, (campaign["name"], language)


async def test_its_report_shows_the_known_answers(report: dict[str, Any]) -> None:
    names = {each["id"]: each["name"] for each in report["touchpoints"]}
    shown = {}
    for group in report["groups"]:
        rates = {rate["event"]: rate for rate in group["events"]}
        shown[names[group["touchpoint_id"]]] = (
            group["side"],
            group["people"],
            round(rates["Visit"]["share"] * 100, 2),
            round(rates["Order Completed"]["share"] * 100, 2),
            round(rates["Order Completed"]["amount_per_person"] / 100, 2),
        )
    assert shown == {
        "Men's mail": ("sent_to", 21_307, 18.28, 1.25, 1.42),
        "Women's mail": ("sent_to", 21_387, 15.14, 0.88, 1.08),
        "No mail (held out)": ("held_out", 21_306, 10.62, 0.57, 0.65),
    }


async def test_its_numbers_add_up(report: dict[str, Any]) -> None:
    total = {key: figure["value"] for key, figure in report["total"].items()}
    assert (total["audience"], total["delivered"], total["withheld"]) == (64_000, 42_694, 21_306)
    assert report["reasons"] == [
        {"state": "accepted", "reason": "", "count": 42_694},
        {"state": "withheld", "reason": "holdout", "count": 21_306},
    ]
    assert (total["converters"], total["conversions"]) == (456, 456)
    for key in ("openers", "clicks", "click_rate", "unsubscribers"):  # nobody knows; it is not 0
        assert (total[key], report["total"][key]["missing"]) == (None, "not_measured")
    assert total["cost"] == 10_480_82
    assert total["roi"] == pytest.approx((total["revenue"] - total["cost"]) / total["cost"])
    assert total["revenue"] == sum(each["figures"]["revenue"]["value"] or 0 for each in report["touchpoints"])
    assert report["goal"]["reached"]
    for lift in report["lifts"]:
        assert lift["low"] < lift["difference"] < lift["high"]
        if lift["event"] == "Visit":
            assert lift["low"] > 0


async def test_its_bills_came_while_it_ran_and_the_year_counts_what_it_brought(
    client: httpx2.AsyncClient, report: dict[str, Any]
) -> None:
    path = "/api/v1/workspaces/hillstrom"
    campaign = (await client.get(f"{path}/campaigns/{report['campaign_id']}")).json()
    bills = (await client.get(f"{path}/campaigns/{report['campaign_id']}/budget/entries")).json()["items"]
    assert sum(bill["counted_minor"] for bill in bills) == 10_480_82
    assert all(campaign["starts_on"] <= bill["day"] <= campaign["ends_on"] for bill in bills)
    served = [one for one in (await client.get(f"{path}/reports/goals")).json() if one["parts"]]
    assert [one["now"] for one in served] == [report["total"]["revenue"]["value"]]


async def test_what_the_mails_caused_is_what_one_gets_by_hand(report: dict[str, Any]) -> None:
    """From the file itself: spend by person, of those with each mail and of those without any."""
    spend: dict[str, list[int]] = {}
    for row in demo_rows():
        spend.setdefault(row["test_group"], []).append(to_minor(row["spend"], "USD"))
    none = spend.pop("No E-Mail")
    without = sum(none) / len(none)
    caused = sum(sum(mailed) - len(mailed) * without for mailed in spend.values())
    mailed = sum(len(each) for each in spend.values())
    spread = sum(len(each) * variance(each) for each in spend.values()) + mailed**2 * variance(none) / len(none)
    total = report["total"]
    assert total["caused_revenue"]["value"] == pytest.approx(caused)
    assert total["caused_revenue"]["high"] - caused == pytest.approx(1.959964 * spread**0.5, rel=1e-6)
    roi = total["caused_roi"]
    assert roi["value"] == pytest.approx((caused - 10_480_82) / 10_480_82)
    assert round(roi["value"], 2) == 1.43
    assert roi["low"] < roi["value"] < roi["high"] < total["roi"]["value"]
    assert report["headlines"][:2] == ["caused_revenue", "caused_roi"], "what was caused comes first"
    assert report["summary"] == ["reached", "caused_more", "caused_return", "converted", "credited_return"]


async def test_screen_paper_file_and_api_show_the_same(
    demo: tuple[Services, FastAPI], client: httpx2.AsyncClient, report: dict[str, Any]
) -> None:
    services, _ = demo
    path = f"/api/v1/workspaces/hillstrom/campaigns/{report['campaign_id']}/report"
    metrics = (await client.get("/api/v1/workspaces/hillstrom/metrics?language=en")).json()
    file = (await client.get(f"{path}/csv?language=en")).content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(file)))
    assert len(lines) == len(report["rows"]) + 1
    ctx = operator_context(services, await load_demo(services))
    found, series, step = await read_printed(ctx, UUID(report["campaign_id"]))
    paper = Paper(found, ctx.workspace, "en", series, step).data()
    assert [row["name"] for row in paper["rows"]] == [line[0] for line in lines[1:]]
    assert [tile["name"] for tile in paper["headlines"]] == [
        next(one["name"] for one in metrics if one["key"] == key) for key in report["headlines"]
    ]
    for row, line, printed in zip(report["rows"], lines[1:], paper["rows"], strict=True):
        for metric, cell in zip(metrics, line[1:-1], strict=True):
            value = row["figures"][metric["key"]]["value"]
            assert (value is None) == (cell == "–"), metric["key"]
            if value is None:
                assert row["figures"][metric["key"]]["missing"], metric["key"]
                assert metric["name"] in line[-1], "the file says why, too"
                if metric["key"] in report["columns"]:
                    assert any(metric["name"] in note and row["name"] in note for note in paper["notes"])
            if value is not None:
                digits = 2 if metric["unit"] == "money" else 0
                assert float(cell) == pytest.approx(value / 10**digits, rel=1e-12), metric["key"]
        for key, text in zip(report["columns"], printed["cells"], strict=True):
            assert text == said(row["figures"][key]["value"], next(one for one in metrics if one["key"] == key))
    held = next(row for row in report["rows"] if row["kind"] == "held_out")
    assert [held["figures"][key]["value"] for key in ("conversions", "revenue")] == [122, 13_908_33]
    document = (await client.get(f"{path}/pdf?language=en")).content
    assert document.startswith(b"%PDF-")


def said(value: float | None, metric: dict[str, Any]) -> str:
    """As web/src/rooms/insights/metrics.ts says it; web/src/lib/written.test.ts holds both to one file."""
    if value is None:
        return "–"
    if metric["unit"] == "money":
        return writing.money(round(value), "USD", "en")
    if metric["unit"] == "share":
        return writing.percent(value, "en", metric["digits"])
    return writing.number(round(value), "en")


async def test_loading_it_again_changes_nothing(
    demo: tuple[Services, FastAPI], client: httpx2.AsyncClient, report: dict[str, Any]
) -> None:
    services, _ = demo
    await load_demo(services)
    path = f"/api/v1/workspaces/hillstrom/campaigns/{report['campaign_id']}"
    again = (await client.get(f"{path}/report")).json()
    assert again | {"at": ""} == report | {"at": ""}
    for kind, count in (("campaigns", 2), ("audiences", 5), ("templates", 2), ("senders", 1)):
        listed = (await client.get(f"/api/v1/workspaces/hillstrom/{kind}")).json()
        assert len(listed["items"] if isinstance(listed, dict) else listed) == count, kind


async def test_a_preview_goes_to_made_up_readers_who_read_it(
    demo: tuple[Services, FastAPI], client: httpx2.AsyncClient
) -> None:
    services, _ = demo
    ctx = operator_context(services, await load_demo(services))
    path = "/api/v1/workspaces/hillstrom"
    listed = (await client.get(f"{path}/touchpoints?q=Internal+preview")).json()["items"]
    [preview] = listed
    assert (preview["name"], preview["campaign_name"]) == (PREVIEW, "Clearance sale (example plan)")
    assert preview["launched_at"]
    assert preview["audience"]["name"] == READERS
    touchpoint = UUID(preview["id"])
    await prepare_touchpoint(ctx, touchpoint)
    async with services.db.transaction() as connection:
        assert not await read_preview(ctx, connection, touchpoint), "nothing has arrived yet"
        mine = messages.c.touchpoint_id == touchpoint
        addresses = list((await connection.execute(select(messages.c.address).where(mine))).scalars())
        assert len(addresses) == len(NAMES)
        assert all(one.endswith("@readers.example") for one in addresses)
        await connection.execute(update(messages).where(mine).values(state="accepted", ended_at=ctx.now))
        await connection.execute(
            update(dispatches).where(dispatches.c.touchpoint_id == touchpoint).values(state="finished")
        )
        for _ in range(2):  # they read it once, however often they are asked
            assert await read_preview(ctx, connection, touchpoint)
        made = select(hits.c.kind, hits.c.verdict, func.count()).group_by(hits.c.kind, hits.c.verdict)
        assert {tuple(row) for row in await connection.execute(made)} == {("open", "human", 8), ("click", "human", 4)}
    pictures = (await client.get(f"{path}/assets")).json()["items"]
    assert {one["name"] for one in pictures} == set(PICTURES)


async def test_its_team_begins_once_it_has_an_owner_and_only_once(
    demo: tuple[Services, FastAPI], client: httpx2.AsyncClient
) -> None:
    services, _ = demo
    async with services.db.reading() as connection:
        queued = select(func.count()).select_from(table("procrastinate_jobs"))
        assert await connection.scalar(queued.where(column("task_name") == "entry.begin_demo_team")) == 1, (
            "having an owner sets it off"
        )
    workspace = await load_demo(services)
    assert not await begin_team(services, workspace), "loading it again began it"
    me = (await client.get("/api/v1/me")).json()["id"]
    path = "/api/v1/workspaces/hillstrom"
    people = (await client.get(f"{path}/members")).json()
    listed = people["items"] if isinstance(people, dict) else people
    made_up = [one for one in listed if one["user_id"] != me]
    assert len(made_up) == 3
    assert all("(made up)" in one["name"] and one["email"].endswith("@hillstrom.example") for one in made_up)
    (asked,) = (await client.get(f"{path}/approvals?view=waiting")).json()["items"]
    assert (asked["kind"], asked["state"], asked["amount_minor"]) == ("budget", "waiting", 29_600_00)
    notices = (await client.get(f"{path}/notices")).json()["items"]
    assert {one["kind"] for one in notices} >= {"assigned", "approval_asked", "mentioned"}
    told = next(one["values"] for one in notices if one["kind"] == "approval_asked")
    assert (told["amount_minor"], told["currency"], told["subject"]) == (29_600_00, "USD", "budget")
    assert told["on"], "by when"
    given = next(one for one in notices if one["kind"] == "assigned")
    work = (await client.get(f"{path}/my-work")).json()["items"]
    assert given["values"]["count"] == len(work) == 3
    waiting = next(one for one in (await client.get(f"{path}/campaigns")).json()["items"] if "example" in one["name"])
    rows = (await client.get(f"{path}/campaigns/{waiting['id']}/timeline")).json()["tasks"]
    assert "(made up)" in waiting["leader"]["name"]
    parents = {row["parent_id"] for row in rows}
    assert {row["state"] for row in rows} >= {"done", "todo"}
    assert all(row["owner_id"] for row in rows if row["id"] not in parents), "every task is somebody's"


async def test_its_team_begins_in_a_demo_of_an_earlier_version(world: World) -> None:
    """Whose plan has no amounts: there is nothing to approve, and all the rest is there."""
    wish = TemplateWish(name=NEXT, starts_on=world.ctx.today)
    await instantiate(world.ctx, ready_id("seasonal_sale"), wish)
    assert await begin_team(world.services, world.workspace)
    assert (await world.http.get(f"{world.path}/approvals?view=waiting")).json()["items"] == []
    members = (await world.http.get(f"{world.path}/members")).json()
    assert sum("(made up)" in one["name"] for one in members) == 3
    assert not await begin_team(world.services, world.workspace), "only once"


async def test_its_made_up_colleagues_can_neither_come_in_nor_get_mail(
    demo: tuple[Services, FastAPI], client: httpx2.AsyncClient
) -> None:
    services, _ = demo
    await load_demo(services)
    email = "tom@hillstrom.example"
    for password in ("", "!", "a long enough secret"):
        answer = await client.post("/api/v1/session", json={"email": email, "password": password})
        assert answer.status_code in (401, 422), answer.text
    with pytest.raises(NotFound):
        await make_link(services, email)
    async with services.db.transaction() as connection:
        tom = await connection.scalar(select(users.c.id).where(users.c.email == email))
        waiting = await connection.scalar(
            select(func.count()).select_from(notices).where(notices.c.user_id == tom, notices.c.delivery == "now")
        )
        assert waiting, "he is told in the product"
        workspaces = (await connection.execute(select(notices.c.workspace_id).distinct())).scalars()
        for workspace in workspaces:
            await gather_now(connection, workspace)
        mailed = select(func.count()).select_from(notice_mails).where(notice_mails.c.user_id == tom)
        assert await connection.scalar(mailed) == 0


async def test_the_tutorials_audience_is_there(client: httpx2.AsyncClient) -> None:
    listed = (await client.get("/api/v1/workspaces/hillstrom/audiences?q=Recent")).json()["items"]
    counted = (await client.get(f"/api/v1/workspaces/hillstrom/audiences/{listed[0]['id']}/count")).json()
    assert 5_000 < counted["total"] < 20_000
