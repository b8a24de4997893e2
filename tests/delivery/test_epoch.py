"""A database that was restored or copied holds what is under way and asks; the one that was there all along goes on."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from gonfalon.accounts.actions import create_workspace
from gonfalon.delivery.epoch.actions import Keeper
from gonfalon.delivery.rules import Database, Finding, Mark, judge
from gonfalon.entry.rooms import open_services
from gonfalon.entry.sender import home_mark
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import eventually
from tests.delivery.factory import Sending, email_goes_to, is_finished, launch, make_people, make_topic
from tests.delivery.test_sending import sender

ONE, TWO, LEASE = (UUID(int=n) for n in (1, 2, 3))


def database(**more: Any) -> Database:
    known = {"epoch": ONE, "past": frozenset(), "system": "s", "timeline": 2, "ticks": {LEASE: 5}, "has_sent": True}
    return Database(**(known | more))


@pytest.mark.parametrize(
    ("marks", "found", "finding"),
    [
        ([], database(epoch=None, has_sent=True), Finding.SAME),  # an installation older than epochs
        ([], database(has_sent=False), Finding.SAME),  # a fresh one
        ([], database(), Finding.UNKNOWN_HOME),
        ([Mark(ONE, "s", 2, LEASE, 5)], database(), Finding.SAME),
        ([Mark(ONE, "s", 2, LEASE, 4), Mark(ONE, "s", 2)], database(), Finding.SAME),
        ([Mark(ONE, "s", 2, LEASE, 6)], database(), Finding.BEHIND),
        ([Mark(ONE, "s", 2, TWO, 0)], database(), Finding.BEHIND),
        ([Mark(ONE, "s", 3)], database(), Finding.BEHIND),
        ([Mark(ONE, "s", 1)], database(), Finding.SAME),  # a failover that lost nothing
        ([Mark(ONE, "t", 2)], database(), Finding.OTHER_SERVER),
        ([Mark(ONE, "t", 2)], database(system=""), Finding.SAME),  # nobody may ask the server
        ([Mark(TWO, "s", 2)], database(), Finding.OTHER_DATABASE),
        ([Mark(TWO, "s", 2)], database(epoch=None), Finding.OTHER_DATABASE),
        ([Mark(TWO, "t", 9, LEASE, 9)], database(past=frozenset({TWO})), Finding.SAME),  # held already
    ],
)
def test_the_database_is_compared_with_what_the_home_remembers(
    marks: list[Mark], found: Database, finding: Finding
) -> None:
    assert judge(marks, found) is finding


@dataclass
class Installation:
    """A database of its own, and the home that knows it."""

    url: str
    home: Path
    workspace_id: int = 0
    topic: int = 0

    @asynccontextmanager
    async def services(self) -> AsyncIterator[Services]:
        opened = open_services(Settings(home=self.home, base_url="http://testserver"), self.url)
        try:
            yield opened
        finally:
            await opened.close()

    async def prepare(self, server: FakeSmtp, people: int) -> Sending:
        async with self.services() as services:
            async with services.db.transaction() as connection:
                made = await create_workspace(
                    services, connection, "Epoch", time_zone="UTC", currency="EUR", language="en"
                )
                topic = await make_topic(connection, made.id)
                await make_people(connection, made.id, topic, people)
                await email_goes_to(connection, made.id, server.port)
            async with sender(services):
                await asyncio.sleep(0)
            return await launch(services, made.id, topic)

    async def dispatch(self) -> tuple[str, str]:
        async with self.services() as services, services.db.reading() as connection:
            row = (await connection.execute(text("select state, state_reason from dispatches"))).one()
            return row.state, row.state_reason

    async def run(self, sending: Sending, done: Callable[[Services], Any], name: str = "test") -> None:
        async with self.services() as services, sender(services, name):
            await eventually(lambda: done(services))


@pytest.fixture
def installation(make_database: Callable[[], str], tmp_path: Path) -> Installation:
    return Installation(make_database(), tmp_path / "home")


@pytest.fixture
def backup(make_database: Callable[[], str], server_url: Callable[[str], str]) -> Callable[..., str]:
    """Copies a database as it is now, as a dump and its restore do; into a new one, or in place of another."""

    def copy(url: str, to: str = "") -> str:
        target = to or make_database()
        names = [each.rpartition("/")[2].partition("?")[0] for each in (url, target)]
        with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {names[1]} with (force)")
            connection.execute(f"create database {names[1]} template {names[0]}")
        return target

    return copy


async def finished(services: Services, sending: Sending) -> bool:
    return await is_finished(services, sending)


async def held(services: Services) -> bool:
    async with services.db.reading() as connection:
        found = await connection.execute(text("select count(*) from dispatches where state_reason = 'restored'"))
        return bool(found.scalar_one())


async def test_a_restored_backup_sends_nothing_until_somebody_says_so(
    installation: Installation, backup: Callable[..., str]
) -> None:
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 60)
        dump = backup(installation.url)
        await installation.run(sending, lambda services: finished(services, sending))
        assert len(server.accepted) == 60
        assert await installation.dispatch() == ("finished", "")

        backup(dump, installation.url)
        await installation.run(sending, held)
        assert len(server.accepted) == 60, "the restored database sent again"
        assert await installation.dispatch() == ("held", "restored")

        # Asked once: a restart holds nothing more, and what a person lets go on goes on.
        async with installation.services() as services, services.db.transaction() as connection:
            await connection.execute(text("update dispatches set state = 'running', state_reason = ''"))
        await installation.run(sending, lambda services: finished(services, sending))
        assert len(server.accepted) == 120


async def test_a_point_in_the_middle_of_a_send_is_behind(
    installation: Installation, backup: Callable[..., str]
) -> None:
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 1500)
        await installation.run(sending, lambda _: asyncio.sleep(0, len(server.accepted) > 200))
        dump = backup(installation.url)
        before = len(server.accepted)
        await installation.run(sending, lambda _: asyncio.sleep(0, len(server.accepted) > before + 200))
        taken = len(server.accepted)
        backup(dump, installation.url)
        await installation.run(sending, held)
        assert len(server.accepted) == taken


async def test_a_database_restored_beneath_a_running_sender(
    installation: Installation, backup: Callable[..., str]
) -> None:
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 60)
        dump = backup(installation.url)
        async with installation.services() as services, sender(services):
            await eventually(lambda: finished(services, sending))
            backup(dump, installation.url)
            await services.db.close()
            await eventually(lambda: held(services))
        assert len(server.accepted) == 60


async def test_a_copy_on_another_server_holds(installation: Installation) -> None:
    async with FakeSmtp() as server:
        await installation.prepare(server, 30)
        for file in (installation.home / "epoch").glob("*.json"):
            kept = json.loads(file.read_text())
            assert kept["system"]
            file.write_text(json.dumps(kept | {"system": "7000000000000000000"}))
        await installation.run(Any, held)
        assert server.accepted == []


async def test_a_home_that_is_unknown_holds_unless_another_sends(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gonfalon.delivery.sender.LEASE_SECONDS", 3.0)
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 30)
        second = Installation(installation.url, installation.home.with_name("second"))
        async with installation.services() as services, sender(services, "first"):
            await eventually(lambda: finished(services, sending))
            # A second machine joins the first one: its sender asks nobody.
            async with second.services() as others:
                await Keeper(others, "second").admit()
            more = await launch(services, sending.workspace_id, sending.topic_id)
            await eventually(lambda: finished(services, more))
        async with installation.services() as services:
            last = await launch(services, sending.workspace_id, sending.topic_id)
        shutil.rmtree(second.home / "epoch")
        await second.run(last, held)
        assert len(server.accepted) == 60


async def test_a_copy_taken_while_the_first_sender_ever_ran_holds(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease still stands in the copy, and nobody renews it."""
    monkeypatch.setattr("gonfalon.delivery.epoch.actions.JOIN_SECONDS", 2.0)
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 3)
        async with installation.services() as services, services.db.transaction() as connection:
            await connection.execute(text("delete from past_leases"))
            await connection.execute(
                text("insert into sender_leases (worker, until) values ('far:away:0', now() + interval '1 minute')")
            )
        staging = Installation(installation.url, installation.home.with_name("staging"))
        await staging.run(sending, held)
        assert server.accepted == []


