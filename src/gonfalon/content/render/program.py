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


def sequence(parts: list[Any]) -> Run:
    """Several parts as one: steps, and pieces that are the same for everybody. A pair of both is one turn of a loop."""
    pairs: list[tuple[Any, Run]] = []
    piece: Any = None
    for part in parts:
        if callable(part):
            pairs.append((piece, part))
            piece = None
        else:
            piece = part if piece is None else piece + part
    last = piece

    def run(scope: Scope, out: Out) -> None:
        for piece, step in pairs:
            if piece is not None:
                out(piece)
            step(scope, out)
        if last is not None:
            out(last)

    return pairs[0][1] if len(parts) == 1 and pairs else run


def silent(runs: list[Run]) -> Run:
    """Steps that may assign but print nothing."""
    steps = tuple(runs)

    def run(scope: Scope, out: Out) -> None:
        for step in steps:
            step(scope, nowhere)

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
