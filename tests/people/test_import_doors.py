"""Who may import and by which door, columns that grow or do not fit, and uploads that nobody starts."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.kit.jobs import defer, jobs
from gonfalon.people.imports import actions
from gonfalon.people.imports.jobs import clear_uploads_job
from gonfalon.people.imports.upload import import_folder
from tests.conftest import World, eventually
from tests.people.files import csv_bytes, customers, everybody, start, take_in, upload


async def test_only_who_may_import_can_and_never_in_another_workspace(
    world: World, make_world: Callable[..., Awaitable[World]]
) -> None:
    other = await make_world()
    uploaded = await upload(world, customers(3))
    for path in ("", "/rejects", "/rejects.csv"):
        assert (await other.http.get(f"{other.path}/imports/{uploaded['id']}{path}")).status_code == 404
    assert (await other.http.post(f"{other.path}/imports/{uploaded['id']}/cancel")).status_code == 404
    creator = await world.member(Role.CREATOR)
    assert (await creator.get(f"{world.path}/imports")).status_code == 403
    refused = await creator.post(f"{world.path}/imports", params={"file_name": "x.csv"}, content=b"a,b\n")
    assert (refused.status_code, refused.json()["code"]) == (403, "permission_missing")
    listed = (await world.http.get(f"{world.path}/imports")).json()["items"]
    assert [each["id"] for each in listed] == [uploaded["id"]]
    assert (await other.http.get(f"{other.path}/imports")).json()["items"] == []


async def test_a_new_choice_grows_with_the_file_and_a_declared_one_does_not(world: World) -> None:
    content = csv_bytes(["email", "area"], [[f"p{n}@example.com", ("North", "South")[n % 2]] for n in range(30)])
    await take_in(world, content)
    listed = {a["key"]: a for a in (await world.http.get(f"{world.path}/attributes")).json()}
    assert (listed["area"]["type"], listed["area"]["choices"]) == ("choice", ["North", "South"])
    rows = [["x@example.com", "West"], *([f"y{n}@example.com", "North"] for n in range(9))]
    result = await take_in(world, csv_bytes(["email", "area"], rows))
    assert (result["new"], result["rejected"], result["incomplete_by_reason"]) == (10, 0, {"choice_unknown": 1})
    (told,) = (await world.http.get(f"{world.path}/imports/{result['id']}/rejects")).json()["items"]
    assert (told["line"], told["taken"], told["field"], told["cells"]) == (2, True, "area", rows[0])
    assert "area" not in (await everybody(world))["x@example.com"].attributes


async def test_a_column_that_does_not_fit_its_attribute_becomes_another(world: World) -> None:
    await take_in(world, csv_bytes(["email", "area"], [[f"p{n}@example.com", "NS"[n % 2]] for n in range(30)]))
    content = csv_bytes(["email", "area", "birthday"], [["x@example.com", "West", "05/14"]])
    uploaded = await upload(world, content)
    assert [w["code"] for w in uploaded["detected"]["warnings"]] == ["attribute_unfit", "attribute_unfit"]
    columns = uploaded["detected"]["suggested"]["columns"]
    assert [(c["to"], c["label"], c["type"]) for c in columns[1:]] == [
        ("new_attribute", "Area 2", "text"),
        ("new_attribute", "Birthday 2", "text"),
    ]
    assert (await start(world, uploaded))["result"]["incomplete"] == 0


async def test_the_command_line_door_imports_with_progress(world: World, tmp_path: Any) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(customers(9000))
    said: list[Any] = []
    operator = Context(world.services, world.ctx.actor, world.workspace)
    ended = await actions.import_file(operator, file, progress=said.append)
    assert (ended.state, ended.result.new) == ("finished", 9000)
    assert said[-1].phase == "done"
    assert said[-1].bytes == said[-1].total_bytes == file.stat().st_size
    assert file.exists()


async def test_uploads_that_nobody_starts_are_cleared_after_three_days(world: World) -> None:
    """Row and file go; those that are younger, or under way or over, stay."""
    folder = import_folder(world.services.settings.folder)
    kept, old, ended = [await upload(world, customers(3)) for _ in range(3)]
    assert (await start(world, ended))["state"] == "finished"
    async with world.services.db.transaction() as connection:
        days = {kept["id"]: "2 days 23 hours", old["id"]: "3 days 1 minute", ended["id"]: "9 days"}
        for id, age in days.items():
            since = text(
                "update imports set created_at = now() - cast(cast(:age as text) as interval) where id = :id"
                " returning file_path"
            )
            days[id] = Path((await connection.execute(since, {"age": age, "id": id})).scalar_one()).name
    half, fresh = folder / "half.part", folder / "fresh.part"
    for path in (half, fresh):
        path.write_bytes(b"email")
    os.utime(half, (0, 0))
    async with world.services.db.transaction() as connection:
        await defer(connection, clear_uploads_job, timestamp=0)

    async def cleared() -> bool:
        return not half.exists()

    await eventually(cleared)
    answers = [(await world.http.get(f"{world.path}/imports/{id}")).status_code for id in days]
    assert answers == [200, 404, 200]
    assert [days[each["id"]] in os.listdir(folder) for each in (kept, old)] == [True, False]
    assert (half.exists(), fresh.exists()) == (False, True)
    fresh.unlink()


def test_clearing_uploads_is_an_hourly_job() -> None:
    (periodic,) = (each for each in jobs.periodic_registry.periodic_tasks.values() if each.task is clear_uploads_job)
    assert periodic.cron == "47 * * * *"
