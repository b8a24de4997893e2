"""What benchmarks share: results, the machine's probe, a database server of their own."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gonfalon.entry.migrate import migrate
from gonfalon.kit.postgres import PostgresServer

CACHE = Path(os.environ.get("GONFALON_BENCH_CACHE", Path.home() / ".cache" / "gonfalon-bench"))
"""Peers are installed here once."""


@dataclass
class Result:
    """What one benchmark found. gate "": the correctness gate passed; else what was wrong, and no ratio counts."""

    name: str
    ratio: float
    goal: float
    unit: str
    gate: str = ""
    lower_is_better: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    def line(self) -> dict[str, Any]:
        """The JSON line."""
        reached = self.ratio <= self.goal if self.lower_is_better else self.ratio >= self.goal
        ratio = 0.0 if self.gate else round(self.ratio, 3)
        return {
            "name": self.name,
            "ratio": ratio,
            "goal": self.goal,
            "unit": self.unit,
            "ok": reached and not self.gate,
            "gate": self.gate or "passed",
        } | self.more


def machine() -> dict[str, Any]:
    """What ran it: processors, memory in GiB, load before, and how long a fixed piece of work takes here."""
    started = time.perf_counter()
    sum(number * number for number in range(2_000_000))
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "cores": os.cpu_count(),
        "gib": round(pages / 2**30, 1),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "probe_ms": round((time.perf_counter() - started) * 1000, 1),
    }


@contextmanager
def database_server() -> Iterator[PostgresServer]:
    """An embedded server with fsync on, migrated, removed afterwards."""
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="gonfalon-bench-")))
    server.folder.chmod(0o755)
    try:
        server.start()
        migrate(server.url())
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)


def table(rows: list[tuple[str, ...]]) -> None:
    """Prints rows in columns; the first is the head."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
