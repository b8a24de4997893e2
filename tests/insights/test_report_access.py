"""Who may read and export reports, and what is said of what is asked wrongly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.insights.history import write_history


async def test_what_is_asked_wrongly_gets_a_sentence(world: World) -> None:
    history = await write_history(world, seed=2, size=5)
    path = f"{world.path}/campaigns/{history.campaigns[0].id}/report"
    for query, status, code in (
        ("people?metric=luck", 422, "metric_unknown"),
        ("people?metric=cost", 422, "metric_without_people"),
        ("people?metric=clicks&link=1", 422, "link_without_touchpoint"),
        ("people?metric=clicks&attribute=area", 422, "bucket_missing"),
        ("people?metric=clicks&attribute=gone&value=x", 422, "attribute_unknown"),
        ("people?attribute=spend&value=much", 200, ""),
        ("people?attribute=spend&low=nan", 422, "request_invalid"),
        ("people?touchpoint_id=00000000-0000-7000-8000-000000000000", 404, "touchpoint_unknown"),
        ("people?cursor=WyJ4Il0", 422, "cursor_invalid"),
        ("breakdown?attribute=x%22%3B+drop", 422, "attribute_unknown"),
        ("series?step=year", 422, "request_invalid"),
        ("pdf?language=xx", 422, "request_invalid"),
    ):
        answer = await world.http.get(f"{path}/{query}")
        assert answer.status_code == status, (query, answer.text)
        assert answer.json().get("code", "") == code, query


async def test_reports_stay_in_their_workspace(world: World, make_world: Callable[[], Awaitable[World]]) -> None:
    other = await make_world()
    history = await write_history(other, seed=4, size=5)
    campaign = history.campaigns[0]
    mine = await write_history(world, seed=4, size=5)
    for part in ("", "/pdf", "/breakdown?attribute=area", "/series", "/people"):
        answer = await world.http.get(f"{world.path}/campaigns/{campaign.id}/report{part}")
        assert (answer.status_code, answer.json()["code"]) == (404, "campaign_unknown"), part
    exported = await world.http.post(f"{world.path}/campaigns/{campaign.id}/report/exports", json={})
    assert exported.json()["code"] == "campaign_unknown"
    listed = await world.http.get(f"{world.path}/reports", params={"campaign": str(campaign.id)})
    assert listed.json() == {"items": [], "next_cursor": None}
    crossed = f"{world.path}/campaigns/{mine.campaigns[0].id}/report/people?touchpoint_id={campaign.touchpoints[0]}"
    assert (await world.http.get(crossed)).status_code == 404


@pytest.mark.parametrize("role", list(Role))
async def test_who_may_read_and_export(world: World, role: Role) -> None:
    history = await write_history(world, seed=9, size=5)
    client = await world.member(role)
    path = f"{world.path}/campaigns/{history.campaigns[0].id}/report"
    assert (await client.get(path)).status_code == (403 if role is Role.GUEST else 200)
    exporters = (Role.OWNER, Role.MANAGER, Role.ANALYST)
    assert (await client.post(f"{path}/exports", json={})).status_code == (200 if role in exporters else 403)
    assert (await client.get(f"{path}/people")).status_code == (403 if role is Role.GUEST else 200)