async def test_mails_that_wait_in_a_restored_database_are_not_sent_again(
    installation: Installation, backup: Callable[..., str]
) -> None:
    async with FakeSmtp() as server:
        sending = await installation.prepare(server, 1)
    async with installation.services() as services, services.db.transaction() as connection:
        await connection.execute(
            text(
                "insert into users (id, email, name, language, password_hash) "
                "values (gen_random_uuid(), 'a@b.example', 'A', 'en', 'x')"
            )
        )
        await connection.execute(
            text(
                "insert into invitations (id, workspace_id, email, role, token_hash, expires_at, mail_state) "
                "values (gen_random_uuid(), :w, 'c@d.example', 'owner', 'x', now() + interval '1 day', 'waiting')"
            ),
            {"w": sending.workspace_id},
        )
        await connection.execute(
            text("insert into notice_mails (workspace_id, user_id) select :w, id from users"),
            {"w": sending.workspace_id},
        )
        await connection.execute(
            text(
                "insert into procrastinate_jobs (queue_name, task_name, status) "
                "values ('default', 'accounts.mail_invitation', 'todo'), ('default', 'planning.anything', 'todo')"
            )
        )
    dump = backup(installation.url)
    async with installation.services() as services, sender(services):
        await asyncio.sleep(0)
    backup(dump, installation.url)
    async with installation.services() as services:
        await Keeper(services, "app").admit()
        async with services.db.reading() as connection:
            jobs = await connection.execute(text("select task_name, status::text from procrastinate_jobs order by id"))
            assert [tuple(row) for row in jobs][-2:] == [
                ("accounts.mail_invitation", "cancelled"),
                ("planning.anything", "todo"),
            ]
            mails = await connection.execute(
                text("select (select mail_state from invitations), (select state from notice_mails)")
            )
            assert tuple(mails.one()) == ("unknown", "unknown")


def test_homes_of_two_machines_have_names_of_their_own(tmp_path: Path) -> None:
    for home in ("one", "two"):
        (tmp_path / home).mkdir()
    first = home_mark(tmp_path / "one")
    assert first
    assert first == home_mark(tmp_path / "one")
    assert first != home_mark(tmp_path / "two")
