"""The workspace's list of touchpoints through the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.conftest import World


async def test_every_touchpoint_of_the_workspace_is_listed_with_its_campaign(
    world: World, make_world: Callable[[], Awaitable[World]]
) -> None:
    made = []
    for name in ("Spring", "Loyalty"):
        campaign = await world.http.post(f"{world.path}/campaigns", json={"name": name, "category": "engagement"})
        for number in (1, 2):
            path = f"{world.path}/campaigns/{campaign.json()['id']}/touchpoints"
            made.append((await world.http.post(path, json={"name": f"Email {number}"})).json()["id"])
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = (await world.http.get(f"{world.path}/touchpoints?limit=3&cursor={cursor}")).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]
    assert seen == made[::-1]

    async def names(query: str) -> list[str]:
        items = (await world.http.get(f"{world.path}/touchpoints?{query}")).json()["items"]
        return [f"{item['campaign_name']} {item['name']}" for item in items]

    assert await names("q=loyal+2") == ["Loyalty Email 2"]
    assert await names("state=running") == []
    assert len(await names("state=draft")) == 4
    other = await make_world()
    assert (await other.http.get(f"{other.path}/touchpoints")).json()["items"] == []
