"""Erasing a person reaches every room: no table names them afterwards, and every sum stays."""

from __future__ import annotations

import asyncio
import sys
import uuid
from typing import Any

import httpx2
import pytest
from procrastinate import JobContext
from sqlalchemy import text

from gonfalon.accounts.offers import Forgets
from gonfalon.delivery.sender import Sender
from gonfalon.entry.cli import workspace_context
from gonfalon.entry.rooms import ROOMS
from gonfalon.entry.worker import job_worker
from gonfalon.kit.jobs import defer, jobs
from gonfalon.kit.room import Room
from gonfalon.kit.services import Services, open_services
from gonfalon.people.privacy.actions import erase_person
from gonfalon.tracking.links.tokens import Claim, Keys
from gonfalon.tracking.links.urls import UrlFactory
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import World, eventually
from tests.delivery.factory import email_goes_to
from tests.people.files import consent_plan, csv_bytes, take_in
from tests.planning.factory import Ready, make_ready

NAME = "unforgettable@example.com"
SECOND = "second.home@example.com"
PHONE = f"+4670{uuid.uuid4().int % 10**7:07}"
"""Nobody else's in this database: the tests look for it everywhere."""
ORDER = "Erased-Order-77"


async def places(services: Services, word: str) -> dict[str, int]:
    """Table and column → rows in which the word stands, over every column of every table that can hold text."""
    found: dict[str, int] = {}
    async with services.db.reading() as connection:
        columns = await connection.execute(
            text(
                "select c.table_name, c.column_name, c.data_type from information_schema.columns c"
                " join information_schema.tables t on t.table_name = c.table_name and t.table_schema = c.table_schema"
                " where c.table_schema = 'public' and t.table_type = 'BASE TABLE'"
                " and c.data_type in ('text', 'character varying', 'jsonb', 'json', 'bytea', 'ARRAY')"
            )
        )
        for table, column, kind in columns.all():
            value = f"encode({column}, 'escape')" if kind == "bytea" else f'"{column}"::text'
            query = f"select count(*) from {table} where position(lower(:word) in lower({value})) > 0"
            count = (await connection.execute(text(query), {"word": word})).scalar_one()
            if count:
                found[f"{table}.{column}"] = count
    return found


async def report(ready: Ready) -> dict[str, Any]:
    """The campaign's report, without the moment it was made and its touchpoints' own."""
    answer = await ready.world.http.get(f"{ready.world.path}/campaigns/{ready.campaign['id']}/report")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return {key: found[key] for key in ("total", "reasons", "links", "groups", "lifts")}


async def everybody(ready: Ready) -> int:
    """How many people the analytics copy knows."""
    answer = await ready.world.http.get(f"{ready.world.path}/audiences/{ready.audience}/count")
    return int(answer.json()["total"])


async def counted(ready: Ready) -> bool:
    """Whether the analytics copy has got to the order and the withdrawal."""
    total = (await report(ready))["total"]
    return all(total[metric]["value"] == 1 for metric in ("clicks", "conversions", "unsubscribers"))


async def a_long_story(world: World, public: httpx2.AsyncClient, server: FakeSmtp) -> tuple[Ready, int]:
    """A person with everything a workspace can know: imported, written to, clicking, buying, on lists, in the audit."""
    ready = await make_ready(world)
    person = ready.people[1]
    path = f"{world.path}/people/{person}"
    await world.http.patch(path, json={"email": NAME})
    await world.http.post(f"{world.path}/people", json={"email": NAME, "phone": PHONE, "external_id": "C-1"})
    await world.http.post(f"{world.path}/people", json={"external_id": "C-1", "email": SECOND})
    rows = [
        [NAME, "2", "no number"],
        ["other@example.com", "3", ""],
        ["broken@", "4", PHONE],
        ["lost@", "5", NAME.upper()],
    ]
    await take_in(world, csv_bytes(["email", "age", "note"], rows), consent=await consent_plan(world))
    made = await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": "Friends"})
    listed = await world.http.post(f"{world.path}/audiences/{made.json()['id']}/members", json={"people": [person]})
    assert listed.status_code == 200, listed.text
    await world.http.post(f"{world.path}/suppressions", json={"channel": "email", "address": SECOND, "note": NAME})
    async with world.services.db.transaction() as connection:
        await email_goes_to(connection, world.workspace.id, server.port)
    launched = await world.http.post(f"{ready.path}/launch", headers={"idempotency-key": "once"})
    assert launched.status_code in (200, 202), launched.text
    stop = asyncio.Event()
    sender = asyncio.create_task(Sender(world.services, "erasure").run(stop))

    async def sent() -> bool:
        answer = await world.http.get(f"{ready.path}/delivery")
        return answer.status_code == 200 and answer.json()["state"] == "finished"

    await eventually(sent)
    stop.set()
    await sender
    (message,) = (await world.http.get(f"{ready.path}/messages", params={"search": NAME})).json()["items"]
    async with world.services.db.transaction() as connection:
        links = await connection.execute(
            text("select link_set_id from dispatches where workspace_id = :w"), {"w": world.workspace.id}
        )
        link_set = links.scalar_one()
        await connection.execute(
            text("update messages set ended_at = ended_at - interval '1 hour' where workspace_id = :w"),
            {"w": world.workspace.id},
        )
    urls = UrlFactory("http://testserver", Keys.from_secrets(world.services.secrets)).for_message(
        Claim(world.workspace.id, message["id"], person, link_set)
    )
    assert (await public.get(f"{urls.click}1")).status_code == 302
    assert (await public.post(urls.one_click, content=b"List-Unsubscribe=One-Click")).status_code == 200
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "Shop", "scopes": ["track"]})).json()
    order = {
        "userId": "C-1", "event": "Order Completed", "messageId": f"{ORDER} {NAME}",
        "properties": {"revenue": 20, "currency": "EUR", "order_id": ORDER, "to": NAME},
    }  # fmt: skip
    told = await public.post("/v1/track", json=order, auth=(key["key"], ""))
    assert told.status_code == 200, told.text
    await world.http.patch(path, json={"add_tags": ["vip"]})
    return ready, person


