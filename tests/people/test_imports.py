"""Importing people: what a marketer's file becomes, once, with every bad row told."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from gonfalon.people.consent import actions as consent
from gonfalon.people.consent.model import ConsentSource, ConsentState, Statement
from gonfalon.people.consent.store import consents_of, proofs_of
from gonfalon.people.imports import actions, merge, store
from gonfalon.people.model import Channel
from gonfalon.people.profiles.actions import identified, save_person
from gonfalon.people.tables import consent_proofs, consents, people
from tests.conftest import World, eventually
from tests.people.files import CONSENT_AT, consent_plan, csv_bytes, customers, everybody, start, take_in, upload


async def test_a_file_becomes_people_with_typed_attributes_tags_and_proof(world: World) -> None:
    uploaded = await upload(world, customers(300))
    assert [(c["name"], c["type"]) for c in uploaded["detected"]["columns"]] == [
        ("customer_id", "text"),
        ("email", "text"),
        ("first_name", "text"),
        ("visits", "number"),
        ("area", "choice"),
        ("member", "boolean"),
    ]
    assert [c["to"] for c in uploaded["detected"]["suggested"]["columns"]] == [
        "external_id",
        "email",
        "attribute",
        "new_attribute",
        "new_attribute",
        "new_attribute",
    ]
    ended = await start(world, uploaded, tags=["shop"], consent=await consent_plan(world))
    assert ended["state"] == "finished", ended["error"]
    result = ended["result"]
    assert (result["rows"], result["new"], result["rejected"], result["consents"]) == (300, 300, 0, 300)
    person = (await everybody(world))["customer7@example.com"]
    assert person.attributes == {"first_name": "Ada 7", "visits": 7, "area": "South", "member": True}
    assert (person.external_id, person.tags) == ("C7", ["shop"])
    async with world.ctx.reading() as connection:
        (proof,) = await proofs_of(connection, world.workspace.id, person.id)
    assert (proof.state, proof.source, proof.at) == (ConsentState.GRANTED, ConsentSource.IMPORT, CONSENT_AT)
    assert proof.wording == "Yes, write to me."
    assert proof.details["origin"] == "Sign-up form of the shop"
    assert proof.details["import"] == ended["id"]
    assert ended["progress"]["phase"] == "done"
    assert ended["progress"]["rows"] == 300
    entries = (await world.http.get(f"{world.path}/audit", params={"action": "people.imported"})).json()["items"]
    assert [(e["target_id"], e["details"]["new"]) for e in entries] == [(ended["id"], 300)]


async def test_the_preview_is_what_is_stored(world: World) -> None:
    rows = [
        ["a@example.com", "070-123 45 67", "1 234,50", "24.12.2025", "x"],
        ["not an address", "", "", "", ""],
        ["B@Example.COM ", "+33 6 12 34 56 78", "-3", "01.02.2024", ""],
        ["c@example.com", "", "a lot", "", ""],
    ]
    content = csv_bytes(["E-post", "Mobil", "Poäng", "Köpt", "Anm"], rows, ";")
    uploaded = await upload(world, content)
    plan = uploaded["detected"]["suggested"]
    assert plan["country"] == "SE"
    plan["columns"][2] |= {"to": "new_attribute", "label": "Poäng", "type": "number", "format": "comma"}
    seen = (await world.http.post(f"{world.path}/imports/{uploaded['id']}/preview", json=plan)).json()["rows"]
    assert [(r["line"], r["email"], r["phone"], r["reason"], r["field"]) for r in seen] == [
        (2, "a@example.com", "+46701234567", "", ""),
        (3, None, None, "email_invalid", "E-post"),
        (4, "b@example.com", "+33612345678", "", ""),
        (5, "c@example.com", None, "number_invalid", "Poäng"),
    ]
    assert [row["taken"] for row in seen] == [True, False, True, True]
    ended = await start(world, uploaded, columns=plan["columns"])
    assert ended["result"]["rejected_by_reason"] == {"email_invalid": 1}
    assert ended["result"]["incomplete_by_reason"] == {"number_invalid": 1}
    stored = await everybody(world)
    for row in seen:
        if row["taken"]:
            person = stored[row["email"]]
            assert (person.phone, person.attributes) == (row["phone"], row["attributes"])
    assert stored["a@example.com"].attributes["poang"] == 1234.5
    assert stored["a@example.com"].attributes["kopt"] == "2025-12-24"


async def test_the_same_file_again_changes_nothing_and_says_so(world: World) -> None:
    given = await consent_plan(world)
    first = await take_in(world, customers(200), tags=["shop"], consent=given)
    assert not first["nothing_changed"]
    before = await everybody(world)
    again = await take_in(world, customers(200), tags=["shop"], consent=given)
    assert again["nothing_changed"]
    assert (again["new"], again["changed"], again["unchanged"], again["consents"]) == (0, 0, 200, 0)
    assert await everybody(world) == before
    async with world.ctx.reading() as connection:
        proofs = select(func.count()).where(consent_proofs.c.workspace_id == world.workspace.id)
        assert (await connection.execute(proofs)).scalar() == 200


async def test_rejected_rows_come_back_as_a_file_that_can_be_mended_and_imported(world: World) -> None:
    rows = [
        ["=cmd()|' /C calc'!A1", "1", "9.50"],
        ["ok@example.com", "2", "10.25"],
        ["", "3", "1.00"],
        ["late@example.com", "4", "1.00"],
        ["late@example.com", "5", "2.00"],
        ["text@example.com", "6", "ten"],
    ]
    result = await take_in(world, csv_bytes(["email", "visits", "amount"], rows))
    assert result["rejected_by_reason"] == {"email_invalid": 1, "key_missing": 1}
    assert (result["new"], result["duplicates"]) == (3, 1)
    assert (await everybody(world))["late@example.com"].attributes["visits"] == 5
    path = f"{world.path}/imports/{result['id']}"
    answer = await world.http.get(f"{path}/rejects.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0] == ["line", "reason", "column", "email", "visits", "amount"]
    assert table[1][:4] == ["2", "The email address is not valid.", "email", "'=cmd()|' /C calc'!A1"]
    assert [row[0] for row in table[1:4]] == ["2", "4", "5"]
    listed = (await world.http.get(f"{path}/rejects", params={"limit": 2})).json()
    assert [(r["line"], r["reason"]) for r in listed["items"]] == [(2, "email_invalid"), (4, "key_missing")]
    assert listed["items"][0]["cells"][0] == "=cmd()|' /C calc'!A1"
    rest = (await world.http.get(f"{path}/rejects", params={"cursor": listed["next_cursor"]})).json()
    assert rest["items"][0]["reason"] == "duplicate"


@pytest.mark.parametrize(
    ("existing", "expected", "counts"),
    [
        ("fill", {"first_name": "Old", "visits": 5}, (1, 0, 0)),
        ("overwrite", {"first_name": "New", "visits": 5}, (1, 0, 0)),
        ("skip", {"first_name": "Old"}, (0, 0, 1)),
    ],
)
async def test_what_happens_to_people_who_are_known(
    world: World, existing: str, expected: dict[str, Any], counts: tuple[int, int, int]
) -> None:
    await save_person(world.ctx, identified(world.ctx, email="known@example.com"), {"first_name": "Old"})
    content = csv_bytes(
        ["email", "first_name", "visits"], [["known@example.com", "New", "5"], ["n@example.com", "", "6"]]
    )
    result = await take_in(world, content, existing=existing, consent=await consent_plan(world))
    assert (result["changed"], result["unchanged"], result["skipped"], result["new"]) == (*counts, 1)
    person = (await everybody(world))["known@example.com"]
    assert person.attributes == expected
    async with world.ctx.reading() as connection:
        told = await consents_of(connection, world.workspace.id, person.id)
    assert bool(told) == (existing != "skip")


async def test_matching_by_another_identity_joins_or_refuses(world: World) -> None:
    """A person known by email only gets the id; an address of somebody with another id is refused."""
    await save_person(world.ctx, identified(world.ctx, email="free@example.com"), {})
    await save_person(world.ctx, identified(world.ctx, email="owned@example.com", external_id="X9"), {})
    content = csv_bytes(
        ["id", "email"],
        [["A1", "free@example.com"], ["A2", "owned@example.com"], ["A3", "x@example.com"], ["A4", "x@example.com"]],
    )
    result = await take_in(world, content, match="external_id")
    assert result["rejected_by_reason"] == {"taken": 2}
    assert (result["new"], result["changed"]) == (1, 1)
    stored = await everybody(world)
    assert {email: row.external_id for email, row in stored.items()} == {
        "free@example.com": "A1",
        "owned@example.com": "X9",
        "x@example.com": "A3",
    }


async def test_a_consent_column_decides_who_gave_it(world: World) -> None:
    content = csv_bytes(
        ["email", "newsletter"], [["a@example.com", "ja"], ["b@example.com", "nej"], ["c@example.com", ""]]
    )
    uploaded = await upload(world, content)
    columns = uploaded["detected"]["suggested"]["columns"]
    assert columns[1]["to"] == "consent"
    path = f"{world.path}/imports/{uploaded['id']}/start"
    refused = await world.http.post(path, json=uploaded["detected"]["suggested"] | {"columns": columns})
    assert refused.json()["code"] == "import_plan_invalid"
    seen = await world.http.post(
        f"{world.path}/imports/{uploaded['id']}/preview", json={"columns": columns, "match": "email"}
    )
    assert [row["consent"] for row in seen.json()["rows"]] == ["granted", "refused", "open"]
    ended = await start(world, uploaded, columns=columns, consent=await consent_plan(world))
    assert (ended["result"]["new"], ended["result"]["consents"], ended["result"]["refusals"]) == (3, 1, 1)
    assert await newsletters(world) == {"a@example.com": "granted", "b@example.com": "withdrawn"}
    refuser = (await everybody(world))["b@example.com"]
    async with world.ctx.reading() as connection:
        (proof,) = await proofs_of(connection, world.workspace.id, refuser.id)
    assert (proof.source, proof.at, proof.wording) == (ConsentSource.IMPORT, CONSENT_AT, "")
    assert proof.details["import"] == ended["id"]


@pytest.mark.parametrize(
    ("name", "answers", "target"),
    [
        ("Accepts marketing", ("yes", "no"), "consent"),
        ("Opt-in", ("1", "0"), "consent"),
        ("Nyhetsbrev", ("ja", "nej"), "consent"),
        ("Abonné à l’infolettre", ("oui", "non"), "consent"),
        ("订阅邮件", ("是", "否"), "consent"),
        ("No marketing", ("yes", "no"), "consent"),
        ("Unsubscribed", ("yes", "no"), "consent"),
        ("退订", ("是", "否"), "consent"),
        ("Newsletter", ("weekly", "monthly"), "new_attribute"),
        ("New customer", ("yes", "no"), "new_attribute"),
    ],
)
async def test_a_column_that_says_who_agreed_is_recognised(
    world: World, name: str, answers: tuple[str, str], target: str
) -> None:
    rows = [[f"p{number}@example.com", answers[number % 2]] for number in range(6)]
    uploaded = await upload(world, csv_bytes(["email", name], rows))
    assert uploaded["detected"]["suggested"]["columns"][1]["to"] == target


async def newsletters(world: World) -> dict[str, str]:
    """What people who said anything allow by email, by address."""
    async with world.ctx.reading() as connection:
        rows = await connection.execute(
            select(people.c.email, consents.c.state)
            .join(consents, consents.c.person_id == people.c.id)
            .where(people.c.workspace_id == world.workspace.id)
        )
        return {row.email: row.state for row in rows}


async def test_a_files_refusals_count_unless_people_agreed_since(world: World) -> None:
    given = await consent_plan(world)
    names = ["before", "since", "skipped", "already"]
    header, rows = ["email", "newsletter"], [[f"{name}@example.com", "yes"] for name in names]
    columns = [{"column": 0, "to": "email"}, {"column": 1, "to": "consent"}]
    early = given | {"at": (CONSENT_AT - timedelta(days=9)).isoformat()}
    await take_in(world, csv_bytes(header, rows), columns=columns, consent=early)
    known = await everybody(world)
    said = Statement(Channel.EMAIL, ConsentState.WITHDRAWN, ConsentSource.PREFERENCE_PAGE)
    async with world.ctx.transaction() as connection:
        both = [known["since@example.com"].id, known["already@example.com"].id]
        await consent.record_consent(connection, world.workspace.id, both, given["topic_ids"], said)
        again = replace(said, state=ConsentState.GRANTED)
        await consent.record_consent(connection, world.workspace.id, both[:1], given["topic_ids"], again)
    refusals = csv_bytes(header, [[row[0], "no"] for row in rows])
    result = await take_in(world, refusals, columns=columns, consent=given, existing="skip")
    assert (result["refusals"], result["consents"], result["skipped"]) == (2, 0, 4)
    assert await newsletters(world) == {
        "before@example.com": "withdrawn",
        "since@example.com": "granted",
        "skipped@example.com": "withdrawn",
        "already@example.com": "withdrawn",
    }
    once_more = await take_in(world, refusals, columns=columns, consent=given)
    assert (once_more["refusals"], once_more["nothing_changed"]) == (0, True)


@pytest.mark.parametrize("match", ["email", "external_id"])
async def test_a_second_address_means_the_person_who_has_it(world: World, match: str) -> None:
    first = identified(world.ctx, email="ada@example.com", external_id="A1")
    ada = await save_person(world.ctx, first, {})
    await save_person(world.ctx, identified(world.ctx, email="second@example.com", external_id="A1"), {})
    await save_person(world.ctx, identified(world.ctx, email="ada@example.com", external_id="A1-old"), {})
    if match == "email":
        content = csv_bytes(["email", "first_name"], [["Second@example.com", "Ada"]])
    else:
        content = csv_bytes(["id", "email", "first_name"], [["A1-old", "second@example.com", "Ada"]])
    result = await take_in(world, content, match=match)
    assert (result["new"], result["changed"], result["rejected"]) == (0, 1, 0)
    (only,) = (await everybody(world)).values()
    assert (only.id, only.email, only.external_id, only.attributes["first_name"]) == (
        ada.id, "ada@example.com", "A1", "Ada",
    )  # fmt: skip
    assert (await take_in(world, content, match=match))["nothing_changed"]


async def test_an_address_that_somebody_has_beside_another_is_taken(world: World) -> None:
    await save_person(world.ctx, identified(world.ctx, email="ada@example.com", external_id="A1"), {})
    await save_person(world.ctx, identified(world.ctx, email="second@example.com", external_id="A1"), {})
    content = csv_bytes(["id", "email"], [["B2", "second@example.com"]])
    result = await take_in(world, content, match="external_id")
    assert (result["new"], result["rejected_by_reason"]) == (0, {"taken": 1})
    both = csv_bytes(["email", "first_name"], [["ada@example.com", "Ada"], ["second@example.com", "Countess"]])
    result = await take_in(world, both, match="email")
    assert (result["changed"], result["duplicates"]) == (1, 1)
    assert (await everybody(world))["ada@example.com"].attributes["first_name"] == "Countess"


async def test_an_import_never_brings_back_who_withdrew(world: World) -> None:
    given = await consent_plan(world)
    await take_in(world, customers(5), consent=given)
    person = (await everybody(world))["customer3@example.com"]
    withdrawn = Statement(Channel.EMAIL, ConsentState.WITHDRAWN, ConsentSource.ONE_CLICK)
    async with world.ctx.transaction() as connection:
        await consent.withdraw_all(connection, world.workspace.id, [person.id], withdrawn)
    again = await take_in(world, customers(6), consent=given | {"at": "2026-11-01T00:00:00Z"})
    assert again["consents"] == 1
    async with world.ctx.reading() as connection:
        states = {c.state for c in await consents_of(connection, world.workspace.id, person.id)}
    assert states == {ConsentState.WITHDRAWN}


async def test_an_import_that_dies_at_any_point_changes_nothing_and_can_run_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash is a transaction that never commits; afterwards the job runs again, and once more for good measure."""
    uploaded = await upload(world, customers(50))
    found = await _begun(world, uploaded["id"], uploaded["detected"]["suggested"])
    execute = store.run_step
    for statement in ("reject_duplicates", "insert_people", "count_rows", "keep_rejects"):

        async def dies(connection: Any, name: str, *args: Any, at: str = statement, **params: Any) -> Any:
            if name == at:
                raise SystemExit(9)
            return await execute(connection, name, *args, **params)

        monkeypatch.setattr(merge.store, "run_step", dies)
        with pytest.raises(SystemExit):
            await actions.run_import(world.ctx, found)
        assert await everybody(world) == {}
    monkeypatch.undo()
    ended = await actions.run_import(world.ctx, found)
    assert (ended.state, ended.result.new) == ("finished", 50)
    assert (await actions.run_import(world.ctx, found)).result == ended.result
    assert len(await everybody(world)) == 50


