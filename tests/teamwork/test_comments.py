"""Comments through the API: who may, what is refused, and that nothing anybody wrote is lost."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.teamwork.comments.rules import excerpt, mentioned
from tests.conftest import World
from tests.teamwork.factory import colleague, make_campaign, say, told


async def test_a_thread_is_answered_settled_and_opened_again(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    root = await say(world, campaign, "  Is the date fixed?\r\nAsk the shop. ")
    assert (root["body"], root["replies"], root["resolved_at"]) == ("Is the date fixed?\nAsk the shop.", [], None)

    thread = await say(world, campaign, "Yes", anna.http, parent=root["id"])
    reply = thread["replies"][0]
    assert (reply["body"], reply["author"]) == ("Yes", {"id": anna.id, "name": anna.name, "member": True})
    # A reply to a reply stays in the one thread.
    assert len((await say(world, campaign, "Good", parent=reply["id"]))["replies"]) == 2

    state = f"{world.path}/comments/{root['id']}/resolved"
    settled = (await anna.http.put(state, json={"resolved": True})).json()
    assert settled["resolved_at"]
    assert settled["resolved_by"] == anna.name
    refused = await anna.http.put(f"{world.path}/comments/{reply['id']}/resolved", json={"resolved": True})
    assert (refused.status_code, refused.json()["code"]) == (422, "not_a_thread")
    assert (await say(world, campaign, "One more", parent=root["id"]))["resolved_at"] is None


async def test_threads_are_paged_the_newest_first(world: World) -> None:
    campaign = await make_campaign(world)
    for number in range(5):
        await say(world, campaign, f"No {number}")
    path = f"{world.path}/things/campaign/{campaign}/comments"
    seen: list[str] = []
    cursor = None
    while True:
        page = (await world.http.get(path, params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        seen += [one["body"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["No 4", "No 3", "No 2", "No 1", "No 0"]


async def test_a_comment_belongs_to_who_wrote_it(world: World) -> None:
    campaign = await make_campaign(world)
    anna, ben = await colleague(world), await colleague(world, Role.MANAGER)
    mine = await say(world, campaign, "Frist draft", anna.http)
    path = f"{world.path}/comments/{mine['id']}"

    assert (await ben.http.put(path, json={"body": "x", "version": 1})).json()["code"] == "not_your_comment"
    assert (await ben.http.delete(path)).json()["code"] == "not_your_comment"

    fixed = (await anna.http.put(path, json={"body": "First draft", "version": 1})).json()
    assert (fixed["body"], fixed["version"]) == ("First draft", 2)
    assert fixed["edited_at"]
    late = await anna.http.put(path, json={"body": "Fist draft", "version": 1})
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "changed_meanwhile", 2)

    assert (await anna.http.delete(path)).status_code == 204
    page = (await world.http.get(f"{world.path}/things/campaign/{campaign}/comments")).json()
    assert [(one["body"], one["removed"]) for one in page["items"]] == [("", True)]
    assert (await anna.http.put(path, json={"body": "again", "version": 3})).json()["code"] == "comment_removed"
    # Who manages the workspace may take anybody's words away.
    other = await say(world, campaign, "Rude", ben.http)
    assert (await world.http.delete(f"{world.path}/comments/{other['id']}")).status_code == 204


async def test_a_removed_comment_takes_its_notices_along(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    said = await say(world, campaign, f"{anna.mention} the secret is 42")
    assert await told(world, anna.http) == [("mentioned", f"@{anna.name} the secret is 42")]
    await world.http.delete(f"{world.path}/comments/{said['id']}")
    assert await told(world, anna.http) == []


async def test_what_three_people_write_at_once_is_all_there(world: World) -> None:
    campaign = await make_campaign(world)
    root = await say(world, campaign, "Go")
    people = [await colleague(world) for _ in range(3)]
    await asyncio.gather(
        *(say(world, campaign, f"{n} {one.name}", one.http, parent=root["id"]) for one in people for n in range(4))
    )
    page = (await world.http.get(f"{world.path}/things/campaign/{campaign}/comments")).json()
    assert {one["body"] for one in page["items"][0]["replies"]} == {f"{n} {p.name}" for p in people for n in range(4)}


async def test_the_same_request_twice_is_one_comment(world: World) -> None:
    campaign = await make_campaign(world)
    path = f"{world.path}/things/campaign/{campaign}/comments"
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = await world.http.post(path, json={"body": "Once"}, headers=key)
    again = await world.http.post(path, json={"body": "Once"}, headers=key)
    assert first.json() == again.json()
    assert len((await world.http.get(path)).json()["items"]) == 1


@pytest.mark.parametrize(
    ("body", "code"),
    [("", "comment_empty"), (" \n ", "comment_empty"), ("a" * 10_000, "comment_long"), ("a\0b", "value_invalid")],
)
async def test_what_is_no_comment_is_refused(world: World, body: str, code: str) -> None:
    campaign = await make_campaign(world)
    path = f"{world.path}/things/campaign/{campaign}/comments"
    answer = await world.http.post(path, json={"body": body})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await world.http.get(path)).json()["items"] == []


async def test_only_members_are_mentioned(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    said = await say(world, campaign, f"{anna.mention} look")
    assert said["mentions"] == [{"id": anna.id, "name": anna.name, "member": True}]
    path = f"{world.path}/things/campaign/{campaign}/comments"

    await world.http.delete(f"{world.path}/members/{anna.id}")
    answer = await world.http.post(path, json={"body": f"{anna.mention} and again"})
    assert (answer.status_code, answer.json()["code"]) == (422, "mention_unknown")
    assert answer.json()["members"] == [anna.id]
    stranger = await world.http.post(path, json={"body": f"<@{uuid.uuid4()}>"})
    assert stranger.json()["code"] == "mention_unknown"
    # What was written before they left can still be corrected, and still names them.
    fixed = await world.http.put(
        f"{world.path}/comments/{said['id']}", json={"body": f"{anna.mention} look!", "version": 1}
    )
    assert fixed.json()["mentions"] == [{"id": anna.id, "name": anna.name, "member": False}]


async def test_a_new_name_is_the_name_everywhere(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    await say(world, campaign, f"I am {anna.mention}", anna.http)
    await anna.http.put("/api/v1/me", json={"name": "Anna Ek", "language": "en", "theme": "auto"})
    page = (await world.http.get(f"{world.path}/things/campaign/{campaign}/comments")).json()
    assert page["items"][0]["author"]["name"] == "Anna Ek"
    assert page["items"][0]["mentions"][0]["name"] == "Anna Ek"


async def test_things_of_elsewhere_cannot_be_talked_about(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    other = await make_world()
    theirs = await make_campaign(other)
    said = await say(other, theirs, "Ours")
    for kind, thing in (("campaign", theirs), ("campaign", str(uuid.uuid4())), ("lesson", str(uuid.uuid4()))):
        for method, path in (("GET", "comments"), ("POST", "comments"), ("POST", "presence"), ("PUT", "following")):
            answer = await world.http.request(
                method, f"{world.path}/things/{kind}/{thing}/{path}", json={"body": "Mine?", "following": True}
            )
            assert answer.status_code == 404, (method, path, answer.text)
    path = f"{world.path}/comments/{said['id']}"
    assert (await world.http.put(path, json={"body": "Mine", "version": 1})).status_code == 404
    assert (await world.http.delete(path)).status_code == 404
    mine = await make_campaign(world)
    answer = await world.http.post(
        f"{world.path}/things/campaign/{mine}/comments", json={"body": "Hi", "parent_id": said["id"]}
    )
    assert answer.status_code == 404
    elsewhere = await say(world, await make_campaign(world), "Elsewhere")
    answer = await world.http.post(
        f"{world.path}/things/campaign/{mine}/comments", json={"body": "Hi", "parent_id": elsewhere["id"]}
    )
    assert answer.json()["code"] == "thread_elsewhere"


async def test_a_guest_talks_inside_their_campaigns_only(world: World) -> None:
    mine, theirs = await make_campaign(world, "Theirs"), await make_campaign(world, "Not theirs")
    guest = await colleague(world, Role.GUEST)
    joined = await world.http.put(f"{world.path}/campaigns/{mine}/members/{guest.id}", json={"part": "does"})
    assert joined.is_success, joined.text
    root = await say(world, theirs, "Among us")

    await say(world, mine, "Hello", guest.http)
    path = f"{world.path}/things/campaign/{theirs}"
    assert (await guest.http.get(f"{path}/comments")).status_code == 404
    assert (await guest.http.post(f"{path}/comments", json={"body": "Hi"})).status_code == 404
    assert (await guest.http.get(f"{world.path}/campaigns/{theirs}/activity")).status_code == 404
    answer = await guest.http.put(f"{world.path}/comments/{root['id']}/resolved", json={"resolved": True})
    assert answer.status_code == 404
    # Nobody can call them into it either: not by a mention, not by following.
    answer = await world.http.post(f"{path}/comments", json={"body": f"{guest.mention} see?"})
    assert (answer.status_code, answer.json()["code"]) == (422, "mention_outside")
    assert await told(world, guest.http) == [("assigned", "")], "of their own part, and of nothing else"


async def test_a_key_that_reads_does_not_speak(world: World) -> None:
    campaign = await make_campaign(world)
    path = f"{world.path}/things/campaign/{campaign}/comments"
    for scope, status in (("read", 403), ("write", 200)):
        made = (await world.http.post(f"{world.path}/api-keys", json={"name": "Bot", "scopes": [scope]})).json()
        key = {"Authorization": f"Bearer {made['key']}"}
        assert (await world.http.post(path, json={"body": "Beep"}, headers=key)).status_code == status
    thread = (await world.http.get(path)).json()["items"][0]
    assert thread["author"] == {"id": None, "name": "Bot", "member": False}
    assert (await world.http.get(f"{world.path}/notices", headers=key)).json()["code"] == "members_only"


async def test_a_deleted_campaign_takes_what_was_said_along(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    await say(world, campaign, f"{anna.mention} bye")
    assert (await world.http.delete(f"{world.path}/campaigns/{campaign}")).status_code == 204
    async with world.services.db.reading() as connection:
        left = await connection.execute(
            text("select count(*) from comments where campaign_id = :c"), {"c": uuid.UUID(campaign)}
        )
        assert left.scalar_one() == 0
    assert await told(world, anna.http) == []


def test_mentions_are_found_once_and_in_order() -> None:
    one, two = uuid.uuid4(), uuid.uuid4()
    body = f"<@{two}> and <@{one}>, <@{two}>; not <@x> nor @{one}"
    assert mentioned(body) == [two, one]
    assert excerpt(f"Hi <@{one}>\n  there", {one: "Åsa"}) == "Hi @Åsa there"
    assert excerpt("**Now** or `never`, 2 ** 3", {}) == "Now or never, 2 ** 3"
    assert len(excerpt("word " * 100, {})) <= 200


async def test_an_erased_persons_address_goes_from_what_was_said(world: World) -> None:
    campaign = await make_campaign(world)
    anna = await colleague(world)
    made = await world.http.post(f"{world.path}/people", json={"email": "kund@example.com"})
    assert made.is_success, made.text
    await say(world, campaign, f"{anna.mention} ask Kund@example.com, not akund@example.com")
    erased = await world.http.delete(f"{world.path}/people/{made.json()['id']}")
    assert erased.is_success, erased.text
    page = (await world.http.get(f"{world.path}/things/campaign/{campaign}/comments")).json()
    assert page["items"][0]["body"] == f"{anna.mention} ask [erased], not akund@example.com"
    assert await told(world, anna.http) == [("mentioned", f"@{anna.name} ask [erased], not akund@example.com")]
