"""Idempotency-Key, body limits, response headers, and errors that nobody expected."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from pydantic import BaseModel

from gonfalon.kit.errors import Invalid
from gonfalon.kit.http import idempotent, install
from gonfalon.kit.services import Services


class Answer(BaseModel):
    number: int


@pytest.fixture
async def client(
    services: Services,
) -> AsyncIterator[tuple[httpx2.AsyncClient, list[int], tuple[asyncio.Event, asyncio.Event]]]:
    app = FastAPI()
    app.state.body_limits = {"small": 100}
    install(app)
    calls: list[int] = []
    gate, started = asyncio.Event(), asyncio.Event()

    @app.post("/work")
    async def work(request: Request, fail: bool = False, wait: bool = False) -> Response:
        async def answer() -> Answer:
            calls.append(1)
            started.set()
            if wait:
                await gate.wait()
            if fail:
                raise Invalid("refused", "It was refused.")
            return Answer(number=len(calls))

        return await idempotent(request, services.db, f"test-{id(calls)}", answer)

    @app.post("/small")
    async def small(request: Request) -> int:
        return len(await request.body())

    @app.get("/broken")
    async def broken() -> None:
        raise ZeroDivisionError("secret detail")

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
        failed = await http.post("/work?fail=true", headers={"idempotency-key": "a"})
        assert failed.json()["code"] == "refused"
    assert len(calls) == 2


async def test_bodies_are_capped(client: Fixture) -> None:
    http, _, _ = client
    assert (await http.post("/small", content=b"x" * 100)).json() == 100
    large = await http.post("/small", content=b"x" * 101)
    assert (large.status_code, large.json()["code"]) == (413, "body_too_large")


async def test_an_unexpected_error_tells_nothing_of_the_inside(client: Fixture) -> None:
    http, _, _ = client
    answer = await http.get("/broken")
    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert answer.json()["code"] == "unexpected"


async def test_answers_carry_the_security_headers(client: Fixture) -> None:
    http, _, _ = client
    headers = (await http.post("/small", content=b"x")).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
