"""The built interface over HTTP: as small as the browser can read it, and nothing from outside its folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from gonfalon.entry import web
from gonfalon.entry.api import create_app
from gonfalon.entry.rooms import open_services
from gonfalon.kit import http
from gonfalon.kit.config import Settings


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> httpx2.AsyncClient:
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    for name, content in (("a-1.js", "plain"), ("a-1.js.br", "brotli"), ("a-1.js.gz", "gzip"), ("f-2.woff2", "font")):
        (assets / name).write_text(content)
    (tmp_path / "dist" / "index.html").write_text("the page")
    (tmp_path / "secret.key").write_text("secret")
    monkeypatch.setattr(web, "web_folder", lambda: tmp_path / "dist")
    app = FastAPI()
    http.install(app)
    web.mount_assets(app)
    web.mount_web(app)
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://web")


@pytest.mark.parametrize(
    ("accepted", "name", "sent"),
    [
        ("gzip, deflate, br", "a-1.js", b"brotli"),
        ("gzip", "a-1.js", b"gzip"),
        ("identity", "a-1.js", b"plain"),
        ("br", "f-2.woff2", b"font"),
    ],
)
async def test_assets_come_as_small_as_the_browser_reads_them(
    client: httpx2.AsyncClient, accepted: str, name: str, sent: bytes
) -> None:
    async with client.stream("GET", f"/assets/{name}", headers={"accept-encoding": accepted}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    assert (answer.status_code, raw) == (200, sent)
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["content-type"].startswith("text/javascript" if name.endswith("js") else "font/woff2")


async def test_what_is_not_there_is_the_page_or_missing(client: httpx2.AsyncClient) -> None:
    gone = await client.get("/assets/old-0.js")
    assert (gone.status_code, gone.json()["code"]) == (404, "asset_unknown")
    for path in ("/assets/..%2F..%2Fsecret.key", "/assets/%2e%2e/%2e%2e/secret.key", "/..%2Fsecret.key"):
        assert b"secret" not in (await client.get(path)).content
    page = await client.get("/w/anything")
    assert (page.text, page.headers["cache-control"]) == ("the page", "no-cache")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "content-encoding" not in page.headers


async def test_the_page_is_packed_too_and_keeps_its_type(client: httpx2.AsyncClient, tmp_path: Path) -> None:
    (tmp_path / "dist" / "index.html.br").write_text("brotli")
    async with client.stream("GET", "/w/anything", headers={"accept-encoding": "gzip, br"}) as answer:
        raw = b"".join([part async for part in answer.aiter_raw()])
    said = {name: answer.headers[name] for name in ("content-encoding", "content-type", "vary", "cache-control")}
    assert (raw, said) == (
        b"brotli",
        {
            "content-encoding": "br",
            "content-type": "text/html; charset=utf-8",
            "vary": "accept-encoding",
            "cache-control": "no-cache",
        },
    )


async def test_the_description_of_the_api_is_made_once_by_another_process(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes seconds, in which clicks and events have to be answered; a restart finds it made."""
    services = open_services(Settings(home=tmp_path, base_url="http://api"), database_url)
    app = create_app(services, run_jobs=False)
    monkeypatch.setattr(app, "openapi", None)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://api") as asker:
        first, second = await asyncio.gather(*(asker.get("/api/v1/openapi.json") for _ in range(2)))
    assert first.content == second.content
    assert "Problem" in first.json()["components"]["schemas"]
    [kept] = (tmp_path / "openapi").iterdir()
    kept.write_text("{}")
    restarted = create_app(services, run_jobs=False)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=restarted), base_url="http://api") as asker:
        assert (await asker.get("/api/v1/openapi.json")).json() == {}
    await services.close()
