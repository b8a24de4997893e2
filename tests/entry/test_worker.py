"""Health is red while no worker runs, and a worker that was taken for dead starts anew."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text

from gonfalon.entry import worker
from gonfalon.entry.api import create_app
from gonfalon.entry.rooms import open_services
from gonfalon.entry.worker import job_worker
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services
from tests.conftest import eventually


@pytest.fixture
async def services(make_database: Callable[[], str], tmp_path: Path) -> AsyncIterator[Services]:
    opened = open_services(Settings(home=tmp_path), make_database())
    yield opened
    await opened.close()


async def health(services: Services) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=create_app(services, run_jobs=False))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        return await http.get("/api/v1/health")


async def heartbeats(services: Services) -> list[int]:
    async with services.db.reading() as connection:
        return list((await connection.execute(text("select id from procrastinate_workers"))).scalars())


async def test_health_is_red_without_a_worker_that_lives(services: Services) -> None:
    answer = await health(services)
    assert (answer.status_code, answer.json()["code"]) == (503, "jobs_stopped")
    async with services.db.transaction() as connection:
        await connection.execute(text("insert into procrastinate_workers default values"))
    assert (await health(services)).json()["ok"]
    async with services.db.transaction() as connection:
        await connection.execute(
            text("update procrastinate_workers set last_heartbeat = now() - interval '61 seconds'")
        )
    assert (await health(services)).status_code == 503


async def test_a_worker_that_was_struck_out_starts_anew(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LOOK_SECONDS", 0.05)
    async with job_worker(services):
        (first,) = await eventually(lambda: heartbeats(services))
        async with services.db.transaction() as connection:
            await connection.execute(text("delete from procrastinate_workers"))

        async def another() -> bool:
            return [number for number in await heartbeats(services) if number != first] != []

        await eventually(another)
