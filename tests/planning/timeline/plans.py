"""A campaign’s timeline, and short words for what tests do with it."""

from __future__ import annotations

from typing import Any

from tests.conftest import World

MONDAY = "2030-03-04"


class Timeline:
    """A campaign that begins on a Monday, and short words for what tests do with it."""

    def __init__(self, world: World, campaign: dict[str, Any]) -> None:
        self.world, self.campaign = world, campaign
        self.path = f"{world.path}/campaigns/{campaign['id']}"

    async def add(self, name: str, **values: Any) -> str:
        answer = await self.world.http.post(f"{self.path}/tasks", json={"name": name} | values)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def read(self) -> dict[str, Any]:
        answer = await self.world.http.get(f"{self.path}/timeline")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def row(self, name: str) -> dict[str, Any]:
        return next(row for row in (await self.read())["tasks"] if row["name"] == name)

    async def days(self) -> dict[str, tuple[str, str]]:
        return {row["name"]: (row["starts_on"], row["ends_on"]) for row in (await self.read())["tasks"]}

    async def preview(self, *changes: dict[str, Any]) -> dict[str, Any]:
        answer = await self.world.http.post(f"{self.path}/timeline/preview", json={"changes": changes})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def change(self, *changes: dict[str, Any]) -> dict[str, Any]:
        """Looks, then applies."""
        seen = await self.preview(*changes)
        body = {"changes": changes, "fingerprint": seen["fingerprint"]}
        answer = await self.world.http.post(f"{self.path}/timeline/apply", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json() == seen
        return seen

    async def link(self, first: str, second: str, kind: str = "fs", lag: int = 0) -> dict[str, Any]:
        return await self.change(linked(first, second, kind, lag))

    async def state(self, id: str, state: str, **values: Any) -> dict[str, Any]:
        version = (await self.world.http.get(f"{self.world.path}/tasks/{id}")).json()["version"]
        answer = await self.world.http.put(
            f"{self.world.path}/tasks/{id}/state", json={"state": state, "version": version} | values
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def linked(first: str, second: str, kind: str = "fs", lag: int = 0) -> dict[str, Any]:
    return {"op": "link", "predecessor_id": first, "successor_id": second, "kind": kind, "lag_days": lag}


def setting(id: str, **values: Any) -> dict[str, Any]:
    return {"op": "set", "task_id": id} | values


async def begun(world: World, starts_on: str = MONDAY) -> Timeline:
    answer = await world.http.post(
        f"{world.path}/campaigns", json={"name": "Launch", "category": "acquisition", "starts_on": starts_on}
    )
    assert answer.status_code == 201, answer.text
    return Timeline(world, answer.json())
