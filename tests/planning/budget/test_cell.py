"""A cell of a large budget is typed: what it costs, and what its answer says."""

from __future__ import annotations

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.budget.factory import Purse, good, make_purse, set_rate
from tests.statements import statements

MOST_BYTES = 5_000
MOST_STATEMENTS = 6
OF_THE_DOOR = 2
"""Who asks, and in which workspace."""


async def paste(purse: Purse, lines: int) -> None:
    text = "\n".join(f"Line {number}\tmedia\t2\t{number}.50" for number in range(1, lines + 1))
    assert (
        good(await purse.world.http.post(f"{purse.path}/paste", json={"text": text, "apply": True}), 200)["wrong"] == []
    )


async def test_a_cell_of_500_lines_is_six_statements_and_a_small_answer(world: World) -> None:
    purse = await make_purse(world)
    await set_rate(world, "USD", "2026-01-01", "0.9")
    body = {"name": "Film", "duration_days": 1}
    task = good(await world.http.post(f"{world.path}/campaigns/{purse.campaign['id']}/tasks", json=body), 201)
    await paste(purse, 500)
    line = (await purse.read())["lines"][7]
    with statements(world) as seen:
        answer = await purse.save(line, unit_price_minor=10_000, currency="usd", task_id=task["id"])
    assert len(seen) <= OF_THE_DOOR + MOST_STATEMENTS, seen
    assert len(answer.content) <= MOST_BYTES
    saved = good(answer, 200)
    budget = await purse.read()
    assert saved["lines"] == [budget["lines"][7]], "the line as everybody reads it now"
    assert (saved["lines"][0]["planned_minor"], saved["lines"][0]["task_name"]) == (18_000, "Film")
    sums = ("planned_minor", "approved_minor", "committed_minor", "spent_minor", "by_resource")
    assert [saved[each] for each in sums] == [budget[each] for each in sums]
    assert saved["planned_minor"] == sum(each["planned_minor"] for each in budget["lines"])


async def test_what_is_added_and_taken_away_is_a_small_answer_too(world: World) -> None:
    purse = await make_purse(world)
    await paste(purse, 499)
    body = {"name": "Last", "resource": "staff", "planned_minor": 700, "spent_minor": 300}
    answer = await world.http.post(purse.path, json=body)
    added = good(answer, 201)
    budget = await purse.read()
    assert (added["lines"], added["spent_minor"]) == ([budget["lines"][-1]], 300)
    assert len(answer.content) <= MOST_BYTES
    path = f"{purse.path}/{added['lines'][0]['id']}"
    gone = good(await world.http.delete(path), 200)
    left = await purse.read()
    assert (gone["lines"], gone["planned_minor"], gone["by_resource"]) == (
        [],
        left["planned_minor"],
        left["by_resource"],
    )


async def test_the_answer_says_when_an_approval_does_not_cover_it_any_more(world: World) -> None:
    purse = await make_purse(world)
    approver = await world.member(Role.APPROVER)
    rule = {"kind": "budget", "steps": [{"kind": "role", "ref": "approver"}]}
    good(await world.http.post(f"{world.path}/approval-rules", json=rule), 201)
    line = await purse.line("Ads", planned=10_000)

    async def plan(minor: int) -> tuple[bool, str]:
        """Whether the answer says that an approval is void, and what the budget says of it."""
        saved = good(await purse.save(await purse.again(line), unit_price_minor=minor), 200)
        return saved["approval_void"], (await purse.read())["approval"]

    assert await plan(20_000) == (False, "missing"), "nobody has asked"
    body = {"kind": "budget", "id": purse.campaign["id"]}
    asked = good(await world.http.post(f"{world.path}/approvals", json=body), 201)
    assert await plan(30_000) == (True, "void")
    assert await plan(20_000) == (False, "waiting")
    yes = {"step_id": asked["steps"][0]["id"], "verdict": "approve"}
    good(await approver.post(f"{world.path}/approvals/{asked['id']}/decisions", json=yes), 200)
    assert await plan(10_000) == (False, "approved"), "less than what was approved"
    assert await plan(20_001) == (True, "void")
    gone = good(await world.http.delete(f"{purse.path}/{line['id']}"), 200)
    assert (gone["approval_void"], (await purse.read())["approval"]) == (True, "void"), "nothing is left of it"
