"""A sender's line to the ledger: leases, loads, ticks. Survives a database that goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from psycopg.rows import namedtuple_row, tuple_row
from psycopg.types.json import set_json_loads

from gonfalon.delivery.rules import LEASE_SECONDS, Record
from gonfalon.kit.db import plain_url
from gonfalon.kit.log import log
from gonfalon.kit.sql import statement

_ROOM = "gonfalon.delivery"
_AWAY = (psycopg.OperationalError, psycopg.InterfaceError)
_KEEPALIVE: dict[str, Any] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""A server that vanished without a word is noticed, or a tick would wait for it for hours."""
_PATIENCE = (0.05, 0.2, 0.5, 1.0, 2.0)


class Fenced(Exception):
    """Another sender has taken over: nothing this one still holds may be sent."""


Way = tuple[int, str]
"""A workspace's way out: its id and the channel."""


@dataclass(frozen=True, slots=True)
class LeasedBatch:
    """A batch that is ours now. composed_at is the Date of its mails.

    tries: how many leases it has had, this one included, since a sender last gave it back or ended one of its messages.
    """

    id: int
    workspace_id: int
    channel: str
    dispatch_id: UUID
    composed_at: datetime
    tries: int


class Ended(msgspec.Struct, frozen=True, gc=False):
    """The outcome of one message, as record_tick takes it.

    delay: seconds until a deferred message is due again. hash: of an address to suppress, in hexadecimal.
    """

    id: int
    state: str
    reason: str = ""
    reply: str = ""
    delay: float = 0.0
    hash: str | None = None

    @property
    def rest(self) -> bool:
        """Whether more than the message's own row has to be written."""
        return self.hash is not None or self.state == "deferred"

    @classmethod
    def of(cls, message_id: int, record: Record, address_hash: bytes | None = None) -> Ended:
        """Return the outcome `record` of a message. address_hash: of an address to suppress, else None."""
        return cls(
            message_id,
            record.state.value,
            record.reason,
            record.reply.replace("\0", ""),
            record.delay,
            address_hash.hex() if address_hash else None,
        )


