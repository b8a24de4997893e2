"""The one-time set-up link, on a database where nobody is yet."""

from __future__ import annotations

from collections.abc import Callable

import httpx2

from gonfalon.accounts.actions import issue_setup_token
from gonfalon.entry.api import create_app
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings


async def test_setup_link_works_once_and_signs_the_owner_in(
    make_database: Callable[[], str], settings: Settings
) -> None:
    services = open_services(settings, make_database())
    app = create_app(services, run_jobs=False)
    replaced = await issue_setup_token(services)
    token = await issue_setup_token(services)
    assert token is not None
    body = {
        "token": token,
        "workspace": {"name": "Köld & Sol", "time_zone": "Europe/Stockholm", "currency": "SEK", "language": "sv"},
        "owner": {"name": "Maja", "email": "Maja@Example.com", "password": "en lång hemlighet"},
    }
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://testserver") as client:
        assert (await client.get("/api/v1/setup", params={"token": replaced})).json() == {"open": False}
        assert (await client.get("/api/v1/setup", params={"token": token})).json() == {"open": True}
        weak = await client.post("/api/v1/setup", json=body | {"owner": body["owner"] | {"password": "short"}})  # type: ignore[operator]
        assert weak.json()["code"] == "password_short"
        made = await client.post("/api/v1/setup", json=body)
        assert made.status_code == 201, made.text
        assert made.json()["slug"] == "kold-sol"
        me = (await client.get("/api/v1/me")).json()
        assert (me["email"], me["memberships"][0]["role"]) == ("maja@example.com", "owner")
        spent = await client.post("/api/v1/setup", json=body)
        assert (spent.status_code, spent.json()["code"]) == (409, "setup_link_spent")
    assert await issue_setup_token(services) is None
    await services.close()
