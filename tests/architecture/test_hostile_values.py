"""Every operation of the API, as everybody there is, with values that decode: the answer is never a fault of ours.

What random requests hardly ever hold: cursors of other lists, the first and last day there is, numbers whose digits
fill a book, halves of characters, nesting without end. Bounded work is the point; time is only a guard against hanging.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import httpx2
import pytest

from gonfalon.accounts.model import Role
from tests.architecture.hostile import CURSORS, KINDS, USUAL, Kind, Maker, address, operations
from tests.conftest import World
from tests.planning.factory import make_ready
from tests.processes import PATIENCE

# They end the session or the membership that asks, or wait for a mail server somewhere else.
LEFT_OUT = {
    "sign_out", "change_password", "sign_in", "set_up", "leave_workspace", "remove_member", "change_role",
    "end_session", "end_other_sessions", "use_password_link", "delete_workspace", "try_email_connection",
    "try_email_relay",
    "check_email_domains",
}  # fmt: skip


async def known_things(world: World) -> dict[str, Any]:
    """Ids of what a workspace can hold, by what paths and bodies call them."""
    ready = await make_ready(world)
    campaign = ready.campaign["id"]
    known = {
        "workspace": world.workspace.slug,
        "campaign_id": campaign,
        "touchpoint_id": ready.touchpoint["id"],
        "audience_id": ready.audience,
        "template_id": ready.template["id"],
        "topic_id": ready.topic,
        "person_id": ready.people[0],
        "kind": "campaign",
        "thing_id": campaign,
        "section": "audience",
        "currency": "USD",
    }
    task = await world.http.post(f"{world.path}/campaigns/{campaign}/tasks", json={"name": "Write"})
    known["task_id"] = task.json()["id"]
    line = await world.http.post(
        f"{world.path}/campaigns/{campaign}/budget/lines",
        json={"name": "Print", "category": "other", "planned_minor": 100},
    )
    known["line_id"] = line.json().get("id", campaign)
    return known


async def everybody(world: World, anonymous: httpx2.AsyncClient) -> dict[str, httpx2.AsyncClient]:
    roles = (Role.MANAGER, Role.CREATOR, Role.ANALYST, Role.GUEST)
    return {"nobody": anonymous, **{role.value: await world.member(role) for role in roles}, "owner": world.http}


@pytest.mark.slow
async def test_no_value_makes_a_fault(world: World, client_of: Any) -> None:
    known = await known_things(world)
    document = (await world.http.get("/api/v1/openapi.json")).json()
    maker = Maker(document, known)
    async with client_of() as anonymous:
        people = await everybody(world, anonymous)
        faults: list[str] = []
        asked = 0
        for number, (method, path, described) in enumerate(operations(document)):
            if described["operationId"] in LEFT_OUT:
                continue
            for who, kind, request in requests(described, path, maker, list(people), number):
                asked += 1
                async with asyncio.timeout(PATIENCE):
                    answer = await people[who].request(method.upper(), **request)
                if answer.status_code >= 500 and answer.json().get("code") not in ("engine_away", "engine_behind"):
                    faults.append(f"{answer.status_code} {described['operationId']} as {who}, {kind}: {request}"[:600])
    assert faults == []
    assert asked > 1_500


def requests(
    described: dict[str, Any], path: str, maker: Maker, people: list[str], turn: int
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Who asks, what is hostile, and the request: every kind as the owner, two kinds as two of the others in turn."""
    body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    query = [each for each in described.get("parameters", []) if each["in"] == "query"]
    kinds = KINDS if body or [each for each in query if each["name"] not in ("cursor", "limit")] else KINDS[:1]
    for kind in kinds:
        yield "owner", repr(kind), one_request(path, query, body, maker, kind)
    for step in (0, 1):
        kind = KINDS[(turn + step) % len(KINDS)]
        yield people[(turn * 2 + step) % (len(people) - 1)], repr(kind), one_request(path, query, body, maker, kind)
    if any(each["name"] == "cursor" for each in query):
        url = address(path, lambda name: maker.known.get(name, 7))
        yield from (("owner", "cursor", {"url": url, "params": {"cursor": cursor}}) for cursor in CURSORS)
    value = ("%00", "9" * 4_400, "nope", "-1", quote("\u2028"))[turn % 5]
    url = address(path, lambda name: maker.known["workspace"] if name == "workspace" else value)
    if url != path:
        yield "owner", "address", {"url": url}


def one_request(path: str, query: list[Any], body: Any, maker: Maker, kind: Kind) -> dict[str, Any]:
    pairs = {each["name"]: maker.make(each["schema"], kind, each["name"]) for each in query if each["name"] != "cursor"}
    asked = urlencode({name: value for name, value in pairs.items() if value is not None}, True, errors="replace")
    made: dict[str, Any] = {"url": f"{address(path, lambda name: maker.known.get(name, 7))}?{asked}"}
    if body is not None:
        made |= {
            "content": json.dumps(maker.make(body, kind)).encode(),
            "headers": {"content-type": "application/json"},
        }
    return made


@pytest.mark.slow
async def test_ten_at_once_make_no_fault(world: World) -> None:
    """Whatever can be made: who finds it free and who finds it taken a moment later both get an answer."""
    document = (await world.http.get("/api/v1/openapi.json")).json()
    known = await known_things(world)
    audience = (await world.http.get(f"{world.path}/audiences/{known['audience_id']}")).json()
    words = {"language": "en", "time_zone": "Europe/Stockholm", "email": "new@example.com", "channel": "email"}
    more = {"rule": audience["rule"], "year": 2027, "deadline": "2199-01-01", "from_address": "shop@example.com"}
    maker = Maker(document, known | words | more | {"role": "guest", "type": "text", "label": "Size", "key": "size"})
    faults: list[str] = []
    made: set[str] = set()
    for method, path, described in operations(document):
        if method != "post" or described["operationId"] in LEFT_OUT:
            continue
        body = described.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        request = one_request(path, [], body, maker, USUAL)
        async with asyncio.timeout(PATIENCE):
            answers = await asyncio.gather(*(world.http.post(**request) for _ in range(10)))
        for answer in answers:
            if answer.status_code < 300:
                made.add(described["operationId"])
            elif answer.status_code >= 500 and answer.json().get("code") not in ("engine_away", "engine_behind"):
                faults.append(f"{answer.status_code} {described['operationId']}: {answer.text[:200]}")
    assert faults == []
    assert {
        "create_workspace", "invite_member", "create_topic", "create_attribute", "create_campaign", "create_task",
        "create_touchpoint", "create_moment", "create_calendar_feed", "create_page",
        "create_priority", "set_baseline", "create_approval_group",
    } - made == set()  # fmt: skip


async def test_limits_hold_when_all_come_at_once(world: World) -> None:
    """Twenty feeds are the most: thirty who ask at once get twenty."""
    answers = await asyncio.gather(
        *(world.http.post(f"{world.path}/calendar/feeds", json={"name": "Mine"}) for _ in range(30))
    )
    assert sorted({answer.status_code for answer in answers}) == [201, 422]
    assert len((await world.http.get(f"{world.path}/calendar/feeds")).json()) == 20


async def test_ten_who_save_one_template_find_it(world: World) -> None:
    ready = await make_ready(world)
    url = f"{world.path}/templates/{ready.template['id']}"
    present = (await world.http.get(url)).json()
    body = {name: present[name] for name in ("name", "version")}
    source = {name: present[name] for name in ("subject", "preheader", "source", "text") if name in present}
    answers = await asyncio.gather(
        *(world.http.put(url, json=body | source | {"subject": f"Subject {n}"}) for n in range(10))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 9
