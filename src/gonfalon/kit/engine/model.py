"""What is followed, and what a PostgreSQL snapshot has seen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

LAYOUT_VERSION = 1
"""Raised when the way the copy is kept changes: older files are then rebuilt."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One column of the copy: its name, DuckDB type and PostgreSQL expression (the name if empty)."""

    name: str
    type: str
    source: str = ""

    @property
    def expression(self) -> str:
        """What PostgreSQL is asked for, in a text form that DuckDB casts back to the type."""
        source = self.source or f'"{self.name}"'
        if self.type == "TIMESTAMP":
            return f"({source}) at time zone 'UTC'"
        if self.type.endswith("[]"):
            return f"to_json({source})::text"
        return source

    @property
    def loaded(self) -> str:
        """The DuckDB expression that makes the column of the text read."""
        if self.type.endswith("[]"):
            return f"""from_json("{self.name}", '["{self.type[:-2]}"]')"""
        return f'"{self.name}"'

    @property
    def read_type(self) -> str:
        """The DuckDB type while reading."""
        return "VARCHAR" if self.type.endswith("[]") else self.type


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A JSON column that becomes typed columns, in a table of its own for every group of rows.

    ``by`` is the integer column that groups (the table is named ``<table>_<group>``), ``column`` the
    JSON object, ``keys`` the PostgreSQL statement that yields (group, key, kind) for what is to
    become a column, ``types`` the DuckDB type of each kind, ``prefix`` begins the columns' names.
    A value of another JSON type than its column's becomes NULL.
    """

    by: str
    column: str
    keys: str
    types: tuple[tuple[str, str], ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The ``keep`` latest values of an instant's ``column`` for every group of rows, kept ready (see ``latest``).

    ``by`` are the columns that group, never NULL; the last is the one of which there are most.
    """

    by: tuple[str, ...]
    column: str
    keep: int

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns that hold them, newest first."""
        return tuple(f"latest_{number}" for number in range(1, self.keep + 1))


@dataclass(frozen=True, slots=True)
class Followed:
    """A PostgreSQL table with columns ``id`` (bigint key) and ``xid`` whose rows are copied.

    ``columns`` are those copied beside ``id``; ``order`` is how rows lie after the first load, so
    that questions about a part of them read only that part. ``latest`` is for tables that are not
    unfolded.
    """

    table: str
    columns: tuple[Copied, ...]
    order: tuple[str, ...] = ()
    unfolded: Unfolded | None = None
    latest: Latest | None = None

    @property
    def all_columns(self) -> tuple[Copied, ...]:
        """The key and the columns."""
        return (Copied("id", "BIGINT"), *self.columns)


def fingerprint(followed: tuple[Followed, ...]) -> str:
    """Change whenever a declaration does: a copy made by other declarations is rebuilt."""
    return hashlib.sha256(f"{LAYOUT_VERSION} {followed!r}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A ``pg_snapshot``: which transactions it sees as ended."""

    text: str

    def sees(self, xid: int) -> bool:
        """Return whether the transaction had ended (committed or not) when the snapshot was taken."""
        low, high, running = self.text.split(":")
        if xid < int(low):
            return True
        return xid < int(high) and str(xid) not in running.split(",")

    def covers(self, other: Snapshot) -> bool:
        """Return whether everything that ``other`` sees is seen here too."""
        _, high, running = self.text.split(":")
        _, other_high, other_running = other.text.split(":")
        if int(high) < int(other_high):
            return False
        unseen = {xid for xid in running.split(",") if xid}
        return all(xid in other_running.split(",") or int(xid) >= int(other_high) for xid in unseen)
