"""Who gets credit: the window's end, channels carried out elsewhere, control groups, and periods side by side."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from gonfalon.accounts.model import Role
from gonfalon.delivery.tables import dispatches, messages
from gonfalon.kit.ids import new_id
from gonfalon.people.tables import people
from gonfalon.planning.tables.touchpoints import touchpoints
from tests.conftest import World
from tests.insights.history import START
from tests.insights.shop import BACK, ORDERED, Shop, elsewhere


@pytest.mark.parametrize(("late", "conversions"), [(timedelta(0), 1), (timedelta(microseconds=1), 0)])
async def test_the_last_instant_of_the_window_counts(shop: Shop, late: timedelta, conversions: int) -> None:
    await shop.tell("Order Completed", 100, at=START + timedelta(days=7) + late)
    report = await shop.report()
    assert report["total"]["conversions"]["value"] == conversions
    assert report["groups"][0]["events"][0]["people"] == conversions


async def test_every_channel_gets_its_credit(shop: Shop) -> None:
    ads = await elsewhere(shop, "Search ads", "ads", done_on=START.date(), reached=900, cost_minor=2_000)
    poster = await elsewhere(shop, "Poster", "print", code="WALL", done_on=START.date())
    plain = await elsewhere(shop, "Fair", "event", done_on=START.date(), told_conversions=4, told_revenue_minor=8_000)
    draft = await elsewhere(shop, "Post", "social")
    visitor = await shop.put(people, external_id="visitor")
    await shop.tell("Page Viewed", person=visitor, at=ORDERED, arrival={"campaign": "spring", "medium": "cpc"})
    await shop.tell("Order Completed", 5_000, person=visitor, at=ORDERED + timedelta(hours=1))
    await shop.tell("Order Completed", 3_000, coupon=" wall ")  # who clicked the mail, and has the poster's code
    report = await shop.report()
    found = {uuid.UUID(one["id"]): one for one in report["touchpoints"]}

    def figures(touchpoint: uuid.UUID, *keys: str) -> tuple[Any, ...]:
        return tuple(found[touchpoint]["figures"][key]["value"] for key in keys)

    keys = ("visitors", "conversions", "revenue", "cost", "told_reach")
    assert figures(ads, *keys) == (1, 1, 5_000, 2_000, 900)
    assert figures(ads, "roi") == (1.5,)
    assert figures(poster, *keys) == (0, 1, 3_000, None, None)
    assert figures(plain, *keys) == (0, 4, 8_000, None, None)
    assert figures(shop.email, "conversions", "revenue", "reached") == (0, 0, 1)
    assert found[poster]["figures"]["cost"]["missing"] == "not_told"
    assert (found[draft]["begun"], found[draft]["figures"]["conversions"]["missing"]) == (False, "nothing_launched")
    total = report["total"]
    assert [total[key]["value"] for key in ("conversions", "revenue", "cost")] == [6, 16_000, 2_000]
    assert [total[key]["value"] for key in ("people", "reached", "conversion_rate")] == [1, 1, 0.0]
    assert (total["told_reach"]["value"], total["told_reach"]["missing"]) == (None, "not_added")


async def test_a_visit_that_may_be_of_two_touchpoints_is_of_none_and_told(shop: Shop) -> None:
    for name in ("Banner", "Video"):
        await elsewhere(shop, name, "ads", done_on=START.date())
    await shop.tell("Page Viewed", at=ORDERED, arrival={"campaign": "spring", "medium": "cpc"})
    await shop.tell("Page Viewed", at=ORDERED, arrival={"campaign": "spring", "content": "video"})
    report = await shop.report()
    assert report["unplaced_visits"] == 1
    assert [one["figures"]["visitors"]["value"] for one in report["touchpoints"]] == [0, 0, 1]


async def test_people_are_not_messages(shop: Shop) -> None:
    second = new_id()
    await shop.put(touchpoints, id=second, campaign_id=shop.campaign, name="Second mail", launched_at=START)
    await shop.sent_to(second, shop.person)
    assert await shop.shown("audience", "sent", "people", "reached") == (2, 2, 1, 1)


@pytest.mark.parametrize(("pure", "lifted"), [(0, 0), (1, 1), (2, 0)])
async def test_a_lift_is_against_the_one_control_group_or_none(shop: Shop, pure: int, lifted: int) -> None:
    for number in range(pure):
        control = new_id()
        await shop.put(touchpoints, id=control, campaign_id=shop.campaign, name=f"Control {number}", launched_at=START)
        held = await shop.put(people, email=f"held{number}@example.com")
        await shop.sent_to(control, held, state="withheld", reason="holdout")
    await shop.tell("Order Completed", 1_000)
    report = await shop.report()
    assert len({lift["touchpoint_id"] for lift in report["lifts"]}) == lifted
    assert (report["total"]["caused_revenue"]["value"] is not None) == bool(lifted)


async def test_people_held_out_of_a_touchpoint_itself_are_its_control(shop: Shop) -> None:
    own, pure = [await shop.put(people, email=f"{name}@example.com") for name in ("own", "pure")]
    async with shop.world.services.db.transaction() as connection:
        await connection.execute(update(touchpoints).where(touchpoints.c.id == shop.email).values(holdout_percent=50))
        dispatch = (await connection.execute(dispatches.select())).all()
        first = next(row.id for row in dispatch if row.touchpoint_id == shop.email)
    await shop.put(
        messages, dispatch_id=first, touchpoint_id=shop.email, person_id=own, state="withheld", reason="holdout",
        ended_at=START,
    )  # fmt: skip
    control = new_id()
    await shop.put(touchpoints, id=control, campaign_id=shop.campaign, name="Control", launched_at=START)
    await shop.sent_to(control, pure, state="withheld", reason="holdout")
    await shop.tell("Order Completed", 1_000)
    await shop.tell("Order Completed", 400, person=own)
    report = await shop.report()
    lift = report["lifts"][0]
    assert (lift["control"], lift["difference"]) == (str(shop.email), 0.0)
    assert report["total"]["caused_revenue"]["value"] == 600
    figures = report["touchpoints"][1]["figures"]
    assert (figures["delivered"]["value"], figures["delivered"]["missing"]) == (None, "control")


async def test_bounces_that_nobody_sees_are_not_zero(make_world: Callable[[], Awaitable[World]], app: Any) -> None:
    shop = await Shop(await make_world()).open()
    total = (await shop.report())["total"]
    assert (total["bounced"]["value"], total["bounced"]["missing"]) == (None, "bounces_unseen")
    assert (total["delivered"]["value"], total["reached"]["value"]) == (1, 1)
    at = (await shop.world.http.get(f"{shop.world.path}/email/returns")).json()["address"]
    away = b"From: ada@example.com\nAuto-Submitted: auto-replied\n\nAway"
    report = b"From: mailer-daemon@example.com\n\n550 5.1.1 nobody"
    for mail, seen in ((away, None), (report, 0)):
        assert (await shop.world.http.post(at, content=mail)).status_code == 200
        assert (await shop.report())["total"]["bounced"]["value"] == seen, "somebody hears of them now"
    assert (total["visitors"]["value"], total["visitors"]["missing"]) == (None, "no_visits")
    assert (total["openers"]["value"], total["clickers"]["value"]) == (1, 1), "who clicked has opened"


async def test_a_period_is_told_by_month_and_by_campaign_beside_the_one_before(shop: Shop) -> None:
    await shop.put(
        touchpoints, id=new_id(), campaign_id=shop.campaign, name="Fair", channel="event",
        done_on=date(2026, 2, 20), told_conversions=2, told_revenue_minor=500, cost_minor=250,
    )  # fmt: skip
    await shop.tell("Order Completed", 1_000, at=START + timedelta(days=2), order_id="o1")
    await shop.tell(BACK, 400, at=START + timedelta(days=60), order_id="o1")
    asked = f"{shop.world.path}/reports/overview"
    found = (await shop.world.http.get(f"{asked}?first=2026-02-01&last=2026-03-15")).json()
    assert [(one["first"], one["brought"]["revenue"], one["brought"]["cost"]) for one in found["months"]] == [
        ("2026-02-01", 500, 250),
        ("2026-03-01", 600, 0),
    ]
    assert found["now"] == {"sent": 1, "conversions": 3, "revenue": 1_100, "cost": 250, "roi": 3.4}
    assert found["campaigns"][0]["now"] == found["now"]
    later = (await shop.world.http.get(f"{asked}?first=2026-03-16&last=2026-04-27")).json()
    assert (later["before_first"], later["before_last"]) == ("2026-02-01", "2026-03-15")
    assert (later["now"]["revenue"], later["now"]["roi"], later["before"]) == (0, None, found["now"])
    whole = (await shop.report())["total"]
    assert [whole[key]["value"] for key in ("sent", "conversions", "revenue", "cost")] == [1, 3, 1_100, 250]
    wrong = await shop.world.http.get(f"{asked}?first=2026-02-01&last=2026-01-01")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "days_invalid")
    guest = await shop.world.member(Role.GUEST)
    assert (await guest.get(f"{asked}?first=2026-02-01&last=2026-03-15")).status_code == 403


async def test_a_code_and_results_are_entered_through_the_api(shop: Shop) -> None:
    body = {"name": "Poster", "channel": "print", "code": " WALL "}
    made = await shop.world.http.post(f"{shop.world.path}/campaigns/{shop.campaign}/touchpoints", json=body)
    assert made.status_code == 201, made.text
    poster = made.json()
    assert poster["code"] == "WALL"
    done = {"on": "2026-03-01", "told_conversions": 3, "told_revenue_minor": 900, "version": poster["version"]}
    answer = await shop.world.http.put(f"{shop.world.path}/touchpoints/{poster['id']}/done", json=done)
    assert (answer.json()["told_conversions"], answer.json()["told_revenue_minor"]) == (3, 900)
    await shop.tell("Order Completed", 100, discount_code="wall")
    assert await shop.shown("conversions", "revenue") == (4, 1_000)
    await shop.world.http.delete(f"{shop.world.path}/touchpoints/{poster['id']}/done")
    assert await shop.shown("conversions", "revenue") == (1, 100)
