"""A mail server for tests, written apart from ours: it counts what it took and misbehaves on request."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field

Behaviour = Callable[[str, str], "bytes | str | None"]
"""(stage, recipient) → a reply to give instead, "close", "reset", "hang", or None for good manners.

Stages: connect, ehlo, mail, rcpt, data, body (the answer to the final dot), after (once that was answered).
"""


@dataclass
class FakeSmtp:
    """`accepted`: recipients of mails answered with 250, in order. `doubtful`: taken whole, never answered.

    `senders` and `sizes`: of MAIL, in order.
    """

    behaviour: Behaviour = lambda stage, recipient: None
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME", "SIZE 30000000", "ENHANCEDSTATUSCODES")
    accepted: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    keep_raw: bool = False
    connections: int = 0
    most_connections: int = 0
    commands: list[str] = field(default_factory=list)
    tls: object = None
    implicit_tls: object = None
    port: int = 0
    _server: asyncio.Server | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self, port: int = 0) -> int:
        self._server = await asyncio.start_server(
            self._serve, "127.0.0.1", port, limit=4 * 1024 * 1024, ssl=self.implicit_tls
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self.port

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def __aenter__(self) -> FakeSmtp:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.most_connections = max(self.most_connections, self.connections)
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            with contextlib.suppress(
                ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError
            ):
                await self._talk(reader, writer)
        finally:
            self.connections -= 1
            self._tasks.discard(task)
            writer.transport.abort()

    async def _answer(self, writer: asyncio.StreamWriter, stage: str, recipient: str, usual: bytes) -> bytes | None:
        """Gives the reply and returns it; None when the conversation is over."""
        wish = self.behaviour(stage, recipient)
        if wish == "hang":
            await asyncio.Event().wait()
        if wish == "reset":
            writer.transport.abort()
            return None
        if wish == "close":
            writer.close()
            return None
        reply = wish if isinstance(wish, bytes) else usual
        writer.write(reply)
        return reply

    async def _talk(  # noqa: PLR0911, PLR0912, PLR0915 - a conversation reads best in one piece
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if await self._answer(writer, "connect", "", b"220 fake ESMTP\r\n") is None:
            return
        sender: str | None = None
        recipient = ""
        ready = False
        while True:
            line = await reader.readuntil(b"\r\n")
            text = line.decode("utf-8", "replace").strip()
            verb = text[:4].upper()
            if verb not in ("MAIL", "RCPT", "DATA"):
                self.commands.append(text)
            if verb == "EHLO":
                lines = ["fake", *self.extensions]
                usual = "".join(f"250{'-' if i < len(lines) - 1 else ' '}{x}\r\n" for i, x in enumerate(lines))
                if await self._answer(writer, "ehlo", "", usual.encode()) is None:
                    return
            elif verb == "MAIL":
                reply = await self._answer(
                    writer, "mail", "", b"250 2.1.0 ok\r\n" if sender is None else b"503 nested\r\n"
                )
                if reply is None:
                    return
                if reply.startswith(b"2"):
                    sender, ready = text, False
                    self.senders.append(re.search("<(.*?)>", text).group(1))  # type: ignore[union-attr]
                    said = re.search(" SIZE=([0-9]+)", text)
                    self.sizes.append(int(said.group(1)) if said else 0)
                if reply.startswith(b"421"):
                    return
            elif verb == "RCPT":
                recipient = re.search("<(.*?)>", text).group(1)  # type: ignore[union-attr]
                usual_reply = b"250 2.1.5 ok\r\n" if sender is not None else b"503 no MAIL\r\n"
                reply = await self._answer(writer, "rcpt", recipient, usual_reply)
                if reply is None:
                    return
                ready = reply.startswith(b"2")
                if reply.startswith(b"421"):
                    return
            elif verb == "DATA":
                reply = await self._answer(
                    writer, "data", recipient, b"354 go\r\n" if ready else b"554 5.5.1 no valid recipients\r\n"
                )
                if reply is None:
                    return
                if reply.startswith(b"354") and not await self._body(reader, writer, recipient if ready else ""):
                    return
                if not reply.startswith(b"354"):
                    continue
                sender, ready = None, False
            elif verb == "QUIT":
                writer.write(b"221 bye\r\n")
                await writer.drain()
                return
            elif verb == "RSET":
                sender, ready = None, False
                writer.write(b"250 ok\r\n")
            elif verb == "STAR":
                writer.write(b"220 go\r\n")
                await writer.drain()
                await writer.start_tls(self.tls)  # type: ignore[arg-type]
            elif verb == "AUTH":
                usual_auth = b"334 \r\n" if text.upper() == "AUTH LOGIN" else b"235 ok\r\n"
                if await self._answer(writer, "auth", text, usual_auth) is None:
                    return
                if usual_auth.startswith(b"334"):
                    self.commands.append((await reader.readuntil(b"\r\n")).decode().strip())
                    writer.write(b"334 \r\n")
                    self.commands.append((await reader.readuntil(b"\r\n")).decode().strip())
                    writer.write(b"235 ok\r\n")
            else:
                writer.write(b"500 what?\r\n")

    async def _body(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, recipient: str) -> bool:
        start = await reader.readexactly(3)
        body = start if start == b".\r\n" else start + await reader.readuntil(b"\r\n.\r\n")
        if not recipient:
            writer.write(b"554 5.5.1 no valid recipients\r\n")
            return True
        self.doubtful.append(recipient)
        reply = await self._answer(writer, "body", recipient, b"250 2.0.0 queued\r\n")
        if reply is None:
            return False
        self.doubtful.remove(recipient)
        if reply.startswith(b"2"):
            self.accepted.append(recipient)
            if self.keep_raw:
                self.raw.append(body)
        if reply.startswith(b"421"):
            return False
        if self.behaviour("after", recipient) is not None:
            await writer.drain()
            return False
        return True
