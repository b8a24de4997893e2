"""People, events and the tables that `audience` asks: made up evenly, put into PostgreSQL and ClickHouse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import chdb.session
import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from gonfalon.audiences.segments.language import ValueType

CHUNK = 2_000_000
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = datetime(2026, 11, 1, tzinfo=UTC)
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
    # only reading is measured, which the log does not change, so filling goes without it
    execute("alter table events set unlogged")
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
    execute(
        "create unlogged table subscriber_events as"
        " select id, person_id as subscriber_id, name, at, properties from events"
    )
    execute("set maintenance_work_mem = '1GB'")
    execute("create index on subscriber_events (name, at, subscriber_id)")
    execute("create index ix_events_xid on events (xid)")
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
