"""What a process needs to take events in: the writer that commits groups, and contexts of API keys."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

from sqlalchemy.exc import DBAPIError

from gonfalon.accounts.auth import key_context
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Workspace
from gonfalon.kit.errors import Invalid, TooMany, Unavailable
from gonfalon.kit.secrets import digest
from gonfalon.kit.services import Services
from gonfalon.tracking.collector import store
from gonfalon.tracking.collector.model import CollectResult, ParsedMessage, Refused
from gonfalon.tracking.collector.rules import Heard
from gonfalon.tracking.group import GroupCommit
from gonfalon.tracking.live.journal import Journal

KEY_SECONDS: Final = 5.0
"""For how long an API key is believed without asking again: a revoked one stops within this time."""
WAITING: Final = 50_000
"""Messages of one workspace that may wait to be written; the others' come through whatever one sends."""
_KEYS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Request:
    """The messages of one HTTP request."""

    workspace: Workspace
    messages: tuple[ParsedMessage, ...]


class Intake:
    """Commits the messages of many requests together; each request learns its own outcome."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.writer: GroupCommit[Request, CollectResult | Invalid] = GroupCommit(self._write, batch=500, waiting=20_000)
        self.journal = Journal(services)
        self._waiting: Counter[int] = Counter()
        self._contexts: dict[bytes, tuple[float, Context]] = {}

    async def context(self, key: str) -> Context:
        """Return who a key is; raises Unauthenticated."""
        hashed = digest(key)
        known = self._contexts.get(hashed)
        now = monotonic()
        if known is not None and known[0] > now:
            return known[1]
        self._contexts.pop(hashed, None)
        found = await key_context(self.services, key)
        if len(self._contexts) >= _KEYS:
            self._contexts.clear()
        self._contexts[hashed] = (now + KEY_SECONDS, found)
        return found

    async def keep(self, ctx: Context, heard: Heard) -> CollectResult:
        """Return when the messages that could be understood are durable, with what became of each by its place.

        Raises TooMany where more waits than can be written soon, and Invalid for values the database refuses.
        """
        places = list(heard.messages)
        if not places:
            self.journal.note(ctx, heard, CollectResult(0, 0))
            return CollectResult(0, 0)
        workspace_id = ctx.workspace.id
        if self._waiting[workspace_id] + len(places) > WAITING:
            raise _many()
        self._waiting[workspace_id] += len(places)
        try:
            outcome = await self.writer.put(Request(ctx.workspace, tuple(heard.messages.values())))
        except Unavailable as error:  # Segment's libraries wait as long as they are told by 429
            raise _many() from error
        finally:
            self._waiting[workspace_id] -= len(places)
            if not self._waiting[workspace_id]:
                del self._waiting[workspace_id]
        if isinstance(outcome, Invalid):
            self.journal.note_refused(ctx, heard, outcome)
            raise outcome
        placed = replace(
            outcome,
            refused=tuple((places[place], each) for place, each in outcome.refused),
            twice=frozenset(places[place] for place in outcome.twice),
        )
        self.journal.note(ctx, heard, placed)
        return placed

    async def _write(self, requests: Sequence[Request]) -> list[CollectResult | Invalid]:
        try:
            return list(await self._together(requests))
        except DBAPIError:
            if len(requests) == 1:
                return [_refused()]
        # One request holds something the database refuses: the others must not suffer for it.
        outcomes: list[CollectResult | Invalid] = []
        for request in requests:
            try:
                outcomes += await self._together([request])
            except DBAPIError:
                outcomes.append(_refused())
        return outcomes

    async def _together(self, requests: Sequence[Request]) -> list[CollectResult]:
        outcomes: list[CollectResult | None] = [None] * len(requests)
        async with self.services.db.transaction() as connection:
            # Sorted, so that two processes wait for each other in one order.
            for workspace_id in sorted({request.workspace.id for request in requests}):
                mine = [number for number, request in enumerate(requests) if request.workspace.id == workspace_id]
                messages = [each for number in mine for each in requests[number].messages]
                workspace = requests[mine[0]].workspace
                became = iter(await store.keep(connection, self.services, workspace, messages))
                for number in mine:
                    outcomes[number] = _kept([next(became) for _ in requests[number].messages])
        return [outcome for outcome in outcomes if outcome is not None]


def _kept(outcomes: Sequence[bool | Refused]) -> CollectResult:
    refused = tuple((place, each) for place, each in enumerate(outcomes) if isinstance(each, Refused))
    twice = frozenset(place for place, each in enumerate(outcomes) if each is False)
    return CollectResult(len(outcomes) - len(twice) - len(refused), len(twice), refused, twice)


def _many() -> TooMany:
    return TooMany("events_waiting", "More events are arriving than can be kept; send them again later.", 2)


def _refused() -> Invalid:
    return Invalid("event_refused", "The database cannot keep these values; look for damaged text or huge numbers.")


@asynccontextmanager
async def intake_resource(services: Services) -> AsyncIterator[Intake]:
    """Return the process's intake, for as long as the app runs."""
    intake = Intake(services)
    async with intake.journal, intake.writer:
        services.put(Intake, intake)
        yield intake
