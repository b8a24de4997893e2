"""What goes wrong around a good request: a full disk, a database that goes away, a killed worker, an old session,
other people's ids. Each gets a clear answer, and nothing is lost or half done.

The table of all bad input and the tests that hold it is docs/explanation/bad-input.md.
"""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text

from gonfalon.accounts.actions import create_workspace
from gonfalon.accounts.context import system_context
from gonfalon.entry import rooms
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.db import plain_url
from gonfalon.kit.services import Services
from gonfalon.people.imports import actions, store
from tests.conftest import World, eventually
from tests.people.files import customers, start, upload
from tests.planning.factory import make_ready
from tests.stories.objects import objects


@asynccontextmanager
async def full_disk(services: Services, table: str, workspace_id: int) -> AsyncIterator[None]:
    """PostgreSQL itself says that its disk is full when a row of the workspace is written to the table."""
    async with services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "create function no_room() returns trigger language plpgsql as $$ begin"
            f" if new.workspace_id = {workspace_id} then"
            " raise exception 'could not extend file: No space left on device' using errcode = '53100'; end if;"
            " return new; end $$"
        )
        await connection.exec_driver_sql(
            f"create trigger no_room before insert on {table} for each row execute function no_room()"
        )
    try:
        yield
    finally:
        async with services.db.transaction() as connection:
            await connection.exec_driver_sql("drop function no_room() cascade")


async def test_a_full_disk_is_said_and_leaves_nothing_half_done(world: World) -> None:
    uploaded = await upload(world, customers(40))
    async with full_disk(world.services, "consents", world.workspace.id):
        topics = (await world.http.get(f"{world.path}/topics")).json()
        consent = {
            "channel": "email", "topic_ids": [topics[0]["id"]], "at": "2025-03-01T12:00:00Z", "origin": "Form",
        }  # fmt: skip
        ended = await start(world, uploaded, consent=consent)
        assert ended["state"] == "failed"
        assert ended["error"] == "The database has no disk space left; free some and try again. Nothing was changed."
        assert (await world.http.get(f"{world.path}/people/count")).json()["count"] == 0
    async with full_disk(world.services, "people", world.workspace.id):
        refused = await world.http.post(f"{world.path}/people", json={"email": "ada@example.com"})
        assert (refused.status_code, refused.json()["code"]) == (503, "disk_full")
        assert "free some" in refused.json()["detail"]
    again = await start(world, await upload(world, customers(40)))
    assert (again["state"], again["result"]["new"]) == ("finished", 40)


async def test_a_disk_that_is_full_at_the_launch_delays_it_and_sends_to_everybody_once(world: World) -> None:
    ready = await make_ready(world)
    async with full_disk(world.services, "messages", world.workspace.id):
        assert (await world.http.post(f"{ready.path}/launch")).status_code in (200, 202)

        async def tried() -> bool:
            async with world.services.db.reading() as connection:
                found = await connection.execute(
                    text(
                        "select max(attempts) from procrastinate_jobs where task_name = 'planning.prepare_touchpoint'"
                        " and args ->> 'touchpoint_id' = :t"
                    ),
                    {"t": ready.touchpoint["id"]},
                )
                return bool(found.scalar_one())

        await eventually(tried)
        async with world.services.db.reading() as connection:
            for table in ("messages", "audience_snapshots", "link_sets"):
                count = await connection.execute(
                    text(f"select count(*) from {table} where workspace_id = :w"), {"w": world.workspace.id}
                )
                assert count.scalar_one() == 0, f"{table} is half done"

    async def expanded() -> dict[str, Any] | None:
        progress: dict[str, Any] = (await world.http.get(f"{ready.path}/delivery")).json()
        return progress if progress["total"] else None

    progress = await eventually(expanded)
    assert (progress["total"], progress["queued"], progress["withheld"]) == (9, 6, 3)


async def waiting_import(url: str) -> int | None:
    """The backend of an import that has come to writing people and waits there."""
    async with await psycopg.AsyncConnection.connect(plain_url(url), autocommit=True) as connection:
        found = await connection.execute(
            "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
            " and query like '%insert into people%' and pid <> pg_backend_pid()"
        )
        row = await found.fetchone()
        return row[0] if row else None


