"""A campaign with budget lines, made through the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx2

from tests.conftest import World


@dataclass
class Purse:
    """A campaign whose budget is tried."""

    world: World
    campaign: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{self.world.path}/campaigns/{self.campaign['id']}/budget"

    async def read(self) -> dict[str, Any]:
        found: dict[str, Any] = good(await self.world.http.get(self.path), 200)
        return found

    async def line(self, name: str = "Ads", planned: int | None = 10_000, **values: Any) -> dict[str, Any]:
        """The line as it is after adding it."""
        body = {"name": name, "resource": "media", **values}
        if "unit_price_minor" not in values:
            body["planned_minor"] = planned
        answer: dict[str, Any] = good(await self.world.http.post(self.path, json=body), 201)["lines"][-1]
        return answer

    async def again(self, line: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = next(each for each in (await self.read())["lines"] if each["id"] == line["id"])
        return found

    async def save(self, line: dict[str, Any], **values: Any) -> httpx2.Response:
        keys = ("name", "resource", "quantity", "unit_price_minor", "currency", "tax_rate", "spread", "starts_on",
                "ends_on", "task_id", "channel", "version")  # fmt: skip
        body = {key: line[key] for key in keys} | values
        return await self.world.http.put(f"{self.path}/{line['id']}", json=body)

    async def enter(self, line: dict[str, Any], amount: int, kind: str = "invoice", **values: Any) -> httpx2.Response:
        body = {"line_id": line["id"], "kind": kind, "day": "2026-03-01", "amount_minor": amount, **values}
        return await self.world.http.post(f"{self.path}/entries", json=body)

    async def entries(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = good(await self.world.http.get(f"{self.path}/entries"), 200)["items"]
        return items

    async def move(self, source: dict[str, Any], target: dict[str, Any], amount: int, reason: str = "Because") -> Any:
        body = {"from_line_id": source["id"], "to_line_id": target["id"], "amount_minor": amount, "reason": reason}
        return await self.world.http.post(f"{self.world.path}/budget/reallocations", json=body)


def good(answer: httpx2.Response, status: int) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def refused(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def make_purse(world: World, name: str = "Spring", **values: Any) -> Purse:
    body = {"name": name, "category": "engagement", **values}
    return Purse(world, good(await world.http.post(f"{world.path}/campaigns", json=body), 201))


async def set_rate(world: World, currency: str, day: str, rate: str) -> None:
    body = {"currency": currency, "day": day, "rate": rate}
    good(await world.http.put(f"{world.path}/budget/rates", json=body), 200)
