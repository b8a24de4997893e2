"""Presence and the activity of a campaign."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.teamwork.factory import Colleague, colleague, make_campaign, say


async def others(world: World, campaign: str, who: Colleague) -> list[str]:
    answer = await who.http.post(f"{world.path}/things/campaign/{campaign}/presence")
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["others"]]


async def test_who_looks_at_a_thing_is_seen_and_gone_after_a_while(world: World) -> None:
    campaign, elsewhere = await make_campaign(world), await make_campaign(world)
    anna, ben, carl = [await colleague(world) for _ in range(3)]
    assert await others(world, campaign, anna) == []
    assert await others(world, elsewhere, carl) == []
    assert await others(world, campaign, ben) == [anna.name]
    assert await others(world, campaign, anna) == [ben.name]

    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update presence set seen_at = seen_at - interval '46 seconds' where user_id = cast(:u as uuid)"),
            {"u": ben.id},
        )
    assert await others(world, campaign, anna) == []
    async with world.services.db.reading() as connection:
        left = await connection.execute(
            text("select count(*) from presence where workspace_id = :w and user_id = cast(:u as uuid)"),
            {"w": world.workspace.id, "u": ben.id},
        )
        assert left.scalar_one() == 0, "who went away is forgotten"
    await anna.http.delete(f"{world.path}/things/campaign/{campaign}/presence")
    assert await others(world, campaign, ben) == []


async def test_the_story_of_a_campaign_is_told_in_pages(world: World) -> None:
    campaign, other = await make_campaign(world, "Spring"), await make_campaign(world, "Autumn")
    anna = await colleague(world)
    await say(world, other, "Not here")
    for number in range(3):
        await say(world, campaign, f"Word {number}", anna.http)
        await world.http.post(
            f"{world.path}/campaigns/{campaign}/budget",
            json={"name": f"Line {number}", "resource": "media", "planned_minor": 100},
        )
    sent = await world.http.post(f"{world.path}/campaigns/{campaign}/touchpoints", json={"name": "Mail"})
    assert sent.status_code == 201, sent.text
    gone = await say(world, campaign, "Oh")
    await world.http.delete(f"{world.path}/comments/{gone['id']}")

    seen: list[tuple[str, str, str | None]] = []
    cursor = None
    while True:
        query = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await anna.http.get(f"{world.path}/campaigns/{campaign}/activity", params=query)).json()
        assert len(page["items"]) <= 3
        seen += [(one["actor"], one["action"], one["body"]) for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    owner = world.ctx.actor.name
    assert seen == [
        (owner, "touchpoint.created", None),
        (owner, "budget_line.added", None), (anna.name, "comment.added", "Word 2"),
        (owner, "budget_line.added", None), (anna.name, "comment.added", "Word 1"),
        (owner, "budget_line.added", None), (anna.name, "comment.added", "Word 0"),
        (owner, "campaign.created", None),
    ]  # fmt: skip
    damaged = await anna.http.get(f"{world.path}/campaigns/{campaign}/activity", params={"cursor": "WzFd"})
    assert (damaged.status_code, damaged.json()["code"]) == (422, "cursor_invalid")


async def test_a_review_says_how_much_happened_where(world: World) -> None:
    spring, autumn = await make_campaign(world, "Spring"), await make_campaign(world, "Autumn")
    anna = await colleague(world)
    await say(world, spring, "One", anna.http)
    await say(world, spring, "Two", anna.http)
    today = datetime.now(ZoneInfo("Europe/Stockholm")).date()
    path = f"{world.path}/activity"
    when = {"first": str(today - timedelta(days=1)), "last": str(today)}
    found = (await anna.http.get(path, params=when)).json()["campaigns"]
    assert [(one["campaign_id"], one["changes"], one["comments"], one["people"]) for one in found] == [
        (spring, 1, 2, 2),
        (autumn, 1, 0, 1),
    ]
    before = {"first": str(today - timedelta(days=9)), "last": str(today - timedelta(days=2))}
    assert (await anna.http.get(path, params=before)).json()["campaigns"] == []
    backwards = await anna.http.get(path, params={"first": when["last"], "last": when["first"]})
    assert (backwards.status_code, backwards.json()["code"]) == (422, "days_invalid")
    guest = await colleague(world, Role.GUEST)
    assert (await guest.http.get(path, params=when)).status_code == 403
