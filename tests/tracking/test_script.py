"""The script that sites load, on a page of another site, through no consent, being away, and being left."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import BrowserContext, Page, async_playwright
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from gonfalon.tracking.collector.intake import Intake
from tests.conftest import World, eventually
from tests.processes import chromium
from tests.tracking.test_libraries import Server, server  # noqa: F401

MOST_BYTES = 6 * 1024
STUB = """window.gonfalon || (window.gonfalon = [], ["track", "page", "identify", "group", "alias", "reset", "consent"]
    .forEach(m => gonfalon[m] = (...a) => gonfalon.push([m, ...a])))"""

TCF = """window.__tcfapi = (command, version, heard) => {
    window.decide = (...purposes) => heard({ eventStatus: "useractioncomplete",
        purpose: { consents: Object.fromEntries(purposes.map(purpose => [purpose, true])) } }, true) }"""
"""A consent manager: `decide(1, 8)` is a visitor who allows these purposes."""


@pytest.fixture
async def site(server: Server, world: World) -> AsyncIterator[tuple[Server, str]]:  # noqa: F811
    """A shop that loads the script; `?consent=given` says that its visitors were asked before."""
    made = await world.http.post(f"{world.path}/sources", json={"name": "Shop", "kind": "site"})
    view = (await world.http.post(f"{world.path}/sources/{made.json()['id']}/key")).json()
    script = f"http://localhost:{server.port}/sdk/gonfalon.js"

    async def page(request: Request) -> HTMLResponse:
        consent = request.query_params.get("consent", "required")
        return HTMLResponse(
            f"""<title>Shop {request.url.path}</title><link rel="icon" href="data:,"><script>{STUB}</script>
            <script async src="{script}" data-key="{view["write_key"]}" data-consent="{consent}"></script>
            <form data-gonfalon-form="Letter" onsubmit="event.preventDefault()">
            <input name="topic" data-gonfalon-field value="Bread"><input name="secret" value="x"><button>Send</button>
            </form>"""
        )

    shop = Server(Starlette(routes=[Route("/{path:path}", page)]))
    await shop.start()
    yield shop, f"{world.path}/sources/{view['id']}"
    await shop.stop()


async def told(world: World) -> list[tuple[str, dict[str, Any]]]:
    """Names and properties of what came, in the order in which it came."""
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text("select name, properties from events where workspace_id = :w order by id"), {"w": world.workspace.id}
        )
        return [(row.name, row.properties) for row in rows]


async def names(world: World) -> list[str]:
    return [name for name, _ in await told(world)]


async def came(world: World, *expected: str) -> None:
    """Wait until exactly these have come, in any order."""

    async def enough() -> bool:
        return len(await names(world)) >= len(expected)

    await eventually(enough)
    assert sorted(await names(world)) == sorted(expected)


async def kept_by(context: BrowserContext, page: Page) -> tuple[list[str], list[str]]:
    """Names of the cookies and of what is stored for the site."""
    stored = await page.evaluate("Object.keys(localStorage)")
    return [str(cookie.get("name")) for cookie in await context.cookies()], sorted(stored)


async def loaded(page: Page, address: str) -> None:
    await page.goto(address)
    await page.wait_for_function("window.gonfalon && !Array.isArray(window.gonfalon)")


async def test_nothing_is_stored_or_sent_before_a_yes_nor_after_a_no(world: World, site: tuple[Server, str]) -> None:
    shop, source = site
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        context = await browser.new_context()
        page = await context.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/v1/" in request.url else None)
        await loaded(page, f"{shop.url}/first?utm_source=letter")
        await page.evaluate("gonfalon.track('Looked', { sku: 'A' })")
        assert (asked, await kept_by(context, page)) == ([], ([], []))
        await page.evaluate("gonfalon.consent({ analytics: true, ads: false })")
        await came(world, "Page Viewed", "Looked")
        assert (await kept_by(context, page))[0] == ["gonfalon_id"]
        said = dict(await told(world))
        first, looked = said["Page Viewed"], said["Looked"]
        assert (first["path"], first["consent"], first["entrance"]) == ("/first", ["analytics"], True)
        assert looked["session_id"] == first["session_id"]
        # Its own page is no other site's; the address changes without a load.
        await page.evaluate("history.pushState({}, '', '/second')")
        await came(world, "Page Viewed", "Looked", "Page Left", "Page Viewed")
        await page.click("button")
        await came(world, "Page Viewed", "Looked", "Page Left", "Page Viewed", "Form Submitted")
        assert dict(await told(world))["Form Submitted"].items() >= {"form": "Letter", "topic": "Bread"}.items()
        assert "secret" not in str(await told(world))
        await page.evaluate("0")  # The browser tells of requests in turn: now those that were made are in `asked`.
        before = len(asked)
        await page.evaluate("gonfalon.consent(false); gonfalon.track('Unseen')")
        assert await kept_by(context, page) == ([], [])
        await loaded(page, f"{shop.url}/third")
        assert (len(asked), await kept_by(context, page)) == (before, ([], []))
        # A browser that refuses for its user is not overruled.
        refusing = await browser.new_context()
        await refusing.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })")
        private = await refusing.new_page()
        await loaded(private, f"{shop.url}/?consent=given")
        await private.evaluate("gonfalon.consent(true); gonfalon.track('Unseen')")
        assert await kept_by(refusing, private) == ([], [])
        # A consent manager that speaks TCF decides, when its visitor does.
        managed = await browser.new_context()
        await managed.add_init_script(TCF)
        tcf = await managed.new_page()
        await loaded(tcf, f"{shop.url}/tcf?consent=given")
        await tcf.evaluate("decide(1)")
        assert await kept_by(managed, tcf) == ([], [])
        await tcf.evaluate("decide(1, 8)")
        await came(world, "Page Viewed", "Looked", "Page Left", "Page Viewed", "Form Submitted", "Page Viewed")
        await browser.close()
    await world.services.get(Intake).journal.write()
    (signal,) = (await world.http.get(source)).json()["signals"]
    assert (signal["host"], signal["page"]) == (f"127.0.0.1:{shop.port}", f"{shop.url}/first")


async def test_nothing_is_lost_or_doubled_when_the_collector_is_away_and_pages_are_left(
    world: World,
    server: Server,  # noqa: F811
    site: tuple[Server, str],
) -> None:
    shop, _ = site
    async with async_playwright() as playwright:
        browser = await chromium(playwright)
        context = await browser.new_context()
        page = await context.new_page()
        await loaded(page, f"{shop.url}/one?consent=given")
        await page.evaluate("gonfalon.identify('u-1', { firstName: 'Uma' })")
        await came(world, "Page Viewed")
        await server.stop()
        await page.evaluate("gonfalon.track('Bought', { revenue: 9.5 })")
        await page.wait_for_function("localStorage.gonfalon_queue?.includes('Bought')")
        await page.goto("about:blank")  # left while the collector is away
        await server.start()
        await loaded(page, f"{shop.url}/two?consent=given")
        await came(world, "Page Viewed", "Bought", "Page Left", "Page Viewed")
        await page.wait_for_function("!localStorage.gonfalon_queue")
        # The tab is closed: what is said then goes out with it.
        await page.close(run_before_unload=True)
        await came(world, "Page Viewed", "Bought", "Page Left", "Page Viewed", "Page Left")
        await browser.close()
    events = await told(world)
    assert len({properties["session_id"] for _, properties in events}) == 1
    assert [properties["path"] for name, properties in events if name == "Page Left"] == ["/one", "/two"]
    people = (await world.http.get(f"{world.path}/people")).json()["items"]
    assert [(each["external_id"], each["attributes"]["first_name"]) for each in people] == [("u-1", "Uma")]


async def test_the_script_is_small_and_kept_by_browsers(client_of: Any) -> None:
    public = client_of()
    for encoding in ("gzip", "br"):
        answer = await public.get("/sdk/gonfalon.js", headers={"accept-encoding": encoding})
        assert (answer.status_code, answer.headers["content-encoding"]) == (200, encoding)
        assert answer.headers["content-type"].startswith(("text/javascript", "application/javascript"))
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "max-age=3600" in answer.headers["cache-control"]
        again = await public.get(
            "/sdk/gonfalon.js", headers={"accept-encoding": encoding, "if-none-match": answer.headers["etag"]}
        )
        assert again.status_code == 304
    plain = await public.get("/sdk/gonfalon.js", headers={"accept-encoding": "identity"})
    assert len(gzip.compress(plain.content, 9)) < MOST_BYTES
