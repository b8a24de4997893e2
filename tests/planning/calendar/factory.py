"""What a calendar shows, made through the API or, where there is much of it, in one statement."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gonfalon.kit.ids import new_id
from tests.conftest import World

ZONE = ZoneInfo("Europe/Stockholm")


def ahead(days: int) -> date:
    """So many days from today where the worlds of the tests are."""
    return datetime.now(UTC).astimezone(ZONE).date() + timedelta(days=days)


def local(day: date, clock: str = "09:30") -> str:
    """That clock time on the day, as an instant."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC).isoformat()


async def made(world: World, path: str, **body: Any) -> dict[str, Any]:
    """Posts and returns what was made."""
    answer = await world.http.post(world.path + path, json=body)
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def got(world: World, path: str, **query: Any) -> Any:
    """Reads what has to be there."""
    answer = await world.http.get(world.path + path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def campaign(world: World, name: str = "Spring", **values: Any) -> dict[str, Any]:
    return await made(world, "/campaigns", name=name, category="engagement", **values)


async def touchpoint(world: World, campaign_id: str, name: str, **values: Any) -> dict[str, Any]:
    return await made(world, f"/campaigns/{campaign_id}/touchpoints", name=name, **values)


async def launched(world: World, touchpoint_id: str, at: datetime, people: list[int], state: str = "accepted") -> None:
    """The touchpoint as if it had been sent to these people then."""
    dispatch = new_id()
    given = {"id": dispatch, "touchpoint": touchpoint_id, "workspace": world.workspace.id, "at": at}
    async with world.services.db.transaction() as connection:
        await connection.exec_driver_sql(
            "update touchpoints set launched_at = %(at)s, send_at = null where id = %(touchpoint)s", given
        )
        await connection.exec_driver_sql(
            "insert into dispatches (id, workspace_id, touchpoint_id, campaign_id, channel, template_id,"
            " template_version, sender_identity_id, topic_id, state, launched_by, started_at, finished_at)"
            " select %(id)s, workspace_id, id, campaign_id, channel, %(id)s, 1, %(id)s, 1, 'finished', 'x', %(at)s,"
            " %(at)s from touchpoints where id = %(touchpoint)s",
            given,
        )
        await connection.exec_driver_sql(
            "insert into messages (workspace_id, dispatch_id, touchpoint_id, person_id, state, ended_at)"
            " select %(workspace)s, %(id)s, %(touchpoint)s, unnest(%(people)s::bigint[]), %(state)s, %(at)s",
            {**given, "people": people, "state": state},
        )
