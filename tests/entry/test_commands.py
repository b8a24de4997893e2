"""The commands, as a script at a shell uses them: JSON on standard output, one sentence on errors, exit codes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gonfalon.accounts.actions import create_workspace
from gonfalon.kit.config import Settings
from gonfalon.kit.services import open_services


class Shell:
    """Runs commands against one database and home folder."""

    def __init__(self, home: Path, database_url: str) -> None:
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("GONFALON_")} | {
            "GONFALON_HOME": str(home),
            "GONFALON_DATABASE_URL": database_url,
        }

    def __call__(self, *arguments: str, code: int = 0, stdin: str = "") -> Any:
        done = subprocess.run(
            [sys.executable, "-m", "gonfalon", *arguments, "--json"],
            capture_output=True,
            text=True,
            timeout=120,
            env=self.environment,
            input=stdin,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory, make_database: Callable[[], str]) -> Shell:
    home, url = tmp_path_factory.mktemp("cli"), make_database()

    async def populate() -> None:
        services = open_services(Settings(home=home), url)
        async with services.db.transaction() as connection:
            await create_workspace(services, connection, "Nord", time_zone="UTC", currency="EUR", language="en")
        await services.close()

    asyncio.run(populate())
    return Shell(home, url)


def test_a_key_is_made_and_shown_once(shell: Shell) -> None:
    made = shell("api-key", "create", "Shop", "--scope", "track", "--scope", "read")
    assert made["key"].startswith("gfk_")


def test_an_audience_that_is_not_there_is_one_sentence(shell: Shell) -> None:
    refused = shell("audience", "count", "Nobody", code=1)
    assert refused == {"error": "audience_unknown", "detail": "There is no audience “Nobody” in Nord."}


def test_an_unknown_workspace_is_one_sentence(shell: Shell) -> None:
    assert shell("campaign", "list", "--workspace", "elsewhere", code=1)["error"] == "workspace_unknown"
    assert shell("campaign", "list") == {"campaigns": []}


def test_a_rule_that_is_not_json_says_where(shell: Shell) -> None:
    refused = shell("audience", "count", "--rule", "-", code=1, stdin="{\n nonsense")
    assert refused["error"] == "rule_json"
    assert "line 2" in refused["detail"]


def test_migrating_twice_is_harmless(shell: Shell) -> None:
    assert shell("migrate") == shell("migrate")


def test_the_demo_is_loaded_once(shell: Shell) -> None:
    assert shell("demo") == shell("demo") == {"workspace": "hillstrom", "name": "Hillstrom"}
    assert len(shell("campaign", "list", "--workspace", "hillstrom")["campaigns"]) == 1


def test_the_doctor_says_what_is_wrong(shell: Shell) -> None:
    healthy = shell("doctor")
    assert healthy["healthy"]
    astray = Shell(Path(shell.environment["GONFALON_HOME"]), "postgresql://localhost:1/nothing")
    ill = astray("doctor", code=1)
    assert [f["subject"] for f in ill["findings"] if f["state"] == "broken"] == ["database"]
