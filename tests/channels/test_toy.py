"""A channel is a thing one adds: a toy one goes through check, launch, consent, caps, outcome and report."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import insert, select, update

from gonfalon.channels.offers import Price
from gonfalon.delivery.tables import messages
from gonfalon.entry.api import create_app
from gonfalon.entry.rooms import ROOMS
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services, open_services
from gonfalon.people.tables import consents, people, topics
from gonfalon.planning.budget.sending.actions import enter_costs
from tests.channels import toy
from tests.conftest import World, eventually
from tests.delivery.test_sending import sender
from tests.planning.factory import BODY


@pytest.fixture
async def services(make_database: Callable[[], str], tmp_path: Path) -> AsyncIterator[Services]:
    """Services with one room more."""
    settings = Settings(home=tmp_path, pool_size=8, base_url="http://testserver")
    opened = open_services(settings, make_database(), (*ROOMS, toy.ROOM))
    await toy.migrate(opened)
    toy.DOVECOTE.flown.clear()
    yield opened
    await opened.close()


@pytest.fixture
async def app(services: Services) -> AsyncIterator[FastAPI]:
    made = create_app(services)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
def client_of(app: FastAPI) -> Callable[..., httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return lambda **options: httpx2.AsyncClient(transport=transport, base_url="http://testserver", **options)


async def sent(world: World, method: str, path: str, json: Any = None) -> Any:
    answer = await world.http.request(method, f"{world.path}{path}", json=json)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


async def add_person(world: World, topic: int, number: int, loft: str | None, state: str | None = "granted") -> int:
    async with world.services.db.transaction() as connection:
        made = await connection.execute(
            insert(people)
            .values(
                workspace_id=world.workspace.id,
                external_id=f"K{number}",
                attributes={} if loft is None else {"loft": loft},
            )
            .returning(people.c.id)
        )
        person = int(made.scalar_one())
        if state is not None:
            await connection.execute(
                insert(consents).values(
                    workspace_id=world.workspace.id, person_id=person, channel="push", topic_id=topic, state=state,
                    at=world.ctx.now,
                )
            )  # fmt: skip
    return person


async def plan(world: World, name: str, topic: int, *, paid: bool = False, subject: str = "Spring is here") -> str:
    """A touchpoint by pigeon to everybody; nobody is named as its sender. paid: by a line of the campaign's budget."""
    rule = {"kind": "all", "rules": []}
    audience = await sent(world, "POST", "/audiences", {"kind": "segment", "name": name, "rule": rule})
    template = await sent(world, "POST", "/templates", {"name": name, "subject": subject, "body": BODY})
    campaign = await sent(world, "POST", "/campaigns", {"name": name, "category": "engagement"})
    line = {"name": "Grain", "resource": "media", "planned_minor": 1000}
    budget = await sent(world, "POST", f"/campaigns/{campaign['id']}/budget", line) if paid else {"lines": [{}]}
    made = await sent(
        world, "POST", f"/campaigns/{campaign['id']}/touchpoints",
        {
            "name": name, "channel": "push", "audience_id": audience["id"], "template_id": template["id"],
            "topic_id": topic, "budget_line_id": budget["lines"][0].get("id"),
        },
    )  # fmt: skip
    assert made["sent_here"]
    return str(made["id"])


async def flown(world: World, touchpoint: str) -> dict[str, Any]:
    """Launches, lets the sender work, and returns how it stands at the end."""
    await sent(world, "POST", f"/touchpoints/{touchpoint}/launch")

    async def over() -> dict[str, Any] | None:
        shown: dict[str, Any] = await sent(world, "GET", f"/touchpoints/{touchpoint}/delivery")
        return shown if shown["state"] == "finished" else None

    async with sender(world.services):
        found: dict[str, Any] = await eventually(over)
    return found


async def lofts(world: World) -> int:
    """The attribute that says where pigeons go; returns a topic."""
    await sent(world, "POST", "/attributes", {"key": "loft", "label": "Loft", "type": "text"})
    async with world.services.db.reading() as connection:
        return int((await connection.execute(select(topics.c.id).limit(1))).scalar_one())


