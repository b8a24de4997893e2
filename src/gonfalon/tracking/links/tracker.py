"""What a process needs to answer clicks and opens: keys, a cache of destinations, and the writer of hits."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from gonfalon.kit.services import Services
from gonfalon.tracking.group import GroupCommit
from gonfalon.tracking.links import store
from gonfalon.tracking.links.model import Hit
from gonfalon.tracking.links.tokens import Claim, Keys

_CACHED_SETS: Final = 4096
_BATCH: Final = 1000
_WAITING: Final = 20_000


class Tracker:
    """Answers with one database write a batch of hits; destinations are read once a process."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.keys = Keys.from_secrets(services.secrets)
        self.writer: GroupCommit[Hit, None] = GroupCommit(self._write, batch=_BATCH, waiting=_WAITING)
        self._sets: OrderedDict[tuple[int, int], dict[int, str]] = OrderedDict()

    async def destination(self, claim: Claim, number: int) -> str | None:
        """Return where a stored link leads; None when the set has no such number."""
        key = (claim.workspace, claim.link_set)
        found = self._sets.get(key)
        if found is None:
            async with self.services.db.reading() as connection:
                found = await store.destinations(connection, *key)
            if not found:
                return None  # not remembered: it may be stored a moment later
            self._sets[key] = found
            if len(self._sets) > _CACHED_SETS:
                self._sets.popitem(last=False)
        return found.get(number)

    async def _write(self, hits: Sequence[Hit]) -> list[None]:
        async with self.services.db.transaction() as connection:
            await store.append_hits(connection, hits)
        return [None] * len(hits)


@asynccontextmanager
async def tracker_resource(services: Services) -> AsyncIterator[Tracker]:
    """Return the process's tracker, for as long as the app runs."""
    tracker = Tracker(services)
    async with tracker.writer:
        services.put(Tracker, tracker)
        yield tracker