@pytest.fixture
async def public(client_of: Any) -> httpx2.AsyncClient:
    """A reader's browser."""
    client: httpx2.AsyncClient = client_of(headers={"user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0"})
    return client


async def test_no_table_names_an_erased_person_and_every_sum_stays(world: World, public: httpx2.AsyncClient) -> None:
    async with FakeSmtp() as server:
        ready, person = await a_long_story(world, public, server)
    known = await places(world.services, NAME)
    for place in (
        "people.email", "messages.address", "events.properties", "events.source_key", "suppressions.note",
        "import_rejects.raw", "imports.detected",
    ):  # fmt: skip
        assert known.get(place), f"the story should leave a trace in {place}"
    assert (await places(world.services, SECOND)).keys() >= {"identities.value", "suppressions.address"}
    await eventually(lambda: counted(ready))
    before, people = await report(ready), await everybody(ready)
    delivery = (await world.http.get(f"{ready.path}/delivery")).json()
    lines = (await world.http.get(f"{world.path}/people/{person}/timeline")).json()["items"]
    (letter,) = [line["details"] for line in lines if line["kind"] == "message"]
    campaign = (await world.http.get(f"{world.path}/campaigns/{letter['campaign_id']}")).json()
    assert letter["campaign"] == campaign["name"]

    assert (await world.http.delete(f"{world.path}/people/{person}")).status_code == 204

    for word in (NAME, SECOND, PHONE, ORDER):
        assert await places(world.services, word) == {}, word

    async def followed() -> bool:
        return await everybody(ready) == people - 1

    await eventually(followed)
    assert await report(ready) == before
    assert (await world.http.get(f"{ready.path}/delivery")).json() == delivery
    async with world.services.db.reading() as connection:
        hits = await connection.execute(
            text("select h.ip, h.user_agent, h.verdict from hits h where h.workspace_id = :w"),
            {"w": world.workspace.id},
        )
        assert [tuple(row) for row in hits] == [("", "", "human")]
        lists = await connection.execute(
            text("select count(*) from list_members where workspace_id = :w"), {"w": world.workspace.id}
        )
        assert lists.scalar_one() == 0
        hashes = await connection.execute(
            text("select address, octet_length(address_hash) from suppressions where workspace_id = :w"),
            {"w": world.workspace.id},
        )
        assert [tuple(row) for row in hashes] == [(None, 32)]


async def test_what_has_not_left_is_withheld_when_the_person_is_erased(world: World) -> None:
    ready = await make_ready(world, reachable=2, without=0)
    assert (await world.http.post(f"{ready.path}/launch")).status_code in (200, 202)

    async def expanded() -> bool:
        answer = await world.http.get(f"{ready.path}/delivery")
        return answer.status_code == 200 and answer.json()["queued"] == 2

    await eventually(expanded)
    assert (await world.http.delete(f"{world.path}/people/{ready.people[0]}")).status_code == 204
    progress = (await world.http.get(f"{ready.path}/delivery")).json()
    assert (progress["total"], progress["queued"], progress["withheld"]) == (2, 1, 1)
    assert [(each["reason"], each["count"]) for each in progress["reasons"]] == [("erased", 1)]


