"""Audiences through the API: made, counted, compared, kept, refused; the copy and PostgreSQL agree."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, insert, select, text, update

from gonfalon.accounts.context import system_context
from gonfalon.audiences import actions
from gonfalon.audiences.tables import snapshot_members
from gonfalon.kit.services import Services
from gonfalon.people.tables import attribute_definitions, people
from gonfalon.tracking.tables import events
from tests.audiences.shop import (
    EVERYBODY,
    RECENT,
    STORY,
    WOMENS,
    check_story,
    count,
    is_copied,
    make,
    without_copy,
)
from tests.conftest import World


async def test_the_story_is_counted_by_the_copy(shop: World, services: Services) -> None:
    await is_copied(services)
    found = await count(shop, STORY)
    assert found["engine"] == "copy"
    check_story(found)


async def test_the_story_is_counted_without_a_copy(shop: World, services: Services) -> None:
    with without_copy(services):
        found = await count(shop, STORY)
    assert found["engine"] == "postgresql"
    check_story(found)


async def test_reach_says_why_not_and_adds_up(shop: World, services: Services) -> None:
    await is_copied(services)
    both = [await count(shop, EVERYBODY)]
    with without_copy(services):
        both.append(await count(shop, EVERYBODY))
    async with shop.ctx.reading() as connection:
        sendable = await connection.scalar(
            text("select count(*) from reachable_people where workspace_id = :workspace"),
            {"workspace": shop.workspace.id},
        )
    for found in both:
        news = found["reach"][0]
        assert (news["channel"], found["total"]) == ("email", 12)
        assert news["no_address"] == 1, "11"
        assert news["suppressed"] == 1, "3"
        assert news["unsubscribed"] == 1, "2"
        assert news["no_consent"] == 2, "0 and 1 were never asked"
        assert news["reachable"] == sendable == 7, "the same people as delivery would send to"
        for reach in found["reach"]:
            assert sum(value for value in reach.values() if isinstance(value, int)) == 12
    assert both[0]["reach"] == both[1]["reach"]
    assert {each["engine"] for each in both} == {"copy", "postgresql"}


async def test_a_count_sees_what_was_committed_before_it(shop: World, services: Services) -> None:
    await is_copied(services)
    for months in (20, 3, 30):
        async with shop.ctx.transaction() as connection:
            await connection.execute(
                update(people)
                .where(people.c.workspace_id == shop.workspace.id, people.c.external_id == "C0")
                .values(attributes=people.c.attributes.op("||")(text(f"'{{\"months\": {months}}}'::jsonb")))
            )
        found = await count(shop, STORY)
        assert (found["engine"], found["total"]) == ("copy", 2 if months <= 6 else 1)


async def test_events_count_from_the_moment_they_are_there(shop: World, services: Services) -> None:
    await is_copied(services)
    rule = {"kind": "event", "name": "Order Completed", "at_least": 2, "within_days": 30, "total_at_least": 5000}
    assert (await count(shop, rule))["total"] == 0
    async with shop.ctx.transaction() as connection:
        buyer, other = (await connection.execute(
            select(people.c.id).where(people.c.workspace_id == shop.workspace.id).order_by(people.c.id).limit(2)
        )).scalars()  # fmt: skip
        for key, person, days in (("a", buyer, 1), ("b", buyer, 20), ("c", other, 1), ("d", other, 40)):
            await connection.execute(
                insert(events).values(
                    workspace_id=shop.workspace.id, person_id=person, name="Order Completed", source_key=key,
                    at=shop.ctx.now - timedelta(days=days), amount_minor=2500, currency="EUR",
                )
            )  # fmt: skip
    found = await count(shop, rule)
    assert [person["id"] for person in found["sample"]] == [buyer]
    audience = await make(shop, rule)
    assert await actions.members_among(shop.ctx, UUID(audience["id"]), [buyer, other]) == {buyer}


async def test_a_snapshot_keeps_exactly_the_members(shop: World, services: Services) -> None:
    await is_copied(services)
    audience = await make(shop, {"kind": "not", "rule": STORY})
    taken = [await actions.snapshot_audience(shop.ctx, UUID(audience["id"]))]
    with without_copy(services):
        taken.append(await actions.snapshot_audience(shop.ctx, UUID(audience["id"])))
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            delete(people).where(people.c.workspace_id == shop.workspace.id, people.c.external_id == "C1")
        )
    taken.append(await actions.snapshot_audience(shop.ctx, UUID(audience["id"])))
    mine = people.c.workspace_id == shop.workspace.id
    async with shop.ctx.reading() as connection:
        written = []
        for each in taken:
            query = select(snapshot_members.c.person_id).where(snapshot_members.c.snapshot_id == each.id)
            written.append(set((await connection.execute(query)).scalars()))
        present = set((await connection.execute(select(people.c.id).where(mine))).scalars())
    assert written[0] == written[1], "the copy and PostgreSQL write the same"
    assert len(written[0]) == 10
    assert written[2] == written[0] & present, "a deletion just before is taken into account"
    assert [each.size for each in taken] == [10, 10, 9]
    listed = (await shop.http.get(f"{shop.path}/audiences/{audience['id']}/snapshots")).json()
    assert [each["size"] for each in listed] == [9, 10, 10]


async def test_snapshots_larger_than_a_block(shop: World, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    await is_copied(services)
    monkeypatch.setattr("gonfalon.audiences.segments.membership.COPY_ROWS", 1000)
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            text(
                "insert into people (workspace_id, external_id)"
                " select :workspace, 'X' || n from generate_series(1, 2500) n"
            ),
            {"workspace": shop.workspace.id},
        )
    audience = await make(shop, EVERYBODY)
    taken = await actions.snapshot_audience(shop.ctx, UUID(audience["id"]))
    async with shop.ctx.reading() as connection:
        differing = await connection.scalar(
            text(
                "select count(*) from (select person_id from snapshot_members where snapshot_id = :snapshot) m"
                " full join (select id from people where workspace_id = :workspace) p on p.id = m.person_id"
                " where m.person_id is null or p.id is null"
            ),
            {"snapshot": taken.id, "workspace": shop.workspace.id},
        )
    assert (taken.size, differing) == (2512, 0)


async def test_lists_take_people_by_id_key_and_rule(shop: World) -> None:
    audience = await make(shop, None, "Friends", kind="list")
    path = f"{shop.path}/audiences/{audience['id']}"
    keys = {"keys": ["C1", " 2@Example.com ", "nobody", "C1", ""]}
    assert (await shop.http.post(f"{path}/members", json=keys)).json() == {"added": 2, "missing": 1}
    assert (await shop.http.post(f"{path}/members", json=keys)).json() == {"added": 0, "missing": 1}
    assert (await shop.http.post(f"{path}/members", json={"rule": STORY})).json()["added"] == 2
    members = (await shop.http.get(f"{path}/members")).json()["items"]
    assert [person["external_id"] for person in members] == ["C0", "C1", "C2", "C6"]
    by_id = {"people": [members[0]["id"], members[1]["id"], 10**15]}
    assert (await shop.http.post(f"{path}/members/remove", json=by_id)).json() == {"removed": 2}
    assert (await shop.http.post(f"{path}/members", json=by_id)).json() == {"added": 2, "missing": 1}
    assert (await shop.http.get(f"{path}/count")).json()["total"] == 4
    inside = await count(
        shop, {"kind": "all", "rules": [RECENT, {"kind": "audience", "audience": audience["id"], "member": False}]}
    )
    assert inside["total"] == 3, "3, 4 and 5 of 0 to 6 are not on the list"


async def test_members_are_paged(shop: World) -> None:
    audience = await make(shop, EVERYBODY)
    found: list[str] = []
    cursor = None
    while True:
        params = {"limit": 5} | ({"cursor": cursor} if cursor else {})
        page = (await shop.http.get(f"{shop.path}/audiences/{audience['id']}/members", params=params)).json()
        found += [person["external_id"] for person in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == [f"C{number}" for number in range(12)]


async def test_audiences_are_compared(shop: World) -> None:
    first, second = await make(shop, WOMENS, "Womens"), await make(shop, RECENT, "Recent")
    answer = await shop.http.post(f"{shop.path}/audiences/overlap", json={"first": first["id"], "second": second["id"]})
    assert answer.json() == {"first_only": 2, "both": 4, "second_only": 3}


async def test_a_list_is_counted_in_one_go(
    shop: World, services: Services, make_world: Callable[..., Awaitable[World]]
) -> None:
    """Each as it is counted by itself; what is broken, archived, foreign or unknown is left out."""
    await is_copied(services)
    good = [await make(shop, rule, f"Good {n}") for n, rule in enumerate((WOMENS, RECENT, EVERYBODY))]
    broken = await make(shop, {"kind": "attribute", "key": "area", "op": "is", "value": "Rural"}, "Broken")
    gone = await make(shop, WOMENS, "Gone")
    await shop.http.delete(f"{shop.path}/audiences/{gone['id']}")
    async with shop.ctx.transaction() as connection:
        await connection.execute(
            update(attribute_definitions)
            .where(attribute_definitions.c.workspace_id == shop.workspace.id, attribute_definitions.c.key == "area")
            .values(deleted_at=shop.ctx.now)
        )
    foreign = await make(await make_world(), EVERYBODY, "Foreign")
    ids = [each["id"] for each in (*good, broken, gone, foreign)]
    answer = await shop.http.get(f"{shop.path}/audiences/counts", params={"id": [*ids, str(UUID(int=7))]})
    counted = {each["id"]: (each["total"], each["reach"]) for each in answer.json()}
    alone = [(await shop.http.get(f"{shop.path}/audiences/{each['id']}/count")).json() for each in good]
    assert counted == {each["id"]: (one["total"], one["reach"]) for each, one in zip(good, alone, strict=True)}
    assert len({total for total, _ in counted.values()}) == 3
    too_many = await shop.http.get(f"{shop.path}/audiences/counts", params={"id": [str(UUID(int=7))] * 101})
    assert too_many.status_code == 422


async def test_jobs_may_ask_too(shop: World, services: Services) -> None:
    ctx = system_context(services, shop.workspace)
    assert (await actions.count_rule(ctx, STORY)).total == 2
