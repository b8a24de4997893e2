"""The small parts a program is made of; see `fast.py`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from gonfalon.content.render import limits
from gonfalon.content.render.expressions import Scope

Out = Callable[[Any], None]
Run = Callable[[Scope, Out], None]

RUN: Final = object()
"""The key of the `State` in a scope; not a string, so no template can name it."""

ABSENT: Final = object()


class State:
    """What a rendering carries besides its variables."""

    __slots__ = ("budget", "gaps", "urls")

    def __init__(self, urls: Any) -> None:
        self.urls = urls
        self.gaps: list[str] = []
        self.budget = limits.Budget()


def nowhere(piece: Any) -> None:
    """Swallow a piece."""
    return None


def restore(scope: Scope, name: str, value: Any) -> None:
    """Give a name back the value it had outside the loop."""
    if value is ABSENT:
        scope.pop(name, None)
    else:
        scope[name] = value