async def test_a_database_that_goes_away_in_mid_import_is_waited_for(world: World) -> None:
    url = plain_url(world.services.db.url)
    uploaded = await upload(world, customers(60))
    async with await psycopg.AsyncConnection.connect(url) as blocker:
        await blocker.execute("lock table people in share mode")
        running = asyncio.create_task(start(world, uploaded))
        pid = await eventually(lambda: waiting_import(url))
        async with await psycopg.AsyncConnection.connect(url, autocommit=True) as other:
            await other.execute("select pg_terminate_backend(%s)", [pid])
        await blocker.rollback()
    ended = await running
    assert (ended["state"], ended["result"]["new"], ended["result"]["rejected"]) == ("finished", 60, 0)
    assert (await world.http.get(f"{world.path}/people/count")).json()["count"] == 60


WORKER = """
import asyncio, sys
from pathlib import Path
from gonfalon.entry.worker import job_worker
from gonfalon.kit.config import Settings
from gonfalon.entry.rooms import open_services

async def main():
    services = open_services(Settings(home=Path(sys.argv[1])), sys.argv[2])
    async with job_worker(services):
        await asyncio.sleep(3600)

asyncio.run(main())
"""


def worker(home: Path, url: str) -> subprocess.Popen[bytes]:
    """A worker process of its own."""
    return subprocess.Popen([sys.executable, "-c", WORKER, str(home), url], stderr=subprocess.DEVNULL)


@pytest.mark.slow
async def test_a_worker_killed_in_mid_import_is_taken_over_and_nobody_comes_twice(
    make_database: Callable[[], str], tmp_path: Path
) -> None:
    url = make_database()
    services = open_services(Settings(home=tmp_path, base_url="http://testserver"), url)
    async with services.db.transaction() as connection:
        workspace = await create_workspace(services, connection, "Kill", time_zone="UTC", currency="EUR", language="en")
    ctx = system_context(services, workspace)

    async def parts() -> AsyncIterator[bytes]:
        yield customers(500)

    added = await actions.upload_import(ctx, "people.csv", parts())
    assert added.detected.suggested is not None
    first = worker(tmp_path, url)
    async with await psycopg.AsyncConnection.connect(plain_url(url)) as blocker:
        await blocker.execute("lock table people in share mode")
        await actions.start_import(ctx, added.id, added.detected.suggested)
        await eventually(lambda: waiting_import(url))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        await blocker.rollback()
    async with services.db.transaction() as connection:
        count = await connection.execute(text("select count(*) from people"))
        assert count.scalar_one() == 0
        # As if its last sign of life were long ago, instead of waiting for half a minute.
        await connection.execute(text("update procrastinate_workers set last_heartbeat = now() - interval '1 hour'"))
    second = worker(tmp_path, url)

    async def over() -> bool:
        async with ctx.reading() as connection:
            return (await store.find_import(connection, workspace.id, added.id)).state == "finished"

    await eventually(over)
    second.send_signal(signal.SIGTERM)
    second.wait()
    async with services.db.reading() as connection:
        people = await connection.execute(text("select count(*), count(distinct email) from people"))
        assert tuple(people.one()) == (500, 500)
    await services.close()


@pytest.mark.parametrize(
    "ending", ["expires_at = now() - interval '1 second'", "last_seen_at = now() - interval '15 days'"]
)
async def test_a_session_that_is_over_or_was_not_used_for_long_has_ended(world: World, ending: str) -> None:
    assert (await world.http.get(f"{world.path}/people")).status_code == 200
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text(f"update sessions set {ending} where user_id = cast(:u as uuid)"), {"u": world.ctx.actor.id}
        )
    answer = await world.http.get(f"{world.path}/people")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    assert answer.json()["detail"] == "Your session has ended; sign in again."


