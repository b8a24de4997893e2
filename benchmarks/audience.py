"""`audience`: the count of a six-clause rule over people and events, against PostgreSQL and ClickHouse.

- Gonfalon: the rule compiled and asked of the analytics copy, as the product does for its live count.
- PostgreSQL: the same rule by hand on a listmonk-shaped schema (subscribers with JSONB attributes,
  events indexed by name, time and person), vacuumed and analysed.
- chDB: the same rule on typed MergeTree tables that are sorted by name and time.

`snapshot` (in the same run): writing the members of a large audience down, against a bare
`insert … select` of the same rows.

The gate: all three yield exactly the set of ids that a brute-force count over the generated arrays does.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import chdb.session
import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benchmarks.common import Result, database_server, table
from benchmarks.measure import interleaved, median, percentile
from gonfalon.audiences.copied import FOLLOWED
from gonfalon.audiences.segments.compile import compile_rule
from gonfalon.audiences.segments.language import AllOf, Catalogue, Rule, ValueType, parse
from gonfalon.audiences.segments.layout import DuckLayout
from gonfalon.audiences.segments.membership import copy_members
from gonfalon.audiences.segments.moment import Moment
from gonfalon.kit.engine import Engine

SIZES = {"small": (50_000, 1_000_000), "full": (1_000_000, 50_000_000)}
CHUNK = 2_000_000
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = datetime(2026, 11, 1, tzinfo=UTC)
MOMENT = Moment(NOW, ZoneInfo("UTC"))
AREAS = np.array(["Urban", "Suburban", "Rural"])
NAMES = np.array(["Page Viewed", "Product Viewed", "Product Added", "Order Completed", "Signed Up", "Searched"])
SHARES = (0.60, 0.20, 0.08, 0.04, 0.02, 0.06)
PROPERTIES = np.array([json.dumps({"sku": f"A{n}", "quantity": n % 5}) for n in range(50)])
ATTRIBUTES = {
    "womens": ValueType.BOOLEAN,
    "months": ValueType.NUMBER,
    "area": ValueType.CHOICE,
    "score": ValueType.NUMBER,
}
RULE = parse(
    {
        "kind": "all",
        "rules": [
            {"kind": "attribute", "key": "womens", "op": "is_true"},
            {"kind": "attribute", "key": "months", "op": "le", "value": 6},
            {"kind": "attribute", "key": "area", "op": "any_of", "value": ["Urban", "Suburban"]},
            {"kind": "event", "name": "Order Completed", "at_least": 2, "within_days": 180},
            {
                "kind": "any",
                "rules": [
                    {"kind": "event", "name": "Product Viewed", "within_days": 30},
                    {"kind": "attribute", "key": "score", "op": "ge", "value": 90},
                ],
            },
        ],
    }
)
_PEOPLE_SQL = """
    from subscribers s
    where (s.attribs ->> 'womens')::boolean and (s.attribs ->> 'months')::numeric <= 6
      and s.attribs ->> 'area' in ('Urban', 'Suburban')
      and s.id in (select subscriber_id from subscriber_events where name = 'Order Completed'
                   and at >= %(d180)s group by subscriber_id having count(*) >= 2)
      and (exists (select from subscriber_events e where e.subscriber_id = s.id and e.name = 'Product Viewed'
                   and e.at >= %(d30)s)
           or (s.attribs ->> 'score')::numeric >= 90)
"""
_CHDB_SQL = """
    from bench.people p
    where womens and months <= 6 and area in ('Urban', 'Suburban')
      and id in (select person_id from bench.events where name = 'Order Completed' and at >= '{d180}'
                 group by person_id having count() >= 2)
      and (id in (select person_id from bench.events where name = 'Product Viewed' and at >= '{d30}') or score >= 90)
