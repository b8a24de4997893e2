"""A review tells what happened: launches, approvals and states, and what was under way by what it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import httpx2
from sqlalchemy import update

from gonfalon.accounts.model import Role
from gonfalon.delivery.tables import dispatches
from gonfalon.planning.tables.campaigns import campaigns
from tests.approvals.factory import make_team
from tests.conftest import World


async def test_a_week_tells_what_happened_in_it(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    team = await make_team(world, client_of)
    campaign = team.ready.campaign["id"]
    await team.approve()
    assert (await team.launch()).status_code < 300
    later = world.ctx.today + timedelta(days=30)  # launched before its first day
    async with world.services.db.transaction() as connection:
        mine = campaigns.c.id == campaign
        await connection.execute(update(campaigns).where(mine).values(starts_on=later, ends_on=None))
    idle = await world.http.post(f"{world.path}/campaigns", json={"name": "Idea", "category": "engagement"})
    assert idle.status_code == 201
    today = {"first": str(world.ctx.today), "last": str(world.ctx.today)}
    happened = (await world.http.get(f"{world.path}/reviews/happened", params=today)).json()
    mine_told = next(one for one in happened if one["campaign_id"] == campaign)
    actions = [line["action"] for line in mine_told["lines"]]
    assert {"touchpoint.launched", "approval.asked", "approval.decided"} <= set(actions)
    assert mine_told["changes"] >= len(actions)
    assert mine_told["people"] >= 2
    moments = [line["at"] for line in mine_told["lines"]]
    assert moments == sorted(moments, reverse=True)
    under_way = (await world.http.get(f"{world.path}/reviews/campaigns", params=today)).json()
    assert [(one["campaign_id"], one["launched"]) for one in under_way] == [(campaign, 1)], "whatever its first day is"
    line = {"name": "Print", "resource": "media", "planned_minor": 5_000}
    assert (await world.http.post(f"{world.path}/campaigns/{campaign}/budget", json=line)).status_code == 201
    money = (await world.http.get(f"{world.path}/reviews/money", params=today)).json()
    assert [item["campaign_id"] for item in money["items"]] == [campaign]
    before = {"first": str(world.ctx.today - timedelta(days=9)), "last": str(world.ctx.today - timedelta(days=1))}
    assert (await world.http.get(f"{world.path}/reviews/campaigns", params=before)).json() == []
    assert (await world.http.get(f"{world.path}/reviews/happened", params=before)).json() == []
    async with world.services.db.transaction() as connection:
        await connection.execute(
            update(campaigns).where(mine).values(starts_on=world.ctx.today, ends_on=world.ctx.today)
        )
        await connection.execute(update(dispatches).values(state="finished"))
    after = {"first": str(world.ctx.today + timedelta(days=3)), "last": str(world.ctx.today + timedelta(days=9))}
    for what in ("campaigns", "money"):
        told = (await world.http.get(f"{world.path}/reviews/{what}", params=after)).json()
        assert (told if what == "campaigns" else told["items"]) == [], "over, though nobody said so"
    guest = await world.member(Role.GUEST)
    for what in ("happened", "campaigns"):
        assert (await guest.get(f"{world.path}/reviews/{what}", params=today)).json() == []
