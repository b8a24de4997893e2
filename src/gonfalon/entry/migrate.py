"""Brings a database to the version of this code."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from gonfalon.kit.db import driver_url
from gonfalon.kit.errors import Unavailable

MINIMUM_SERVER = 150000


def migrate(url: str) -> str:
    """Applies every migration that is missing and returns the revision reached.

    Safe to call from several processes at once (an advisory lock lets one through at a time).
    Raises Unavailable for a PostgreSQL older than 15.
    """
    engine = create_engine(driver_url(url), poolclass=NullPool)
    with engine.connect() as connection:
        version = connection.execute(text("select current_setting('server_version_num')::int")).scalar_one()
        if version < MINIMUM_SERVER:
            raise Unavailable("postgres_old", f"PostgreSQL 15 or newer is needed; this server is {version // 10000}.")
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
    """The revision this code needs."""
    return ScriptDirectory(str(_folder())).get_current_head()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()))
    config.attributes["connection"] = connection
    return config


def _folder() -> Path:
    package = Path(__file__).resolve().parents[1]
    installed = package / "migrations"
    return installed if installed.exists() else package.parents[1] / "migrations"