"""
_DAYS = {"d180": TODAY - timedelta(days=180), "d30": TODAY - timedelta(days=30)}


@dataclass(frozen=True)
class World:
    """People and events as arrays; person ids are 1, 2, 3 …; ``at`` is in seconds before now."""

    womens: Any
    months: Any
    area: Any
    score: Any
    person: Any
    name: Any
    ago: Any
    properties: Any

    @classmethod
    def made(cls, people: int, events: int) -> World:
        """Evenly spread attributes; a year of events; some people are far busier than others."""
        dice = np.random.default_rng(20261101)
        busy = (dice.random(events) ** 2 * people).astype(np.int64)
        return cls(
            womens=dice.random(people) < 0.5,
            months=dice.integers(1, 13, people),
            area=dice.integers(0, 3, people),
            score=dice.integers(0, 100, people),
            person=dice.permutation(people)[busy] + 1,
            name=dice.choice(len(NAMES), events, p=SHARES).astype(np.int8),
            ago=dice.integers(0, 365 * 86400, events),
            properties=dice.integers(0, len(PROPERTIES), events).astype(np.int8),
        )

    def members(self) -> Any:
        """The ids that the rule means, by brute force over the arrays."""

        def often(name: str, days: int) -> Any:
            since = (NOW - TODAY).total_seconds() + days * 86400
            hit = (NAMES[self.name] == name) & (self.ago <= since)
            return np.bincount(self.person[hit], minlength=len(self.womens) + 1)[1:]

        fits = self.womens & (self.months <= 6) & (self.area <= 1) & (often("Order Completed", 180) >= 2)
        fits &= (often("Product Viewed", 30) >= 1) | (self.score >= 90)
        return np.flatnonzero(fits) + 1

    def people_table(self) -> pa.Table:
        """Typed columns of people."""
        return pa.table(
            {
                "id": np.arange(1, len(self.womens) + 1),
                "womens": self.womens,
                "months": self.months.astype(np.float64),
                "area": AREAS[self.area],
                "score": self.score.astype(np.float64),
            }
        )

    def event_tables(self) -> Iterator[pa.Table]:
        """Events in parts."""
        for start in range(0, len(self.person), CHUNK):
            part = slice(start, start + CHUNK)
            at = np.datetime64(NOW.replace(tzinfo=None), "us") - self.ago[part].astype("timedelta64[s]")
            yield pa.table(
                {
                    "person_id": self.person[part],
                    "name": pa.DictionaryArray.from_arrays(self.name[part], NAMES).dictionary_decode(),
                    "at": pa.array(at, pa.timestamp("us")),
                    "properties": pa.DictionaryArray.from_arrays(self.properties[part], PROPERTIES).dictionary_decode(),
                }
            )


def fill_postgres(connection: psycopg.Connection[Any], world: World) -> None:
    """Gonfalon's own tables, and the listmonk-shaped ones of the same rows."""
    execute = connection.execute
    execute(
        "insert into workspaces (id, slug, name, time_zone, currency, language)"
        " values (1, 'w', 'W', 'UTC', 'EUR', 'en')"
    )
    for key, kind in ATTRIBUTES.items():
        execute(
            "insert into attribute_definitions (workspace_id, key, label, type) values (1, %s, %s, %s)",
            [key, key, kind.value],
        )
    # the copy's first load reads tables from end to end, so their indexes would only cost time here
    for index in ("ix_events_person", "ix_events_xid", "ix_people_xid"):
        execute(f"drop index if exists {index}")
    execute("alter table events drop constraint uq_events_workspace_id_source_key")
    people = world.people_table()
    attributes = [json.dumps({key: row[key] for key in ATTRIBUTES}) for row in people.to_pylist()]
    table = pa.table({"id": people["id"], "workspace_id": np.ones(len(people), np.int32), "attributes": attributes})
    copy_in(connection, "people (id, workspace_id, attributes)", table)
    execute("create table subscribers as select id, attributes as attribs from people")
    execute("alter table subscribers add primary key (id)")
    for part in world.event_tables():
        count = len(part)
        full = part.append_column("workspace_id", pa.array(np.ones(count, np.int32)))
        full = full.append_column("source_key", pa.array(np.zeros(count, np.int8)))
        copy_in(connection, "events (person_id, name, at, properties, workspace_id, source_key)", full)
    execute("create table subscriber_events as select id, person_id as subscriber_id, name, at, properties from events")
    execute("set maintenance_work_mem = '1GB'")
    execute("create index on subscriber_events (name, at, subscriber_id)")
    for name in ("subscribers", "subscriber_events"):
        execute(f"vacuum analyze {name}")
    execute("set max_parallel_workers_per_gather = 2")
    execute("set work_mem = '256MB'")


