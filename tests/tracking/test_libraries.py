"""Segment's own libraries, unchanged, against the collector over HTTP, through a time in which it is away."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.async_api import async_playwright
from segment.analytics.client import Client
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from tests.conftest import World, eventually
from tests.processes import chromium

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent / "libraries"
BROWSER = ROOT / "web/node_modules/@segment/analytics-next/dist/umd/index.js"


class Server:
    """The application on a port of its own, which it keeps while it is away."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.port = 0
        self._running: tuple[uvicorn.Server, asyncio.Task[None]] | None = None

    async def start(self) -> None:
        listening = socket.socket()
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        server = uvicorn.Server(uvicorn.Config(self.app, lifespan="off", log_config=None, access_log=False))
        self._running = server, asyncio.create_task(server.serve(sockets=[listening]))

        async def started() -> bool:
            return server.started

        await eventually(started)

    async def stop(self) -> None:
        assert self._running is not None
        server, task = self._running
        server.should_exit = server.force_exit = True
        await task

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
async def server(app: FastAPI) -> AsyncIterator[Server]:
    made = Server(app)
    await made.start()
    yield made
    with contextlib.suppress(AssertionError):
        await made.stop()


@pytest.fixture
async def key(world: World) -> str:
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    return str(made.json()["key"])


async def told(world: World) -> list[tuple[str, str | None, int | None]]:
    """Name, who and amount of what came."""
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text(
                "select e.name, p.external_id, e.amount_minor from events e join people p on p.id = e.person_id"
                " where e.workspace_id = :w order by e.name"
            ),
            {"w": world.workspace.id},
        )
        return [(row.name, row.external_id, row.amount_minor) for row in rows]


async def all_came(world: World, expected: list[tuple[str, str | None, int | None]]) -> None:
    async def enough() -> bool:
        return len(await told(world)) >= len(expected)

    await eventually(enough)
    assert await told(world) == expected


async def test_the_library_for_python_with_gzip(world: World, server: Server, key: str) -> None:
    client = Client(key, host=server.url, gzip=True, upload_interval=0.05, max_retries=30)
    client.identify("python", {"firstName": "Pia", "email": "pia@example.com"})
    client.track("python", "One", {"revenue": 9.5})
    await all_came(world, [("One", "python", 950)])
    await server.stop()
    client.track("python", "Two", {"revenue": "9.50"})
    await server.start()
    await asyncio.to_thread(client.join)
    await all_came(world, [("One", "python", 950), ("Two", "python", 950)])
    (person,) = (await world.http.get(f"{world.path}/people")).json()["items"]
    assert (person["email"], person["attributes"]["first_name"]) == ("pia@example.com", "Pia")


async def test_the_library_for_node(world: World, server: Server, key: str) -> None:
    node = shutil.which("node")
    assert node
    process = await asyncio.create_subprocess_exec(
        node, str(HERE / "node.mjs"), server.url, key, stdin=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdin is not None
    process.stdin.write(b"One\n")
    await process.stdin.drain()
    await all_came(world, [("One", "node", 950)])
    await server.stop()
    process.stdin.write(b"Two\nThree\n")
    await process.stdin.drain()
    await server.start()
    process.stdin.close()
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()
    await all_came(world, [("One", "node", 950), ("Three", "node", 950), ("Two", "node", 950)])


async def test_the_library_for_browsers_on_another_sites_page(world: World, server: Server, key: str) -> None:
    """It asks for its settings, sends text/plain with the key in the body, and again after the collector was away."""
    shop = Server(
        Starlette(routes=[Route("/", lambda _: HTMLResponse('<title>Shop</title><link rel="icon" href="data:,">'))])
    )
    await shop.start()
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        page = await browser.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        await page.goto(shop.url)
        await page.add_script_tag(path=BROWSER)
        await page.evaluate(
            """([key, host]) => {
                const segment = { apiHost: `${host}/v1`, protocol: "http" };
                window.analytics = window.AnalyticsNext.AnalyticsBrowser.load(
                    { writeKey: key, cdnURL: `http://${host}` }, { integrations: { "Segment.io": segment } });
                window.analytics.page();
                window.analytics.identify("web", { firstName: "Wim" });
                window.analytics.track("One", { revenue: 9.5 });
            }""",
            [key, f"localhost:{server.port}"],
        )
        await all_came(world, [("One", "web", 950), ("Page Viewed", "web", None)])
        assert complaints == []
        await server.stop()
        await page.evaluate("() => { window.analytics.track('Two', { revenue: 9.5 }) }")
        await server.start()
        await all_came(world, [("One", "web", 950), ("Page Viewed", "web", None), ("Two", "web", 950)])
        await browser.close()
    await shop.stop()
