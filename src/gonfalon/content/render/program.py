"""The small parts a program is made of; see `fast.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from liquid.exceptions import BreakLoop, ContinueLoop

from gonfalon.content.render import limits
from gonfalon.content.render.expressions import Scope

Out = Callable[[Any], None]
Run = Callable[[Scope, Out], None]

RUN: Final = object()
"""The key of the `State` in a scope; not a string, so no template can name it."""

ABSENT: Final = object()


class State:
    """What a rendering carries besides its variables."""

    __slots__ = ("budget", "click", "click_by", "gaps", "urls")

    def __init__(self, urls: Any) -> None:
        self.urls = urls
        self.gaps: list[str] = []
        self.budget = limits.Budget()
        self.click: Any = None
        self.click_by: Any = None
        """The encoded beginning of tracked links, and the encoding it is in."""


def sequence(runs: list[Run]) -> Run:
    """Several steps as one."""
    if len(runs) == 1:
        return runs[0]
    steps = tuple(runs)

    def run(scope: Scope, out: Out) -> None:
        for step in steps:
            step(scope, out)

    return run


def silent(runs: list[Run]) -> Run:
    """Steps that may assign but print nothing."""
    steps = tuple(runs)

    def run(scope: Scope, out: Out) -> None:
        for step in steps:
            step(scope, nowhere)

    return run


def write(piece: Any) -> Run:
    """A piece that is the same for everybody."""

    def run(scope: Scope, out: Out) -> None:
        out(piece)

    return run


def nowhere(piece: Any) -> None:
    """Swallows a piece."""
    return None


def break_loop(scope: Scope, out: Out) -> None:
    """`break`."""
    raise BreakLoop("break")


def continue_loop(scope: Scope, out: Out) -> None:
    """`continue`."""
    raise ContinueLoop("continue")


def restore(scope: Scope, name: str, value: Any) -> None:
    """Gives a name back the value it had outside the loop."""
    if value is ABSENT:
        scope.pop(name, None)
    else:
        scope[name] = value
