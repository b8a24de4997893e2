"""Tests go to members and to those who said they take them, seldom, and never to who is suppressed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from gonfalon.accounts.mails.model import Mailer
from gonfalon.accounts.model import Role
from gonfalon.entry.mailer import EmailMailer
from tests.channels.test_api import address_of, make_template
from tests.conftest import World

STRANGER = "stranger@elsewhere.example"


@pytest.fixture(autouse=True)
def post(world: World) -> None:
    """The process can mail."""
    world.services.put(Mailer, EmailMailer(world.services))  # type: ignore[type-abstract]


async def mails(world: World) -> list[dict[str, Any]]:
    return (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"]


async def test_strangers_get_tests_once_they_have_said_yes(world: World) -> None:
    template, identity = await make_template(world)
    path = f"{world.path}/templates/{template}/test"
    body = {"version": 1, "sender_identity_id": identity, "to": STRANGER}
    creator = await world.member(Role.CREATOR)
    refused = await creator.post(path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "test_stranger")
    assert (await creator.post(f"{world.path}/test-addresses", json={"address": STRANGER})).status_code == 403
    refused = await world.http.post(path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "test_unconfirmed")
    assert await mails(world) == [], "nothing has left"

    asked = await world.http.post(f"{world.path}/test-addresses", json={"address": "Stranger@Elsewhere.example"})
    assert (asked.status_code, asked.json()["confirmed_at"]) == (201, None)
    assert (await world.http.post(path, json=body)).json()["code"] == "test_unconfirmed"
    (question,) = await mails(world)
    assert question["rcpt_to"] == STRANGER
    text = (await world.http.get(f"{world.path}/sandbox/mails/{question['id']}")).json()["text"]
    link = re.search(r"http://testserver(/confirm/\S+)", text)
    assert link is not None
    page = await world.http.get(link[1])
    assert STRANGER in page.text
    assert "<button" in page.text
    assert (await world.http.post(path, json=body)).status_code == 409, "looking is no yes"
    assert "<button" not in (await world.http.post(link[1])).text
    assert (await world.http.get("/confirm/nonsense")).status_code == 404
    assert (await creator.post(path, json=body)).status_code == 200
    assert (await mails(world))[0]["test"]
    (listed,) = (await creator.get(f"{world.path}/test-addresses")).json()
    assert listed["confirmed_at"] is not None


async def test_another_workspaces_yes_and_members_are_not_ours(world: World, make_world: Any) -> None:
    other = await make_world()
    template, identity = await make_template(world)
    body = {"version": 1, "sender_identity_id": identity, "to": address_of(other)}
    answer = await world.http.post(f"{world.path}/templates/{template}/test", json=body)
    assert answer.json()["code"] == "test_unconfirmed"


async def test_the_suppressed_get_no_tests_and_no_questions(world: World) -> None:
    template, identity = await make_template(world)
    for address in (STRANGER, address_of(world)):
        assert (await world.http.post(f"{world.path}/suppressions", json={"address": address})).status_code == 201
    body = {"version": 1, "sender_identity_id": identity, "to": address_of(world)}
    answer = await world.http.post(f"{world.path}/templates/{template}/test", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "test_suppressed")
    answer = await world.http.post(f"{world.path}/test-addresses", json={"address": STRANGER})
    assert (answer.status_code, answer.json()["code"]) == (409, "test_suppressed")
    assert await mails(world) == []


async def test_twenty_an_hour_are_enough(world: World) -> None:
    template, identity = await make_template(world)
    path = f"{world.path}/templates/{template}/test"
    body = {"version": 1, "sender_identity_id": identity, "to": address_of(world)}
    codes = [(await world.http.post(path, json=body)).status_code for _ in range(21)]
    assert codes == [200] * 20 + [429]
    assert (await world.http.post(f"{world.path}/test-addresses", json={"address": STRANGER})).status_code == 429
    assert len(await mails(world)) == 20
    manager = await world.member(Role.MANAGER)
    assert (await manager.post(path, json=body)).status_code == 200, "counted by user"


async def test_nobody_is_asked_again_and_again(world: World) -> None:
    path = f"{world.path}/test-addresses"
    codes = [(await world.http.post(path, json={"address": STRANGER})).status_code for _ in range(4)]
    assert codes == [201, 201, 201, 429]
