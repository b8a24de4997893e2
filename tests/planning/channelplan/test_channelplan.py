"""The channel plan: its gaps, its checklists, and the way from a cell to its touchpoint."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from gonfalon.planning.channelplan.checklists import CHECKLISTS
from gonfalon.planning.channelplan.model import CheckPart, GapKind, PathStage, PlanGap
from gonfalon.planning.channelplan.rules import MOST_SEGMENTS, gaps, kept_ticks, touchpoint_name
from gonfalon.planning.model import TouchpointChannel
from tests.conftest import World

ONE, TWO = UUID(int=1), UUID(int=2)
NOBODY = "00000000-0000-7000-8000-000000000000"


def test_the_gaps_of_a_plan() -> None:
    assert gaps({}, []) == (PlanGap(GapKind.NOBODY),)
    assert gaps({ONE: False, TWO: True}, [(ONE, PathStage.AWARENESS)]) == (
        PlanGap(GapKind.NO_PURCHASE, ONE), PlanGap(GapKind.AUDIENCE_GONE, TWO), PlanGap(GapKind.NOTHING, TWO),
    )  # fmt: skip
    assert gaps({ONE: False}, [(ONE, PathStage.PURCHASE)]) == ()


def test_every_channel_says_where_how_and_how_it_is_measured() -> None:
    assert set(CHECKLISTS) == set(TouchpointChannel)
    for channel, points in CHECKLISTS.items():
        codes = [point.code for point in points]
        assert len(codes) == len(set(codes))
        assert all(code.startswith(f"{channel.value}.") for code in codes)
        assert {point.part for point in points} == set(CheckPart), channel


def test_ticks_are_those_of_the_channel() -> None:
    assert kept_ticks(TouchpointChannel.EMAIL, ["sms.stop", "email.width", "email.sender"]) == [
        "email.sender",
        "email.width",
    ]


def test_a_touchpoint_is_called_what_its_cell_says() -> None:
    assert touchpoint_name("Spring", "Parents", "Post") == "Post – Parents"
    assert touchpoint_name("Spring", " ", "") == "Spring"
    assert len(touchpoint_name("Spring", "x" * 300, "Post")) == 200


async def made(world: World, path: str, **body: Any) -> dict[str, Any]:
    answer = await world.http.post(f"{world.path}/{path}", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def campaign_of(world: World) -> str:
    return f"campaigns/{(await made(world, 'campaigns', name='Spring', category='engagement'))['id']}/channel-plan"


async def test_from_a_cell_to_its_touchpoint(world: World) -> None:
    path = await campaign_of(world)
    empty = (await world.http.get(f"{world.path}/{path}")).json()
    assert empty == {"segments": [], "contacts": [], "gaps": [{"kind": "nobody", "segment_id": None}], "unplaced": []}
    rule = {"kind": "all", "rules": []}
    audience = await made(world, "audiences", kind="segment", name="Parents", rule=rule)
    await made(world, f"{path}/segments", audience_id=audience["id"])
    plan = await made(world, f"{path}/segments", name="Curious neighbours")
    parents, neighbours = plan["segments"]
    assert [one["position"] for one in plan["segments"]] == [0, 1]
    cell = {"segment_id": parents["id"], "stage": "purchase", "channel": "social", "content": "post", "note": "Buy now"}
    plan = await made(world, f"{path}/contacts", **cell, ticked=["social.post", "email.width"])
    contact = plan["contacts"][0]
    assert contact["ticked"] == ["social.post"]
    assert plan["gaps"] == [{"kind": "nothing", "segment_id": neighbours["id"]}]

    url = f"{world.path}/{path}/contacts/{contact['id']}"
    first = (await world.http.post(f"{url}/touchpoint?content=Post")).json()["touchpoint"]
    again = (await world.http.post(f"{url}/touchpoint")).json()["touchpoint"]
    assert first == again
    touchpoint = (await world.http.get(f"{world.path}/touchpoints/{first['id']}")).json()
    assert {key: touchpoint[key] for key in ("name", "channel", "note", "state")} == {
        "name": "Post – Parents", "channel": "social", "note": "Buy now", "state": "draft",
    }  # fmt: skip
    assert touchpoint["audience"]["id"] == audience["id"]
    # A contact moved to another cell and channel keeps what it is; an archived touchpoint leaves it without one.
    moved = cell | {"segment_id": neighbours["id"], "stage": "loyalty", "channel": "email", "version": 2}
    plan = (await world.http.put(url, json=moved | {"ticked": ["social.post"], "touchpoint_id": first["id"]})).json()
    assert (plan["contacts"][0]["segment_id"], plan["contacts"][0]["ticked"]) == (neighbours["id"], [])
    assert (await world.http.put(url, json=moved)).json()["code"] == "changed_meanwhile"
    assert (await world.http.delete(f"{world.path}/touchpoints/{first['id']}")).status_code == 204
    assert (await world.http.get(f"{world.path}/{path}")).json()["contacts"][0]["touchpoint"] is None
    await world.http.delete(f"{world.path}/{path}/segments/{neighbours['id']}")
    plan = (await world.http.get(f"{world.path}/{path}")).json()
    assert (len(plan["segments"]), plan["contacts"]) == (1, [])


async def test_an_archived_audience_is_said_and_not_taken_along(world: World) -> None:
    path = await campaign_of(world)
    audience = await made(world, "audiences", kind="segment", name="Old", rule={"kind": "all", "rules": []})
    plan = await made(world, f"{path}/segments", audience_id=audience["id"])
    segment = plan["segments"][0]
    body = {"segment_id": segment["id"], "stage": "purchase", "channel": "print"}
    plan = await made(world, f"{path}/contacts", **body)
    assert plan["gaps"] == []
    archived = await world.http.delete(f"{world.path}/audiences/{audience['id']}")
    assert archived.status_code in (200, 204), archived.text
    plan = (await world.http.get(f"{world.path}/{path}")).json()
    assert plan["gaps"] == [{"kind": "audience_gone", "segment_id": segment["id"]}]
    kept = await world.http.put(
        f"{world.path}/{path}/segments/{segment['id']}",
        json={"audience_id": audience["id"], "name": "Still here", "version": 1},
    )
    assert kept.status_code == 200, "what was chosen before stays"
    made_of = await world.http.post(f"{world.path}/{path}/contacts/{plan['contacts'][0]['id']}/touchpoint")
    touchpoint = (await world.http.get(f"{world.path}/touchpoints/{made_of.json()['touchpoint']['id']}")).json()
    assert (touchpoint["audience"], touchpoint["name"]) == (None, "Still here")
    again = await world.http.post(f"{world.path}/{path}/segments", json={"audience_id": audience["id"]})
    assert again.json()["code"] == "audience_unknown"


async def test_bad_cells_get_a_clear_answer(world: World, make_world: Callable[[], Awaitable[World]]) -> None:
    path = await campaign_of(world)
    segment = (await made(world, f"{path}/segments", name="Parents"))["segments"][0]
    cell = {"segment_id": segment["id"], "stage": "purchase", "channel": "social"}
    elsewhere = await made(world, "campaigns", name="Other", category="engagement")
    theirs = await made(world, f"campaigns/{elsewhere['id']}/touchpoints", name="Mail")
    for wrong, code in (
        ({"segment_id": NOBODY}, "segment_unknown"),
        ({"stage": "love"}, "request_invalid"),
        ({"channel": "pigeon"}, "request_invalid"),
        ({"touchpoint_id": theirs["id"]}, "touchpoint_unknown"),
        ({"note": "x" * 5001}, "request_invalid"),
    ):
        answer = await world.http.post(f"{world.path}/{path}/contacts", json=cell | wrong)
        assert answer.json()["code"] == code
    nobody = await world.http.post(f"{world.path}/{path}/segments", json={"name": "  "})
    assert nobody.json()["code"] == "segment_nobody"
    other = await make_world()
    strange = await other.http.get(f"{other.path}/{path}")
    assert strange.json()["code"] == "campaign_unknown"
    for _ in range(MOST_SEGMENTS - 1):
        await made(world, f"{path}/segments", name="More")
    full = await world.http.post(f"{world.path}/{path}/segments", json={"name": "One too many"})
    assert full.json()["code"] == "segments_many"


async def test_the_checklists_are_told(world: World) -> None:
    channels = {one["channel"]: one for one in (await world.http.get(f"{world.path}/channels")).json()}
    assert {name for name, one in channels.items() if one["sent_here"]} == {"email"}
    width = next(point for point in channels["email"]["checklist"] if point["code"] == "email.width")
    assert (width["values"], width["part"]) == ({"pixels": 600}, "size")
