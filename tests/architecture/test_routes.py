"""Every route, seen from outside: bound to its workspace, documented, and closed to strangers."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable, Iterator
from contextvars import ContextVar

import httpx2
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import Connection, event

from gonfalon.accounts.auth import context, signed_in
from gonfalon.entry import rooms
from gonfalon.kit.services import Services
from tests.conftest import World

# Routes that anybody may call; each proves in its own way whom it serves (token, password, signature).
OPEN = {
    "get_setup", "set_up", "sign_in", "get_invitation", "accept_invitation",
    "ask_for_password_link", "get_password_link", "use_password_link",
}  # fmt: skip


def api_routes() -> Iterator[APIRoute]:
    for router in (router for room in rooms.ROOMS for router in room.api):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            yield route


ROUTES = list(api_routes())
INSIDE = [route for route in ROUTES if "{workspace}" in route.path]


def depends_on(dependant: Dependant, function: object) -> bool:
    return dependant.call is function or any(depends_on(inner, function) for inner in dependant.dependencies)


def test_a_route_is_documented() -> None:
    assert [route.path for route in ROUTES if not route.operation_id] == [], "without an operation_id"
    assert [route.operation_id for route in ROUTES if not route.description] == [], "without a docstring"
    assert [route.operation_id for route in ROUTES if not route.tags] == [], "without tags"


def test_a_route_knows_who_asks() -> None:
    unbound = [route.operation_id for route in INSIDE if not depends_on(route.dependant, context)]
    assert unbound == [], "not bound to their workspace"
    outside = {route.operation_id: route for route in ROUTES if route not in INSIDE}
    unasked = [name for name, route in outside.items() if not depends_on(route.dependant, signed_in)]
    assert set(unasked) <= OPEN, "open to everybody"


def test_operation_ids_are_unique() -> None:
    ids = [route.operation_id for route in ROUTES]
    assert len(ids) == len(set(ids))


def test_names_of_shapes_are_unique(app: FastAPI) -> None:
    """Two models of one name would be called by their modules' paths in everybody's generated client."""
    assert [name for name in app.openapi()["components"]["schemas"] if "__" in name] == []


def filled(path: str, workspace: str) -> str:
    """The path with the workspace and made-up ids that belong to nobody."""
    path = path.replace("{workspace}", workspace)
    path = re.sub(r"\{(\w*)(?::\w+)?\}", lambda m: _made_up(m.group(1)), path)
    return f"/api/v1{path}"


def _made_up(parameter: str) -> str:
    return (
        "1"
        if parameter in ("person_id", "message_id", "mail_id", "number", "version", "attribute_id")
        else str(uuid.UUID(int=7))
    )


async def test_no_route_answers_a_stranger(
    world: World, make_world: Callable[[], Awaitable[World]], app: FastAPI
) -> None:
    stranger = await make_world()
    leaks = []
    for route in INSIDE:
        for method in sorted(route.methods or ()):
            answer = await stranger.http.request(method, filled(route.path, world.workspace.slug), json={})
            if answer.status_code != 404 or answer.json()["code"] != "workspace_unknown":
                leaks.append((method, route.path, answer.status_code))
    assert leaks == []


async def test_no_route_answers_without_a_session(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    nobody = client_of()
    answers = {
        (method, route.path): (
            await nobody.request(method, filled(route.path, world.workspace.slug), json={})
        ).status_code
        for route in INSIDE
        for method in route.methods or ()
    }
    assert {place: status for place, status in answers.items() if status != 401} == {}


VISITS = ("sessions", "audit_entries")
"""What a visit itself is may be written: the last use of a session, and the audit of an export."""
WRITTEN = (
    "select relname from pg_locks join pg_class on pg_class.oid = relation"
    " where pid = pg_backend_pid() and mode = 'RowExclusiveLock' and relkind in ('r', 'p') and relname <> all(%s)"
)
"""A transaction keeps this lock on every table it wrote into until it ends."""


async def test_reading_never_writes(world: World, services: Services) -> None:
    """Each transaction of a GET is asked at its end; jobs that run meanwhile may write."""
    asked: ContextVar[str] = ContextVar("asked", default="")
    writers: set[tuple[str, str]] = set()
    statuses: set[int] = set()
    engine = services.db.engine.sync_engine

    def commit(connection: Connection) -> None:
        if asked.get():
            writers.update(
                (asked.get(), table) for table in connection.exec_driver_sql(WRITTEN, (list(VISITS),)).scalars()
            )

    event.listen(engine, "commit", commit)
    try:
        for route in INSIDE:
            if "GET" in (route.methods or ()):
                asked.set(route.path)
                statuses.add((await world.http.get(filled(route.path, world.workspace.slug))).status_code)
    finally:
        asked.set("")
        event.remove(engine, "commit", commit)
    assert writers == set()
    assert 200 in statuses
    assert 500 not in statuses
