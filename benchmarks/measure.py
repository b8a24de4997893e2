"""Measuring two or more things side by side on a noisy machine."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int = 5) -> dict[str, list[float]]:
    """Seconds of every run: each round goes through the tasks forth and back (A B B A)."""
    found: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name in (*tasks, *reversed(list(tasks))):
            began = time.perf_counter()
            tasks[name]()
            found[name].append(time.perf_counter() - began)
    return found


def median(seconds: list[float]) -> float:
    """The middle one."""
    return statistics.median(seconds)


def percentile(seconds: list[float], share: float) -> float:
    """The smallest value that at least this share of the runs does not exceed."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, max(0, -(-int(share * 1000) * len(ordered) // 1000) - 1))]
