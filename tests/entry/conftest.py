"""Commands as a script at a shell runs them, in this process: what an exception would do to it, it does to the test."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

import gonfalon.entry.commands  # noqa: F401  (adds the commands of the rooms)
from gonfalon.accounts.actions import create_workspace
from gonfalon.accounts.context import operator_context
from gonfalon.entry.cli import main
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.metrics.model import Category
from gonfalon.planning.campaigns.actions import create_campaign
from gonfalon.planning.campaigns.model import CampaignPlan


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    code: object
    out: str
    err: str

    @property
    def error(self) -> str:
        """The code that a program reads."""
        return str(json.loads(self.out)["error"])

    @property
    def sentence(self) -> str:
        """The one sentence that a person reads."""
        said = self.err.strip()
        assert self.code == 1, said + self.out
        assert len(said.splitlines()) == 1, said
        assert said.startswith("gonfalon: ")
        return said.removeprefix("gonfalon: ")


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a home folder, whatever the tests' own environment says."""
    for name in [name for name in os.environ if name.startswith("GONFALON_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("gonfalon.kit.log.configure", lambda: None)

    def command(home: Path, *arguments: str, stdin: str | bytes = "", **environment: str) -> Done:
        given = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr("sys.argv", ["gonfalon", *arguments])
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(given)))
        for name, value in ({"GONFALON_HOME": str(home)} | environment).items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        code: object = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return Done(code or 0, said.out, said.err)

    return command


@dataclass(frozen=True)
class Place:
    """A home folder and the database it uses."""

    home: Path
    database_url: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, make_database: Callable[[], str]) -> Place:
    """An installation with the workspace Nord and the campaign Spring in it."""
    made = Place(tmp_path_factory.mktemp("cli"), make_database())

    async def populate() -> None:
        services = open_services(Settings(home=made.home), made.database_url)
        async with services.db.transaction() as connection:
            workspace = await create_workspace(
                services, connection, "Nord", time_zone="UTC", currency="EUR", language="en"
            )
        await create_campaign(operator_context(services, workspace), CampaignPlan("Spring", Category.ENGAGEMENT))
        await services.close()

    asyncio.run(populate())
    return made


class Shell:
    """Runs commands in one place; what they print as JSON."""

    def __init__(self, run: Run, place: Place) -> None:
        self.run = run
        self.home = place.home
        self.database_url = place.database_url

    def done(self, *arguments: str, stdin: str | bytes = "") -> Done:
        """How the command ended."""
        return self.run(self.home, *arguments, "--json", stdin=stdin, GONFALON_DATABASE_URL=self.database_url)

    def __call__(self, *arguments: str, code: int = 0, stdin: str = "") -> Any:
        done = self.done(*arguments, stdin=stdin)
        assert done.code == code, done.out + done.err
        return json.loads(done.out)


@pytest.fixture
def shell(run: Run, place: Place) -> Shell:
    """Commands in the module's installation."""
    return Shell(run, place)
