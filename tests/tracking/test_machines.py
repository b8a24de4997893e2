"""Which opens and clicks are a person’s and which a machine’s."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from gonfalon.tracking.links.model import Hit, HitKind
from gonfalon.tracking.links.rules import VERSION, judge
from gonfalon.tracking.links.store import append_hits
from tests.tracking.conftest import Received

BROWSER = "Mozilla/5.0 (X11; Linux) Firefox/140.0"


async def hits(received: Received) -> list[Any]:
    """The message's hits in order."""
    return await received.rows("select * from hits where message_id = :m order by id", m=received.message_id)


def path(url: str) -> str:
    """The path of one of our addresses."""
    return url.removeprefix("http://testserver")


@pytest.mark.parametrize(
    ("method", "headers", "verdict", "rule"),
    [
        ("HEAD", {}, "machine", "method"),
        ("GET", {"user-agent": "python-requests/2"}, "machine", "user_agent"),
        ("GET", {"user-agent": ""}, "machine", "no_user_agent"),
        ("GET", {"sec-purpose": "prefetch;prerender"}, "machine", "prefetch"),
        ("GET", {"user-agent": "Mozilla/5.0 (via ggpht.com GoogleImageProxy)"}, "human", "reader_proxy"),
        ("GET", {"user-agent": "YahooMailProxy; https://help.yahoo.com/"}, "human", "reader_proxy"),
        ("GET", {"user-agent": "Mozilla/5.0"}, "likely_machine", "mail_privacy"),
        ("GET", {"user-agent": "Barracuda Sentinel (EE)"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 Microsoft Office SafeLinks"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 (compatible; proofpoint-url-defense)"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mimecast-URL-Protect"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Mozilla/5.0 (Windows NT 10.0) Trend Micro WTP"}, "machine", "user_agent"),
        ("GET", {"user-agent": "Python/3.11 aiohttp/3.9.1"}, "machine", "user_agent"),
        ("GET", {"user-agent": BROWSER, "sec-purpose": "prefetch;prerender"}, "machine", "prefetch"),
        ("GET", {"user-agent": BROWSER, "x-moz": "prefetch"}, "machine", "prefetch"),
        ("HEAD", {"user-agent": BROWSER}, "machine", "method"),
        ("GET", {"user-agent": "Mozilla/5.0 (Linux; Android 10; CUBOT X30) Chrome/120.0 Mobile"}, "human", "none"),
        ("GET", {"user-agent": "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0)"}, "human", "none"),
    ],
)
async def test_machines_are_told_apart(
    received: Received, method: str, headers: dict[str, str], verdict: str, rule: str
) -> None:
    assert received.urls.open is not None
    await received.public.request(method, path(received.urls.open), headers=headers)
    (hit,) = await hits(received)
    assert (hit.verdict, hit.rule, hit.rule_version) == (verdict, rule, VERSION)


GMAIL = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
DELIVERED = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("came", "verdicts"),
    [
        ([("open", None, GMAIL, 9.9)], ["likely_machine"]),
        ([("open", None, GMAIL, 10)], ["human"]),
        ([("click", 1, BROWSER, 2.9)], ["likely_machine"]),
        ([("click", 1, BROWSER, 60), ("click", 1, BROWSER, 60.1)], ["human", "human"]),
        ([("click", 1, BROWSER, 60), ("click", 2, BROWSER, 60.001)], ["machine", "machine"]),
        ([("click", 1, BROWSER, 60), ("click", 2, BROWSER, 60.6)], ["human", "human"]),
        ([("click", 1, BROWSER, 60), ("page", None, BROWSER, 60.001)], ["machine", "machine"]),
        ([("open", None, BROWSER, 60), ("click", 1, BROWSER, 60.1), ("click", 2, BROWSER, 60.2)], ["machine"] * 3),
        ([("open", None, GMAIL, 60), ("click", 1, BROWSER, 60.1)], ["human", "human"]),
        ([("click", n, BROWSER, 60 + n * 0.7) for n in (1, 2, 3)], ["machine"] * 3),
    ],
)  # fmt: skip
async def test_machines_are_known_by_when_they_come(
    received: Received, came: list[tuple[str, int | None, str, float]], verdicts: list[str]
) -> None:
    db = received.world.services.db
    async with db.transaction() as connection:
        set_to = "update messages set ended_at = :at where id = :m"
        await connection.execute(text(set_to), {"at": DELIVERED, "m": received.message_id})
    noted = [
        Hit(
            received.world.workspace.id, HitKind(kind), received.message_id, received.link_set_id, number,
            DELIVERED + timedelta(seconds=after), "GET", "", agent,
            judge(HitKind(kind), "GET", {"user-agent": agent}),
        )
        for kind, number, agent, after in came
    ]  # fmt: skip
    for one in noted:  # one by one, as they come in
        async with db.transaction() as connection:
            await append_hits(connection, [one])
    assert [hit.verdict for hit in await hits(received)] == verdicts


async def test_that_the_page_for_leaving_was_asked_for_is_noted_and_told_nowhere(received: Received) -> None:
    await received.public.get(path(received.urls.unsubscribe))
    assert [hit.kind for hit in await hits(received)] == ["page"]
    timeline = await received.world.http.get(f"{received.world.path}/people/{received.person_id}/timeline")
    assert timeline.status_code == 200
    assert '"page"' not in timeline.text


async def test_all_links_at_once_is_a_scanner(received: Received) -> None:
    for number in (1, 2, 3):
        await received.public.get(path(f"{received.urls.click}{number}"))
    assert {hit.verdict for hit in await hits(received)} == {"machine"}


async def test_hit_right_after_delivery_is_a_scanner(received: Received) -> None:
    async with received.world.services.db.transaction() as connection:
        await connection.execute(text("update messages set ended_at = now() where id = :m"), {"m": received.message_id})
    await received.public.get(path(f"{received.urls.click}1"))
    (hit,) = await hits(received)
    assert (hit.verdict, hit.rule) == ("likely_machine", "too_soon")
