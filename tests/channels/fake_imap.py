"""A mailbox of its own kind: as much of IMAP4rev1 as reading one takes."""

from __future__ import annotations

import asyncio
import re
from types import TracebackType

PASSWORD = "secret"


class FakeImap:
    """Serves the mails in `mails`, numbered from 1 in their order; `asked` keeps what was commanded."""

    def __init__(self, mails: list[bytes], *, validity: int = 7) -> None:
        self.mails = mails
        self.password = PASSWORD
        self.validity = validity
        self.asked: list[str] = []
        self.port = 0
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> FakeImap:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"* OK ready\r\n")
        while line := (await reader.readline()).decode().strip():
            tag, _, command = line.partition(" ")
            self.asked.append(command)
            writer.write(self._answer(command) + f"{tag} {self._result(command)}\r\n".encode())
        writer.close()

    def _result(self, command: str) -> str:
        refused = command.upper().startswith("LOGIN") and self.password not in command
        return "NO [AUTHENTICATIONFAILED] wrong" if refused else "OK done"

    def _answer(self, command: str) -> bytes:
        word = command.upper()
        if word.startswith("CAPABILITY"):
            return b"* CAPABILITY IMAP4rev1\r\n"
        if word.startswith(("SELECT", "EXAMINE")):
            return b"* %d EXISTS\r\n* OK [UIDVALIDITY %d] fine\r\n" % (len(self.mails), self.validity)
        if found := re.search(r"SEARCH UID (\d+):\*", word):
            first = min(int(found.group(1)), len(self.mails))
            return self._found(range(first, len(self.mails) + 1))
        if "SEARCH" in word:
            return self._found(range(1, len(self.mails) + 1))
        if found := re.match(r"UID FETCH (\d+)", word):
            number = int(found.group(1))
            raw = self.mails[number - 1]
            return b"* %d FETCH (UID %d BODY[]<0> {%d}\r\n%s)\r\n" % (number, number, len(raw), raw)
        return b""

    def _found(self, numbers: range) -> bytes:
        return b"* SEARCH" + b"".join(b" %d" % number for number in numbers) + b"\r\n"
