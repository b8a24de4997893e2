"""Decisions of the delivery room. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

import msgspec

from gonfalon.channels.contract import Blame, ChannelUnavailable, Outcome, Verdict
from gonfalon.delivery.model import MessageState, Trouble

RETRY_AFTER = (300.0, 1_800.0, 7_200.0, 21_600.0, 43_200.0, 86_400.0)
"""Seconds to wait after the first, second … deferral; after the last the message is given up."""

BATCH_SIZE = 500
"""Messages in one lease: a fraction of a second's work, so that senders share and a pause acts at once."""

LEASE_SECONDS = 60.0
"""How long a silent sender is believed to be alive."""


STALL_PATIENCE = 600.0
"""Seconds without an outcome, though messages are due, after which people are told."""

FEWER_THAN = 0.95
"""A send that reached less of what was planned is told to people: some always bounce."""

MOST_BOUNCES = 0.05
"""The share of dead addresses at which a send is held: mailbox providers give up on senders above it."""
LEAST_BOUNCES = 20
MOST_COMPLAINTS = 0.003
"""The share of complaints at which a send is held: Gmail and Yahoo filter who is above it."""
LEAST_COMPLAINTS = 5

BOUNCES_IN_A_ROW = 5
"""An address whose last messages all came back is suppressed, whatever the reason was: nobody reads there."""


def batch_size(per_hour: int | None) -> int:
    """Return messages in one batch: with a pace, about a minute's worth."""
    return BATCH_SIZE if per_hour is None else min(BATCH_SIZE, max(1, per_hour // 60))


class Record(msgspec.Struct, frozen=True):
    """An outcome as the ledger keeps it. delay: seconds until the next attempt, when deferred."""

    state: MessageState
    reason: str
    reply: str
    delay: float = 0.0
    suppress: bool = False


def record_of(outcome: Outcome, attempts: int) -> Record | None:
    """Return what to write for an outcome of a message tried `attempts` times before; None when it was not sent at
    all."""
    said = f"{outcome.code} " if outcome.code else ""
    status = f"{outcome.status} " if outcome.status and not outcome.detail.startswith(outcome.status) else ""
    reply = f"{said}{status}{outcome.detail}".strip()
    match outcome.verdict:
        case Verdict.ACCEPTED:
            return Record(MessageState.ACCEPTED, "", reply)
        case Verdict.UNKNOWN:
            return Record(MessageState.UNKNOWN, "connection_lost", reply)
        case Verdict.NOT_SENT | Verdict.THROTTLED:
            return None
        case Verdict.DEFERRED:
            if attempts < len(RETRY_AFTER):
                return Record(MessageState.DEFERRED, _reason(outcome), reply, RETRY_AFTER[attempts])
            return Record(MessageState.REJECTED, "gave_up", reply)
        case Verdict.REJECTED:
            gone = outcome.blame is Blame.RECIPIENT
            return Record(MessageState.REJECTED, _reason(outcome), reply, suppress=gone)


def put_off(attempts: int, why: str) -> Record:
    """Return what to write for a message that ended connections, or that failed here: later again, a few times."""
    if attempts < len(RETRY_AFTER):
        return Record(MessageState.DEFERRED, "provider", why, RETRY_AFTER[attempts])
    return Record(MessageState.REJECTED, "gave_up", why)


def trouble_connecting(problem: ChannelUnavailable) -> Trouble:
    """Return what kind of trouble it is that no connection could be made."""
    if problem.permanent:
        return Trouble.SETTINGS
    return Trouble.REFUSED if problem.code else Trouble.UNREACHABLE


def _reason(outcome: Outcome) -> str:
    reasons = {
        Blame.RECIPIENT: "hard_bounce",
        Blame.MAILBOX: "mailbox",
        Blame.POLICY: "policy",
        Blame.PROVIDER: "provider",
    }
    return reasons.get(outcome.blame or Blame.PROVIDER, "provider")


class Breaker:
    """Stops a workspace's sending when its provider fails, and tries again with single messages after a while.

    Counts the last `WINDOW` outcomes; opens when at least `LEAST` of them are in and more than half speak against the
    provider or the sender (not against a recipient), or after `STRAIGHT` connections in a row that could not be made.
    """

    WINDOW = 50
    LEAST = 20
    STRAIGHT = 3
    FIRST_PAUSE = 30.0
    LONGEST_PAUSE = 900.0

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        """How many times in a row it has opened without a success between."""
        self._recent: deque[bool] = deque(maxlen=self.WINDOW)
        self._straight = 0

    @property
    def probing(self) -> bool:
        """Whether it has been open and waits for the first success: one connection is enough."""
        return self.failures > 0

    @property
    def pause(self) -> float:
        """Seconds to stay open."""
        return float(min(self.LONGEST_PAUSE, self.FIRST_PAUSE * 2 ** (self.failures - 1)))

    def outcome(self, outcome: Outcome) -> bool:
        """Take an outcome into account; True when the breaker opens by it."""
        if outcome.verdict is Verdict.ACCEPTED:
            self.failures, self._straight = 0, 0
            self._recent.append(False)
            return False
        against = outcome.blame in (Blame.PROVIDER, Blame.POLICY)
        self._recent.append(against)
        if against and self.probing:
            return self._open()
        bad = sum(self._recent)
        return len(self._recent) >= self.LEAST and bad * 2 > len(self._recent) and self._open()

    def unreachable(self, permanent: bool = False) -> bool:
        """Note that no connection could be made; True when the breaker opens by it."""
        self._straight += 1
        return (permanent or self.probing or self._straight >= self.STRAIGHT) and self._open()

    def fruitless(self) -> bool:
        """Return a new connection ended before it took anything; True when the breaker opens by it.

        Even after a pause more than one has to: the first may be one message's doing.
        """
        self._straight += 1
        return self._straight >= self.STRAIGHT and self._open()

    def _open(self) -> bool:
        self.failures += 1
        self._straight = 0
        self._recent.clear()
        return True


class Mark(msgspec.Struct, frozen=True):
    """What a home remembers: the epoch of its database, the server it was on, and how far a lease's writes had come."""

    epoch: UUID
    system: str = ""
    timeline: int = 0
    lease: UUID | None = None
    tick: int = 0


class Database(msgspec.Struct, frozen=True):
    """The same as the database has it. epoch None: it never had one. ticks: of the leases it knows, by their mark."""

    epoch: UUID | None
    past: frozenset[UUID]
    system: str
    timeline: int
    ticks: dict[UUID, int]
    has_sent: bool


class Finding(StrEnum):
    """What the comparison says."""

    SAME = "same"
    BEHIND = "behind"
    OTHER_SERVER = "other_server"
    OTHER_DATABASE = "other_database"
    UNKNOWN_HOME = "unknown_home"


def judge(marks: Sequence[Mark], database: Database) -> Finding:
    """Return whether a database is the one that a home remembers, at least as far on.

    A mark of a past epoch says nothing: what began the newer one has held everything already.
    """
    if not marks:
        return Finding.UNKNOWN_HOME if database.has_sent and database.epoch is not None else Finding.SAME
    for mark in marks:
        if mark.epoch in database.past:
            continue
        if mark.epoch != database.epoch:
            return Finding.OTHER_DATABASE
        if mark.system and database.system and mark.system != database.system:
            return Finding.OTHER_SERVER
        if mark.timeline > database.timeline > 0:
            return Finding.BEHIND
        if mark.lease is not None and database.ticks.get(mark.lease, -1) < mark.tick:
            return Finding.BEHIND
    return Finding.SAME
