"""Owners and approvers are reminded once, by the workspace's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx2
import pytest
from sqlalchemy import select, update

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.workdays.model import Week
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.approvals.tables import approval_steps
from gonfalon.planning.attention import reminders
from gonfalon.planning.attention.reminders import remind_of_due
from gonfalon.planning.tables.timeline import tasks
from gonfalon.teamwork.tables import notices
from tests.approvals.factory import make_team
from tests.conftest import World
from tests.planning.test_campaigns import made

Clients = Callable[..., httpx2.AsyncClient]


def today(world: World) -> date:
    return world.ctx.now.astimezone(ZoneInfo(world.workspace.time_zone)).date()


@pytest.fixture(autouse=True)
def any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "FIRST_HOUR", 0)


async def told(world: World) -> list[tuple[str, str, str]]:
    async with world.services.db.reading() as connection:
        rows = await connection.execute(
            select(notices.c.kind, notices.c.title, notices.c.parameters)
            .where(notices.c.workspace_id == world.workspace.id, notices.c.kind.in_(("due_soon", "overdue")))
            .order_by(notices.c.id)
        )
        return [(row.kind, row.title, row.parameters["on"]) for row in rows]


async def remind(world: World) -> int:
    return await remind_of_due(system_context(world.services, world.workspace))


async def plan(world: World, campaign: dict[str, Any], **dates: dict[str, Any]) -> dict[str, UUID]:
    """Tasks of the owner by name, with these values in place of what the scheduler gave them."""
    ids = {}
    for name in dates:
        body = {"name": name, "owner_id": world.ctx.actor.id}
        answer = await world.http.post(f"{world.path}/campaigns/{campaign['id']}/tasks", json=body)
        assert answer.status_code == 201, answer.text
        ids[name] = UUID(answer.json()["id"])
    for name, values in dates.items():
        await change(world, ids[name], **values)
    return ids


async def change(world: World, id: UUID, **values: Any) -> None:
    async with world.services.db.transaction() as connection:
        await connection.execute(update(tasks).where(tasks.c.id == id).values(**values))


async def test_owners_of_tasks_are_told_once_for_each_day_they_are_due(world: World) -> None:
    campaign, now = await made(world), today(world)
    calendar = working_days(now, Week())
    second = date.fromordinal(calendar.at(calendar.last_until(now.toordinal()) + reminders.SOON))
    ids = await plan(
        world,
        campaign,
        now={"ends_on": now},
        soon={"ends_on": second},
        later={"ends_on": second + timedelta(days=1)},
        deadline={"ends_on": second + timedelta(days=30), "deadline": now - timedelta(days=1)},
        long_ago={"ends_on": now - reminders.BACK - timedelta(days=1)},
        done={"ends_on": now, "state": "done"},
        whole={"ends_on": now},
        part={"ends_on": second + timedelta(days=9)},
        nobodys={"ends_on": now, "owner_id": None},
    )
    await change(world, ids["part"], parent_id=ids["whole"])
    assert await remind(world) == 2, "what is due of a campaign comes in one notice"
    first = [
        ("overdue", "deadline", (now - timedelta(days=1)).isoformat()),
        ("due_soon", campaign["name"], now.isoformat()),
    ]
    assert await told(world) == first
    assert await remind(world) == 0
    assert await told(world) == first
    await change(world, ids["now"], ends_on=now - timedelta(days=2))
    await change(world, ids["later"], ends_on=now)
    assert await remind(world) == 2, "what is due newly, and not again what was told of with others"
    assert (await told(world))[-1] == ("due_soon", "later", now.isoformat())
    assert (await told(world))[-2] == ("overdue", "now", (now - timedelta(days=2)).isoformat())
    archived = await world.http.put(
        f"{world.path}/campaigns/{campaign['id']}/state", json={"state": "archived", "version": 1}
    )
    assert archived.status_code == 200, archived.text
    await change(world, ids["now"], ends_on=now)
    await change(world, ids["soon"], ends_on=now - timedelta(days=3))
    assert await remind(world) == 0


async def test_approvers_are_told_that_their_day_comes_but_not_on_the_day_they_are_asked(
    world: World, client_of: Clients
) -> None:
    team = await make_team(world, client_of)
    request = await team.ask()
    zone = ZoneInfo(world.workspace.time_zone)
    end = datetime.combine(today(world), time(23, 59, 59), zone)

    async def step(**values: Any) -> None:
        async with world.services.db.transaction() as connection:
            await connection.execute(
                update(approval_steps)
                .where(approval_steps.c.workspace_id == world.workspace.id, approval_steps.c.position == 0)
                .values(**values)
            )

    await step(due_at=end)
    assert await remind(world) == 0
    await step(opened_at=end - timedelta(days=1))
    assert await remind(world) == 2, "Lea and Leo"
    assert set(await told(world)) == {("due_soon", request["title"], end.date().isoformat())}
    assert await remind(world) == 0


async def test_nobody_is_told_before_the_morning(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reminders, "FIRST_HOUR", 6)
    now = today(world)
    await plan(world, await made(world), now={"ends_on": now})

    class Then(Context):
        now = datetime.combine(date(2026, 1, 1), time(5, 59), ZoneInfo("Europe/Stockholm"))

    ctx = system_context(world.services, world.workspace)
    early = Then(ctx.services, ctx.actor, ctx.workspace)
    assert await remind_of_due(early) == 0
    assert await told(world) == []
