"""Idempotency-Key, body limits, response headers, and errors that nobody expected."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx2
import pytest
from fastapi import FastAPI, Request, Response, UploadFile
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.bodies import accepts
from gonfalon.kit.errors import Invalid, Unauthenticated
from gonfalon.kit.http import idempotent, install
from gonfalon.kit.services import Services


class Answer(BaseModel):
    number: int


RAISED: dict[str, Exception] = {
    "division": ZeroDivisionError("secret detail"),
    "recursion": RecursionError("secret detail"),
    "overflow": OverflowError("secret detail"),
    "surrogate": UnicodeEncodeError("utf-8", "\ud800", 0, 1, "secret detail"),
    "bytes": UnicodeDecodeError("utf-16", b"x", 0, 1, "secret detail"),
    "name": OSError(errno.ENAMETOOLONG, "secret detail"),
    "disk": OSError(errno.EIO, "secret detail"),
}


async def identify(request: Request) -> None:
    if request.headers.get("authorization") != "known":
        raise Unauthenticated("session_ended", "Your session has ended; sign in again.")


@pytest.fixture
async def client(
    services: Services,
) -> AsyncIterator[tuple[httpx2.AsyncClient, list[int], tuple[asyncio.Event, asyncio.Event]]]:
    app = FastAPI()
    app.state.identify = identify
    install(app, https=True)
    calls: list[int] = []
    gate, started, mark = asyncio.Event(), asyncio.Event(), uuid4().hex

    @app.post("/work")
    async def work(request: Request, fail: str = "", wait: bool = False) -> Response:
        async def lose(connection: AsyncConnection, when: str) -> None:
            """Ends the session of the request, as the end of its process does."""
            if fail == when and len(calls) == 1:
                pid = (await connection.execute(text("select pg_backend_pid()"))).scalar_one()
                async with services.db.engine.begin() as other:
                    await other.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})

        async def answer() -> Answer:
            calls.append(1)
            async with services.db.transaction() as connection:
                await lose(connection, "before the write")
                await connection.execute(
                    text("insert into rate_buckets values (:key, :n, 1)"), {"key": mark, "n": len(calls)}
                )
                await lose(connection, "after the write")
                started.set()
                if wait:
                    await gate.wait()
            if fail == "refused":
                raise Invalid("refused", "It was refused.")
            async with services.db.reading() as connection:
                count = text("select count(*) from rate_buckets where key = :key")
                number = (await connection.execute(count, {"key": mark})).scalar_one()
                await lose(connection, "before the answer is kept")
            return Answer(number=number)

        return await idempotent(request, services.db, f"test-{id(calls)}", answer)

    @app.post("/small")
    @accepts(100)
    async def small(request: Request) -> int:
        return len(await request.body())

    @app.post("/large")
    @accepts(300 * 1024)
    async def large(body: dict[str, str]) -> int:
        return len(body["x"])

    @app.post("/upload/small")
    async def upload(file: UploadFile) -> int:
        return len(await file.read())

    @app.get("/things/{thing}")
    async def thing(thing: UUID) -> None:
        raise ZeroDivisionError("secret detail")

    @app.get("/raise/{kind}")
    async def broken(kind: str) -> None:
        raise RAISED[kind]

    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as made:
        yield made, calls, (started, gate)


Fixture = tuple[httpx2.AsyncClient, list[int], tuple[asyncio.Event, asyncio.Event]]


async def test_the_same_key_gets_the_first_answer(client: Fixture) -> None:
    http, calls, _ = client
    first = await http.post("/work", headers={"idempotency-key": "a"})
    again = await http.post("/work", headers={"idempotency-key": "a"})
    other = await http.post("/work", headers={"idempotency-key": "b"})
    assert (first.json(), again.json(), other.json()) == ({"number": 1}, {"number": 1}, {"number": 2})
    assert len(calls) == 2


async def test_a_key_is_for_one_request_only(client: Fixture) -> None:
    http, _, _ = client
    await http.post("/work", headers={"idempotency-key": "a"}, json={"x": 1})
    other = await http.post("/work", headers={"idempotency-key": "a"}, json={"x": 2})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")


async def test_a_second_request_in_flight_is_told_so(client: Fixture) -> None:
    http, _, (started, gate) = client
    first = asyncio.create_task(http.post("/work?wait=true", headers={"idempotency-key": "a"}))
    await started.wait()
    second = await http.post("/work?wait=true", headers={"idempotency-key": "a"})
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_in_flight")
    gate.set()
    assert (await first).json() == {"number": 1}


async def test_a_failed_request_frees_its_key(client: Fixture) -> None:
    http, calls, _ = client
    for _ in range(2):
        failed = await http.post("/work?fail=refused", headers={"idempotency-key": "a"})
        assert failed.json()["code"] == "refused"
    assert len(calls) == 2


async def test_bodies_are_capped(client: Fixture) -> None:
    http, _, _ = client
    assert (await http.post("/small", content=b"x" * 100)).json() == 100
    large = await http.post("/small", content=b"x" * 101)
    assert (large.status_code, large.json()["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("step", ["before the write", "after the write", "before the answer is kept"])
async def test_a_retry_after_a_crash_does_it_once(client: Fixture, step: str) -> None:
    """Neither twice nor, for the 24 hours that a key is kept, never."""
    http, calls, _ = client
    crashed = await http.post("/work", params={"fail": step}, headers={"idempotency-key": "a"})
    assert (crashed.status_code, crashed.json()["code"]) == (503, "database_away")
    for _ in range(3):
        again = await http.post("/work", params={"fail": step}, headers={"idempotency-key": "a"})
        assert (again.status_code, again.json()) == (200, {"number": 1})
    assert len(calls) == 2


KNOWN = {"authorization": "known"}


class Stream:
    """A body without end, which knows how much of it was taken."""

    def __init__(self, first: bytes = b"") -> None:
        self.first, self.taken = first, 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.first
        while self.taken < 1 << 30:
            self.taken += 16 * 1024
            yield b"x" * 16 * 1024


@pytest.mark.parametrize(
    ("path", "headers", "status", "most"),
    [
        ("/large", {}, 401, 80),
        ("/large", KNOWN, 413, 320),
        ("/small", KNOWN, 413, 16),
        ("/nowhere", {}, 404, 0),
        ("/upload/small", {}, 401, 80),
        ("/upload/small", KNOWN, 413, 8 * 1024 + 16),
    ],
)
async def test_no_more_is_taken_in_than_the_route_and_the_sender_allow(
    client: Fixture, path: str, headers: dict[str, str], status: int, most: int
) -> None:
    http, _, _ = client
    form = b'--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n'
    stream = Stream(form if "upload" in path else b'{"x": "')
    kind = "multipart/form-data; boundary=x" if "upload" in path else "application/json"
    answer = await http.post(path, headers={"content-type": kind, **headers}, content=stream)
    assert (answer.status_code, stream.taken <= most * 1024) == (status, True)
    assert answer.json()["detail"].endswith(".")


async def test_a_body_that_says_how_large_it_is_is_refused_unread(client: Fixture) -> None:
    http, _, _ = client
    for headers, status in (({"content-length": "200000"}, 401), ({"content-length": "999999999", **KNOWN}, 413)):
        stream = Stream()
        answer = await http.post("/large", headers=headers, content=stream)
        assert (answer.status_code, stream.taken) == (status, 0)


async def test_who_is_known_may_send_what_the_route_takes(client: Fixture) -> None:
    http, _, _ = client
    assert (await http.post("/large", headers=KNOWN, json={"x": "x" * 200_000})).json() == 200_000
    assert (await http.post("/upload/small", headers=KNOWN, files={"file": b"x" * 200_000})).json() == 200_000
    assert (await http.post("/large", json={"x": "x" * 60_000})).json() == 60_000


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("division", 500, "unexpected"),
        ("recursion", 422, "nested_too_deeply"),
        ("overflow", 422, "value_invalid"),
        ("surrogate", 422, "value_invalid"),
        ("bytes", 422, "value_invalid"),
        ("name", 404, "not_found"),
        ("disk", 500, "unexpected"),
    ],
)
async def test_an_error_tells_nothing_of_the_inside(client: Fixture, kind: str, status: int, code: str) -> None:
    http, _, _ = client
    answer = await http.get(f"/raise/{kind}")
    assert "secret detail" not in answer.text
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("path", ["/things/nope", "/things/%00", "/nowhere", "/%00", "/things/" + "9" * 5_000])
async def test_an_address_that_leads_nowhere_says_so_plainly(client: Fixture, path: str) -> None:
    http, _, _ = client
    answer = await http.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "UUID" not in answer.text


async def test_nesting_without_end_is_no_fault_of_ours(client: Fixture) -> None:
    http, _, _ = client
    answer = await http.post("/large", headers={"content-type": "application/json"}, content=b"[" * 60_000)
    assert answer.status_code == 422


async def test_answers_carry_the_security_headers(client: Fixture) -> None:
    http, _, _ = client
    headers = (await http.post("/small", content=b"x")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert "geolocation=()" in headers["permissions-policy"]
