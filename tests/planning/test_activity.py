"""What a campaign's activity tells: everything that happened in it, with names and amounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2

from tests.approvals.factory import make_team
from tests.conftest import World
from tests.planning.budget.factory import Purse, good


async def test_everything_that_happened_is_there(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    team = await make_team(world, client_of)
    ready = team.ready
    await team.approve()
    assert (await team.launch()).status_code < 300
    draft = {"name": "Second mail"}
    touchpoints = f"{world.path}/campaigns/{ready.campaign['id']}/touchpoints"
    second = good(await world.http.post(touchpoints, json=draft), 201)
    assert (await world.http.delete(f"{world.path}/touchpoints/{second['id']}")).status_code == 204
    purse = Purse(world, ready.campaign)
    line = await purse.line("Printing", 50_000)
    entry = good(await purse.enter(line, 12_500, supplier="Printer"), 201)
    good(await world.http.post(f"{purse.path}/entries/{entry['id']}/reversal", json={"reason": "Twice"}), 201)
    page = good(await world.http.get(f"{world.path}/campaigns/{ready.campaign['id']}/activity?limit=50"), 200)
    told = {one["action"]: (one["title"], one["values"]) for one in page["items"]}
    assert {
        "touchpoint.created", "touchpoint.archived", "touchpoint.launched", "approval.asked", "approval.decided",
        "budget_line.added", "spend.recorded", "spend.reversed", "campaign.created",
    } <= told.keys()  # fmt: skip
    assert told["touchpoint.archived"][0] == "Second mail", "also what is gone"
    assert told["approval.decided"][1]["verdict"] == "approve"
    assert told["budget_line.added"][1] | {"name": "Printing", "planned_minor": 50_000} == told["budget_line.added"][1]
    for action, amount in (("spend.recorded", 12_500), ("spend.reversed", -12_500)):
        values: dict[str, Any] = told[action][1]
        assert (values["line_name"], values["kind"], values["counted_minor"]) == ("Printing", "invoice", amount)
    assert not any("reason" in one["values"] or "supplier" in one["values"] for one in page["items"])
