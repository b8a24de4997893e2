"""Commands when something around them fails: one sentence on standard error and exit code 1, never a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.main import get_command

from gonfalon.entry.cli import cli
from gonfalon.entry.home import Running
from tests.entry.conftest import Done, Run, Shell
from tests.processes import PATIENCE, free_port

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
EVERY = {
    "migrate": ["migrate"],
    "import": ["import", "{csv}"],
    "audience count": ["audience", "count", "Nobody"],
    "campaign list": ["campaign", "list"],
    "campaign launch": ["campaign", "launch", "Nothing"],
    "report": ["report", "Nothing"],
    "api-key create": ["api-key", "create", "Shop", "--scope", "read"],
    "password-link": ["password-link", "ada@example.com"],
    "demo": ["demo"],
    "doctor": ["doctor"],
    "up": ["up"],
}


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("files") / "people.csv"
    file.write_text("email\nada@example.com\n")
    return file


def test_every_command_is_tried_here() -> None:
    """A command that is added comes to the list as well."""
    listed = get_command(cli).commands  # type: ignore[attr-defined]
    names = {
        f"{name} {inner}".strip()
        for name, command in listed.items()
        for inner in getattr(command, "commands", [""])
        if not command.hidden
    }
    assert names == set(EVERY)


@pytest.mark.parametrize("name", EVERY)
def test_without_its_database_a_command_says_so(name: str, csv: Path, tmp_path: Path, run: Run) -> None:
    arguments = [part.replace("{csv}", str(csv)) for part in EVERY[name]]
    if name == "up":  # it takes over the process's signals
        ended = subprocess.run(
            [sys.executable, "-m", "gonfalon", *arguments, "--home", tmp_path, "--database-url", NOWHERE],
            capture_output=True, text=True, timeout=PATIENCE, check=False,
        )  # fmt: skip
        done = Done(ended.returncode, ended.stdout, ended.stderr)
    else:
        done = run(tmp_path, *arguments, GONFALON_DATABASE_URL=NOWHERE)
    if name == "doctor":
        assert done.code == 1
        assert "database: cannot be reached" in done.out
    else:
        assert "The database cannot be reached" in done.sentence


@pytest.fixture(scope="module")
def empty_database(server_url: Callable[[str], str]) -> Iterator[str]:
    name = f"bare_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield server_url(name)
    with psycopg.connect(server_url("postgres"), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("migrate", "demo", "up")])
def test_on_a_database_without_tables_a_command_names_the_one_that_makes_them(
    name: str, csv: Path, tmp_path: Path, empty_database: str, run: Run
) -> None:
    arguments = [part.replace("{csv}", str(csv)) for part in EVERY[name]]
    done = run(tmp_path, *arguments, GONFALON_DATABASE_URL=empty_database)
    assert "run `gonfalon migrate`" in (done.out if name == "doctor" else done.sentence)


def test_settings_that_cannot_be_read_are_named(tmp_path: Path, run: Run) -> None:
    assert run(tmp_path, "campaign", "list", "--port", "1").code == 2, "an option that is not there is usage"
    for url in ("not an address", "mysql://root@localhost/x", "postgresql://localhost/x?nonsense=1"):
        for command in ("campaign list", "migrate"):
            done = run(tmp_path, *EVERY[command], "--json", GONFALON_DATABASE_URL=url)
            assert done.error == "setting_invalid", done.sentence
    said = run(tmp_path, "campaign", "list", GONFALON_PORT="many").sentence
    assert said.startswith("The setting port (GONFALON_PORT): ")


def test_files_that_cannot_be_used_are_named(tmp_path: Path, csv: Path, shell: Shell) -> None:
    missing = tmp_path / "missing" / "file"
    bad = tmp_path / "bad.json"

    count, load = ("audience", "count", "--rule"), ("import", str(csv))
    assert shell.done(*count, str(missing)).sentence == f"{missing}: No such file or directory."
    for content in (b'"\xff"', b"[" * 100_000, b"{\n nonsense"):
        bad.write_bytes(content)
        assert shell.done(*count, str(bad)).error == "rule_json"
        assert shell.done(*count, "-", stdin=content).error == "rule_json"
    bad.write_text('{"columns": 7}')
    assert shell.done(*load, "--plan", str(bad)).error == "plan_invalid"
    assert shell.done(*load, "--plan", str(missing)).error == "file_failed"
    assert shell.done(*load, "--rejects", str(missing)).error == "file_failed"
    assert shell.done("report", "Spring", "--pdf", str(missing)).error == "file_failed"


class _App(BaseHTTPRequestHandler):
    """An app that answers every question with `status` and `body`."""

    status = 200
    body = b""

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def app_at(home: Path, status: int | None, body: bytes = b"") -> Iterator[str]:
    """An installation that says it runs; `status` None: it does not answer."""
    port = free_port()
    server = None
    if status is not None:
        handler = type("App", (_App,), {"status": status, "body": body})
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{port}"
    folder = home / "run"
    folder.mkdir(exist_ok=True)
    running = Running(os.getpid(), "http://elsewhere.invalid", NOWHERE, None, url)
    (folder / "up.json").write_text(json.dumps(running.__dict__))
    yield url
    (folder / "up.json").unlink()
    if server is not None:
        server.shutdown()
        server.server_close()


PROBLEM = b'{"status": 503, "code": "copy_behind", "detail": "The numbers are being gathered; ask again in a minute."}'


@pytest.mark.parametrize(
    ("status", "body", "error", "sentence"),
    [
        (None, b"", "app_silent", "The app at {url} does not answer; look with `gonfalon doctor`."),
        (503, PROBLEM, "copy_behind", "The numbers are being gathered; ask again in a minute."),
        (502, b"<h1>Bad gateway</h1>", "app_refused", "The app answered with status 502; look at what it logs."),
        (200, b"<html>", "app_foreign", "is not Gonfalon"),
    ],
)
def test_a_report_when_the_app_is_silent_refuses_or_is_not_ours(
    shell: Shell, status: int | None, body: bytes, error: str, sentence: str
) -> None:
    with app_at(shell.home, status, body) as url:
        done = shell.done("report", "Spring")
    assert done.error == error
    assert sentence.format(url=url) in done.sentence


def test_what_was_killed_is_not_asked(shell: Shell) -> None:
    """A report is then made by the command itself."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    file = shell.home / "run" / "up.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(Running(ended.pid, "http://127.0.0.1:1", NOWHERE, None, "http://127.0.0.1:1").__dict__))
    assert shell("report", "Spring")["name"] == "Spring"
    file.unlink()
