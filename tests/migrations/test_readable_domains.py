"""Migration 0025 on rows as they were: punycode, people who have both spellings, addresses not to be used."""

from __future__ import annotations

from pathlib import Path

import psycopg
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from gonfalon.kit.db import driver_url

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
WRITTEN = ("a@xn--mller-kva.example", "b@xn--mller-kva.example", "c@plain.example", "d@xn--.example")
PERSON = "insert into people (workspace_id, email) values ({w}, '{email}') returning id"
IDENTITY = "insert into identities (workspace_id, kind, value, person_id) values ({w}, 'email', '{email}', {person})"
STOPPED = (
    "insert into suppressions (workspace_id, channel, address, address_hash, reason)"
    " values ({w}, 'email', '{email}', sha256('{email}'), 'complaint')"
)


def upgrade(url: str) -> None:
    module = ScriptDirectory(str(FOLDER)).get_revision("0025").module
    engine = create_engine(driver_url(url))
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        module.upgrade()
    engine.dispose()


def test_addresses_become_readable_and_nobody_who_stopped_is_reached(database_url: str) -> None:
    with psycopg.connect(database_url, autocommit=True) as connection:

        def one(statement: str) -> int:
            found = connection.execute(statement).fetchone()  # type: ignore[call-overload]
            return int(found[0])

        def all_of(column: str, table: str, workspace: int) -> list[str]:
            rows = connection.execute(
                f"select {column} from {table} where workspace_id = {workspace} order by 1"  # type: ignore[arg-type]
            )
            return [row[0] for row in rows]

        first, second = (
            one(
                "insert into workspaces (name, slug, time_zone, currency, language)"
                f" values ('x', '{name}', 'UTC', 'EUR', 'en') returning id"
            )
            for name in ("readable-one", "readable-two")
        )
        for workspace, written in ((first, (*WRITTEN, "b@müller.example")), (second, WRITTEN[:1])):
            for email in written:
                person = one(PERSON.format(w=workspace, email=email))
                connection.execute(IDENTITY.format(w=workspace, email=email, person=person))  # type: ignore[call-overload]
        for email in WRITTEN[:2]:
            connection.execute(STOPPED.format(w=first, email=email))  # type: ignore[call-overload]
        upgrade(database_url)
        upgrade(database_url)
        kept = sorted(
            ["a@müller.example", "b@müller.example", "b@xn--mller-kva.example", "c@plain.example", "d@xn--.example"]
        )
        assert sorted(all_of("email", "people", first)) == kept
        assert sorted(all_of("value", "identities", first)) == kept
        assert all_of("email", "people", second) == ["a@müller.example"]
        stopped = set(all_of("address", "suppressions", first))
        assert stopped >= {"a@müller.example", "b@müller.example", "b@xn--mller-kva.example"}
        for workspace in (first, second):
            connection.execute("delete from workspaces where id = %s", [workspace])
