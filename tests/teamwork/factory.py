"""People and things for the tests of teamwork."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2

from gonfalon.accounts.model import Role
from tests.conftest import World


@dataclass
class Colleague:
    """A member of the world: id, name and their own HTTP client."""

    id: str
    name: str
    http: httpx2.AsyncClient

    @property
    def mention(self) -> str:
        """How a comment names them."""
        return f"<@{self.id}>"


async def colleague(world: World, role: Role = Role.CREATOR) -> Colleague:
    """A new member."""
    http = await world.member(role)
    me = (await http.get("/api/v1/me")).json()
    return Colleague(me["id"], me["name"], http)


async def make_campaign(world: World, name: str = "Spring") -> str:
    """A planned campaign's id."""
    made = await world.http.post(f"{world.path}/campaigns", json={"name": name, "category": "acquisition"})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def say(
    world: World, campaign: str, body: str, by: httpx2.AsyncClient | None = None, parent: str | None = None
) -> dict[str, Any]:
    """Comments on the campaign; the thread."""
    said = await (by or world.http).post(
        f"{world.path}/things/campaign/{campaign}/comments", json={"body": body, "parent_id": parent}
    )
    assert said.status_code == 200, said.text
    found: dict[str, Any] = said.json()
    return found


async def told(world: World, who: httpx2.AsyncClient, **query: Any) -> list[tuple[str, str]]:
    """What somebody was told, the newest first: kind and the note."""
    found = (await who.get(f"{world.path}/notices", params=query)).json()
    return [(one["kind"], one["values"].get("note", "")) for one in found["items"]]
