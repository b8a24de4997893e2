"""Forms as their makers and their visitors use them."""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import unescape
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from tests.conftest import World, eventually

EMAIL = {"kind": "email", "id": "email", "label": "Email", "required": True}
NAME = {"kind": "text", "id": "first_name", "label": "First name", "attribute": "first_name"}


def a_definition(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A form of one step whose answers count at once."""
    return {"steps": [{"fields": list(fields)}], "confirm": False, **more}


def prove(challenge: str) -> str:
    """The work that a browser does before it sends."""
    tried = 0
    while sha256(f"{challenge}:{tried}".encode()).digest()[:2] != b"\0\0":
        tried += 1
    return str(tried)


@dataclass
class Site:
    """A workspace and a visitor of its forms."""

    world: World
    public: httpx2.AsyncClient

    async def make(self, definition: dict[str, Any], kind: str = "form", name: str = "Spring") -> dict[str, Any]:
        """A form that is open."""
        body = {"name": name, "kind": kind, "definition": definition}
        made = await self.world.http.post(f"{self.world.path}/forms", json=body)
        assert made.status_code == 201, made.text
        return await self.open(made.json())

    async def open(self, form: dict[str, Any]) -> dict[str, Any]:
        """The form, opened as it was saved last."""
        opened = await self.world.http.post(
            f"{self.world.path}/forms/{form['id']}/open", json={"version": form["version"]}
        )
        assert opened.status_code == 200, opened.text
        found: dict[str, Any] = opened.json()
        return found

    async def answer(self, form: dict[str, Any], *, worked: bool = True, **fields: Any) -> httpx2.Response:
        """What a visitor gets who opens the page, fills in these fields and sends it."""
        page = await self.public.get(f"/forms/{form['id']}")
        hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        hidden = {key: unescape(value) for key, value in hidden.items()}
        if worked:
            hidden["proof"] = prove(hidden["challenge"])
        return await self.public.post(f"/forms/{form['id']}", data=hidden | fields)

    async def answers(self, form: dict[str, Any]) -> list[dict[str, Any]]:
        """What came, the newest first."""
        found = await self.world.http.get(f"{self.world.path}/forms/{form['id']}/answers")
        assert found.status_code == 200, found.text
        items: list[dict[str, Any]] = found.json()["items"]
        return items

    async def person(self, email: str) -> dict[str, Any] | None:
        """The person with an address, whole."""
        found = (await self.world.http.get(f"{self.world.path}/people", params={"q": email})).json()["items"]
        if not found:
            return None
        person: dict[str, Any] = (await self.world.http.get(f"{self.world.path}/people/{found[0]['id']}")).json()
        return person

    async def link_mailed_to(self, address: str) -> str:
        """The path of the link in the newest mail to an address."""

        async def look() -> str | None:
            async with self.world.services.db.reading() as connection:
                mails = await connection.execute(
                    text("select raw from sandbox_mails where rcpt_to = :to and workspace_id = :w order by id desc"),
                    {"to": address, "w": self.world.workspace.id},
                )
                raw = mails.scalars().first()
            found = raw and re.search(rb"/forms/confirm/[0-9]+-[\w-]+", bytes(raw).replace(b"=\r\n", b""))
            return found[0].decode() if found else None

        return str(await eventually(look))

    async def rows(self, query: str, **values: Any) -> list[Any]:
        """What a query of the workspace's (`:w`) finds."""
        async with self.world.services.db.reading() as connection:
            return list(await connection.execute(text(query), {"w": self.world.workspace.id, **values}))


@pytest.fixture
async def site(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> Any:
    """A workspace and a visitor."""
    async with client_of() as public:
        yield Site(world, public)


@pytest.fixture
def another_visitor(client_of: Callable[..., httpx2.AsyncClient]) -> Callable[[], httpx2.AsyncClient]:
    """Visitors from networks of their own."""
    return partial(client_of)


def new_key() -> str:
    """A key as a page makes it."""
    return str(uuid.uuid4())


Visitor = Callable[[], httpx2.AsyncClient]
Answering = Callable[..., Awaitable[httpx2.Response]]