async def test_a_room_that_fails_to_forget_stops_the_whole_erasure(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stubborn(*_: object) -> None:
        raise RuntimeError("not now")

    made = await world.http.post(f"{world.path}/people", json={"email": "ada@example.com"})
    path = f"{world.path}/people/{made.json()['id']}"
    monkeypatch.setattr(world.services, "rooms", (*world.services.rooms, Room("stubborn", offers=(Forgets(stubborn),))))
    assert (await world.http.delete(path)).status_code == 500
    monkeypatch.undo()
    assert (await world.http.get(path)).json()["email"] == "ada@example.com"


async def test_a_command_forgets_in_every_room(world: World) -> None:
    """A command is a process of its own: nobody built an application in it that could have told it of the rooms."""
    made = await world.http.post(f"{world.path}/people", json={"email": NAME})
    person = made.json()["id"]
    audience = (await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": "Friends"})).json()
    await world.http.post(f"{world.path}/audiences/{audience['id']}/members", json={"people": [person]})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COMMAND, world.services.db.url, str(world.services.settings.folder),
        world.workspace.slug, str(person), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    assert said.decode().split() == [room.name for room in world.services.rooms if forgets(room)]
    assert await places(world.services, NAME) == {}
    members = await world.http.get(f"{world.path}/audiences/{audience['id']}/members")
    assert members.json()["items"] == []


COMMAND = """
import sys
from pathlib import Path
from gonfalon.accounts.offers import Forgets
from gonfalon.entry.cli import in_workspace
from gonfalon.people.privacy.actions import erase_person
async def work(ctx):
    await erase_person(ctx, int(person))
    return [room.name for room in ctx.services.rooms if any(isinstance(each, Forgets) for each in room.offers)]
_, url, home, slug, person = sys.argv
print(*in_workspace(Path(home), url, slug, work))
"""


async def test_a_job_forgets_in_every_room(world: World) -> None:
    made = await world.http.post(f"{world.path}/people", json={"email": NAME})
    path = f"{world.path}/people/{made.json()['id']}"
    async with world.services.db.transaction() as connection:
        await defer(connection, erase_job, slug=world.workspace.slug, person_id=made.json()["id"])

    async def gone() -> bool:
        return (await world.http.get(path)).json().get("email") != NAME

    async with job_worker(world.services):
        await eventually(gone)
    assert await places(world.services, NAME) == {}


@jobs.task(name="tests.erase", pass_context=True)
async def erase_job(context: JobContext, slug: str, person_id: int) -> None:
    """Erase a person as a job would: with the services that every job is given."""
    services: Services = context.additional_context["services"]
    assert [room.name for room in services.rooms if forgets(room)] == [room.name for room in ROOMS if forgets(room)]
    await erase_person(await workspace_context(services, slug), person_id)


def forgets(room: Room) -> bool:
    """Whether the room keeps something of people that it forgets."""
    return any(isinstance(offer, Forgets) for offer in room.offers)


async def test_where_nobody_can_be_asked_nobody_is_erased(world: World) -> None:
    made = await world.http.post(f"{world.path}/people", json={"email": NAME})
    alone = open_services(world.services.settings, world.services.db.url)
    try:
        with pytest.raises(RuntimeError, match="without rooms"):
            await erase_person(await workspace_context(alone, world.workspace.slug), made.json()["id"])
    finally:
        await alone.close()
    assert (await world.http.get(f"{world.path}/people/{made.json()['id']}")).json()["email"] == NAME


async def test_many_are_erased_at_once_if_as_many_as_was_said(world: World) -> None:
    names = ["one.of-many@example.com", "o'brien!two@example.com", "three@münchen.example"]
    rows = [[name, f"of-many-{number}"] for number, name in enumerate(names)]
    await take_in(
        world, csv_bytes(["email", "id"], [*rows, ["four@example.com", "of-many-4"], ["not", f"or {names[0]}"]])
    )
    listed = (await world.http.get(f"{world.path}/people", params={"sort": "email"})).json()["items"]
    stays = next(each["id"] for each in listed if each["email"] == "four@example.com")
    for word in (*names, "four@example.com"):
        await world.http.post(f"{world.path}/suppressions", json={"channel": "email", "address": word, "note": word})
        body = {"thing": {"kind": "person", "id": str(stays)}, "body": f"Write to {word}. Or call."}
        await world.http.post(f"{world.path}/comments", json=body)
    chosen = {"matching": {"filter": ["email:known"]}}
    tagged = await world.http.post(f"{world.path}/people/tags", json={"matching": {"search": names[0]}, "add": ["x"]})
    assert tagged.json() == {"changed": 1}

    refused = await world.http.post(f"{world.path}/people/erase", json=chosen | {"confirmed": 3})
    assert (refused.status_code, refused.json()["code"]) == (409, "erased_count_differs")
    assert (refused.json()["confirmed"], refused.json()["people"]) == (3, 4)
    ids = [each["id"] for each in listed if each["id"] != stays]
    for _ in range(2):
        answer = await world.http.post(f"{world.path}/people/erase", json={"person_ids": ids, "confirmed": len(ids)})
    assert (answer.status_code, answer.json()["people"]) == (409, 0)  # the second time nobody is left of them
    for word in (*names, "three@xn--mnchen-3ya.example", "of-many-1"):
        assert await places(world.services, word) == {}, word
    assert (await places(world.services, "four@example.com")).keys() >= {"people.email", "suppressions.note"}
    entries = (await world.http.get(f"{world.path}/audit", params={"limit": 3})).json()["items"]
    assert [(each["action"], each["details"]) for each in entries[:1]] == [("people.erased", {"people": 3})]
    rejected = await take_in(world, csv_bytes(["email"], [[names[0]]]))
    assert rejected["rejected_by_reason"] == {"erased": 1}