async def _begun(world: World, import_id: str, plan: dict[str, Any]) -> Any:
    """Marks an import as started without giving it to the worker."""
    from uuid import UUID

    from gonfalon.people.imports.model import Plan

    async with world.ctx.transaction() as connection:
        found = await store.find_import(connection, world.workspace.id, UUID(import_id))
        await actions._begin(world.ctx, connection, found, Plan.model_validate(plan))
    return found.id


async def test_cancelling_a_running_import_leaves_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded = await upload(world, customers(50))
    execute = store.run_step

    async def slow(connection: Any, name: str, *args: Any, **params: Any) -> Any:
        if name == "insert_people":
            await connection.exec_driver_sql("select pg_sleep(60)")
        return await execute(connection, name, *args, **params)

    monkeypatch.setattr(merge.store, "run_step", slow)
    path = f"{world.path}/imports/{uploaded['id']}"
    assert (await world.http.post(f"{path}/start", json=uploaded["detected"]["suggested"])).status_code == 202

    async def saving() -> bool:
        return bool((await world.http.get(path)).json()["progress"]["phase"] == "saving")

    await eventually(saving)
    again = await world.http.post(f"{path}/start", json=uploaded["detected"]["suggested"])
    assert (again.status_code, again.json()["state"]) == (202, "running")
    assert (await world.http.post(f"{path}/cancel")).json()["state"] == "cancelled"

    async def stopped() -> bool:
        async with world.ctx.reading() as connection:
            found = await connection.exec_driver_sql(
                "select count(*) from pg_stat_activity where query like 'select pg_sleep%%' and state = 'active'"
                " and datname = current_database()"
            )
            return bool(found.scalar_one() == 0)

    await eventually(stopped)
    assert await everybody(world) == {}
    assert (await world.http.get(path)).json()["state"] == "cancelled"
    refused = await world.http.post(f"{path}/start", json=uploaded["detected"]["suggested"])
    assert (refused.status_code, refused.json()["code"]) == (409, "import_over")