def copy_in(connection: psycopg.Connection[Any], target: str, table: pa.Table) -> None:
    """Rows into PostgreSQL, as CSV made by Arrow."""
    options = pa.csv.WriteOptions(include_header=False, quoting_style="needed")
    sink = pa.BufferOutputStream()
    pa.csv.write_csv(table, sink, options)
    with connection.cursor() as cursor, cursor.copy(f"copy {target} from stdin (format csv)".encode()) as copy:
        copy.write(sink.getvalue().to_pybytes())


def fill_chdb(folder: Path, world: World) -> Any:
    """ClickHouse tables with typed, low-cardinality columns, sorted as its users would."""
    make: Any = chdb.session.Session  # chDB has no types
    session = make(str(folder / "chdb"))
    session.query("create database bench")
    session.query(
        "create table bench.people (id UInt32, womens Bool, months Float64, area LowCardinality(String), score Float64)"
        " engine = MergeTree order by id"
    )
    session.query(
        "create table bench.events (person_id UInt32, name LowCardinality(String), at DateTime, properties String)"
        " engine = MergeTree order by (name, at)"
    )
    file = folder / "part.parquet"
    for target, parts in (("people", iter([world.people_table()])), ("events", world.event_tables())):
        for part in parts:
            pa.parquet.write_table(part, file)
            session.query(f"insert into bench.{target} select * from file('{file}', Parquet)")
        session.query(f"optimize table bench.{target} final")
    file.unlink()
    return session


class Copy:
    """Gonfalon's side: the engine as the app runs it, asked from an event loop."""

    def __init__(self, folder: Path, url: str) -> None:
        self.loop = asyncio.new_event_loop()
        self.engine = Engine(folder / "engine", url, FOLLOWED, memory="3GB", threads=2)
        began = time.perf_counter()
        self.engine.start()
        if not self.engine.ready(3600):
            raise RuntimeError(self.engine.status())
        self.load_seconds = time.perf_counter() - began

    def ask(self, rule: Rule, wrap: str) -> list[tuple[Any, ...]]:
        """Compiles the rule and asks the copy."""
        question = compile_rule(
            rule, workspace=1, catalogue=Catalogue(attributes=ATTRIBUTES), moment=MOMENT, layout=DuckLayout()
        )
        return self.loop.run_until_complete(self.engine.fetch(wrap.format(question.sql), question.params, within=600))

    def close(self) -> None:
        """Lets go of the file."""
        self.engine.stop()
        self.loop.close()


def snapshot_ratio(copy: Copy, url: str, people: int) -> dict[str, float]:
    """Seconds of writing everybody down as the product does, and of a bare insert … select of the same rows."""
    question = compile_rule(
        AllOf(), workspace=1, catalogue=Catalogue(attributes=ATTRIBUTES), moment=MOMENT, layout=DuckLayout()
    )
    from gonfalon.audiences.segments.membership import _integers

    sql = f"select person_id from ({question.sql}) order by person_id"
    number = iter(range(1, 1000))

    def fresh(connection: psycopg.Connection[Any]) -> int:
        snapshot = next(number)
        connection.execute("truncate snapshot_members")
        connection.execute(
            "insert into audience_snapshots (id, workspace_id, audience_id, size) values (%s, 1,"
            " '00000000-0000-0000-0000-000000000001', 0)",
            [snapshot],
        )
        return snapshot

    async def ours(snapshot: int) -> None:
        ids = await copy.engine.ask(lambda cursor: _integers(cursor, sql, question), within=600)
        async with await psycopg.AsyncConnection.connect(url) as connection:
            await copy_members(connection, snapshot, ids)

    seconds: dict[str, list[float]] = {"ours": [], "bare": []}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "insert into audiences (id, workspace_id, kind, name, created_by)"
            " values ('00000000-0000-0000-0000-000000000001', 1, 'segment', 'x', 'x')"
        )
        for side in ("ours", "bare", "bare", "ours") * 2:
            snapshot = fresh(connection)
            began = time.perf_counter()
            if side == "ours":
                copy.loop.run_until_complete(ours(snapshot))
            else:
                connection.execute("insert into snapshot_members select %s, id from people", [snapshot])
            seconds[side].append(time.perf_counter() - began)
            written = connection.execute(
                "select count(*), count(distinct m.person_id) from snapshot_members m"
                " join people p on p.id = m.person_id"
            ).fetchone()
            assert written == (people, people), written
    return {side: median(each) for side, each in seconds.items()}


