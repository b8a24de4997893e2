"""What was put away counts nowhere, and comes back as it was."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.architecture.hostile import address, operations
from tests.conftest import World
from tests.planning.budget.factory import Purse, good
from tests.planning.factory import Ready, make_ready

OF_THE_PAST = ("/activity", "/audit", "/reviews/", "/notices", "/attempts", "/analytics", "pdf", "csv")
MOVING = {"updated_at", "as_of", "at", "asked_at", "counted_at", "age_seconds", "seconds", "took_ms"}


def steady(value: Any) -> Any:
    """The answer without what the clock alone changes."""
    if isinstance(value, dict):
        return {key: steady(each) for key, each in value.items() if key not in MOVING}
    return [steady(each) for each in value] if isinstance(value, list) else value


async def everything(world: World, known: dict[str, Any]) -> dict[str, Any]:
    """What every list, count, calendar, plan and report of the workspace answers."""
    document = (await world.http.get("/api/v1/openapi.json")).json()
    found: dict[str, Any] = {}
    for method, path, operation in operations(document):
        names = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        queries = [each for each in operation.get("parameters", []) if each["in"] == "query"]
        asked = {each["name"] for each in queries} & known.keys()
        needed = {each["name"] for each in queries if each.get("required")} | names
        if method != "get" or "workspace" not in names or needed - known.keys():
            continue
        if any(each in path for each in OF_THE_PAST):
            continue
        answer = await world.http.get(address(path, known.__getitem__), params={name: known[name] for name in asked})
        if answer.headers.get("content-type", "").startswith("application/json"):
            found[path.removeprefix("/api/v1/workspaces/{workspace}/")] = (answer.status_code, steady(answer.json()))
    return found


async def planned(ready: Ready, **values: Any) -> dict[str, Any]:
    """A further draft that much looks at: it has a day, an audience and a budget line."""
    world = ready.world
    [line] = (await Purse(world, ready.campaign).read())["lines"]
    body = {"audience_id": ready.audience, "budget_line_id": line["id"], **values}
    body["send_at"] = (world.ctx.now + timedelta(days=1)).isoformat()
    return good(await world.http.post(f"{world.path}/campaigns/{ready.campaign['id']}/touchpoints", json=body), 201)


async def test_an_archived_draft_counts_nowhere_and_comes_back_as_it_was(world: World) -> None:
    ready = await make_ready(world)
    await ready.save(send_at=(world.ctx.now + timedelta(days=1)).isoformat())
    line = await Purse(world, ready.campaign).line("Posters", 50_000)
    today = world.ctx.today
    days = {"from": today.isoformat(), "to": (today + timedelta(days=30)).isoformat()}
    known = {
        "workspace": world.workspace.slug, "campaign_id": ready.campaign["id"], "audience_id": ready.audience,
        "template_id": ready.template["id"], "line_id": line["id"], "by": "channel",
        **days,
    }  # fmt: skip
    before = await everything(world, known)
    drafts = [await planned(ready, name="Poster", channel="social"), await planned(ready, name="Mail without content")]
    counted = {path for path, answer in (await everything(world, known)).items() if answer != before[path]}
    assert counted >= {
        "touchpoints", "calendar", "calendar/collisions", "budget/sums", "campaigns", "campaigns/{campaign_id}",
        "campaigns/{campaign_id}/touchpoints", "campaigns/{campaign_id}/attention", "campaigns/{campaign_id}/stage",
        "campaigns/{campaign_id}/channel-plan", "audiences/{audience_id}/users",
    }, counted  # fmt: skip

    for draft in drafts:
        assert (await world.http.delete(f"{world.path}/touchpoints/{draft['id']}")).status_code == 204
    after = await everything(world, known)
    assert {path: after[path] for path in after if after[path] != before[path]} == {}
    away = good(await world.http.get(f"{world.path}/touchpoints", params={"state": "archived"}), 200)["items"]
    assert [(one["name"], one["state"]) for one in away] == [
        ("Mail without content", "archived"),
        ("Poster", "archived"),
    ]

    draft = drafts[0]
    path = f"{world.path}/touchpoints/{draft['id']}"
    shown = good(await world.http.get(path), 200)
    for refused in (
        await world.http.put(path, json={"name": "Other", "version": shown["version"]}),
        await world.http.put(f"{path}/done", json={"on": today.isoformat(), "version": shown["version"]}),
    ):
        assert (refused.status_code, refused.json()["code"]) == (409, "touchpoint_archived")
    back = good(await world.http.post(f"{path}/restore"), 200)
    moving = {"version", "updated_at", "updated_by"}
    assert {key: back[key] for key in back.keys() - moving} == {key: draft[key] for key in draft.keys() - moving}


async def test_what_went_out_is_not_put_away(world: World) -> None:
    ready = await make_ready(world)
    await world.http.delete(ready.path)
    refused = await world.http.post(f"{ready.path}/launch", json={})
    assert refused.json()["code"] == "touchpoint_archived"
    good(await world.http.post(f"{ready.path}/restore"), 200)
    poster = good(
        await world.http.post(
            f"{world.path}/campaigns/{ready.campaign['id']}/touchpoints", json={"name": "Poster", "channel": "print"}
        ),
        201,
    )
    path = f"{world.path}/touchpoints/{poster['id']}"
    good(await world.http.put(f"{path}/done", json={"on": world.ctx.today.isoformat(), "version": 1}), 200)
    assert (await world.http.delete(path)).json()["code"] == "touchpoint_done"


async def test_what_was_tied_to_an_archived_draft_goes_on_without_it(world: World) -> None:
    ready = await make_ready(world)
    path = f"{world.path}/campaigns/{ready.campaign['id']}"
    task = good(
        await world.http.post(f"{path}/tasks", json={"name": "Write", "touchpoint_id": ready.touchpoint["id"]}), 201
    )
    plan = good(await world.http.post(f"{path}/channel-plan/segments", json={"name": "All"}), 201)
    cell = {"segment_id": plan["segments"][0]["id"], "stage": "purchase", "channel": "email"}
    plan = good(
        await world.http.post(f"{path}/channel-plan/contacts", json=cell | {"touchpoint_id": ready.touchpoint["id"]}),
        201,
    )
    await world.http.delete(ready.path)
    words = {"name": "Write it", "notes": "", "touchpoint_id": ready.touchpoint["id"], "version": task["version"]}
    assert (await world.http.put(f"{world.path}/tasks/{task['id']}", json=words)).status_code < 300, "the tie may stay"
    contact = plan["contacts"][0]["id"]
    await world.http.post(f"{path}/channel-plan/contacts/{contact}/touchpoint")
    [placed] = good(await world.http.get(f"{path}/channel-plan"), 200)["contacts"]
    assert placed["touchpoint"]["id"] != ready.touchpoint["id"], "its cell plans another one"


async def test_an_archived_template_is_found_and_brought_back(world: World) -> None:
    ready = await make_ready(world)
    base = f"{world.path}/campaign-templates"
    kept = good(await world.http.post(base, json={"campaign_id": ready.campaign["id"], "name": "Ours"}), 201)

    async def names(**query: Any) -> list[str]:
        return [one["name"] for one in good(await world.http.get(base, params=query), 200)["items"]]

    assert (await world.http.delete(f"{base}/{kept['id']}")).status_code == 204
    assert (await names(), await names(archived=True)) == ([], ["Ours"])
    back = good(await world.http.post(f"{base}/{kept['id']}/restore"), 200)
    assert (back["plan"], back["archived_at"]) == (kept["plan"], None)
    assert (await names(), await names(archived=True)) == (["Ours"], [])
