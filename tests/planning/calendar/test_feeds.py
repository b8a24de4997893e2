"""Feeds: readable by the address alone, as the member may see it now, and by no other address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx2
import icalendar
import pytest

from gonfalon.accounts.model import Role
from gonfalon.planning.calendar.feeds.limits import MOST_WRONG, Asked
from tests.conftest import World
from tests.planning.calendar.factory import ahead, campaign, got, local, made, touchpoint

HOLIDAYS = {
    f"{name} (SE)"
    for name in (
        "New Year's Day", "Epiphany", "Good Friday", "Easter Sunday", "Easter Monday", "May Day", "Ascension Day",
        "Pentecost", "National Day", "Midsummer Day", "All Saints' Day", "Christmas Day", "Second Day of Christmas",
    )
}  # fmt: skip
"""Those of a workspace in Stockholm; a feed is longer than a year, so that each is in it."""


async def make_feed(http: httpx2.AsyncClient, world: World, **filters: Any) -> tuple[str, str]:
    """The id and the path of a new feed."""
    answer = await http.post(f"{world.path}/calendar/feeds", json={"name": "Mine", "filters": filters})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"], urlsplit(answer.json()["address"]).path


def events(body: bytes) -> dict[str, Any]:
    return {str(event["summary"]): event for event in icalendar.Calendar.from_ical(body).walk("VEVENT")}


async def test_a_feed_holds_the_members_calendar(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    plan = await campaign(world, starts_on=str(ahead(1)), ends_on=str(ahead(3)))
    mail = await touchpoint(world, plan["id"], "Mail; with, signs", send_at=local(ahead(2)))
    await made(world, "/calendar/moments", kind="sale", name="Sale", starts_on=str(ahead(4)), ends_on=str(ahead(4)))
    _, path = await make_feed(world.http, world)
    nobody = client_of()
    answer = await nobody.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/calendar")
    found = events(answer.content)
    assert set(found) == {"Spring", "Mail; with, signs · Spring", "Sale", *HOLIDAYS}
    christmas = found["Christmas Day (SE)"]
    assert (christmas["dtstart"].dt.strftime("%m-%d"), christmas["dtstart"].params["VALUE"]) == ("12-25", "DATE")
    bar = found["Spring"]
    assert (bar["dtstart"].dt, bar["dtend"].dt) == (ahead(1), ahead(4))
    assert bar["dtstart"].params["VALUE"] == "DATE"
    at = found["Mail; with, signs · Spring"]["dtstart"].dt
    assert at == datetime.fromisoformat(mail["send_at"]).astimezone(UTC)
    assert isinstance(found["Sale"]["dtstart"].dt, date)

    same = await nobody.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    await touchpoint(world, plan["id"], "Another", send_at=local(ahead(2)))
    other = await nobody.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert other.status_code == 200
    assert other.headers["etag"] != answer.headers["etag"]


async def test_addresses_that_do_not_work_are_all_alike(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    world.services.put(Asked, Asked())
    feed_id, path = await make_feed(world.http, world)
    left = await world.member(Role.CREATOR)
    _, lefts = await make_feed(left, world)
    me = (await left.get("/api/v1/me")).json()["id"]
    assert (await world.http.delete(f"{world.path}/members/{me}")).status_code == 204
    assert (await world.http.delete(f"{world.path}/calendar/feeds/{feed_id}")).status_code == 204
    assert (await world.http.delete(f"{world.path}/calendar/feeds/{feed_id}")).status_code == 404
    nobody = client_of()
    answers = [await nobody.get(each) for each in (path, lefts, "/cal/guessed.ics", "/cal/", "/cal/å/b", "/cal/x")]
    assert {(each.status_code, each.content) for each in answers} == {(404, b"There is no calendar here.\n")}
    assert len({tuple(sorted(each.headers.items())) for each in answers}) == 1
    assert await got(world, "/calendar/feeds") == []


async def test_guessing_is_stopped(world: World, client_of: Callable[..., httpx2.AsyncClient]) -> None:
    world.services.put(Asked, Asked())
    nobody = client_of()
    codes = [(await nobody.get(f"/cal/{number}.ics")).status_code for number in range(MOST_WRONG + 2)]
    assert codes == [404] * MOST_WRONG + [429] * 2
    world.services.put(Asked, Asked())


async def test_a_guests_feed_holds_their_campaigns_only(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    mine, hidden = await campaign(world, "Mine"), await campaign(world, "Hidden")
    for each in (mine, hidden):
        await touchpoint(world, each["id"], "Mail", send_at=local(ahead(1)))
    guest = await world.member(Role.GUEST)
    me = (await guest.get("/api/v1/me")).json()["id"]
    part = f"{world.path}/campaigns/{mine['id']}/members/{me}"
    await world.http.put(part, json={"part": "does"})
    _, path = await make_feed(guest, world)
    assert set(events((await client_of().get(path)).content)) == {"Mail · Mine", *HOLIDAYS}
    await world.http.delete(part)
    assert set(events((await client_of().get(path)).content)) == HOLIDAYS


@pytest.mark.parametrize(("language", "name"), [("sv", "Juldagen (SE)"), ("fr", "Christmas Day (SE)")])
async def test_holidays_are_named_in_the_workspaces_language_whatever_the_machine_speaks(
    make_world: Callable[..., Awaitable[World]],
    client_of: Callable[..., httpx2.AsyncClient],
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    name: str,
) -> None:
    monkeypatch.setenv("LANGUAGE", "uk")
    world = await make_world(language=language)
    _, path = await make_feed(world.http, world)
    assert name in events((await client_of().get(path)).content)


async def test_a_feed_keeps_its_filters_and_belongs_to_one_member(
    world: World, client_of: Callable[..., httpx2.AsyncClient]
) -> None:
    one, other = await campaign(world, "One"), await campaign(world, "Other")
    for each in (one, other):
        await touchpoint(world, each["id"], "Mail", send_at=local(ahead(1)))
    feed_id, path = await make_feed(world.http, world, campaigns=[one["id"]], kinds=["touchpoint"])
    assert set(events((await client_of().get(path)).content)) == {"Mail · One"}
    [listed] = await got(world, "/calendar/feeds")
    assert listed["filters"]["campaigns"] == [one["id"]]
    assert path.split("/")[-1][:20] not in str(listed)
    colleague = await world.member(Role.MANAGER)
    assert (await colleague.get(f"{world.path}/calendar/feeds")).json() == []
    assert (await colleague.delete(f"{world.path}/calendar/feeds/{feed_id}")).status_code == 404


def test_counts_begin_anew_with_each_window() -> None:
    asked, now = Asked(), datetime(2030, 1, 1, tzinfo=UTC)
    for _ in range(MOST_WRONG):
        asked.missed("a")
    asked.check("b", now)
    asked.check("a", now + timedelta(hours=1))