class Ledger:
    """One sender process's access to the ledger. `lease` is its fencing number.

    Every call waits for the database when it is away and goes on when it is back. Two connections: one for the ticks
    alone, so that a commit never queues behind a load.
    """

    def __init__(self, url: str, worker: str) -> None:
        self._url = plain_url(url)
        self._worker = worker
        self._links: dict[str, psycopg.AsyncConnection[Any]] = {}
        self._lock = asyncio.Lock()
        self._waits = 0
        self.ticks = 0
        """How many writes the database has answered."""
        self.mark = UUID(int=0)
        self._unsure = False
        self.lease = 0

    async def enter(self) -> int:
        """Take over from an earlier life of this worker and from the dead, then register; returns messages in doubt."""
        doubtful = await self.recover(self._worker)
        rows = await self._run(
            "work",
            "insert into sender_leases (worker, until) values (%(worker)s, now() + make_interval(secs => %(ttl)s)) "
            "returning id, mark",
            {"worker": self._worker, "ttl": LEASE_SECONDS},
        )
        self.lease, self.mark = rows[0]
        self.ticks = 0
        return doubtful

    async def recover(self, worker: str = "") -> int:
        """Take over from senders that are gone; returns how many messages became unknown."""
        rows = await self._run("work", bare_statement("recover_senders"), {"worker": worker, "ttl": LEASE_SECONDS})
        if rows[0][0]:
            log.info("sender_recovered", senders=rows[0][0], unknown=rows[0][1])
        return int(rows[0][1])

    async def leave(self) -> None:
        """Give back what is leased and unregister; call only when nothing is in flight."""
        await self._run(
            "work",
            "with gone as (delete from sender_leases where id = %(lease)s returning mark, tick) "
            "insert into past_leases (mark, tick) select mark, tick from gone",
            {"lease": self.lease},
        )
        await self.close()

    async def close(self) -> None:
        """Close the connections; the lease stays and runs out."""
        for link in self._links.values():
            await link.close()
        self._links.clear()

    async def take(self, full: Collection[Way], known: Collection[int]) -> LeasedBatch | None:
        """Lease the next batch whose way is not in `full`; None when nothing is due.

        known: the batches in hand. Others that are ours were leased in a commit whose answer was lost; they go back.
        """
        if self._unsure:
            await self._run(
                "work",
                "update send_batches set lease = null where lease = %(lease)s and id <> all (%(known)s::bigint[])",
                {"lease": self.lease, "known": _array(known)},
            )
            self._unsure = False
        self._unsure = True
        rows = await self._once(
            "work",
            bare_statement("lease_batch"),
            {
                "lease": self.lease,
                "full": ",".join(f"{workspace} {channel}" for workspace, channel in full),
                "alone": not known,
            },
        )
        if rows is None:
            return None
        self._unsure = False
        return LeasedBatch(*rows[0]) if rows else None

    async def load(self, batch: LeasedBatch) -> Sequence[Any]:
        """Return the batch's waiting messages: id, person_id, address, attempts and the person's columns."""
        return await self._run(
            "work",
            bare_statement("load_batch"),
            {"batch_id": batch.id, "lease": self.lease},
            named=True,
        )

    async def release(self, batches: Collection[int], delay: float = 0.0) -> None:
        """Give batches back; due again after `delay` seconds."""
        await self._run(
            "work",
            bare_statement("release_batches"),
            {"batches": _array(batches), "lease": self.lease, "delay": delay},
        )

    async def finish_dispatches(self) -> None:
        """Mark dispatches finished that have nothing left to send."""
        await self._run("work", bare_statement("finish_dispatches"), {})

    async def note_progress(self, dispatch_ids: Collection[UUID]) -> None:
        """Write down that messages of these dispatches got their outcome just now."""
        if dispatch_ids:
            await self._run(
                "work",
                "update dispatches set progressed_at = now() where id = any (%(ids)s)",
                {"ids": list(dispatch_ids)},
            )

    async def note_stall(self, workspace_id: int, batches: int) -> None:
        """Write down that a lane stood still and is remade; `gonfalon doctor` counts them."""
        await self._run(
            "work",
            "insert into lane_stalls (workspace_id, worker, batches) values (%(workspace)s, %(worker)s, %(batches)s)",
            {"workspace": workspace_id, "worker": self._worker, "batches": batches},
        )

    async def hold_dispatch(self, dispatch_id: UUID, reason: str, detail: str) -> None:
        """Stop a dispatch that can't be sent as it is, until a person looks. reason: a code; detail: a sentence."""
        await self._run(
            "work",
            "update dispatches set state = 'held', state_reason = %(reason)s, state_detail = %(detail)s, "
            "state_at = now() where id = %(id)s and state = 'running'",
            {"id": dispatch_id, "reason": reason, "detail": detail},
        )

    async def failures(self, workspace_id: int, channel: str) -> int:
        """Return how many times in a row the workspace's breaker has opened."""
        rows = await self._run(
            "work",
            "select failures from breakers where workspace_id = %(workspace)s and channel = %(channel)s",
            {"workspace": workspace_id, "channel": channel},
        )
        return int(rows[0][0]) if rows else 0

    async def open_breaker(
        self, workspace_id: int, channel: str, pause: float, failures: int, trouble: str = "", reason: str = ""
    ) -> None:
        """Stop leasing for a workspace's channel for `pause` seconds; 0 closes the breaker. trouble: of `Trouble`."""
        await self._run(
            "work",
            "insert into breakers (workspace_id, channel, open_until, code, reason, failures, since, updated_at) "
            "values (%(workspace)s, %(channel)s, now() + make_interval(secs => %(pause)s), %(code)s, %(reason)s, "
            "%(failures)s, now(), now()) "
            "on conflict (workspace_id, channel) do update set open_until = excluded.open_until, "
            "since = case when breakers.failures = 0 then now() else breakers.since end, "
            "code = excluded.code, reason = excluded.reason, failures = excluded.failures, updated_at = now()",
            {
                "workspace": workspace_id,
                "channel": channel,
                "pause": pause,
                "code": trouble,
                "reason": reason[:500],
                "failures": failures,
            },
        )

    async def tick(
        self, ended: Sequence[Ended], wanted: Collection[int], open_ids: Collection[int], finished: Collection[int]
    ) -> dict[int, str]:
        """Write outcomes and intents in one commit, and renew the lease. Raises Fenced.

        open_ids: intents recorded before whose outcome is not in `ended`. finished: batches that are done.
        Returns why intents were refused, by message: `gone`, `held` or the reason to withhold it with. All others are
        recorded.
        """
        number = self.ticks + 1
        params = {
            "lease": self.lease,
            "tick": number,
            "ttl": LEASE_SECONDS,
            "wanted": _array(wanted),
            "open": _array(open_ids),
            "ended": msgspec.json.encode(ended).decode(),
        }
        more = [outcome for outcome in ended if outcome.rest]
        rest = None
        if more or finished:
            rest = {
                "lease": self.lease,
                "finished": _array(finished),
                "ended": msgspec.json.encode(more).decode(),
            }
        waits = 0
        while True:
            try:
                link = await self._link("tick")
                refused = await self._ticked(link, number, wanted) if waits else None
                if refused is None:
                    refused = await self._write_tick(link, params, rest)
            except (*_AWAY, psycopg.errors.DeadlockDetected) as problem:
                await self._pause("tick", waits, problem)
                waits += 1
                continue
            self.ticks = number
            return refused

    async def _write_tick(
        self, link: psycopg.AsyncConnection[Any], params: dict[str, Any], rest: dict[str, Any] | None
    ) -> dict[int, str]:
        text = bare_statement("record_tick")
        if rest is None:
            answer = await (await link.execute(text, params)).fetchone()
        else:
            async with link.transaction():
                answer = await (await link.execute(text, params)).fetchone()
                await link.execute(bare_statement("record_rest"), rest)
        assert answer is not None
        alive, refused = answer
        if not alive:
            raise Fenced
        return {int(message_id): reason for message_id, reason in refused.items()} if refused else {}

    async def _ticked(
        self, link: psycopg.AsyncConnection[Any], number: int, wanted: Collection[int]
    ) -> dict[int, str] | None:
        """Return what the tick decided if it was committed before its answer was lost, else None. Raises Fenced."""
        row = await (
            await link.execute("select tick, in_doubt from sender_leases where id = %(lease)s", {"lease": self.lease})
        ).fetchone()
        if row is None:
            raise Fenced
        if row[0] != number:
            return None
        # Why the others were refused is lost; held is safe, they are asked again later.
        return dict.fromkeys(set(wanted) - set(row[1]), "held")

    async def _run(self, name: str, text: str, params: dict[str, Any], *, named: bool = False) -> list[Any]:
        """Execute and fetch, again and again until the database answers."""
        rows = None
        while rows is None:
            rows = await self._once(name, text, params, named=named)
        return rows

    async def _once(self, name: str, text: str, params: dict[str, Any], *, named: bool = False) -> list[Any] | None:
        """Execute and fetch; None, after a pause, when the connection broke and nobody knows whether it was done."""
        async with self._lock:
            try:
                link = await self._link(name)
                async with link.cursor(row_factory=namedtuple_row if named else tuple_row) as cursor:
                    await cursor.execute(text, params)
                    rows = await cursor.fetchall() if cursor.description else []
            except (*_AWAY, psycopg.errors.DeadlockDetected) as problem:
                await self._pause(name, self._waits, problem)
                self._waits += 1
                return None
            self._waits = 0
            return rows

    async def _link(self, name: str) -> psycopg.AsyncConnection[Any]:
        link = self._links.get(name)
        if link is None or link.closed:
            link = await psycopg.AsyncConnection.connect(
                self._url, autocommit=True, connect_timeout=10, prepare_threshold=3, **_KEEPALIVE
            )
            set_json_loads(msgspec.json.decode, link)
            # The statements are planned once: planning a tick takes longer than running it.
            await link.execute("set plan_cache_mode = force_generic_plan")
            await link.execute("set jit = off")
            self._links[name] = link
        return link

    async def _pause(self, name: str, waits: int, problem: Exception) -> None:
        if waits == 0:
            log.warning("sender_waits_for_database", connection=name, problem=str(problem).strip())
        link = self._links.pop(name, None)
        if link is not None:
            await link.close()
        await asyncio.sleep(_PATIENCE[min(waits, len(_PATIENCE) - 1)])


@cache
def bare_statement(name: str) -> str:
    """Return a statement without its comments: psycopg remembers how to send it only up to 4,096 characters."""
    lines = (line.strip() for line in statement(_ROOM, name).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("--"))


def _array(numbers: Collection[int]) -> str:
    # As text: one type whatever the numbers are, so one prepared statement, and cheaper than a list of ints.
    return "{" + ",".join(map(str, numbers)) + "}"
