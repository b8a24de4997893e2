"""Nothing launches without the yes: every way around it that we could think of, tried."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from sqlalchemy import func, insert, select, text, update

from gonfalon.accounts.context import operator_context, system_context
from gonfalon.accounts.model import Role
from gonfalon.approvals.jobs import follow_up_all
from gonfalon.audiences.tables import audiences
from gonfalon.delivery.launching import open_dispatch
from gonfalon.delivery.model import NewDispatch
from gonfalon.delivery.tables import messages
from gonfalon.kit.errors import Conflict
from gonfalon.people.tables import consents, people
from gonfalon.planning.launch.actions import launch_touchpoint, prepare_touchpoint
from gonfalon.planning.tables.touchpoints import touchpoints
from gonfalon.teamwork.tables import notices
from tests.approvals.factory import Team, blocked, edit_template, join, key_of, make_team
from tests.conftest import World, eventually
from tests.planning.factory import BODY

Clients = Callable[..., httpx2.AsyncClient]


async def nothing_left(team: Team) -> None:
    """No message was written, and the touchpoint is a draft."""
    async with team.world.services.db.reading() as connection:
        count = await connection.execute(select(func.count()).where(messages.c.workspace_id == team.world.workspace.id))
        assert count.scalar_one() == 0
    assert (await team.world.http.get(team.ready.path)).json()["state"] == "draft"


async def test_nobody_launches_without_it(team: Team, client_of: Clients) -> None:
    manager = await join(team.world, client_of, "Mo", Role.MANAGER)
    key = await key_of(team, client_of, "send", "write", "manage")
    for by in (team.world.http, manager.http, key):
        assert blocked(await team.launch(by)) == "approval.needed"
    touchpoint = UUID(team.ready.touchpoint["id"])
    for ctx in (
        team.world.ctx,
        operator_context(team.world.services, team.world.workspace),
        system_context(team.world.services, team.world.workspace),
    ):
        with pytest.raises(Conflict):
            await launch_touchpoint(ctx, touchpoint)
    await nothing_left(team)


async def test_waiting_refused_and_withdrawn_are_no_yes(team: Team) -> None:
    request = await team.ask()
    assert blocked(await team.launch()) == "approval.waiting"
    await team.decide(request, team.lea)
    assert blocked(await team.launch()) == "approval.waiting"
    await team.decide(request, team.dan, "changes", "Shorter")
    assert blocked(await team.launch()) == "approval.changes"
    request = await team.ask()
    await team.decide(request, team.lea, "refuse", "Never")
    assert blocked(await team.launch()) == "approval.refused"
    request = await team.ask()
    await team.world.http.post(f"{team.path}/{request['id']}/withdraw")
    assert "approval" in blocked(await team.launch())
    await nothing_left(team)


async def test_with_the_yes_it_goes_out_and_goes_on_after_a_pause(team: Team) -> None:
    request = await team.approve()
    assert (await team.ready.codes())["approval.given"] == "ok"
    assert (await team.launch()).status_code == 200

    async def expanded() -> bool:
        return (await team.world.http.get(team.ready.path)).json()["state"] in ("running", "finished")

    await eventually(expanded)
    template = team.ready.template
    saved = await team.world.http.put(
        f"{team.world.path}/templates/{template['id']}",
        json={"name": "Mail", "subject": "Later", "body": BODY, "version": template["version"]},
    )
    assert saved.status_code == 200, saved.text
    for verb in ("pause", "resume"):
        answer = await team.world.http.post(f"{team.ready.path}/{verb}")
        assert answer.status_code in (200, 204, 409), answer.text
        assert "approval" not in answer.text
    await follow_up_all(team.world.services)
    assert (await team.get(request))["state"] == "approved"


async def edit_touchpoint(team: Team) -> None:
    await team.ready.save(per_hour=100)


async def edit_time(team: Team) -> None:
    await team.ready.save(send_at="2030-01-01T10:00:00Z")


async def edit_holdout(team: Team) -> None:
    await team.ready.save(holdout_percent=10)


async def edit_audience(team: Team) -> None:
    path = f"{team.world.path}/audiences/{team.ready.audience}"
    present = (await team.world.http.get(path)).json()
    rule = {"kind": "all", "rules": [{"kind": "attribute", "key": "area", "op": "unknown"}]}
    saved = await team.world.http.put(path, json={"name": "Everybody", "rule": rule, "version": present["version"]})
    assert saved.status_code == 200, saved.text


EDITS = {
    "pace": (edit_touchpoint, ["per_hour"]),
    "time": (edit_time, ["send_at"]),
    "holdout": (edit_holdout, ["holdout_percent"]),
    "template": (edit_template, ["subject"]),
    "audience": (edit_audience, ["audience_rule_hash"]),
}


@pytest.mark.parametrize("edit", EDITS)
async def test_any_later_change_voids_it_and_says_why(team: Team, edit: str) -> None:
    change, path = EDITS[edit]
    request = await team.approve()
    await change(team)
    assert blocked(await team.launch()) == "approval.void"
    seen = await team.get(request)
    assert seen["state"] == "void"
    assert path in [each["path"] for each in seen["changes"]]
    await follow_up_all(team.world.services)
    listed = await team.world.http.get(team.path, params={"state": "void"})
    assert [item["id"] for item in listed.json()["items"]] == [request["id"]]
    async with team.world.services.db.reading() as connection:
        rows = await connection.execute(
            select(notices.c.user_id).where(
                notices.c.workspace_id == team.world.workspace.id, notices.c.kind == "approval_void"
            )
        )
        owner = UUID(str(team.world.ctx.actor.id))
        assert sorted(rows.scalars()) == sorted([team.lea.id, team.dan.id, owner])
    await nothing_left(team)


async def test_put_back_as_it_was_it_holds_again(team: Team) -> None:
    await team.approve()
    await team.ready.save(per_hour=100)
    await follow_up_all(team.world.services)
    await team.ready.save(per_hour=None)
    assert (await team.standing())["standing"] == "approved"
    await follow_up_all(team.world.services)
    assert (await team.world.http.get(team.path, params={"state": "void"})).json()["items"] == []


async def test_what_changed_while_it_waits_cannot_be_approved(team: Team) -> None:
    request = await team.ask()
    await team.ready.save(per_hour=100)
    answer = await team.decide(request, team.lea, step=0)
    assert (answer.status_code, answer.json()["code"]) == (409, "approval_void")
    again = await team.ask()
    assert again["id"] != request["id"]
    assert [each["path"] for each in again["previous"]["changes"]] == [["per_hour"]]


async def test_an_audience_made_of_another_is_changed_with_it(team: Team) -> None:
    outer = await team.world.http.post(
        f"{team.world.path}/audiences",
        json={
            "kind": "segment",
            "name": "Outer",
            "rule": {"kind": "all", "rules": [{"kind": "audience", "audience": team.ready.audience}]},
        },
    )
    assert outer.status_code == 201, outer.text
    await team.ready.save(audience_id=outer.json()["id"])
    await team.approve()
    await edit_audience(team)
    assert blocked(await team.launch()) == "approval.void"


async def grow(team: Team, count: int) -> None:
    workspace, topic = team.world.workspace.id, team.ready.topic
    async with team.world.services.db.transaction() as connection:
        rows = [{"workspace_id": workspace, "email": f"more{n}@example.com", "attributes": {}} for n in range(count)]
        ids = list((await connection.execute(insert(people).values(rows).returning(people.c.id))).scalars())
        granted = {"workspace_id": workspace, "channel": "email", "topic_id": topic, "state": "granted"}
        await connection.execute(
            insert(consents).values([{**granted, "person_id": person, "at": team.world.ctx.now} for person in ids])
        )


async def test_an_audience_may_grow_by_a_tenth_but_not_more(world: World, client_of: Clients) -> None:
    team = await make_team(world, client_of)
    await grow(team, 14)  # with the six from before: twenty

    async def counted() -> bool:
        return bool((await team.ready.check())["reach"]["reachable"] == 20)

    await eventually(counted)
    request = await team.approve()
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update approval_requests set audience_size = 18 where workspace_id = :workspace"),
            {"workspace": world.workspace.id},
        )
    assert blocked(await team.launch()) == "approval.void"
    seen = await team.get(request)
    assert seen["changes"] == [{"path": ["audience_size"], "before": 18, "after": 20}]
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update approval_requests set audience_size = 19 where workspace_id = :workspace"),
            {"workspace": world.workspace.id},
        )
    assert (await team.launch()).status_code == 200


@pytest.mark.parametrize("approved", [True, False])
async def test_an_audience_that_grows_until_sending_begins_beyond_what_was_allowed_gets_nothing(
    team: Team, approved: bool
) -> None:
    """Six people, with a yes for them or few enough to need none; when the time has come there are twenty."""
    await team.ready.save(send_at=(team.world.ctx.now + timedelta(hours=1)).isoformat())
    if approved:
        await team.approve()
    else:
        async with team.world.services.db.transaction() as connection:
            await connection.execute(
                text("update approval_rules set over_people = 10 where workspace_id = :w"),
                {"w": team.world.workspace.id},
            )
    assert (await team.launch()).status_code == 200
    await grow(team, 14)

    async def counted() -> bool:
        found = await team.world.http.get(f"{team.world.path}/audiences/{team.ready.audience}/count")
        return bool(found.json()["total"] >= 20)

    await eventually(counted)
    async with team.world.services.db.transaction() as connection:
        await connection.execute(
            text("update dispatches set send_at = now() - interval '1 minute' where touchpoint_id = :t;"),
            {"t": UUID(team.ready.touchpoint["id"])},
        )
        await connection.execute(
            text("update touchpoints set launched_at = now() - interval '1 hour' where id = :t"),
            {"t": UUID(team.ready.touchpoint["id"])},
        )
    ctx = system_context(team.world.services, team.world.workspace)
    await prepare_touchpoint(ctx, UUID(team.ready.touchpoint["id"]))
    await nothing_left(team)
    problem = (await team.world.http.get(team.ready.path)).json()["launch_problem"]
    assert problem["code"] == "approval_needed"


async def test_an_edit_between_the_check_and_the_launch_is_caught(team: Team) -> None:
    await team.approve()
    rule = {"kind": "all", "rules": [{"kind": "attribute", "key": "area", "op": "unknown"}]}
    async with team.world.services.db.engine.connect() as connection:
        await connection.execute(update(audiences).where(audiences.c.id == UUID(team.ready.audience)).values(rule=rule))
        # The check reads what is committed and finds the approval in order; the launch itself has to wait here.
        launching = asyncio.create_task(team.launch())

        async def waits() -> bool:
            async with team.world.services.db.reading() as looking:
                found = await looking.execute(
                    text(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ~ 'audiences'"
                        " and datname = current_database()"
                    )
                )
                return bool(found.scalar_one())

        await eventually(waits)
        await connection.commit()
    assert blocked(await launching) == "approval.void"
    await nothing_left(team)


async def test_of_an_edit_and_a_launch_at_once_one_is_refused(team: Team) -> None:
    await team.approve()
    present = (await team.world.http.get(team.ready.path)).json()
    body = {key: present[key] and present[key]["id"] for key in ("audience", "template", "sender_identity", "topic")}
    body = {f"{key}_id": value for key, value in body.items()}
    body |= {"name": "Other", "per_hour": 5, "version": present["version"]}
    launched, saved = await asyncio.gather(team.launch(), team.world.http.put(team.ready.path, json=body))
    assert {launched.status_code, saved.status_code} == {200, 409}, (launched.text, saved.text)


async def forge_launch(team: Team) -> None:
    """The state of a launched touchpoint, written without the action that checks."""
    row = team.ready.touchpoint
    async with team.world.services.db.transaction() as connection:
        await connection.execute(
            update(touchpoints)
            .where(touchpoints.c.id == UUID(row["id"]))
            .values(launched_at=func.now(), launched_by="Nobody", template_version=1)
        )
        await open_dispatch(
            team.world.services,
            connection,
            team.world.workspace.id,
            NewDispatch(
                touchpoint_id=UUID(row["id"]),
                campaign_id=UUID(team.ready.campaign["id"]),
                channel="email",
                template_id=UUID(team.ready.template["id"]),
                template_version=1,
                sender_identity_id=UUID(row["sender_identity"]["id"]),
                topic_id=team.ready.topic,
                launched_by="Nobody",
            ),
        )


async def test_the_job_does_not_trust_the_launch(team: Team) -> None:
    await forge_launch(team)
    ctx = system_context(team.world.services, team.world.workspace)
    await prepare_touchpoint(ctx, UUID(team.ready.touchpoint["id"]))
    await nothing_left(team)
    problem = (await team.world.http.get(team.ready.path)).json()["launch_problem"]
    assert problem["code"] == "approval_needed"


async def test_an_audience_changed_between_the_launch_and_its_job_is_caught(team: Team) -> None:
    await team.approve()
    await forge_launch(team)
    await edit_audience(team)
    ctx = system_context(team.world.services, team.world.workspace)
    await prepare_touchpoint(ctx, UUID(team.ready.touchpoint["id"]))
    await nothing_left(team)


async def test_states_are_moved_in_vain(team: Team) -> None:
    campaign = f"{team.world.path}/campaigns/{team.ready.campaign['id']}"
    version = (await team.world.http.get(campaign)).json()["version"]
    await team.world.http.post(f"{campaign}/move", json={"state": "running", "version": version})
    for verb in ("resume", "pause"):
        assert (await team.world.http.post(f"{team.ready.path}/{verb}")).status_code >= 400
    assert blocked(await team.launch()) == "approval.needed"
    await nothing_left(team)


async def test_another_workspaces_request_opens_nothing(
    team: Team, make_world: Callable[..., Any], client_of: Clients
) -> None:
    request = await team.ask()
    other = await make_world()
    path = f"{other.path}/approvals/{request['id']}"
    assert (await other.http.get(path)).status_code == 404
    decision = {"step_id": request["steps"][0]["id"], "verdict": "approve"}
    assert (await other.http.post(f"{path}/decisions", json=decision)).status_code == 404
    assert (await other.http.post(f"{path}/withdraw")).status_code == 404
    ask = {"kind": "launch", "id": team.ready.touchpoint["id"]}
    assert (await other.http.post(f"{other.path}/approvals", json=ask)).status_code == 404
    their_group = {"kind": "launch", "steps": [{"kind": "group", "ref": team.legal["id"]}]}
    refused = await other.http.post(f"{other.path}/approval-rules", json=their_group)
    assert refused.json()["code"] == "approver_unknown"
