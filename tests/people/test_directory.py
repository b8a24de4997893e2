"""The list of people: search, filters, order, pages, counts; PostgreSQL and the analytics copy say the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from gonfalon.accounts.model import Role
from gonfalon.kit.engine import Engine
from gonfalon.people.directory import store
from gonfalon.people.directory.model import Sort
from tests.conftest import World
from tests.people.files import consent_plan, csv_bytes, take_in

ROWS = [
    ["1", "ada@example.com", "", "Ada", "Lovelace", "10.5", "North", "ja", "1815-12-10"],
    ["2", "alan@example.com", "+46701234567", "Alan", "Turing", "-3", "South", "nej", "1912-06-23"],
    ["3", "grace@example.org", "", "Grace", "Höpper_100%", "", "North", "", ""],
    ["4", "", "+46701234568", "Åsa", "", "7", "", "ja", "2001-01-01"],
]
HEADER = ["customer_id", "email", "phone", "first_name", "last_name", "score", "area", "member", "birthday"]


@pytest.fixture
async def people(world: World) -> World:
    """A workspace with four very different people, two of them with consent and one with a tag."""
    columns = [
        {"column": 0, "to": "external_id"},
        {"column": 1, "to": "email"},
        {"column": 2, "to": "phone"},
        {"column": 3, "to": "attribute", "attribute": "first_name"},
        {"column": 4, "to": "attribute", "attribute": "last_name"},
        {"column": 5, "to": "new_attribute", "label": "Score", "type": "number", "format": "point"},
        {"column": 6, "to": "new_attribute", "label": "Area", "type": "choice", "choices": ["North", "South"]},
        {"column": 7, "to": "new_attribute", "label": "Member", "type": "boolean"},
        {"column": 8, "to": "attribute", "attribute": "birthday", "format": "ymd"},
    ]
    plan = {"columns": columns, "match": "external_id"}
    result = await take_in(world, csv_bytes(HEADER, ROWS), **plan)
    assert result["new"] == 4, result
    again = csv_bytes(HEADER, ROWS[:2])
    await take_in(world, again, **plan, tags=["vip"], consent=await consent_plan(world))
    return world


async def listed(world: World, **query: Any) -> list[str]:
    """External ids as listed, all pages of two."""
    seen: list[str] = []
    cursor = None
    while True:
        params = query | {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = await world.http.get(f"{world.path}/people", params=params)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        seen += [person["external_id"] for person in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return seen


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-created", "4321"),
        ("created", "1234"),
        ("email", "1234"),
        ("-email", "3214"),
        ("external_id", "1234"),
        ("-external_id", "4321"),
        ("-updated", "2143"),
        ("updated", "3412"),
    ],
)
async def test_every_order_pages_without_gaps_and_those_without_come_last(
    people: World, sort: str, expected: str
) -> None:
    assert "".join(await listed(people, sort=sort)) == expected


QUESTIONS: list[tuple[dict[str, Any], str]] = [
    ({"search": "ADA"}, "1"),
    ({"search": "example.com"}, "12"),
    ({"search": "grace höpper"}, "3"),
    ({"search": "_100%"}, "3"),
    ({"search": "%"}, "3"),
    ({"search": "åsa"}, "4"),
    ({"search": "4670123456"}, "24"),
    ({"search": "nobody"}, ""),
    ({"filter": "attribute.area:is:North"}, "13"),
    ({"filter": "attribute.area:is_not:North"}, "24"),
    ({"filter": "attribute.area:unknown"}, "4"),
    ({"filter": "attribute.area:known"}, "123"),
    ({"filter": "attribute.score:gt:7"}, "1"),
    ({"filter": "attribute.score:ge:7"}, "14"),
    ({"filter": "attribute.score:lt:7.5"}, "24"),
    ({"filter": "attribute.score:is_not:7"}, "123"),
    ({"filter": "attribute.member:is:true"}, "14"),
    ({"filter": "attribute.member:is:false"}, "2"),
    ({"filter": "attribute.birthday:lt:1900-01-01"}, "1"),
    ({"filter": "attribute.birthday:ge:1912-06-23"}, "24"),
    ({"filter": "attribute.last_name:contains:LOVE"}, "1"),
    ({"filter": "attribute.last_name:contains:%"}, "3"),
    ({"filter": "attribute.first_name:contains:ÅS"}, "4"),
    ({"filter": "tag:is:vip"}, "12"),
    ({"filter": "tag:is_not:vip"}, "34"),
    ({"filter": "email:unknown"}, "4"),
    ({"filter": "phone:known"}, "24"),
    ({"filter": "consent.email.newsletter:granted"}, "12"),
    ({"filter": "consent.email.newsletter:none"}, "34"),
    ({"filter": ["attribute.area:is:North", "tag:is:vip"]}, "1"),
    ({"filter": "email:known", "search": "alan"}, "2"),
]


async def test_search_and_filters_find_exactly_whom_they_say(people: World) -> None:
    for query, expected in QUESTIONS:
        assert "".join(sorted(await listed(people, **query))) == expected, query
        counted = (await people.http.get(f"{people.path}/people/count", params=query)).json()
        assert counted == {"count": len(expected), "more": False}, query


async def test_the_analytics_copy_answers_the_same(people: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no patience for PostgreSQL every question goes to the copy."""
    engine = people.services.get(Engine)
    async with people.services.db.transaction() as connection:
        xid = (await connection.exec_driver_sql("select pg_current_xact_id()::text::bigint")).scalar_one()
    await engine.reached(int(xid))
    asked: list[str] = []
    fetch = engine.fetch

    async def counted(sql: str, *args: Any, **more: Any) -> Any:
        asked.append(sql)
        return await fetch(sql, *args, **more)

    monkeypatch.setattr(engine, "fetch", counted)
    monkeypatch.setattr(store, "_from_truth", _too_slow)
    for query, expected in QUESTIONS:
        for sort in ("-created", "email"):
            assert "".join(sorted(await listed(people, sort=sort, **query))) == expected, query
        count = (await people.http.get(f"{people.path}/people/count", params=query)).json()
        assert count == {"count": len(expected), "more": False}, query
    assert len(asked) > 2 * len(QUESTIONS)


