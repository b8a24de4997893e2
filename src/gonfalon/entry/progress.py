"""Progress bars of long work: on standard error, for people who look at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

Show = Callable[[str, float, float | None], None]
"""Told what is done, how much of it, and of how much (None: nobody knows)."""


def unseen(words: str, done: float, total: float | None) -> None:
    """Show nothing."""


@contextmanager
def bar(console: Console, shown: bool) -> Iterator[Show]:
    """Return a bar for the work in the block; it is gone at the end. Shows nothing where nobody looks at a terminal."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not shown, transient=True) as progress:
        task = progress.add_task("", total=None)

        def show(words: str, done: float, total: float | None) -> None:
            progress.update(task, description=words, completed=done, total=total)

        yield show
