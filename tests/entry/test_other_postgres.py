"""The whole way on a PostgreSQL that is not ours: the distribution's, 15 or newer, by `--database-url`."""

from __future__ import annotations

import asyncio
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from sqlalchemy import text

from gonfalon.accounts.actions import create_workspace
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from tests.channels.fake_smtp import FakeSmtp
from tests.conftest import eventually
from tests.delivery.factory import addresses, email_goes_to, is_finished, launch, make_topic
from tests.delivery.test_sending import sender
from tests.entry.conftest import Place, Run, Shell
from tests.people.files import customers
from tests.processes import wait_for

pytestmark = pytest.mark.slow


def oldest_server() -> Path | None:
    """The programs of the oldest PostgreSQL here that Gonfalon supports."""
    found = [
        (int(match.group(1)), path.parent)
        for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")
        if (match := re.search(r"/(\d+)/bin/", str(path))) and int(match.group(1)) >= 15
    ]
    return min(found)[1] if found else None


def server_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "gonfalon-db", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    return None


@pytest.fixture(scope="module")
def other_server() -> Iterator[str]:
    """The URL of an empty database on the distribution's PostgreSQL."""
    programs = oldest_server()
    if programs is None:
        pytest.skip("no PostgreSQL 15 or newer below /usr/lib/postgresql; Debian: apt install postgresql")
    user, folder = server_user(), Path(tempfile.mkdtemp(prefix="gonfalon-other-"))
    if user:
        shutil.chown(folder, user)
    made = subprocess.run(
        [programs / "initdb", "-D", folder / "data", "-U", "someone", "--auth=trust", "--encoding=UTF8", "--locale=C"],
        user=user,
        cwd="/",
        capture_output=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr.decode()
    process = subprocess.Popen(
        [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"],
        user=user,
        cwd="/",
        stderr=subprocess.DEVNULL,
    )
    url = f"postgresql://someone@/{{}}?host={quote(str(folder), safe='')}"
    try:
        wait_for(lambda: answers(url.format("postgres")))
        with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
            connection.execute("create database shop")
        yield url.format("shop")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def answers(url: str) -> bool:
    """Whether a server is there."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


async def test_people_audiences_and_sending_work_there(other_server: str, tmp_path: Path, run: Run) -> None:
    shell = Shell(run, Place(tmp_path / "home", other_server))
    await asyncio.to_thread(shell, "migrate")
    services = open_services(Settings(home=tmp_path / "home", base_url="http://testserver"), other_server)
    async with services.db.transaction() as connection:
        place = await create_workspace(services, connection, "Nord", time_zone="UTC", currency="EUR", language="en")
    (tmp_path / "people.csv").write_bytes(customers(300))
    imported: dict[str, Any] = await asyncio.to_thread(shell, "import", str(tmp_path / "people.csv"))
    assert imported["new"] == 300
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps({"kind": "attribute", "key": "area", "op": "any_of", "value": ["North"]}))
    counted = await asyncio.to_thread(shell, "audience", "count", "--rule", str(rule))
    assert counted["total"] == 150
    async with FakeSmtp() as mail:
        async with services.db.transaction() as connection:
            topic = await make_topic(connection, place.id)
            await email_goes_to(connection, place.id, mail.port)
            await connection.execute(
                text(
                    "insert into consents (workspace_id, person_id, channel, topic_id, state, at)"
                    " select workspace_id, id, 'email', :t, 'granted', now() from people where workspace_id = :w"
                ),
                {"t": topic, "w": place.id},
            )
        sending = await launch(services, place.id, topic)
        async with sender(services):
            await eventually(lambda: is_finished(services, sending))
        assert len(mail.accepted) == len(set(mail.accepted)) == 300
        assert set(mail.accepted) == await addresses(services, sending.dispatch_id, "accepted")
    await services.close()