async def test_a_channel_is_a_thing_one_adds(world: World) -> None:
    topic = await lofts(world)
    for number, (loft, state) in enumerate(
        [
            ("old mill", "granted"), ("church", "granted"), ("hawk's nest", "granted"), ("harbour", "granted"),
            (None, "granted"), ("tower", None), ("barn", "withdrawn"),
        ]
    ):  # fmt: skip
        await add_person(world, topic, number, loft, state)
    await sent(world, "POST", "/suppressions", {"channel": "push", "address": " Harbour "})

    first = await plan(world, "First flight", topic)
    check = await sent(world, "GET", f"/touchpoints/{first}/check")
    assert check["reach"] == {
        "audience": 7,
        "reachable": 3,
        "withheld": {"no_consent": 1, "unsubscribed": 1, "no_address": 1, "suppressed": 1},
    }
    assert "1 have no loft" in check["sentence"]
    answers = {each["code"]: each for each in check["answers"]}
    assert answers["sky.clear"]["level"] == "ok"
    assert answers["cost.unpaid"]["values"] == {"people": 3, "cost_minor": 38, "currency": "USD"}
    assert not {code for code in answers if code.startswith(("sender.", "unsubscribe.", "size."))}

    long = await plan(world, "Novel", topic, subject="It was a bright cold day in April, and the clocks")
    answers = {each["code"]: each for each in (await sent(world, "GET", f"/touchpoints/{long}/check"))["answers"]}
    assert answers["template.errors"]["values"] == {"errors": ["Pigeons carry 40 letters."]}

    shown = await flown(world, first)
    assert toy.DOVECOTE.flown == {"old mill": "K0: Spring is here", "church": "K1: Spring is here"}
    states = ("accepted", "rejected", "withheld", "total")
    assert {state: shown[state] for state in states} == {"accepted": 2, "rejected": 1, "withheld": 4, "total": 7}
    assert {each["reason"]: each["count"] for each in shown["reasons"]} == {
        "hard_bounce": 1, "no_address": 1, "suppressed": 1, "unsubscribed": 1, "no_consent": 1,
    }  # fmt: skip
    listed = (await sent(world, "GET", "/suppressions"))["items"]
    assert {(each["channel"], each["address"], each["reason"]) for each in listed} == {
        ("push", "harbour", "manual"), ("push", "hawk's nest", "hard_bounce"),
    }  # fmt: skip

    await sent(world, "PUT", "/contact-limits", {"limit": {"messages": 1, "days": 7}})
    await add_person(world, topic, 9, "lighthouse")
    second = await plan(world, "Second flight", topic)
    reach = (await sent(world, "GET", f"/touchpoints/{second}/check"))["reach"]
    assert (reach["reachable"], reach["withheld"]["over_limit"], reach["withheld"]["suppressed"]) == (1, 2, 2)
    shown = await flown(world, second)
    assert {each["reason"]: each["count"] for each in shown["reasons"]}["over_limit"] == 2
    assert sorted(toy.DOVECOTE.flown) == ["church", "lighthouse", "old mill"]

    touchpoint = await sent(world, "GET", f"/touchpoints/{first}")
    report = await sent(world, "GET", f"/campaigns/{touchpoint['campaign_id']}/report")
    (told,) = report["touchpoints"]
    assert (told["channel"], told["figures"]["audience"]["value"], told["figures"]["delivered"]["value"]) == (
        "push",
        7,
        2,
    )


async def test_what_messages_cost_is_entered_by_itself(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    topic = await lofts(world)
    for number, loft in enumerate(("old mill", "church", "hawk's nest", "tower")):
        await add_person(world, topic, number, loft)
    flight = await plan(world, "Paid flight", topic, paid=True)
    assert (await flown(world, flight))["accepted"] == 3
    campaign = (await sent(world, "GET", f"/touchpoints/{flight}"))["campaign_id"]
    entries = f"/campaigns/{campaign}/budget/entries"
    assert await enter_costs(world.ctx) == 0, "a day that is not over may become dearer"

    day = world.ctx.today - timedelta(days=2)
    async with world.services.db.transaction() as connection:
        noon = datetime.combine(day, time(12), world.ctx.zone)
        await connection.execute(update(messages).where(messages.c.state == "accepted").values(ended_at=noon))
    assert await enter_costs(world.ctx) == 0, "nobody knows what a dollar is worth"
    assert [each["code"] for each in await attention(world, campaign)] == ["budget.sending_unentered"]
    with monkeypatch.context() as cheap:
        cheap.setattr(toy, "GRAIN", Price(Decimal("0.1"), "USD"))
        assert await attention(world, campaign) == [], "less than half a cent is no amount that waits to be entered"
        assert await enter_costs(world.ctx) == 0

    for since, rate in ((day, "0.5"), (day + timedelta(days=1), "0.9")):
        await sent(world, "PUT", "/budget/rates", {"currency": "USD", "day": since.isoformat(), "rate": rate})
    assert await enter_costs(world.ctx) == 1
    assert await enter_costs(world.ctx) == 0, "each day once"
    (entry,) = (await sent(world, "GET", entries))["items"]
    assert {name: entry[name] for name in ("kind", "currency", "net_minor", "counted_minor", "source", "note")} == {
        "kind": "media", "currency": "USD", "net_minor": 38, "counted_minor": 19, "source": "channel",
        "note": "3 × 0.125 USD",
    }  # fmt: skip
    assert entry["day"] == day.isoformat()
    assert (await sent(world, "GET", f"/campaigns/{campaign}/budget"))["spent_minor"] == 19
    assert await attention(world, campaign) == []

    await sent(world, "POST", f"{entries}/{entry['id']}/reversal", {"reason": "They flew for nothing."})
    assert await enter_costs(world.ctx) == 0, "what was taken back is not entered again"


async def attention(world: World, campaign: str) -> list[Any]:
    """What of the campaign's money wants attention."""
    shown = await sent(world, "GET", f"/campaigns/{campaign}/attention")
    return [each for each in shown if each["code"].startswith("budget.sending")]
