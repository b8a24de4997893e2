"""What a person at a shell reads when something outside the program fails: one sentence that says what to do."""

from __future__ import annotations

import psycopg
from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy.exc import DBAPIError

from gonfalon.kit.config import Settings
from gonfalon.kit.errors import GonfalonError, Invalid, Unavailable

_NO_SUCH_TABLE = ("42P01", "42703")  # undefined_table, undefined_column


def expected(error: Exception) -> GonfalonError | None:
    """Return the failure in our own words; None for what nobody foresaw, whose traceback is worth reading."""
    match error:
        case GonfalonError():
            return error
        case DBAPIError() | psycopg.Error():
            return _database(error)
        case OSError():
            place = f"{error.filename}: " if error.filename else ""
            return Unavailable("file_failed", f"{place}{error.strerror or error}.")
        case _:
            sentence = _unreadable(error)
            return Invalid("setting_invalid", sentence) if sentence else None


def _unreadable(error: Exception) -> str:
    if isinstance(error, ValidationError) and error.title == Settings.__name__:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "_".join(str(part) for part in first["loc"])
        return f"The setting {name} (GONFALON_{name.upper()}): {first['msg'].removeprefix('Value error, ')}."
    return f"{error}." if isinstance(error, SettingsError) else ""


def _database(error: DBAPIError | psycopg.Error) -> GonfalonError | None:
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    words = (str(cause).strip().splitlines() or ["no reason given"])[0].rstrip(".")
    if state in _NO_SUCH_TABLE:
        return Unavailable(
            "database_not_migrated",
            f"The database is not at the version of this program ({words}); run `gonfalon migrate`.",
        )
    if isinstance(cause, psycopg.OperationalError):
        return Unavailable("database_away", f"The database cannot be reached ({words}); look with `gonfalon doctor`.")
    if isinstance(cause, psycopg.errors.InsufficientPrivilege):
        return Unavailable(
            "database_forbids", f"The database user may not do this ({words}); make it owner of the database."
        )
    if isinstance(cause, psycopg.ProgrammingError) and state is None:
        return Invalid("setting_invalid", f"The address of the database cannot be used: {words}.")
    return None
