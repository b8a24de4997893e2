"""What an import would do, and undoing one: what nobody touched goes back, what stays is said."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from gonfalon.people.consent.store import consents_of, proofs_of
from gonfalon.people.imports import store, undoing
from gonfalon.people.profiles.actions import identified, save_person
from gonfalon.people.tables import import_changes, imports, people
from tests.conftest import World, eventually
from tests.people.files import consent_plan, csv_bytes, customers, everybody, start, take_in, upload


async def _after(world: World, import_id: str, name: str) -> dict[str, Any]:
    """Waits for the trial or the undoing of an import."""

    async def over() -> dict[str, Any] | None:
        found: dict[str, Any] = (await world.http.get(f"{world.path}/imports/{import_id}")).json()[name]
        return found if found and found["state"] != "running" else None

    done: dict[str, Any] = await eventually(over)
    assert done["state"] == "finished", done
    return done


async def _list(world: World) -> str:
    made = await world.http.post(f"{world.path}/audiences", json={"kind": "list", "name": "Shop"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def test_a_trial_says_what_the_import_then_does_and_changes_nothing(world: World) -> None:
    await take_in(world, customers(30))
    await _remark(world, "customer3@example.com", first_name="Eve")
    before = await everybody(world)
    uploaded = await upload(world, customers(40, start=20) + b"C3,customer3@example.com,Ada 3,3,South,0\nx,,,,,\n")
    plan = uploaded["detected"]["suggested"] | {"tags": ["shop"], "consent": await consent_plan(world)}
    asked = await world.http.post(f"{world.path}/imports/{uploaded['id']}/trial", json=plan)
    assert asked.status_code == 202, asked.text
    trial = await _after(world, uploaded["id"], "trial")
    assert await everybody(world) == before
    examples = trial["examples"]
    assert len(examples) == 20
    (eve,) = [each for each in examples if each["name"] == "customer3@example.com"]
    assert eve["before"] == {"attributes": {"first_name": "Eve"}}
    assert eve["after"] == {"attributes": {"first_name": "Ada 3"}, "tags": ["shop"]}
    fresh = [each for each in examples if each["person_id"] is None]
    assert fresh[0]["before"] == {}
    assert fresh[0]["after"]["attributes"]["first_name"].startswith("Ada")
    ended = await start(world, uploaded, tags=["shop"], consent=plan["consent"])
    assert ended["trial"] is None
    timeless = {"seconds": 0, "new_attributes": []}
    assert trial["result"] | timeless == ended["result"] | timeless
    assert (ended["result"]["new"], ended["result"]["changed"], ended["result"]["rejected"]) == (30, 11, 1)


async def _remark(world: World, email: str, **attributes: Any) -> int:
    return (await save_person(world.ctx, identified(world.ctx, email=email), attributes)).id


async def test_columns_have_rules_of_their_own_and_rows_go_to_lists(world: World) -> None:
    await take_in(world, customers(4))
    shop = await _list(world)
    uploaded = await upload(
        world, csv_bytes(["email", "first_name", "visits"], [[f"customer{n}@example.com", "Bo", "9"] for n in range(6)])
    )
    plan = uploaded["detected"]["suggested"]
    columns = [each | ({"rule": "fill"} if each["attribute"] == "first_name" else {}) for each in plan["columns"]]
    ended = await start(world, uploaded, columns=columns, lists=[shop], create=False)
    result = ended["result"]
    assert (result["new"], result["changed"], result["listed"]) == (0, 4, 4)
    assert result["rejected_by_reason"] == {"not_known": 2}
    known = await everybody(world)
    assert len(known) == 4
    assert known["customer1@example.com"].attributes["first_name"] == "Ada 1"
    assert known["customer1@example.com"].attributes["visits"] == 9
    nobody = await world.http.post(
        f"{world.path}/imports/{(await upload(world, customers(1)))['id']}/start",
        json=plan | {"create": False, "existing": "skip"},
    )
    assert (nobody.status_code, nobody.json()["code"]) == (422, "import_plan_invalid")


async def test_people_are_matched_by_whatever_a_row_has(world: World) -> None:
    head = ["email", "customer_id", "phone", "first_name"]
    columns = [{"column": n, "to": to} for n, to in enumerate(("email", "external_id", "phone"))]
    columns.append({"column": 3, "to": "attribute", "attribute": "first_name"})
    known = [["a@example.com", "A", "", "Ann"], ["", "B", "", "Ben"], ["c@example.com", "", "+46701740605", "Cid"]]
    await take_in(world, csv_bytes(head, known), match="external_id", columns=columns)
    assert {each.external_id for each in (await everybody(world)).values()} == {"A", "B"}
    rows = [
        ["", "A", "", "Anna"],  # by the id
        ["b@example.com", "B", "", "Benno"],  # by the id, and gets an address
        ["d@example.com", "", "+46701740605", "Dag"],  # new
        ["", "", "+46701740605", "Dagny"],  # by the number: Dag's line above has it
        ["e@example.com", "A", "", "Eve"],  # somebody else has this id: left out
        ["", "", "", "Nobody"],
    ]
    result = await take_in(world, csv_bytes(head, rows), match="any", columns=columns)
    found = {each.attributes.get("first_name"): each for each in (await everybody(world)).values()}
    assert set(found) == {"Anna", "Benno", "Dag", "Eve"}
    assert (found["Anna"].email, found["Benno"].email) == ("a@example.com", "b@example.com")
    assert found["Eve"].external_id is None
    assert found["Dag"].phone == "+46701740605"
    assert result["rejected_by_reason"] == {"key_missing": 1, "taken": 1}
    dagny = csv_bytes(head, [["", "", "+46 70-174 06 05", "Dagny"]])
    again = await take_in(world, dagny, match="any", columns=columns)
    assert (again["new"], again["changed"]) == (0, 1)


async def test_an_import_is_undone_where_nobody_touched_it_since(world: World) -> None:
    await take_in(world, customers(6))
    await _remark(world, "customer1@example.com", first_name="Eve", area="North")
    shop = await _list(world)
    content = customers(12) + b"C1,customer1@example.com,Ada 1,1,South,1\n"
    done = await take_in(world, content, tags=["shop"], lists=[shop], consent=await consent_plan(world))
    assert (done["new"], done["changed"]) == (6, 6)
    left = await _remark(world, "customer7@example.com", first_name="Moa")
    async with world.ctx.transaction() as connection:
        await connection.execute(
            update(people).where(people.c.email == "customer2@example.com").values(tags=["shop", "vip"])
        )
    path = f"{world.path}/imports/{done['id']}/undo"
    before = await everybody(world)
    told = (await world.http.post(f"{path}/preview")).json()
    assert await everybody(world) == before
    begun = await world.http.post(path)
    assert begun.status_code == 202, begun.text
    undo = await _after(world, done["id"], "undo")
    assert undo["result"] == told
    assert (told["removed"], told["restored"], told["partly"], told["kept_changed"]) == (5, 6, 0, 1)
    assert (told["consents"], told["listed"]) == (7, 7)
    known = await everybody(world)
    assert len(known) == 7
    assert known["customer1@example.com"].attributes["first_name"] == "Eve"
    assert known["customer1@example.com"].attributes["area"] == "North"
    assert (known["customer1@example.com"].tags, known["customer2@example.com"].tags) == ([], ["vip"])
    async with world.ctx.reading() as connection:
        assert await consents_of(connection, world.workspace.id, left) == []
        states = [each.state for each in await proofs_of(connection, world.workspace.id, left)]
        rows = (await connection.execute(select(import_changes).where(import_changes.c.import_id == done["id"]))).all()
    assert (states, rows) == (["retracted", "granted"], [])
    again = await world.http.post(path)
    assert (again.status_code, again.json()["undo"]["result"]) == (202, told)
    assert (await world.http.post(f"{path}/preview")).json()["code"] == "import_not_undoable"


async def test_undoing_leaves_what_has_a_life_of_its_own_and_never_revives_a_permission(world: World) -> None:
    given = await consent_plan(world)
    await take_in(world, csv_bytes(["email", "city"], [["a@example.com", "Lyon"]]), consent=given)
    head = ["email", "phone", "city", "opt-in"]
    rows = [
        ["a@example.com", "+46701740605", "Graz", "no"],
        ["b@example.com", "+46701740606", "Graz", "no"],
        ["c@example.com", "", "Graz", "yes"],
    ]
    done = await take_in(
        world,
        csv_bytes(head, rows),
        consent=given | {"at": "2026-11-01T00:00:00Z"},
    )
    assert done["consents"] == 1
    known = await everybody(world)
    async with world.ctx.transaction() as connection:
        await connection.exec_driver_sql(
            "insert into identities (workspace_id, person_id, kind, value) values (%(w)s, %(p)s, 'device', 'd1')",
            {"w": world.workspace.id, "p": known["b@example.com"].id},
        )
    await _remark(world, "a@example.com", city="Oslo")
    assert (await world.http.post(f"{world.path}/imports/{done['id']}/undo")).status_code == 202
    told = (await _after(world, done["id"], "undo"))["result"]
    assert (told["removed"], told["kept_used"], told["partly"], told["refusals"]) == (1, 1, 1, done["refusals"])
    known = await everybody(world)
    assert set(known) == {"a@example.com", "b@example.com"}
    assert (known["a@example.com"].attributes["city"], known["a@example.com"].phone) == ("Oslo", None)
    async with world.ctx.reading() as connection:
        states = await consents_of(connection, world.workspace.id, known["a@example.com"].id)
    assert {each.state for each in states} == {"withdrawn"}


async def test_an_undoing_that_dies_changes_nothing_and_runs_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = await take_in(world, customers(5))
    async with world.ctx.transaction() as connection:
        found = await store.find_import(connection, world.workspace.id, done["id"])
        assert found.undoable_until is not None
        undo = undoing.Undo(by="Ada", at=found.undoable_until)
        await store.change_import(connection, world.workspace.id, found.id, undo=undo.model_dump(mode="json"))
    execute = store.run_step

    async def dies(connection: Any, name: str, *args: Any, **params: Any) -> Any:
        if name == "retract_grants":
            raise SystemExit(9)
        return await execute(connection, name, *args, **params)

    monkeypatch.setattr(undoing.store, "run_step", dies)
    with pytest.raises(SystemExit):
        await undoing.run_undo(world.ctx, found.id)
    assert len(await everybody(world)) == 5
    monkeypatch.undo()
    await undoing.run_undo(world.ctx, found.id)
    await undoing.run_undo(world.ctx, found.id)
    assert await everybody(world) == {}


async def test_after_a_week_what_changed_is_forgotten(world: World) -> None:
    await take_in(world, customers(2))
    done = await take_in(world, csv_bytes(["email", "city"], [["customer1@example.com", "Lyon"]]))
    async with world.ctx.transaction() as connection:
        await connection.exec_driver_sql(
            "update imports set finished_at = finished_at - interval '8 days' where id = %(id)s", {"id": done["id"]}
        )
        await store.forget_old_changes(connection)
        kept = await connection.execute(select(import_changes).where(import_changes.c.import_id == done["id"]))
        assert kept.all() == []
        assert (await connection.execute(select(imports.c.undo).where(imports.c.id == done["id"]))).scalar_one() is None
    refused = await world.http.post(f"{world.path}/imports/{done['id']}/undo")
    assert (refused.status_code, refused.json()["code"]) == (409, "import_not_undoable")
