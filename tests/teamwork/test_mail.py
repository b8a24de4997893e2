"""Notices by mail: every notice in one mail, every mail handed over once, whatever dies when."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from gonfalon.accounts.mails.model import Mail
from gonfalon.accounts.mails.rules import invitation_mail
from gonfalon.accounts.model import Workspace
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services
from gonfalon.teamwork.actions import notify
from gonfalon.teamwork.mail.actions import PATIENCE, mail_notices, make_digests
from gonfalon.teamwork.mail.rules import Line, Place, compose, sentence
from gonfalon.teamwork.mail.store import gather_now, take_mail
from gonfalon.teamwork.mail.words import WORDS
from gonfalon.teamwork.model import NOTICES, OF_MANY, TROUBLES, NoticeKind, Thing, ThingKind
from tests.conftest import World, eventually
from tests.teamwork.factory import Colleague, colleague, make_campaign, say


async def mails(world: World, who: Colleague) -> list[dict[str, Any]]:
    """What the sandbox holds for somebody, the oldest first."""
    found = (await world.http.get(f"{world.path}/sandbox/mails")).json()["items"]
    return [one for one in reversed(found) if one["rcpt_to"] == f"{who.id}@example.com"]


async def states(world: World) -> list[str]:
    async with world.services.db.reading() as connection:
        found = await connection.execute(
            text("select state from notice_mails where workspace_id = :w order by id"), {"w": world.workspace.id}
        )
        return list(found.scalars())


async def tell(world: World, who: Colleague, kind: NoticeKind, **values: Any) -> None:
    async with world.ctx.transaction() as connection:
        await notify(
            world.ctx, connection, kind, to=[UUID(who.id)], thing=Thing(ThingKind.TASK, UUID(int=5)), title="Film",
            **values,
        )  # fmt: skip


async def at(world: World, moment: str) -> None:
    """Sets all notices of the world to this moment."""
    async with world.services.db.transaction() as connection:
        await connection.execute(
            text("update notices set created_at = cast(:at as timestamptz) where workspace_id = :w"),
            {"at": moment, "w": world.workspace.id},
        )


async def test_a_mention_is_mailed_at_once_and_leads_to_the_thing(world: World) -> None:
    campaign = await make_campaign(world, "Spring <b>")
    anna = await colleague(world)
    await say(world, campaign, f"{anna.mention} is 2 < 3?")
    mail = (await eventually(lambda: mails(world, anna)))[0]
    assert mail["subject"] == f"{world.ctx.actor.name} mentioned you in Spring <b>"
    raw = (await world.http.get(f"{world.path}/sandbox/mails/{mail['id']}")).json()
    link = f"http://testserver/w/{world.workspace.slug}/thing/campaign/{campaign}?talk=1"
    assert link in raw["text"]
    assert "is 2 < 3?" in raw["text"]
    assert "is 2 &lt; 3?" in raw["html"]
    assert f'href="{link}"' in raw["html"]
    await eventually(lambda: _are(world, ["sent"]))
    await mail_notices(world.ctx)
    assert len(await mails(world, anna)) == 1


async def _are(world: World, wanted: list[str]) -> bool:
    return await states(world) == wanted


async def _take(world: World) -> int:
    async with world.ctx.transaction() as connection:
        await gather_now(connection, world.workspace.id)
    async with world.ctx.transaction() as connection:
        mail = await take_mail(connection, world.workspace.id, 0)
    assert mail is not None
    return int(mail.id)


async def test_a_mail_in_a_dead_workers_hands_is_left_alone(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gonfalon.teamwork.actions.defer", _no_job)
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.ASSIGNED)
    await _take(world)  # and here the process ends
    assert await mail_notices(world.ctx) == 0
    assert await states(world) == ["handing_over"]
    await make_digests(services, world.ctx.now)
    assert await states(world) == ["handing_over"], "a living worker has its time"
    await make_digests(services, world.ctx.now + PATIENCE + timedelta(seconds=5))
    assert await states(world) == ["unknown"]
    assert await mail_notices(world.ctx) == 0


async def _no_job(*_: Any, **__: Any) -> int:
    """No job is queued: the test takes its part."""
    return 0


async def test_a_mail_nobody_would_take_waits_and_goes_later(
    world: World, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gonfalon.teamwork.actions.defer", _no_job)
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.ASSIGNED)
    with pytest.MonkeyPatch.context() as away:
        away.setattr(Settings, "mail_sandbox_port", 1)  # nobody listens there
        assert await mail_notices(world.ctx) == 0
    assert await states(world) == ["waiting"]
    assert world.workspace.id in await make_digests(services, world.ctx.now)
    assert await mail_notices(world.ctx) == 1
    assert len(await mails(world, anna)) == 1


async def test_jobs_that_run_at_once_mail_a_notice_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gonfalon.teamwork.actions.defer", _no_job)
    people = [await colleague(world) for _ in range(3)]
    for one in people:
        await tell(world, one, NoticeKind.ASSIGNED)
        await tell(world, one, NoticeKind.HANDED_OVER)
    sent = await asyncio.gather(*(mail_notices(world.ctx) for _ in range(4)))
    assert sum(sent) == 3
    for one in people:
        assert [mail["subject"] for mail in await mails(world, one)] == [f"2 updates for you in {world.workspace.name}"]


async def test_what_was_read_meanwhile_is_not_mailed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gonfalon.teamwork.actions.defer", _no_job)
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.ASSIGNED)
    async with world.ctx.transaction() as connection:
        await gather_now(connection, world.workspace.id)
    await anna.http.post(f"{world.path}/notices/read", json={"up_to": 2**60})
    assert await mail_notices(world.ctx) == 0
    assert await states(world) == ["unneeded"]


@pytest.mark.parametrize(
    ("day", "eight"),
    [
        ("2026-03-28", "2026-03-28T07:00:00+00:00"),
        ("2026-03-29", "2026-03-29T06:00:00+00:00"),  # clocks go forward at 02:00
        ("2026-10-25", "2026-10-25T07:00:00+00:00"),  # and back at 03:00
    ],
)
async def test_a_digest_goes_at_eight_by_the_workspaces_clock(
    world: World, services: Services, day: str, eight: str
) -> None:
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.OVERDUE, on="2026-03-20")
    await tell(world, anna, NoticeKind.DUE_SOON, on="2026-03-30")
    moment = datetime.fromisoformat(eight)
    await at(world, (moment - timedelta(minutes=1)).isoformat())

    await make_digests(services, moment - timedelta(seconds=1))
    assert await states(world) == []
    for _ in range(2):
        await make_digests(services, moment + timedelta(minutes=3))
    assert await states(world) == ["waiting"]
    async with services.db.reading() as connection:
        found = await connection.execute(
            text("select digest_on from notice_mails where workspace_id = :w"), {"w": world.workspace.id}
        )
        assert found.scalar_one() == date.fromisoformat(day)
    await mail_notices(world.ctx)
    mail = (await mails(world, anna))[0]
    assert mail["subject"] == f"Your day in {world.workspace.name}: 2 updates"
    # What comes after eight waits for tomorrow, and is then sent even if yesterday's digest was missed.
    await tell(world, anna, NoticeKind.OVERDUE, on="2026-03-21")
    async with services.db.transaction() as connection:
        await connection.execute(
            text("update notices set created_at = :at where workspace_id = :w and mail_id is null"),
            {"at": moment + timedelta(minutes=1), "w": world.workspace.id},
        )
    await make_digests(services, moment + timedelta(hours=10))
    assert await states(world) == ["sent"]
    await make_digests(services, moment + timedelta(days=2))
    assert await states(world) == ["sent", "waiting"]
    await mail_notices(world.ctx)


async def test_two_digest_jobs_at_once_make_one_digest(world: World, services: Services) -> None:
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.CAMPAIGN_CHANGED)
    await at(world, "2026-05-01T00:00:00Z")
    moment = datetime(2026, 5, 2, 12, tzinfo=UTC)
    await asyncio.gather(*(make_digests(services, moment) for _ in range(4)))
    assert await states(world) == ["waiting"]


async def test_who_left_is_not_mailed(world: World, services: Services) -> None:
    anna = await colleague(world)
    await tell(world, anna, NoticeKind.CAMPAIGN_CHANGED)
    await at(world, "2026-05-01T00:00:00Z")
    await world.http.delete(f"{world.path}/members/{anna.id}")
    await make_digests(services, datetime(2026, 5, 2, 12, tzinfo=UTC))
    assert await states(world) == []


TODAY = date(2026, 11, 29)
PLACE = Place("Shop & Sons", "https://g.example/w/shop", "Europe/Berlin")


def line(kind: NoticeKind, campaign: str | None = None, thing: str = "task", **values: Any) -> Line:
    return Line(kind, "Åsa", "Film", thing, UUID(int=1), values, campaign)


def mail_of(*lines: Line, language: str = "en", total: int | None = None, digest: bool = False) -> Mail:
    at = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    return compose(1, "a@example.com", language, PLACE, lines, total or len(lines), digest=digest, at=at)


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
def test_every_kind_has_its_sentence_in_every_language(language: str) -> None:
    assert WORDS[language].keys() == WORDS["en"].keys()
    usual = {"on": "2026-12-01", "amount_minor": 1234500, "currency": "EUR", "decision": "changes"}
    usual |= {"trouble": "held", "sent": 1234, "planned": 2345, "stage": "Hot", "risen": 3}
    said = {sentence(line(kind, **usual), language, TODAY) for kind in NOTICES}
    assert len(said) == len(NOTICES)
    assert all("{" not in one and "Film" in one for one in said)
    troubles = {sentence(line(NoticeKind.SENDING_TROUBLE, trouble=each), language, TODAY) for each in TROUBLES}
    assert len(troubles) == len(TROUBLES)
    many = {sentence(line(kind, count=1200, first="Poster", **usual), language, TODAY) for kind in OF_MANY}
    assert len(many) == len(OF_MANY)
    assert all("{" not in one and "Film" in one and "Poster" in one and "200" in one for one in many)


def test_dates_and_money_are_written_as_the_reader_does() -> None:
    over = line(NoticeKind.BUDGET_OVERRUN, amount_minor=1234500, currency="EUR")
    assert sentence(over, "en", TODAY) == "Film is €12,345 over its budget"
    assert sentence(over, "sv", TODAY) == "Film ligger 12\xa0345\xa0€ över sin budget"
    yen = line(NoticeKind.BUDGET_OVERRUN, amount_minor=12345, currency="JPY")
    assert sentence(yen, "en", TODAY) == "Film is ¥12,345 over its budget"
    due = line(NoticeKind.DUE_SOON, on="2026-12-01")
    assert sentence(due, "fr", TODAY) == "Film est à rendre le mar. 1 déc."
    assert sentence(due, "en", TODAY) == "Film is due on Tue 1 Dec"
    assert sentence(line(NoticeKind.DUE_SOON, on="2027-01-06"), "en", TODAY) == "Film is due on Wed, 6 Jan 2027"


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("en", "Approve €49,000 for Film by Wed 2 Dec"),
        ("fr", "À approuver avant le mer. 2 déc. : 49\u202f000\xa0€ pour Film"),
        ("sv", "Godkänn 49\xa0000\xa0€ till Film senast ons 2 dec."),
        ("zh", "请在 12月2日周三前审批：“Film”的 €49,000"),
    ],
)
def test_a_mail_that_asks_for_an_approval_says_what_how_much_and_by_when(language: str, subject: str) -> None:
    asked = line(
        NoticeKind.APPROVAL_ASKED, "Ridge X1 launch", "approval",
        on="2026-12-02", amount_minor=4_900_000, currency="EUR", subject="budget", note="2 < 3",
    )  # fmt: skip
    mail = mail_of(asked, language=language)
    assert mail.subject == subject
    for part in (mail.text, mail.html):
        assert "Ridge X1 launch" in part
        assert part.count("https://g.example/w/shop/thing/approval/") == 1
        assert WORDS[language]["decide"] in part
    assert "2 &lt; 3" in mail.html


def test_an_approval_without_a_number_or_a_day_is_named_by_what_it_is_of() -> None:
    subjects = {
        of: mail_of(line(NoticeKind.APPROVAL_ASKED, subject=of)).subject for of in ("launch", "goal", "content")
    }
    assert subjects == {
        "launch": "Approve the launch of Film",
        "goal": "Approve the goal Film",
        "content": "Approve Film",
    }


def test_a_notice_of_many_tasks_says_how_many_and_leads_to_them() -> None:
    mail = mail_of(line(NoticeKind.ASSIGNED, "Film", "campaign", count=9, first="Write the brief", on="2026-12-04"))
    assert mail.subject == "Åsa assigned you 9 tasks in Film, the first: Write the brief"
    assert "Campaign:" not in mail.text, "the sentence names it"
    assert f"https://g.example/w/shop/thing/campaign/{UUID(int=1)}?tab=timeline" in mail.text


def test_a_long_digest_says_how_many_more_there_are() -> None:
    mail = mail_of(*[line(NoticeKind.ASSIGNED)] * 3, language="xx", total=80, digest=True)
    assert mail.subject == "Your day in Shop & Sons: 80 updates"
    assert "And 77 more." in mail.text
    assert "https://g.example/w/shop/notices" in mail.text
    assert "Shop &amp; Sons" in mail.html


@pytest.mark.parametrize("language", ["en", "fr", "sv", "zh"])
def test_letters_that_let_somebody_in_say_by_when_by_the_readers_clock(language: str) -> None:
    place = Workspace(1, "shop", "Shop", "Europe/Berlin", "EUR", language)
    until, at = datetime(2026, 12, 6, 6, 46, tzinfo=UTC), datetime(2026, 11, 29, 6, 46, tzinfo=UTC)
    mail = invitation_mail(1, "a@example.com", "https://g.example/join?token=1", place, "Åsa", until, at)
    assert "Åsa" in mail.subject
    assert "Shop" in mail.subject
    for part in (mail.text, mail.html):
        assert "07:46 (" in part
        assert "+0100" not in part
        assert part.count("https://g.example/join?token=1") == 1
