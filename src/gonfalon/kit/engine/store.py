"""DuckDB's side of the copy: the file, what it holds and how changes are put in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import duckdb

from gonfalon.kit.engine import latest
from gonfalon.kit.engine.model import Followed, Latest, Snapshot, Unfolded, fingerprint
from gonfalon.kit.engine.source import Reading

FILE_NAME = "analytics.duckdb"

_JSON_TYPES = {
    "VARCHAR": "('VARCHAR')",
    "DATE": "('VARCHAR')",
    "BOOLEAN": "('BOOLEAN')",
    "DOUBLE": "('BIGINT', 'UBIGINT', 'HUGEINT', 'DOUBLE')",
    "BIGINT": "('BIGINT', 'UBIGINT', 'HUGEINT')",
}
"""Which JSON types a column's type is made from."""

Columns = dict[str, dict[str, dict[str, str]]]
"""Kinds by key, by group, by table: the columns that unfolded tables have."""


class Store:
    """The open file. One thread writes; questions run on cursors of ``connection``."""

    def __init__(self, folder: Path, followed: tuple[Followed, ...], memory: str, threads: int) -> None:
        self.folder, self.followed = folder, followed
        self.incoming = folder / "incoming"
        shutil.rmtree(self.incoming, ignore_errors=True)
        self.incoming.mkdir(parents=True)
        self.connection = duckdb.connect(
            str(folder / FILE_NAME),
            config={
                "threads": threads,
                "memory_limit": memory,
                "temp_directory": str(folder / "spill"),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            },
        )
        try:
            # after this no question can read a file other than what the follower puts here,
            # reach the network, or lift the lock
            self.connection.execute(f"set allowed_directories = [{_text(str(self.incoming) + '/')}]")
            self.connection.execute("set enable_external_access = false")
            self.connection.execute("set lock_configuration = true")
            self.connection.execute("create table if not exists copy_state (key varchar, value varchar)")
            self._state: dict[str, str] = dict(self.connection.execute("from copy_state").fetchall())
        except BaseException:
            self.connection.close()
            raise

    def close(self) -> None:
        """Fold the log into the file and lets go of it."""
        self.connection.close()
        shutil.rmtree(self.incoming, ignore_errors=True)

    @property
    def cursor(self) -> Snapshot | None:
        """How far the copy is; None while a first load has not ended."""
        text = self._state.get("snapshot")
        return None if text is None else Snapshot(text)

    def fits(self, identity: str) -> bool:
        """Return whether the file is a finished copy of this database by these declarations."""
        made = self._state.get("identity"), self._state.get("fingerprint")
        return self.cursor is not None and made == (identity, fingerprint(self.followed))

    def load(self, reading: Reading, identity: str, tell: Callable[[int, int], None] | None = None) -> None:
        """Fill an empty file. Only the last statement makes the file count, so it may be killed.

        ``tell`` hears how many rows are in, of about how many.
        """
        columns: Columns = {}
        done, about = 0, reading.size(self.followed)
        for each in self.followed:
            self._create(f"loading_{each.table}", each)
            for part in reading.rows(each, self.incoming, None):
                done += self._insert(f"loading_{each.table}", each, part)
                if tell is not None:
                    tell(done, max(done, about))
            with self._transaction():
                if each.unfolded is None:
                    self._run(f'create table "{each.table}" as from "loading_{each.table}"{_order(each)}')
                    if each.latest is not None:
                        latest.create(self.connection, each, each.latest)
                else:
                    columns[each.table] = _by_group(reading.keys(each.unfolded.keys))
                    self._create(each.table, each)
                    self._unfold_all(each, each.unfolded, columns[each.table])
                self._run(f'drop table "loading_{each.table}"')
        with self._transaction():
            self._remember(
                identity=identity,
                fingerprint=fingerprint(self.followed),
                columns=json.dumps(columns),
                snapshot=reading.snapshot.text,
            )

    def follow(self, reading: Reading, since: Snapshot) -> int:
        """Put in what was committed after ``since``, data and cursor in one transaction.

        Returns the number of rows that were new, changed or deleted.
        """
        changes = 0
        columns: Columns = json.loads(self._state["columns"])
        with self._transaction():
            for each in self.followed:
                if each.unfolded is not None:
                    self._reshape(reading, each, each.unfolded, columns)
                for part in reading.rows(each, self.incoming, since):
                    changes += self._upsert(each, columns, part)
            for part in reading.gone(self.incoming, since):
                changes += self._delete(columns, part)
            for each in self.followed:
                if each.latest is not None:
                    self._fold(each, each.latest)
            self._remember(columns=json.dumps(columns), snapshot=reading.snapshot.text)
        return changes

    def _run(self, statement: str) -> duckdb.DuckDBPyConnection:
        return self.connection.execute(statement)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        before = dict(self._state)
        self._run("begin")
        try:
            yield
            self._run("commit")
        except BaseException:
            self._state = before
            with suppress(duckdb.Error):  # the statement that failed may have ended the transaction already
                self._run("rollback")
            raise

    def _remember(self, **state: str) -> None:
        for key, value in state.items():
            if self._state.get(key) != value:
                self.connection.execute("delete from copy_state where key = ?", [key])
                self.connection.execute("insert into copy_state values (?, ?)", [key, value])
                self._state[key] = value

    def _create(self, name: str, followed: Followed) -> None:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in followed.all_columns)
        self._run(f'create table "{name}" ({columns})')

    def _insert(self, name: str, followed: Followed, part: Path) -> int:
        types = ", ".join(f"{_text(column.name)}: {_text(column.read_type)}" for column in followed.all_columns)
        values = ", ".join(column.loaded for column in followed.all_columns)
        found = self._run(f'insert into "{name}" select {values} from {_csv(part, types)}').fetchone()
        return int(found[0]) if found else 0

    def _upsert(self, followed: Followed, columns: Columns, part: Path) -> int:
        """Replaces rows by key. The keys' range is said as well, so that whole row groups are skipped."""
        if followed.unfolded is not None:
            staged = f"incoming_{followed.table}"
            self._create(staged, followed)
            count = self._insert(staged, followed, part)
            by = followed.unfolded.by
            present = {str(row[0]) for row in self._run(f'select distinct "{by}" from "{staged}"').fetchall()}
            groups = {group: keys for group, keys in columns[followed.table].items() if group in present}
            for group in groups:
                self._drop_keys(f"{followed.table}_{group}", f'select id from "{staged}" where "{by}" = {group}')
            self._spread(followed, followed.unfolded, groups, staged)
            self._run(f'drop table "{staged}"')
            return count
        self._create("incoming", followed)
        count = self._insert("incoming", followed, part)
        with self._replacing(followed, "select id from incoming"):
            self._run(f'insert into "{followed.table}" from incoming')
            if followed.latest is not None:
                latest.note_new(self.connection, followed, followed.latest, "incoming")
        self._run("drop table incoming")
        return count

    @contextmanager
    def _replacing(self, followed: Followed, keys: str) -> Iterator[None]:
        """Takes rows away by key; what the block puts in their place counts for the latest of their groups."""
        rows = self._with_keys(keys)
        noted = followed.latest
        if rows and noted and not latest.note_changed(self.connection, followed, noted, rows):
            rows = noted = None
        if rows:
            self._run(f'delete from "{followed.table}" where {rows}')
        yield
        if rows and noted:
            latest.count_changed(self.connection, followed, noted)

    def _drop_keys(self, table: str, keys: str) -> None:
        rows = self._with_keys(keys)
        if rows:
            self._run(f'delete from "{table}" where {rows}')

    def _with_keys(self, keys: str) -> str | None:
        """The condition that picks rows by these keys; None where there are no keys."""
        low, high = self._run(f"select min(id), max(id) from ({keys})").fetchone() or (None, None)
        return None if low is None else f"id between {low:d} and {high:d} and id in ({keys})"

    def _fold(self, followed: Followed, declared: Latest) -> None:
        moved = f"{followed.table}_moved"
        count = latest.fold(self.connection, followed, declared)
        if count:
            count += int(self._state.get(moved, "0"))
            if latest.sort(self.connection, followed, declared, count):
                count = 0
            self._remember(**{moved: str(count)})

    def _delete(self, columns: Columns, part: Path) -> int:
        rows = _csv(part, "'name': 'VARCHAR', 'key': 'BIGINT'")
        self._run(f"create table gone as from {rows}")
        concerned = {row[0] for row in self._run("select distinct name from gone").fetchall()}
        for each in self.followed:
            if each.table not in concerned:
                continue
            keys = f"select key as id from gone where name = {_text(each.table)}"
            if each.unfolded is None:
                with self._replacing(each, keys):
                    pass  # nothing comes in their place
            else:
                for group in columns[each.table]:
                    self._drop_keys(f"{each.table}_{group}", keys)
        count = self._run("select count(*) from gone").fetchone()
        self._run("drop table gone")
        return int(count[0]) if count else 0

    def _reshape(self, reading: Reading, followed: Followed, unfolded: Unfolded, columns: Columns) -> None:
        """Makes the tables of groups whose keys have changed anew; a changed key is rare."""
        wanted, present = _by_group(reading.keys(unfolded.keys)), columns[followed.table]
        if wanted == present:
            return
        for group in {*wanted, *present}:
            if wanted.get(group) == present.get(group):
                continue
            self._run(f'drop table if exists "{followed.table}_{group}"')
            if group in wanted:
                self._create("reloaded", followed)
                for part in reading.rows(followed, self.incoming, None, int(group)):
                    self._insert("reloaded", followed, part)
                self._spread(followed, unfolded, {group: wanted[group]}, "reloaded", new=True)
                self._run("drop table reloaded")
        columns[followed.table] = wanted

    def _unfold_all(self, followed: Followed, unfolded: Unfolded, groups: dict[str, dict[str, str]]) -> None:
        self._spread(followed, unfolded, groups, f"loading_{followed.table}", new=True)

    def _spread(
        self, followed: Followed, unfolded: Unfolded, groups: dict[str, dict[str, str]], staged: str, new: bool = False
    ) -> None:
        """Puts staged rows into the tables of their groups."""
        plain = [f'"{column.name}"' for column in followed.all_columns if column.name != unfolded.column]
        types = dict(unfolded.types)
        for group, keys in groups.items():
            values = plain + [
                f"{_member(unfolded.column, key, types[kind])} as {_name(unfolded.prefix + key)}"
                for key, kind in sorted(keys.items())
            ]
            select = f'select {", ".join(values)} from "{staged}" where "{unfolded.by}" = {int(group):d}'
            target = f'"{followed.table}_{int(group):d}"'
            self._run(
                f"create table {target} as {select}{_order(followed)}"
                if new
                else f"insert into {target} by name {select}"
            )