async def _too_slow(*_: Any, **__: Any) -> Any:
    from psycopg.errors import QueryCanceled
    from sqlalchemy.exc import OperationalError

    raise OperationalError("", {}, QueryCanceled("canceling statement due to statement timeout"))


async def test_without_a_copy_a_slow_question_says_what_to_do(people: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_from_truth", _too_slow)
    monkeypatch.setattr(people.services, "find", lambda _: None)
    answer = await people.http.get(f"{people.path}/people", params={"search": "x"})
    assert (answer.status_code, answer.json()["code"]) == (503, "people_slow")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"filter": "attribute.nothing:is:1"}, "attribute_unknown"),
        ({"filter": "attribute.score:contains:1"}, "filter_invalid"),
        ({"filter": "attribute.score:gt:many"}, "filter_invalid"),
        ({"filter": "attribute.score:gt:nan"}, "attribute_value_invalid"),
        ({"filter": "attribute.birthday:gt:1900"}, "attribute_value_invalid"),
        ({"filter": "attribute.area':is:1"}, "attribute_unknown"),
        ({"filter": "tag"}, "filter_invalid"),
        ({"filter": "email:is:x"}, "filter_invalid"),
        ({"filter": "consent.email.nothing:granted"}, "topic_unknown"),
        ({"filter": "consent.pigeon.newsletter:granted"}, "filter_invalid"),
        ({"sort": "attributes"}, "request_invalid"),
        ({"cursor": "WzEsMl0", "sort": "email"}, "cursor_invalid"),
        ({"cursor": "WyJ4IiwyXQ"}, "cursor_invalid"),
        ({"cursor": "WzFd"}, "cursor_invalid"),
    ],
)
async def test_questions_that_make_no_sense_are_refused(people: World, query: dict[str, Any], code: str) -> None:
    answer = await people.http.get(f"{people.path}/people", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text


def test_every_order_has_a_column() -> None:
    assert set(store._COLUMNS) == set(Sort)


async def after(world: World, path: str, **body: Any) -> Any:
    """What the API says to something done with many."""
    answer = await world.http.post(f"{world.path}/people/{path}", json=body)
    return answer.json()["changed"] if answer.is_success else (answer.status_code, answer.json()["code"])


async def test_everybody_who_matches_gets_a_value_in_one_go(
    people: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    north = {"search": "", "filter": ["attribute.area:is:North"]}
    assert await after(people, "attributes", matching=north, key="score", value=7) == 2
    assert await after(people, "attributes", matching=north, key="score", value=7) == 0
    assert "".join(sorted(await listed(people, filter="attribute.score:is:7"))) == "134"
    assert await after(people, "attributes", matching=north, key="score", value=None) == 2
    assert "".join(sorted(await listed(people, filter="attribute.score:unknown"))) == "13"
    assert await after(people, "attributes", matching=north, key="score", value="many") == (
        422, "attribute_value_invalid",
    )  # fmt: skip
    assert await after(people, "attributes", matching=north, key="nothing", value=1) == (422, "attribute_unknown")
    ids = [one["id"] for one in (await people.http.get(f"{people.path}/people")).json()["items"]]
    other = await make_world()
    assert await after(other, "attributes", person_ids=ids, key="first_name", value="Eve") == 0
    line = (await people.http.get(f"{people.path}/audit?limit=1")).json()["items"][0]
    assert (line["action"], line["details"]["people"]) == ("people.attribute_set", 2)


async def test_what_many_people_said_is_recorded_in_one_go(
    people: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    topic = (await people.http.get(f"{people.path}/topics")).json()[0]
    everybody = {"search": "", "filter": ["email:known"]}
    said = {"matching": everybody, "topic_ids": [topic["id"]]}
    granted, withdrawn = f"consent.email.{topic['key']}:granted", f"consent.email.{topic['key']}:withdrawn"
    assert await after(people, "consents", **said, state="granted") == (422, "consent_origin_missing")
    origin = {"origin": "Fair in March", "at": "2026-03-02T09:00:00Z", "wording": "Yes, write to me."}
    assert await after(people, "consents", **said, state="granted", **origin) == 1, "the others have agreed already"
    assert "".join(sorted(await listed(people, filter=granted))) == "123"
    grace = (await people.http.get(f"{people.path}/people?search=grace")).json()["items"][0]
    proof = (await people.http.get(f"{people.path}/people/{grace['id']}")).json()["proofs"][0]
    assert (proof["wording"], proof["details"]["origin"], proof["source"]) == (
        "Yes, write to me.", "Fair in March", "member",
    )  # fmt: skip
    assert await after(people, "consents", **said, state="withdrawn") == 3
    assert await after(people, "consents", **said, state="granted", **origin) == 0, "they said no later than that"
    assert "".join(sorted(await listed(people, filter=withdrawn))) == "123"
    other = await make_world()
    assert await after(other, "consents", **said, state="withdrawn") == (404, "topic_unknown")
    analyst = await people.member(Role.ANALYST)
    refused = await analyst.post(f"{people.path}/people/consents", json={**said, "state": "withdrawn"})
    assert refused.status_code == 403
