"""A small team with a rule, and a touchpoint that it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import delete, insert

from gonfalon.accounts.actions import open_session
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Actor, Role
from gonfalon.accounts.rules import ROLE_PERMISSIONS
from gonfalon.accounts.tables import members, users
from gonfalon.approvals.tables import past_approval_rules
from gonfalon.kit.ids import new_id
from tests.conftest import World
from tests.planning.factory import BODY, Ready, make_ready


@dataclass
class Person:
    """A member, seen from inside and through HTTP."""

    id: UUID
    ctx: Context
    http: httpx2.AsyncClient


@dataclass
class Team:
    """A ready touchpoint whose launch needs Legal (Lea, Leo) and then the Director (Dan)."""

    ready: Ready
    lea: Person
    leo: Person
    dan: Person
    legal: dict[str, Any]
    director: dict[str, Any]
    rule: dict[str, Any]

    @property
    def world(self) -> World:
        return self.ready.world

    @property
    def path(self) -> str:
        return f"{self.world.path}/approvals"

    async def ask(self, by: httpx2.AsyncClient | None = None) -> dict[str, Any]:
        answer = await (by or self.world.http).post(
            self.path, json={"kind": "launch", "id": self.ready.touchpoint["id"], "note": "Please look"}
        )
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def get(self, request: dict[str, Any], by: Person | None = None) -> dict[str, Any]:
        answer = await (by.http if by else self.world.http).get(f"{self.path}/{request['id']}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def decide(
        self, request: dict[str, Any], by: Person, verdict: str = "approve", reason: str = "", step: int | None = None
    ) -> httpx2.Response:
        steps = (await self.get(request))["steps"]
        chosen = steps[step] if step is not None else next(s for s in steps if s["state"] in ("open", "stuck"))
        return await by.http.post(
            f"{self.path}/{request['id']}/decisions",
            json={"step_id": chosen["id"], "verdict": verdict, "reason": reason},
        )

    async def approve(self) -> dict[str, Any]:
        """Asks, and everybody says yes."""
        request = await self.ask()
        for person in (self.lea, self.dan):
            answer = await self.decide(request, person)
            assert answer.status_code == 200, answer.text
        assert answer.json()["state"] == "approved"
        return request

    async def launch(self, by: httpx2.AsyncClient | None = None) -> httpx2.Response:
        return await (by or self.world.http).post(f"{self.ready.path}/launch")

    async def standing(self) -> dict[str, Any]:
        answer = await self.world.http.get(
            f"{self.path}/standing", params={"kind": "launch", "id": self.ready.touchpoint["id"]}
        )
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


async def join(
    world: World, client_of: Callable[..., httpx2.AsyncClient], name: str, role: Role = Role.CREATOR
) -> Person:
    """A further member of the workspace."""
    user_id = new_id()
    async with world.services.db.transaction() as connection:
        await connection.execute(
            insert(users).values(
                id=user_id, email=f"{name}-{user_id.hex}@example.com".lower(), name=name, language="en",
                password_hash="x",
            )
        )  # fmt: skip
        await connection.execute(
            insert(members).values(workspace_id=world.workspace.id, user_id=user_id, role=role.value)
        )
        token = await open_session(connection, user_id, "tests", "127.0.0.1")
    actor = Actor("member", str(user_id), name, ROLE_PERMISSIONS[role], role)
    http = client_of(cookies={"gonfalon_session": token})
    return Person(user_id, replace(world.ctx, actor=actor), http)


async def a_day_later(world: World) -> None:
    """Rules that were changed bind nobody any more."""
    async with world.services.db.transaction() as connection:
        await connection.execute(
            delete(past_approval_rules).where(past_approval_rules.c.workspace_id == world.workspace.id)
        )


async def leave(world: World, person: Person) -> None:
    """They leave the workspace."""
    async with world.services.db.transaction() as connection:
        await connection.execute(
            delete(members).where(members.c.workspace_id == world.workspace.id, members.c.user_id == person.id)
        )


async def make_group(world: World, name: str, *people: Person, stand_ins: Any = ()) -> dict[str, Any]:
    """A group of its own name, besides the suggested ones."""
    answer = await world.http.post(
        f"{world.path}/approval-groups",
        json={"name": name, "members": [str(each.id) for each in people], "stand_ins": list(stand_ins)},
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def make_rule(world: World, *steps: dict[str, Any], kind: str = "launch", **conditions: Any) -> dict[str, Any]:
    answer = await world.http.post(
        f"{world.path}/approval-rules", json={"kind": kind, "steps": list(steps), **conditions}
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def group_step(group: dict[str, Any], quorum: str = "any", days: int | None = 2) -> dict[str, Any]:
    return {"kind": "group", "ref": group["id"], "quorum": quorum, "days": days}


async def make_team(world: World, client_of: Callable[..., httpx2.AsyncClient], **conditions: Any) -> Team:
    ready = await make_ready(world)
    lea = await join(world, client_of, "Lea")
    leo = await join(world, client_of, "Leo")
    dan = await join(world, client_of, "Dan", Role.APPROVER)
    legal = await make_group(world, "Lawyers", lea, leo)
    director = await make_group(world, "Boss", dan)
    rule = await make_rule(world, group_step(legal), group_step(director), **conditions)
    return Team(ready, lea, leo, dan, legal, director, rule)


def blocked(answer: httpx2.Response) -> str:
    """The approval answer that a launch was refused with."""
    problem = answer.json()
    assert answer.status_code == 409, problem
    if problem["code"] == "approval_needed":
        return str(problem["standing"])
    assert problem["code"] == "launch_blocked", problem
    found = [code for code in problem["answers"] if code.startswith("approval.")]
    assert found, problem
    return str(found[0])


async def key_of(team: Team, client_of: Callable[..., httpx2.AsyncClient], *scopes: str) -> httpx2.AsyncClient:
    made = await team.world.http.post(f"{team.world.path}/api-keys", json={"name": "k", "scopes": list(scopes)})
    return client_of(headers={"authorization": f"Bearer {made.json()['key']}"})


async def edit_template(team: Team) -> None:
    template = team.ready.template
    saved = await team.world.http.put(
        f"{team.world.path}/templates/{template['id']}",
        json={"name": "Mail", "subject": "Buy now", "body": BODY, "version": template["version"]},
    )
    assert saved.status_code == 200, saved.text