def _by_group(keys: list[tuple[int, str, str]]) -> dict[str, dict[str, str]]:
    """Groups without keys are rows with an empty key."""
    found: dict[str, dict[str, str]] = {}
    for group, key, kind in keys:
        members = found.setdefault(str(group), {})
        if key:
            members[key] = kind
    return found


def _member(column: str, key: str, kind: str) -> str:
    """A member of a JSON object as a value of a DuckDB type, NULL if it is of another JSON type."""
    pointer = _text("/" + key.replace("~", "~0").replace("/", "~1"))
    value = f'json_extract_string("{column}", {pointer})'
    if kind == "BOOLEAN":
        value = f"{value} = 'true'"
    elif kind != "VARCHAR":
        value = f"try_cast({value} as {kind})"
    return f'case when json_type("{column}", {pointer}) in {_JSON_TYPES[kind]} then {value} end'


def _order(followed: Followed) -> str:
    names = ", ".join(_name(name) for name in followed.order)
    return f" order by {names}" if names else ""


def _csv(part: Path, types: str) -> str:
    return (
        f"read_csv({_text(str(part))}, columns = {{{types}}}, auto_detect = false, header = false,"
        " delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false,"
        " max_line_size = 33554432)"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _name(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'


def describe(error: BaseException) -> str:
    """Return the first line of an error, for a status page."""
    lines: list[Any] = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0] if lines else ''}"[:500]
