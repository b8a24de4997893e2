"""`audience`: the count of a six-clause rule over people and events, against PostgreSQL and ClickHouse.

- Gonfalon: the rule compiled and asked of the analytics copy, as the product does for its live count.
- PostgreSQL: the same rule by hand on a listmonk-shaped schema (subscribers with JSONB attributes,
  events indexed by name, time and person), vacuumed and analysed.
- chDB: the same rule on typed MergeTree tables that are sorted by name and time.

`snapshot` (in the same run): writing the members of a large audience down, against a bare
`insert … select` of the same rows. `freshness`: from the commit of 400 events, five times a second, to the copy
having them.

The gate: all three yield exactly the set of ids that a brute-force count over the generated arrays does, and the
copy and PostgreSQL agree again after the events of `freshness`.
"""

from __future__ import annotations

import asyncio
import math
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import psycopg

from benchmarks.audience_world import ATTRIBUTES, NAMES, NOW, TODAY, World, fill_chdb, fill_postgres
from benchmarks.common import Result, database_server, table
from benchmarks.measure import interleaved, median, percentile
from gonfalon.audiences.copied import FOLLOWED
from gonfalon.audiences.segments.columnar import DuckLayout
from gonfalon.audiences.segments.compile import compile_rule
from gonfalon.audiences.segments.language import AllOf, Catalogue, Rule, parse
from gonfalon.audiences.segments.membership import copy_members
from gonfalon.audiences.segments.moment import Moment
from gonfalon.kit.engine import Engine, Snapshot

SIZES = {"small": (50_000, 1_000_000), "full": (1_000_000, 50_000_000)}
ROUNDS = 5
ALONE = 40
"""So many more runs of ours: ten are too few for a 95th percentile."""
COMMITS = 50
MOMENT = Moment(NOW, ZoneInfo("UTC"))
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
      and (s.id in (select subscriber_id from subscriber_events where name = 'Product Viewed' and at >= %(d30)s)
           or (s.attribs ->> 'score')::numeric >= 90)
"""
"""Written as PostgreSQL answers it best: with `exists` it chooses a nested loop, of over six minutes at full size."""
_CHDB_SQL = """
    from bench.people p
    where womens and months <= 6 and area in ('Urban', 'Suburban')
      and id in (select person_id from bench.events where name = 'Order Completed' and at >= '{d180}'
                 group by person_id having count() >= 2)
      and (id in (select person_id from bench.events where name = 'Product Viewed' and at >= '{d30}') or score >= 90)
"""
_DAYS = {"d180": TODAY - timedelta(days=180), "d30": TODAY - timedelta(days=30)}


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
    from gonfalon.audiences.segments.membership import integers

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
        ids = await copy.engine.ask(lambda cursor: integers(cursor, sql, question), within=600)
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


def freshness(copy: Copy, url: str, people: int) -> tuple[list[float], bool]:
    """Seconds from each commit of 400 events to the copy having them, at 2,000 events/s; nobody wakes the follower.

    Also whether copy and PostgreSQL then mean the same people by "ordered at least three times, ever".
    """
    dice = np.random.default_rng(7)
    waited: list[float] = []
    pending: list[tuple[int, float]] = []

    def watch(until: float) -> None:
        while time.perf_counter() < until and (pending or until < math.inf):
            reached = Snapshot(copy.engine.status().snapshot)
            while pending and reached.sees(pending[0][0]):
                waited.append(time.perf_counter() - pending.pop(0)[1])
            time.sleep(0.002)

    with psycopg.connect(url, autocommit=True) as connection:
        begun = time.perf_counter()
        for number in range(COMMITS):
            watch(begun + number * 0.2)
            found = connection.execute(
                "insert into events (workspace_id, person_id, name, at, source_key)"
                " select 1, person, name, now(), '' from unnest(%s::bigint[], %s::text[]) e (person, name)"
                " returning xid::text::bigint",
                [dice.integers(1, people + 1, 400).tolist(), NAMES[dice.integers(0, len(NAMES), 400)].tolist()],
            ).fetchone()
            assert found is not None
            pending.append((found[0], time.perf_counter()))
        watch(math.inf)
        often = "select person_id from events where name = 'Order Completed' group by person_id having count(*) >= 3"
        expected = {row[0] for row in connection.execute(often)}
    rule = parse({"kind": "event", "name": "Order Completed", "at_least": 3})
    return waited, {row[0] for row in copy.ask(rule, "{}")} == expected


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
        "postgres": lambda: connection.execute(f"select count(*) {_PEOPLE_SQL}".encode(), _DAYS).fetchall(),
    }
    found = {
        "gonfalon": {row[0] for row in copy.ask(RULE, "{}")},
        "chdb": {int(line) for line in str(session.query(f"select id {clickhouse}", "CSV")).split()},
        "postgres": {row[0] for row in connection.execute(f"select s.id {_PEOPLE_SQL}".encode(), _DAYS)},
    }
    expected = set(world.members().tolist())
    wrong = [name for name, ids in found.items() if ids != expected]
    seconds = interleaved(tasks, ROUNDS)
    ours = seconds["gonfalon"] + interleaved({"gonfalon": tasks["gonfalon"]}, ALONE // 2)["gonfalon"]
    snapshot = snapshot_ratio(copy, url, len(world.womens))
    waited, agree = freshness(copy, url, len(world.womens))
    if not agree:
        wrong.append("gonfalon after new events")
    ratio = median(seconds["postgres"]) / median(seconds["gonfalon"])
    p95 = percentile(ours, 0.95)
    timings = {"Gonfalon": ours, "chDB": seconds["chdb"], "PostgreSQL": seconds["postgres"], "freshness": waited}
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
            "median_ms": round(median(seconds["gonfalon"]) * 1000, 1),
            "p95_ms": round(p95 * 1000, 1),
            "chdb_ms": round(median(seconds["chdb"]) * 1000, 1),
            "postgres_ms": round(median(seconds["postgres"]) * 1000, 1),
            "load_s": round(copy.load_seconds, 1),
            "snapshot_ratio": round(snapshot["bare"] / snapshot["ours"], 2),
            "snapshot_s": round(snapshot["ours"], 2),
            "freshness_median_s": round(median(waited), 2),
            "freshness_p99_s": round(percentile(waited, 0.99), 2),
            "people": len(world.womens),
            "events": len(world.person),
            "members": len(expected),
        },
    )
    result.more["ok"] = bool(result.line()["ok"]) and to_chdb <= 1 and p95 <= 0.05
    return result


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
