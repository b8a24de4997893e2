"""`imports`: a file of people with twelve attributes, against an upsert of each row and a bare COPY.

A fifth of the people are known already, 3 % of the lines are about somebody of an earlier line, 1 % cannot be read.

- Gonfalon: the file as the command line imports it, from the first byte to the commit.
- Upsert: one prepared statement a row, 10,000 a commit, into a table with the same unique address.
- COPY: the file's bytes into an unlogged table without indexes.

The gate: people, their attributes and the counts equal those of a dictionary that takes the same lines one by one.
"""

from __future__ import annotations

import asyncio
import csv
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.common import Result, database_server, table
from gonfalon.accounts.actions import create_workspace
from gonfalon.accounts.context import Context, system_context
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.people.imports.actions import import_file

SIZES = {"small": 64_000, "full": 1_000_000}
HEAD = ("email", "customer_id", "first_name", "last_name", "city", "country", "months", "spend", "mens", "womens",
        "area", "visits", "score", "member")  # fmt: skip
UPSERTED = 20_000
GOAL = 10.0
COPY_GOAL = 0.35


def _cells(n: int, age: int) -> list[str]:
    """A person's line; a later one has another score."""
    return [
        f"h{n:07}@example.com", f"H{n:07}", f"Ada {n % 900}", f"Lund {n % 700}", ("Lyon", "Umeå", "Graz")[n % 3],
        ("FR", "SE", "AT")[n % 3], str(n % 12 + 1), str(n % 5000), str(n % 2), str((n + 1) % 2),
        ("Suburban", "Rural", "Urban")[n % 3], str(n % 40), str(n % 100 + age), str(n % 2),
    ]  # fmt: skip


def _lines(count: int) -> Iterator[list[str]]:
    for n in range(count):
        if n % 100 == 7:
            yield ["no address", *_cells(n, 0)[1:]]
        elif n % 100 in (21, 54, 87):
            yield _cells(n - 1, 1000)
        else:
            yield _cells(n, 1)


def _write(path: Path, lines: Iterator[list[str]]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(lines)
    return path


def _oracle(count: int) -> dict[str, int]:
    """The score of everybody, line by line."""
    scores = {_cells(n, 0)[0]: n % 100 for n in range(0, count, 5)}
    for cells in _lines(count):
        if "@" in cells[0]:
            scores[cells[0]] = int(cells[12])
    return scores


async def _import(ctx: Context, path: Path) -> tuple[float, Any]:
    began = time.perf_counter()
    done = await import_file(ctx, path)
    seconds = time.perf_counter() - began
    if done.error:
        raise RuntimeError(done.error)
    return seconds, done.result


async def _ours(url: str, folder: Path, count: int) -> dict[str, Any]:
    services = open_services(Settings(secret_key="x" * 32, home=folder), url)
    try:
        async with services.db.transaction() as connection:
            workspace = await create_workspace(
                services, connection, "Bench", time_zone="Europe/Paris", currency="EUR", language="en"
            )
        ctx = system_context(services, workspace, "benchmark")
        await _import(ctx, _write(folder / "known.csv", (_cells(n, 0) for n in range(0, count, 5))))
        file = folder / "people.csv"
        seconds, result = await _import(ctx, file)
        again, _ = await _import(ctx, file)
        with psycopg.connect(url) as connection:
            stored = dict(connection.execute("select email, (attributes ->> 'score')::int from people").fetchall())
        changing, _ = await _import(ctx, _write(folder / "older.csv", (_cells(n, 500) for n in range(count))))
        return {"seconds": seconds, "result": result, "again": again, "stored": stored, "changing": changing}
    finally:
        await services.db.close()


def _gate(found: dict[str, Any], expected: dict[str, int], count: int) -> str:
    stored, rejected = found["stored"], found["result"].rejected
    wrong = sum(1 for email, score in expected.items() if stored.get(email) != score) + abs(len(stored) - len(expected))
    bad = sum(1 for n in range(count) if n % 100 == 7)
    return f"{wrong} people differ, {rejected} of {bad} lines rejected" if wrong or rejected != bad else ""


def _upsert(connection: psycopg.Connection[Any], count: int) -> float:
    """Rows a second of one prepared upsert each."""
    connection.execute("create table upserted (id bigserial primary key, email text unique, attributes jsonb)")
    sql = (
        "insert into upserted (email, attributes) values (%s, %s) on conflict (email)"
        " do update set attributes = upserted.attributes || excluded.attributes"
    )
    rows = [
        (line[0], json.dumps(dict(zip(HEAD[1:], line[1:], strict=True))))
        for _, line in zip(range(count), _lines(count), strict=False)
    ]
    began = time.perf_counter()
    for start in range(0, len(rows), 10_000):
        for row in rows[start : start + 10_000]:
            connection.execute(sql, row, prepare=True)
        connection.commit()
    return len(rows) / (time.perf_counter() - began)


def _copy(connection: psycopg.Connection[Any], file: Path, count: int) -> float:
    """Rows a second of the file's bytes into a bare table."""
    connection.execute(f"create unlogged table bare ({', '.join(f'{name} text' for name in HEAD)})")
    began = time.perf_counter()
    with file.open("rb") as source, connection.cursor().copy("copy bare from stdin csv header") as copy:
        while chunk := source.read(1 << 20):
            copy.write(chunk)
    connection.commit()
    return count / (time.perf_counter() - began)


def run(scale: str) -> Result:
    """Imports the file three times and compares."""
    count = SIZES[scale]
    with database_server() as server, tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        file = _write(folder / "people.csv", _lines(count))
        found = asyncio.run(_ours(server.url(), folder, count))
        with psycopg.connect(server.url()) as connection:
            gate = _gate(found, _oracle(count), count)
            upsert = _upsert(connection, min(UPSERTED, count))
            copy = _copy(connection, file, count)
    ours = count / found["seconds"]
    table([
        ("what", "rows/s", "seconds"),
        ("import", f"{ours:,.0f}", f"{found['seconds']:.2f}"),
        ("the same again", f"{count / found['again']:,.0f}", f"{found['again']:.2f}"),
        ("one cell of everybody differs", f"{count / found['changing']:,.0f}", f"{found['changing']:.2f}"),
        ("upsert", f"{upsert:,.0f}", ""),
        ("COPY", f"{copy:,.0f}", ""),
    ])  # fmt: skip
    more = {"rows_s": round(ours), "of_copy": round(ours / copy, 3), "copy_goal": COPY_GOAL,
            "again_s": round(found["again"], 2), "changing_s": round(found["changing"], 2)}  # fmt: skip
    return Result("imports", ours / upsert, GOAL, "times one upsert a row", gate, more=more)
