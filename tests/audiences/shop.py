"""What tests of audiences ask of their shop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from gonfalon.kit.engine import Engine
from gonfalon.kit.services import Services
from tests.conftest import World, eventually

WOMENS = {"kind": "attribute", "key": "womens", "op": "is_true"}
RECENT = {"kind": "attribute", "key": "months", "op": "le", "value": 6}
URBAN = {"kind": "attribute", "key": "area", "op": "any_of", "value": ["Urban", "Suburban"]}
STORY = {"kind": "all", "rules": [WOMENS, RECENT, {"kind": "not", "rule": {"kind": "tag", "tag": "new"}}, URBAN]}
EVERYBODY: dict[str, Any] = {"kind": "all", "rules": []}


@contextmanager
def without_copy(services: Services) -> Iterator[None]:
    """As in a process that has no analytics copy, such as the command line's."""
    engine = services.get(Engine)
    services._singletons.pop(Engine)
    try:
        yield
    finally:
        services.put(Engine, engine)


async def count(world: World, rule: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/audiences/count", json={"rule": rule})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def make(world: World, rule: Any = STORY, name: str = "Lapsed", **more: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/audiences", json={"name": name, "rule": rule, **more})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def is_copied(services: Services) -> None:
    async def usable() -> bool:
        return services.get(Engine).status().usable

    await eventually(usable)


def check_story(found: dict[str, Any]) -> None:
    assert found["total"] == 2, "0 and 6: even, at most 6, not tagged new (4), Urban or Suburban"
    assert [person["external_id"] for person in found["sample"]] == ["C0", "C6"]
