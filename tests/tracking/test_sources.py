"""Where data comes from: a register with owner and legal ground, and a site's public key."""

from __future__ import annotations

from typing import Any

import httpx2
from sqlalchemy import text

from gonfalon.accounts.model import Role
from gonfalon.tracking.collector.intake import Intake
from tests.conftest import World

SITE = {"name": "Shop", "kind": "site", "legal_ground": "consent", "quiet_hours": 24}


async def test_a_site_has_a_key_and_shows_from_where_it_is_used(world: World, client_of: Any) -> None:
    made = await world.http.post(f"{world.path}/sources", json=SITE)
    assert made.status_code == 201, made.text
    path = f"{world.path}/sources/{made.json()['id']}"
    first = (await world.http.get(path)).json()
    assert (first["write_key"], first["last_at"], first["silent"], first["signals"]) == (None, None, False, [])
    manager = await world.member(Role.MANAGER)
    assert (await manager.post(f"{path}/key")).status_code == 403
    with_key = (await world.http.post(f"{path}/key")).json()
    key = with_key["write_key"]
    assert (await world.http.post(f"{path}/key")).json()["write_key"] == key
    assert [(each["kind"], each["name"]) for each in with_key["links"]] == [("key", "Shop")]
    page: httpx2.AsyncClient = client_of()
    context = {"page": {"url": "https://Shop.example/a?secret=1#x"}}
    sent = await page.post("/v1/page", json={"anonymousId": "d", "writeKey": key, "context": context})
    assert sent.status_code == 200
    await page.post("/v1/track", json={"writeKey": key, "event": "E"})
    await world.services.get(Intake).journal.write()
    now = (await world.http.get(path)).json()
    told = {each["host"]: (each["page"], each["kept"], each["refused"]) for each in now["signals"]}
    assert told == {"shop.example": ("https://Shop.example/a", 1, 0), "": ("", 0, 1)}
    assert now["last_at"]
    live = (await world.http.get(f"{world.path}/events/live", params={"source_id": now["id"]})).json()
    assert [each["source_name"] for each in live] == ["Shop", "Shop"]
    assert (await world.http.delete(path)).json()["code"] == "source_has_key"
    (listed,) = (await world.http.get(f"{world.path}/api-keys")).json()
    await world.http.delete(f"{world.path}/api-keys/{listed['id']}")
    assert (await world.http.get(path)).json()["write_key"] is None
    assert (await world.http.delete(path)).status_code == 204


async def test_a_key_has_fifty_hosts_at_most_also_when_all_come_at_once(world: World, client_of: Any) -> None:
    path = f"{world.path}/sources/{(await world.http.post(f'{world.path}/sources', json=SITE)).json()['id']}"
    key = (await world.http.post(f"{path}/key")).json()["write_key"]
    page: httpx2.AsyncClient = client_of()
    for hosts in (range(60), range(30, 90)):
        batch = [
            {"type": "page", "anonymousId": "d", "context": {"page": {"url": f"https://s{number}.example/"}}}
            for number in hosts
        ]
        assert (await page.post("/v1/batch", json={"writeKey": key, "batch": batch})).json()["accepted"] == 60
        await world.services.get(Intake).journal.write()
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            text("select kept from signals where workspace_id = :w"), {"w": world.workspace.id}
        )
        kept = [row.kept for row in rows]
    assert len(kept) == 50
    assert max(kept) == 2, "known hosts go on being counted"


async def test_what_brings_data_belongs_to_one_source(world: World) -> None:
    sources = [
        (await world.http.post(f"{world.path}/sources", json={"name": name, "kind": "crm"})).json()["id"]
        for name in ("Old", "New")
    ]
    key = (await world.http.post(f"{world.path}/api-keys", json={"name": "crm", "scopes": ["track"]})).json()["id"]
    form = (await world.http.post(f"{world.path}/forms", json={"name": "Letter"})).json()["id"]
    links = {"links": [{"kind": "key", "ref": key}, {"kind": "form", "ref": form}]}
    for source in sources:
        assert (await world.http.put(f"{world.path}/sources/{source}/links", json=links)).status_code == 200
    mine = {each["name"]: each["source_id"] for each in (await world.http.get(f"{world.path}/sources/bringers")).json()}
    assert mine == {"crm": sources[1], "Letter": sources[1]}
    strange = {"links": [{"kind": "form", "ref": sources[0]}]}
    refused = await world.http.put(f"{world.path}/sources/{sources[0]}/links", json=strange)
    assert (refused.status_code, refused.json()["code"]) == (422, "bringer_unknown")
    view = (await world.http.get(f"{world.path}/sources/{sources[0]}")).json()
    assert view["links"] == []
    body = {**SITE, "version": view["version"]}
    assert (await world.http.put(f"{world.path}/sources/{sources[0]}", json=body)).json()["name"] == "Shop"
    again = await world.http.put(f"{world.path}/sources/{sources[0]}", json=body)
    assert (again.status_code, again.json()["code"]) == (409, "changed_meanwhile")
