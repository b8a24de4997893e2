"""The latest few instants of every group of rows, kept ready beside them.

"At least three since May" then asks whether the third latest instant is one since May: a look at one
narrow column instead of a count over all rows. Three tables of the copy belong together:

- ``<table>``: the rows themselves;
- ``<table>_latest``: at most one row a group, its latest instants in ``latest_1`` (the newest),
  ``latest_2`` …, NULL where there are fewer; sorted by group, so that a question reads its part only;
- ``<table>_new``: the groups and instants of rows that came since, not yet in ``<table>_latest``.

**For every group, the latest of both together are the latest of its rows.** New rows only cost an
append; once there are many they are folded in, in one statement. A row that is changed or deleted may
have been one of the latest, so the groups it was in are counted afresh from the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from gonfalon.kit.engine.model import Followed, Latest

FOLD_ROWS = 20_000
"""So many new rows are folded in: folding reads the whole table once, questions read the new rows."""
PART_GROUPS = 500_000
"""So many groups are counted at once: what is counted has to fit into memory (about 200 bytes a group)."""
SORT_SHARE = 4
"""The table is sorted anew once every so manieth of its rows was folded in, behind the others."""


def create(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest) -> None:
    """Make both tables of the rows there are, one range of rows after the other, so that memory suffices."""
    types = {column.name: column.type for column in followed.all_columns}
    groups = ", ".join(f'"{name}" {types[name]}' for name in latest.by)
    instants = ", ".join(f'"{name}" {types[latest.column]}' for name in latest.columns)
    connection.execute(f'create table "{followed.table}_latest" ({groups}, {instants})')
    connection.execute(f'create table "{followed.table}_new" ({groups}, "{latest.column}" {types[latest.column]})')
    leading, finest = latest.by[:-1], latest.by[-1]
    tests = " and ".join(f'"{name}" = ?' for name in leading)
    ranges = connection.execute(
        f'select {_names(leading)}, approx_count_distinct("{finest}") from "{followed.table}"'
        f" group by {_names(leading)} order by {_names(leading)}"
    ).fetchall()
    for *values, groups in ranges:
        _count(connection, followed, latest, f'(from "{followed.table}" where {tests})', groups, values)


def note_changed(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest, rows: str) -> bool:
    """Remember the groups of ``rows`` (a condition on those about to be replaced or deleted), if there are any."""
    connection.execute(
        f'create table stale as select distinct {_names(latest.by)} from "{followed.table}" where {rows}'
    )
    if connection.execute("select 1 from stale limit 1").fetchone():
        return True
    connection.execute("drop table stale")
    return False


def count_changed(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest) -> None:
    """Count the remembered groups afresh from the rows, now that these are right."""
    for table in (f"{followed.table}_latest", f"{followed.table}_new"):
        _drop(connection, table, latest, "stale")
    using = _names(latest.by)
    stale = connection.execute("select count(*) from stale").fetchone()
    rows = f'(from "{followed.table}" semi join stale using ({using}))'
    _count(connection, followed, latest, rows, stale[0] if stale else 0)
    connection.execute("drop table stale")


def note_new(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest, rows: str) -> None:
    """Append what a table of new rows holds."""
    columns = _names((*latest.by, latest.column))
    connection.execute(f'insert into "{followed.table}_new" select {columns} from "{rows}"')


def fold(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest) -> int:
    """Fold the new rows in if there are many; returns how many groups were moved behind the others."""
    new, held = f"{followed.table}_new", f"{followed.table}_latest"
    count = connection.execute(f'select count(*) from "{new}"').fetchone()
    if count is None or count[0] < FOLD_ROWS:
        return 0
    using, finest = _names(latest.by), _names(latest.by[-1:])
    # looked up by the finest column first: a comparison of all of them for every row would take twice as long
    connection.execute(
        f"create table known as select rowid as place, {using}, {_names(latest.columns)} from"
        f' (select rowid, * from "{held}" where {finest} in (select {finest} from "{new}"))'
        f' semi join "{new}" using ({using})'
    )
    connection.execute(f'delete from "{held}" where rowid in (select place from known)')
    connection.execute(
        f'create table folded as from "{new}" union all select {using}, unnest([{_names(latest.columns)}]) from known'
    )
    moved = _count(connection, followed, latest, "folded", count[0])
    connection.execute("drop table known")
    connection.execute("drop table folded")
    connection.execute(f'delete from "{new}"')
    return moved


def sort(connection: duckdb.DuckDBPyConnection, followed: Followed, latest: Latest, moved: int) -> bool:
    """Sort the table by group again if too many rows are out of place; says whether it was done."""
    held = f"{followed.table}_latest"
    count = connection.execute(f'select count(*) from "{held}"').fetchone()
    if count is None or moved * SORT_SHARE < count[0]:
        return False
    connection.execute(f'create table sorted as from "{held}" order by {_names(latest.by)}')
    connection.execute(f'drop table "{held}"')
    connection.execute(f'alter table sorted rename to "{held}"')
    return True


def _count(
    connection: duckdb.DuckDBPyConnection,
    followed: Followed,
    latest: Latest,
    rows: str,
    groups: int,
    params: Sequence[object] = (),
) -> int:
    """Puts the groups of ``rows`` (about so many) into the table of the latest; returns how many there are."""
    by, parts, done = _names(latest.by), groups // PART_GROUPS + 1, 0
    columns = ", ".join(f"newest[{number}]" for number in range(1, latest.keep + 1))
    for part in range(parts):
        one_part = f' and hash("{latest.by[-1]}") % {parts:d} = {part:d}' if parts > 1 else ""
        found = connection.execute(
            f'insert into "{followed.table}_latest" select {by}, {columns} from'
            f' (select {by}, max("{latest.column}", {latest.keep:d}) as newest from {rows}'
            f' where "{latest.column}" is not null{one_part} group by {by}) order by {by}',
            params,
        ).fetchone()
        done += int(found[0]) if found else 0
    return done


def _drop(connection: duckdb.DuckDBPyConnection, table: str, latest: Latest, groups: str) -> None:
    same = " and ".join(f't."{name}" = g."{name}"' for name in latest.by)
    connection.execute(
        f'delete from "{table}" t using (select distinct {_names(latest.by)} from "{groups}") g where {same}'
    )


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