# Everything that any body must hold, so that a request is refused for its id; what a route does not ask for is ignored.
BODY: dict[str, Any] = {
    "name": "x", "label": "x", "version": 1, "role": "analyst", "position": 0, "category": "engagement",
    "resource": "staff", "planned_minor": 1, "metric": "revenue", "target": 1, "deadline": "2030-01-01",
    "from_name": "x", "from_address": "x@example.com", "subject": "x", "body": "<mjml></mjml>", "people": [1],
    "to": "a@example.com", "sender_identity_id": "00000000-0000-0000-0000-000000000007", "match": "email",
    "columns": [{"column": 0, "to": "email"}], "channel": "email", "topic_ids": [1], "state": "granted",
    "resolved": True, "read": True, "following": True, "allowed": True, "stage": "plan", "part": "does", "year": 2030,
    "text": "x", "line_id": "00000000-0000-0000-0000-000000000007", "day": "2030-01-01", "amount_minor": 1,
    "reason": "x", "fingerprint": "x", "unit": "week", "until": "2030-01-01", "on": "2030-01-01", "priority": 1,
    "starts_on": "2030-01-01", "ends_on": "2030-01-01", "verdict": "approve", "title": "x", "section": "hypothesis",
    "step_id": "00000000-0000-0000-0000-000000000007", "segment_id": "00000000-0000-0000-0000-000000000007",
    "campaign_id": "00000000-0000-0000-0000-000000000007", "steps": [{"kind": "role", "ref": "approver"}],
}  # fmt: skip
OTHERWISE: dict[str, dict[str, Any]] = {
    "move_campaign": {"state": "running"},
    "merge_people": {"other_id": 1},
    "split_person": {"identities": [{"kind": "email", "value": "a@example.com"}]},
    "update_priority": {"kind": "leads"},
    "ask_review": {
        "kind": "template",
        "content_id": "00000000-0000-0000-0000-000000000007",
        "steps": [{"kind": "review", "seats": [{"user_id": "00000000-0000-0000-0000-000000000007"}]}],
    },
    "hand_in_draft": {"step": 0},
    "answer_review": {"step": 0, "answer": "yes"},
    "add_remark": {"kind": "template", "content_id": "00000000-0000-0000-0000-000000000007"},
    "add_plan_contact": {"stage": "purchase"},
    "save_plan_contact": {"stage": "purchase"},
    "record_spend_entry": {"kind": "invoice"},
    "move_task": {"state": "done"},
    "save_moment": {"kind": "sale"},
    "update_approval_rule": {"kind": "brief"},
    "move_lesson": {"state": "published"},
    "export_messages": {"state": "accepted"},
    "make_attribute_of_trait": {"type": "text"},
    "delete_tasks": {"ids": ["00000000-0000-0000-0000-000000000007"]},
    "draft_for_silent": {"audience": "x"},
    "save_form": {"definition": {}},
    "save_score": {"definition": {"stages": [{"name": "x"}]}},
    "save_source": {"kind": "site"},
    "link_source": {"links": []},
    "set_live_audience": {"live": True},
    "change_email_relay": {"provider": "smtp", "host": "b.example"},
    "add_persona_note": {"kind": "survey", "finding": "x"},
    "save_mail_row": {"rows": [{"type": "section", "columns": [{"blocks": []}]}]},
}
QUERY = {"attribute": "area", "on": "2026-01-01"}
SAYS_NOTHING = {"read_thing", "go_away", "list_asked_of", "set_member_calendar", "choose_delivery"}
"""What these do is the caller's own, and their answers are the same for what is there and what is not."""


def parts_of(path: str) -> list[str]:
    return re.findall(r"\{(\w+)(?::\w+)?\}", path)


async def test_ids_of_another_workspace_are_unknown_everywhere(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    other = await make_world()
    theirs = await objects(world)
    answers: dict[tuple[str, str], tuple[int, str]] = {}
    strange: set[str] = set()
    for router in (router for room in rooms.ROOMS for router in room.api):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            names = [name for name in parts_of(route.path) if name != "workspace"]
            if "{workspace}" not in route.path or not names:
                continue
            path = route.path.replace("{workspace}", other.workspace.slug)
            for name in names:
                place = next((at for at in theirs if at.startswith("/") and at in route.path and name in at), name)
                path = re.sub(r"\{" + name + r"(:\w+)?\}", str(theirs[place]), path)
            for method in sorted(route.methods or ()):
                if method == "GET":
                    own = path.replace(other.workspace.slug, world.workspace.slug)
                    found = await world.http.get(f"/api/v1{own}", params=QUERY)
                    if found.status_code == 404:
                        strange.add(str(route.operation_id))
                body = BODY | OTHERWISE.get(route.operation_id or "", {})
                answer = await other.http.request(method, f"/api/v1{path}", json=body, params=QUERY)
                if answer.status_code != 404 and route.operation_id not in SAYS_NOTHING:
                    answers[method, route.path] = (answer.status_code, answer.text[:200])
    assert not answers, "\n".join(f"{place} {answer}" for place, answer in answers.items())
    assert strange == {"get_delivery", "list_messages"}, "not launched; all others are there for their own people"