def run(scale: str) -> Result:
    """One measurement; see the module's text."""
    people, events = SIZES[scale]
    world = World.made(people, events)
    with (
        tempfile.TemporaryDirectory(prefix="gonfalon-bench-") as name,
        database_server() as server,
        psycopg.connect(server.url(), autocommit=True) as connection,
    ):
        fill_postgres(connection, world)
        session = fill_chdb(Path(name), world)
        copy = Copy(Path(name), server.url())
        try:
            return _compared(scale, world, connection, session, copy, server.url())
        finally:
            copy.close()
            session.close()


def _compared(
    scale: str, world: World, connection: psycopg.Connection[Any], session: Any, copy: Copy, url: str
) -> Result:
    clickhouse = _CHDB_SQL.format(**{key: f"{day:%Y-%m-%d %H:%M:%S}" for key, day in _DAYS.items()})
    tasks = {
        "gonfalon": lambda: copy.ask(RULE, "select count(*) from ({}) m"),
        "chdb": lambda: session.query(f"select count() {clickhouse}", "CSV"),
    }
    found = {
        "gonfalon": {row[0] for row in copy.ask(RULE, "{}")},
        "chdb": {int(line) for line in str(session.query(f"select id {clickhouse}", "CSV")).split()},
        "postgres": {row[0] for row in connection.execute(f"select s.id {_PEOPLE_SQL}".encode(), _DAYS)},
    }
    expected = set(world.members().tolist())
    wrong = [name for name, ids in found.items() if ids != expected]
    seconds = interleaved(tasks, rounds=10)
    peer = interleaved(
        {
            "gonfalon": tasks["gonfalon"],
            "postgres": lambda: connection.execute(f"select count(*) {_PEOPLE_SQL}".encode(), _DAYS).fetchall(),
        },
        rounds=5 if scale == "small" else 2,
    )
    ours = seconds["gonfalon"] + peer["gonfalon"]
    snapshot = snapshot_ratio(copy, url, len(world.womens))
    ratio = median(peer["postgres"]) / median(ours)
    p95 = percentile(ours, 0.95)
    timings = {"Gonfalon": ours, "chDB": seconds["chdb"], "PostgreSQL": peer["postgres"]}
    table([("", "median", "p95"), *((name, _ms(median(t)), _ms(percentile(t, 0.95))) for name, t in timings.items())])
    to_chdb = median(seconds["gonfalon"]) / median(seconds["chdb"])
    result = Result(
        "audience",
        ratio,
        200,
        "× faster than PostgreSQL",
        gate=f"{' and '.join(wrong)} give another set of people" if wrong else "",
        more={
            "of_chdb_time": round(to_chdb, 2),
            "median_ms": round(median(ours) * 1000, 1),
            "p95_ms": round(p95 * 1000, 1),
            "chdb_ms": round(median(seconds["chdb"]) * 1000, 1),
            "postgres_ms": round(median(peer["postgres"]) * 1000, 1),
            "load_s": round(copy.load_seconds, 1),
            "snapshot_ratio": round(snapshot["bare"] / snapshot["ours"], 2),
            "snapshot_s": round(snapshot["ours"], 2),
            "people": len(world.womens),
            "events": len(world.person),
            "members": len(expected),
        },
    )
    result.more["ok"] = bool(result.line()["ok"]) and to_chdb <= 1 and p95 <= 0.05
    return result


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
