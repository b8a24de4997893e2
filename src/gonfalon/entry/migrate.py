"""Brings a database to the version of this code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.pool import NullPool

from gonfalon.kit.db import Xid8, driver_url
from gonfalon.kit.errors import Unavailable

MINIMUM_SERVER = 150000


def migrate(url: str) -> str:
    """Apply every migration that is missing and returns the revision reached.

    Safe to call from several processes at once (an advisory lock lets one through at a time).
    Raises Unavailable for a PostgreSQL older than 15.
    """
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        version = connection.execute(text("select current_setting('server_version_num')::int")).scalar_one()
        if version < MINIMUM_SERVER:
            raise Unavailable(
                "postgres_old",
                f"PostgreSQL 15 or newer is needed; this server is {version // 10000}.",
                version=version // 10000,
            )
        connection.execute(text("select pg_advisory_lock(7401883120)"))
        connection.commit()
        try:
            config = _config(connection)
            command.upgrade(config, "head")
            connection.commit()
            return str(MigrationContext.configure(connection).get_current_revision())
        finally:
            connection.execute(text("select pg_advisory_unlock(7401883120)"))
            connection.commit()


def newest_revision() -> str | None:
    """Return the revision this code needs."""
    return ScriptDirectory(str(_folder())).get_current_head()


def pending_revisions(present: str | None) -> list[str] | None:
    """Return migrations that a database at `present` needs, in their order; None when this code does not know
    `present`."""
    script = ScriptDirectory(str(_folder()))
    known = [each.revision for each in script.walk_revisions()]  # the newest first
    if present is None:
        return known[::-1]
    return known[: known.index(present)][::-1] if present in known else None


def look_at_schema(url: str) -> tuple[str | None, list[str]]:
    """Return the database's revision, and what this code's tables have and the database has not, or has otherwise.

    Each as a short name: `table people`, `column people.email`, `index ix_people_email`, `people.email has another
    type`. What the database has besides is nobody's business.
    """
    from gonfalon.entry.tables import metadata

    PGDialect.ischema_names.setdefault("xid8", Xid8)
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: kind != "table" or name in metadata.tables,
            },
        )
        found: list[str] = []
        for difference in compare_metadata(context, metadata):
            found += [_named(each) for each in (difference if isinstance(difference, list) else [difference])]
        return context.get_current_revision(), sorted(name for name in found if name)


def _named(difference: tuple[Any, ...]) -> str:
    match difference:
        case ("add_table", table):
            return f"table {table.name}"
        case ("add_column", _, table, column):
            return f"column {table}.{column.name}"
        case ("add_index" | "add_constraint" | "add_fk" as kind, thing):
            return f"{kind.removeprefix('add_').replace('fk', 'foreign key')} {thing.name}"
        case (str() as kind, _, str() as table, str() as column, *_) if kind.startswith("modify_"):
            return f"{table}.{column} has another {kind.removeprefix('modify_')}"
        case _:
            return ""


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "migrations"
    return installed if installed.exists() else package.parents[1] / "migrations"
