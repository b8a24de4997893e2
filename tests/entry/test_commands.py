"""The commands, as a script at a shell uses them: JSON on standard output, one sentence on errors, exit codes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg

from gonfalon.kit.db import plain_url
from tests.entry.conftest import Place, Run, Shell


def test_help_imports_no_room() -> None:
    """Else everybody who asks for help waits for seconds; measured by what is imported, which no load changes."""
    rooms = ["gonfalon.planning", "gonfalon.people.imports", "gonfalon.entry.rooms"]
    heavy = ["sqlalchemy", "psycopg", "duckdb", "fastapi", "babel", "asyncio", *rooms]
    program = (
        "import sys; from gonfalon.entry.cli import main; sys.argv = ['gonfalon', *sys.argv[1:]]\n"
        "try: main()\nexcept SystemExit as end: assert end.code == 0\n"
        f"found = set({heavy!r}) & set(sys.modules); assert not found, found"
    )
    for asked in (["--help"], ["campaign", "launch", "--help"], ["import", "--help"]):
        done = subprocess.run([sys.executable, "-c", program, *asked], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "Usage: gonfalon" in done.stdout


def test_a_key_is_made_and_shown_once(shell: Shell) -> None:
    made = shell("api-key", "create", "Shop", "--scope", "track", "--scope", "read")
    assert made["key"].startswith("gfk_")


def test_an_audience_that_is_not_there_is_one_sentence(shell: Shell) -> None:
    refused = shell("audience", "count", "Nobody", code=1)
    assert refused == {"error": "name_unknown", "detail": "There is no audience “Nobody” in Nord."}


def test_an_unknown_workspace_is_one_sentence(shell: Shell) -> None:
    assert shell("campaign", "list", "--workspace", "elsewhere", code=1)["error"] == "workspace_unknown"
    assert [each["name"] for each in shell("campaign", "list")["campaigns"]] == ["Spring"]


def test_a_rule_that_is_not_json_says_where(shell: Shell) -> None:
    refused = shell("audience", "count", "--rule", "-", code=1, stdin="{\n nonsense")
    assert refused["error"] == "rule_json"
    assert "line 2" in refused["detail"]


def test_migrating_twice_is_harmless(shell: Shell) -> None:
    assert shell("migrate") == shell("migrate")


def test_the_demo_is_loaded_once(shell: Shell) -> None:
    assert shell("demo") == shell("demo") == {"workspace": "hillstrom", "name": "Hillstrom"}
    assert len(shell("campaign", "list", "--workspace", "hillstrom")["campaigns"]) == 2


def test_the_doctor_says_what_is_wrong(shell: Shell) -> None:
    healthy = shell("doctor")
    assert healthy["healthy"]
    astray = Shell(shell.run, Place(shell.home, "postgresql://localhost:1/nothing"))
    ill = astray("doctor", code=1)
    assert [f["subject"] for f in ill["findings"] if f["state"] == "broken"] == ["database"]


def schema(shell: Shell, code: int) -> dict[str, str]:
    (found,) = (f for f in shell("doctor", code=code)["findings"] if f["subject"] == "schema")
    return dict(found)


def test_the_doctor_compares_the_schema_with_the_program(
    make_database: Callable[[], str], tmp_path: Path, run: Run
) -> None:
    """Restored in part, changed by hand, older, newer: each is said with what to do."""
    shell = Shell(run, Place(tmp_path, make_database()))
    assert schema(shell, 0)["state"] == "ok"
    with psycopg.connect(plain_url(shell.database_url), autocommit=True) as connection:
        connection.execute("drop table password_links")
        connection.execute("alter table users drop column theme")
        connection.execute("alter table users alter column name type varchar(10)")
        connection.execute("create table somebody_elses (id int)")
        connection.execute("drop index uq_invitations_open")
        found = schema(shell, 1)
        assert found["state"] == "broken"
        for name in (
            "table password_links",
            "column users.theme",
            "users.name has another type",
            "uq_invitations_open",
        ):
            assert name in found["sentence"]
        assert "restore a backup" in found["sentence"]
        assert "somebody_elses" not in found["sentence"]
        connection.execute("update alembic_version set version_num = '0008'")
        found = schema(shell, 0)
        assert found["state"] == "look"
        assert "migrations wait (0009, " in found["sentence"]
        assert "run `gonfalon migrate`" in found["sentence"]
        connection.execute("update alembic_version set version_num = '9999'")
        found = schema(shell, 1)
        assert found["state"] == "broken"
        assert "newer program" in found["sentence"]


def test_a_password_link_is_for_members_only(shell: Shell) -> None:
    refused = shell("password-link", "nobody@example.com", code=1)
    assert refused == {"error": "user_unknown", "detail": "Nobody here signs in as nobody@example.com."}
    with psycopg.connect(plain_url(shell.database_url), autocommit=True) as connection:
        connection.execute(
            "insert into users (id, email, name, language, password_hash)"
            " values (gen_random_uuid(), 'ada@example.com', 'Ada', 'en', 'none')"
        )
        made = shell("password-link", "Ada@Example.com")
        assert made["link"].startswith("http://localhost:8600/new-password?token=")
        kept = connection.execute("select count(*) from password_links where expires_at > now()").fetchone()
        assert kept == (1,)
