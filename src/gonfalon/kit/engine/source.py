"""PostgreSQL's side of the copy: one consistent read of what a snapshot did not yet see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from gonfalon.kit.engine.model import Followed, Snapshot

PART_BYTES = 64 * 1024 * 1024
"""A first load is handed over in files of about this size."""

UNSEEN = (
    "xid >= pg_snapshot_xmin({0}::pg_snapshot) and not pg_visible_in_snapshot(xid, {0}::pg_snapshot)"
    # The first condition in the words of a BRIN index, which knows numbers, but no transaction ids.
    " and xid::text::bigint >= pg_snapshot_xmin({0}::pg_snapshot)::text::bigint"
)


class Source:
    """One connection that reads; every read happens in a REPEATABLE READ transaction."""

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True, connect_timeout=10)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def identity(self) -> str:
        """Return which database this is; a copy of another one is worthless."""
        found = self._connection.execute(
            "select (select system_identifier from pg_control_system()) || '/' || oid"
            " from pg_database where datname = current_database()"
        ).fetchone()
        assert found is not None
        return str(found[0])

    def now(self) -> Snapshot:
        """Return the present snapshot: a cheap question that tells whether anything was committed."""
        return _snapshot(self._connection)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Return one consistent view, with the snapshot that it is of."""
        with self._connection.transaction():
            self._connection.execute("set transaction isolation level repeatable read, read only")
            yield Reading(self._connection, _snapshot(self._connection))


class Reading:
    """Reads of one snapshot."""

    def __init__(self, connection: psycopg.Connection[Any], snapshot: Snapshot) -> None:
        self._connection = connection
        self.snapshot = snapshot

    def keys(self, statement: str) -> list[tuple[int, str, str]]:
        """Return rows of an ``Unfolded.keys`` statement."""
        return [(int(group), str(key), str(kind)) for group, key, kind in self._connection.execute(statement.encode())]

    def size(self, followed: tuple[Followed, ...]) -> int:
        """Return about how many rows the tables have, as PostgreSQL guesses; by their size where it never looked."""
        found = self._connection.execute(
            "select sum(case when reltuples >= 0 then reltuples else pg_relation_size(oid) / 100 end)::bigint"
            " from pg_class where oid in (select unnest(%s::text[])::regclass)",
            ([f'"{each.table}"' for each in followed],),
        ).fetchone()
        return int(found[0] or 0) if found else 0

    def rows(
        self, followed: Followed, folder: Path, since: Snapshot | None, group: int | None = None
    ) -> Iterator[Path]:
        """Return files of CSV rows: those that ``since`` did not see (None: all), of one group if given.

        Each file is to be taken away before the next is asked for.
        """
        columns = ", ".join(f'{column.expression} as "{column.name}"' for column in followed.all_columns)
        tests = []
        if since is not None:
            tests.append(UNSEEN.format(_literal(since.text)))
        if group is not None and followed.unfolded is not None:
            tests.append(f'"{followed.unfolded.by}" = {group:d}')
        where = f" where {' and '.join(tests)}" if tests else ""
        statement = f'select {columns} from "{followed.table}"{where}'
        yield from self._copied(statement, folder / f"{followed.table}.csv")

    def gone(self, folder: Path, since: Snapshot) -> Iterator[Path]:
        """Return files of CSV rows (table, key) deleted since."""
        statement = f"select table_name, key from tombstones where {UNSEEN.format(_literal(since.text))}"
        yield from self._copied(statement, folder / "tombstones.csv")

    def _copied(self, statement: str, path: Path) -> Iterator[Path]:
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"copy ({statement}) to stdout (format csv)".encode()) as copy,
        ):
            size, part = 0, None
            try:
                for data in copy:
                    if part is None:
                        part = path.open("wb", buffering=1 << 20)
                    size += part.write(data)
                    if size >= PART_BYTES:
                        part.close()
                        yield path
                        size, part = 0, None
            finally:
                if part is not None:
                    part.close()
            if part is not None:
                yield path


def _snapshot(connection: psycopg.Connection[Any]) -> Snapshot:
    found = connection.execute("select pg_current_snapshot()::text").fetchone()
    assert found is not None
    return Snapshot(found[0])


def _literal(snapshot: str) -> str:
    """COPY takes no parameters; a snapshot's text is digits, colons and commas only."""
    if not set(snapshot) <= set("0123456789:,"):
        raise ValueError(snapshot)
    return f"'{snapshot}'"
