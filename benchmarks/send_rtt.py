"""send-rtt: to a server that is 20 ms away over ten connections, beside a client that waits for every answer.

A message of ours costs one round trip, because the next one's commands travel with this one's body; the other client
makes five (MAIL, RCPT, DATA, the body, RSET), as simple clients do. Both send through a proxy that delays.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import cast

from benchmarks.common import Result, database_server, table
from benchmarks.send import SECRET, Round, gate, send_ours, senders, sink
from benchmarks.send_world import make_world

CONNECTIONS = 10
ROUND_TRIP = 0.020
SIZES = {"small": (1_000, 200, 2), "full": (20_000, 4_000, 5)}
"""Messages a round of ours, of the waiting client; rounds."""


def run(scale: str) -> Result:
    """The benchmark at a scale."""
    count, waiting_count, rounds = SIZES[scale]
    ours, waiting = Round(), Round()
    with database_server() as server, tempfile.TemporaryDirectory(prefix="gonfalon-bench-") as folder:
        url, home = server.url(), Path(folder)
        world = make_world(url, home, SECRET, count)
        with senders(url, home, 1) as running, sink() as behind, delayed(behind) as port:
            wrong = gate(url, home, world, 300, CONNECTIONS)
            if not wrong:
                # The gate's connections are kept for two seconds, and their settings with them.
                time.sleep(3)
                for turn in range(rounds):
                    turns: list[Callable[[], None]] = [
                        lambda: send_ours(url, running, world, port, count, ours, CONNECTIONS),
                        lambda: waiting.rate.append(send_waiting(port, waiting_count, world.mail_bytes)),
                    ]
                    for take_turn in turns if turn % 2 == 0 else reversed(turns):
                        take_turn()
    if wrong:
        return Result("send-rtt", 0.0, 4.5, "× a client of five round trips", wrong)
    fast, slow = statistics.median(ours.rate), statistics.median(waiting.rate)
    table(
        [
            ("", "messages/s"),
            (f"gonfalon, {count:,} a round", f"{fast:,.0f}"),
            (f"waits for every answer, {waiting_count:,} a round", f"{slow:,.0f}"),
            ("one round trip a message, nothing else", f"{CONNECTIONS / ROUND_TRIP:,.0f}"),
        ]
    )
    return Result(
        "send-rtt",
        fast / slow,
        4.5,
        "× a client of five round trips",
        more={
            "messages": count,
            "waiting_messages": waiting_count,
            "bytes": world.mail_bytes,
            "connections": CONNECTIONS,
            "round_trip_ms": ROUND_TRIP * 1000,
            "rounds": rounds,
            "ours_per_s": [round(rate) for rate in ours.rate],
            "waiting_per_s": [round(rate) for rate in waiting.rate],
        },
    )


@contextlib.contextmanager
def delayed(behind: int) -> Iterator[int]:
    """A port that leads to the port `behind`, half a round trip away in each direction."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(100)
        proxy = multiprocessing.get_context("fork").Process(target=_proxy, args=(listening, behind), daemon=True)
        proxy.start()
        try:
            yield listening.getsockname()[1]
        finally:
            proxy.terminate()
            proxy.join()


def _proxy(listening: socket.socket, behind: int) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Side(behind), sock=listening)
        await server.serve_forever()

    asyncio.run(serve())


class _Side(asyncio.Protocol):
    """One end of a proxied connection. `behind`: the port to connect to; None for the end that was connected."""

    def __init__(self, behind: int | None, other: _Side | None = None) -> None:
        self._behind = behind
        self._other = other
        self._transport: asyncio.Transport | None = None
        self._early: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        if self._behind is not None:
            self._other = _Side(None, self)
            loop = asyncio.get_running_loop()
            connecting = loop.create_connection(partial(_give, self._other), "127.0.0.1", self._behind)
            self._connecting = loop.create_task(connecting)
        for data in self._early:
            self.write(data)

    def data_received(self, data: bytes) -> None:
        assert self._other is not None
        asyncio.get_running_loop().call_later(ROUND_TRIP / 2, self._other.write, data)

    def connection_lost(self, exc: Exception | None) -> None:
        assert self._other is not None
        asyncio.get_running_loop().call_later(ROUND_TRIP / 2, self._other.close)

    def write(self, data: bytes) -> None:
        """Passes on what the other end received."""
        if self._transport is None:
            self._early.append(data)
        else:
            self._transport.write(data)

    def close(self) -> None:
        """The other end is gone."""
        if self._transport is not None:
            self._transport.close()


def _give(side: _Side) -> _Side:
    return side


def send_waiting(port: int, count: int, size: int) -> float:
    """Messages a second of a client that waits for the answer to everything it says."""
    line = b"x" * 76 + b"\r\n"
    body = line * (size // len(line)) + b".\r\n"

    async def converse(messages: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def ask(said: bytes) -> None:
            writer.write(said)
            while (await reader.readline())[3:4] == b"-":
                pass

        await ask(b"")
        await ask(b"EHLO localhost\r\n")
        for number in range(messages):
            await ask(b"MAIL FROM:<shop@shop.example>\r\n")
            await ask(b"RCPT TO:<p%d@w.example>\r\n" % number)
            await ask(b"DATA\r\n")
            await ask(body)
            await ask(b"RSET\r\n")
        writer.close()

    async def everybody() -> None:
        await asyncio.gather(*(converse(count // CONNECTIONS) for _ in range(CONNECTIONS)))

    started = time.perf_counter()
    asyncio.run(everybody())
    return count / (time.perf_counter() - started)
