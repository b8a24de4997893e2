"""What a room brings to the processes, said in one place, so that nobody has to know every room."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter

if TYPE_CHECKING:
    from gonfalon.kit.services import Services


@dataclass(frozen=True, slots=True)
class Room:
    """A room (or a noun of planning) as the processes see it.

    api: routes below /api/v1. public: routes at the root. jobs: modules whose import registers background tasks.
    resources: what the app opens at its start and closes at its end. offers: values of the kinds that rooms below
    declare in their `offers.py`; whoever declared a kind asks `Services.offered` for it and need not know who offers.
    """

    name: str
    api: tuple[APIRouter, ...] = ()
    public: tuple[APIRouter, ...] = ()
    jobs: tuple[str, ...] = ()
    resources: tuple[Callable[[Services], AbstractAsyncContextManager[Any]], ...] = ()
    offers: tuple[object, ...] = ()
