"""Use several relays at once: which one the next connection goes to, how fast, and what happens when one fails.

A pool belongs to one lane of one sender process, and so do its counts: rates are shares of that process.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gonfalon.channels.contract import Blame, ChannelUnavailable, Connection, Envelope, Outcome, Verdict
from gonfalon.kit.domains import BadDomain, ascii_domain

FIRST_PAUSE = 30.0
LONGEST_PAUSE = 900.0
BAD_IN_A_ROW = 5
"""Refusals for who sends or by what is broken, one after the other, after which others carry on."""
_SHORT = 1.0
"""Seconds that a connection waits for its turn; a message whose turn is later lets others go first."""


class Way(Protocol):
    """What a relay's connections are made by."""

    async def connect(self) -> Connection:
        """Return a connection ready for messages. Raises ChannelUnavailable."""
        ...


@dataclass(slots=True)
class Turns:
    """Turns that come at an even pace. every: seconds between two."""

    every: float
    following: float = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until the next turn."""
        return max(0.0, self.following - now)

    def take(self, now: float) -> None:
        """Take the next turn."""
        self.following = max(now, self.following) + self.every


@dataclass(slots=True)
class Relay:
    """A relay as this process uses it. down_until: nothing is brought to it before that moment of the loop's clock."""

    name: str
    way: Way
    weight: int = 1
    connections: int = 20
    turns: Turns | None = None
    open: int = 0
    bad: int = 0
    failures: int = 0
    down_until: float = 0.0

    def fails(self, now: float) -> None:
        """Note that it fails: it is left alone for a while, longer each time."""
        self.failures += 1
        self.bad = 0
        self.down_until = now + float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (self.failures - 1)))

    def works(self) -> None:
        """Note that it took a message."""
        self.bad = self.failures = 0
        self.down_until = 0.0


@dataclass(slots=True)
class Pool:
    """The relays of a workspace. domains: turns for receivers' domains that are written to slowly."""

    relays: Sequence[Relay]
    domains: Mapping[str, Turns] = field(default_factory=dict)

    @property
    def connections(self) -> int:
        """How many connections all of them take at once."""
        return sum(relay.connections for relay in self.relays)

    async def connect(self) -> Connection:
        """Return a connection to the relay that has the fewest for its weight, to another where that one fails.

        Raises ChannelUnavailable, of the last one, when none can be connected to.
        """
        problems: list[ChannelUnavailable] = []
        if all(relay.open >= relay.connections for relay in self.relays if relay.down_until <= _now()) and any(
            relay.open for relay in self.relays
        ):
            raise ChannelUnavailable("All connections that the servers take are in use.", code=421)
        for relay in self._in_order():
            relay.open += 1
            try:
                return PooledConnection(self, relay, await relay.way.connect())
            except ChannelUnavailable as problem:
                relay.open -= 1
                # A server that takes no more connections is not down while it keeps others of ours.
                if not relay.open or problem.permanent:
                    relay.fails(_now())
                problems.append(problem)
            except BaseException:
                relay.open -= 1
                raise
        passing = next((problem for problem in problems if not problem.permanent), None)
        raise passing or problems[0]

    def others_work(self, relay: Relay) -> bool:
        """Return whether another relay can take over."""
        return any(other is not relay and other.down_until <= _now() for other in self.relays)

    def _in_order(self) -> list[Relay]:
        """The relays to try: those that work by their load; when all are down, the one that comes back first."""
        now = _now()
        able = [relay for relay in self.relays if relay.down_until <= now and relay.open < relay.connections]
        able.sort(key=lambda relay: (relay.open + 1) / relay.weight)
        return able or [min(self.relays, key=lambda relay: relay.down_until)]


class PooledConnection:
    """A relay's connection that keeps its pace. Implements channels.contract.Connection."""

    def __init__(self, pool: Pool, relay: Relay, line: Connection) -> None:
        self._pool = pool
        self._relay = relay
        self._line = line
        self._envelope: Envelope | None = None
        self._announced = False
        self._over = False
        self._left = False

    @property
    def usable(self) -> bool:
        """Whether another message can be offered."""
        return self._line.usable and not self._over

    def offer(self, envelope: Envelope) -> None:
        """Announce the next message, when its turn has come."""
        self._envelope, self._announced = envelope, False
        if not self._paces(envelope):
            self._announce()

    async def offered(self) -> Outcome | None:
        """Return None when the body may follow. THROTTLED: the turn of its receiver's domain comes later."""
        if self._over:
            self.withdraw()
            return Outcome(Verdict.NOT_SENT, detail=f"{self._relay.name} is left alone.", blame=Blame.PROVIDER)
        if self._envelope is not None and not self._announced:
            for turns in self._paces(self._envelope):
                wait = turns.wait(_now())
                if wait <= _SHORT:
                    turns.take(_now())
                await asyncio.sleep(min(wait, _SHORT))
                if wait > _SHORT:
                    return Outcome(Verdict.THROTTLED, detail="It waits for its turn.")
            self._announce()
        return self._judged(await self._line.offered())

    async def deliver(self, payload: Sequence[bytes], following: Envelope | None = None) -> Outcome:
        """Hand over the offered message and wait for the answer."""
        paced = following is not None and bool(self._paces(following))
        self._envelope, self._announced = following, following is not None and not paced
        outcome = await self._line.deliver(payload, None if paced else following)
        self._judged(outcome)
        return outcome

    def withdraw(self) -> None:
        """Take back what was offered and not delivered."""
        if self._announced:
            self._line.withdraw()
        self._envelope, self._announced = None, False

    async def close(self) -> None:
        """End the conversation politely; never raises."""
        if not self._left:
            self._left = True
            self._relay.open -= 1
        await self._line.close()

    def _announce(self) -> None:
        if self._envelope is not None:
            self._announced = True
            self._line.offer(self._envelope)

    def _paces(self, envelope: Envelope) -> list[Turns]:
        try:
            domain = self._pool.domains.get(ascii_domain(envelope.recipient.rpartition("@")[2]))
        except BadDomain:
            domain = None
        return [turns for turns in (domain, self._relay.turns) if turns is not None]

    def _judged(self, outcome: Outcome | None) -> Outcome | None:
        """Leave a relay that refuses everything, where another can take over."""
        if outcome is None or outcome.verdict is Verdict.THROTTLED:
            return outcome
        relay = self._relay
        if outcome.verdict is Verdict.ACCEPTED:
            relay.works()
        elif outcome.blame in (Blame.POLICY, Blame.PROVIDER):
            relay.bad += 1
            if relay.bad >= BAD_IN_A_ROW and self._pool.others_work(relay):
                relay.fails(_now())
        if relay.down_until > _now():
            self._over = True
        return outcome


def _now() -> float:
    return asyncio.get_running_loop().time()
