"""A small SMTP server that takes every mail and answers only when it is kept. The mail sandbox is made of it.

Mails that arrive together are kept together: one call of `keep`, so one commit, for all that wait.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import cast

MAX_SIZE = 25 * 1024 * 1024
_MAX_LINE = 4096
_KNOB = re.compile(r"(bounce-5\d\d|defer-4\d\d|drop)(?:[+.][^@]*)?@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """One mail for one recipient as it came: raw in CRLF lines, dots unstuffed. workspace 0: the sender did not say."""

    workspace: int
    mail_from: str
    rcpt_to: str
    raw: bytes


Keep = Callable[[Sequence[ReceivedMail]], Awaitable[None]]
Authenticate = Callable[[str, str], int | None]


class Receiver:
    """The server: accepts connections, keeps what they bring.

    keep: must return only when the mails are durable; when it raises, the senders are told to try later.
    authenticate: user and password to a workspace, or None. Signing in is optional unless closed.
    Addresses whose local part is `bounce-550`, `defer-451` (any 5xx, 4xx code) or `drop` (hangs up instead of
    answering), bare or followed by + or . and anything, behave as named.
    """

    def __init__(self, keep: Keep, authenticate: Authenticate | None = None, *, closed: bool = False) -> None:
        self._keep = keep
        self.closed = closed
        self.authenticate = authenticate or (lambda user, password: None)
        self._waiting: list[tuple[Sequence[ReceivedMail], _Session]] = []
        self._flushing: asyncio.Task[None] | None = None
        self._sessions: set[_Session] = set()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen; returns the port (useful when 0 was asked for). Raises OSError when it is taken."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Session(self), host, port, backlog=256)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stop listening, keep what is complete, hang up."""
        if self._server is not None:
            self._server.close()
        if self._flushing is not None:
            await self._flushing
        for session in list(self._sessions):
            session.hang_up()

    def submit(self, mails: Sequence[ReceivedMail], session: _Session) -> None:
        """Keep the mails with the next group; the session is told when they are kept or could not be."""
        self._waiting.append((mails, session))
        if self._flushing is None:
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def _flush(self) -> None:
        while self._waiting:
            group, self._waiting = self._waiting, []
            try:
                await self._keep([mail for mails, _ in group for mail in mails])
                answer = b"250 2.0.0 kept\r\n"
            except Exception as problem:
                answer = b"451 4.3.0 can't keep it right now (%s)\r\n" % type(problem).__name__.encode()
            for _, session in group:
                session.answered(answer)
        self._flushing = None

    def entered(self, session: _Session) -> None:
        """Count a client that came."""
        self._sessions.add(session)

    def left(self, session: _Session) -> None:
        """Forget a client that went."""
        self._sessions.discard(session)


class _Session(asyncio.Protocol):
    def __init__(self, receiver: Receiver) -> None:
        self._receiver = receiver
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._scanned = 0
        self._in_data = False
        self._busy = False
        self._workspace = 0
        self._login: list[str] | None = None
        self._forget()

    def _forget(self) -> None:
        self._from: str | None = None
        self._to: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._receiver.entered(self)
        self._say(b"220 gonfalon sandbox ESMTP\r\n")

    def connection_lost(self, exc: Exception | None) -> None:
        self._receiver.left(self)
        self._transport = None

    def hang_up(self) -> None:
        """Close without a word."""
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._busy:
            self._work()

    def answered(self, line: bytes) -> None:
        """The mail in hand is kept, or not: say so and go on."""
        self._busy = False
        self._say(line)
        self._work()

    def _say(self, line: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(line)

    def _work(self) -> None:
        answers: list[bytes] = []
        while not self._busy and self._transport is not None:
            if self._in_data:
                if not self._take_body():
                    break
                continue
            end = self._buffer.find(b"\r\n")
            if end < 0:
                if len(self._buffer) > _MAX_LINE:
                    answers.append(b"500 5.5.2 line too long\r\n")
                    self._transport.close()
                break
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 2]
            answers.append(self._command(line))
            if self._in_data:
                self._say(b"".join(answers))
                answers = []
        if answers:
            self._say(b"".join(answers))

    def _take_body(self) -> bool:
        """Take a complete body off the buffer; False when its end has not come yet."""
        buffer = self._buffer
        if buffer.startswith(b".\r\n"):
            raw, used = b"", 3
        else:
            end = buffer.find(b"\r\n.\r\n", self._scanned)
            if end < 0:
                self._scanned = max(0, len(buffer) - 4)
                if len(buffer) > MAX_SIZE + _MAX_LINE and self._transport is not None:
                    self._say(b"552 5.3.4 too large\r\n")
                    self._transport.close()
                return False
            raw, used = bytes(buffer[: end + 2]), end + 5
        del buffer[:used]
        self._scanned, self._in_data = 0, False
        if raw.startswith(b".") or b"\n." in raw:
            raw = (b"\n" + raw).replace(b"\n.", b"\n")[1:]
        mails = [ReceivedMail(self._workspace, self._from or "", to, raw) for to in self._to]
        dropped = any(_knob(to) == "drop" for to in self._to)
        self._forget()
        if dropped:
            self.hang_up()
            return False
        self._busy = True
        self._receiver.submit(mails, self)
        return True

    def _command(self, line: bytes) -> bytes:
        text = line.decode("utf-8", "replace")
        if self._login is not None:
            return self._login_step(text)
        verb = text[:4].upper()
        verbs = {"MAIL": self._mail, "RCPT": self._rcpt, "DATA": self._data, "AUTH": self._auth}
        return verbs[verb](text) if verb in verbs else self._other(verb)

    def _data(self, text: str) -> bytes:
        if not self._to:
            return b"554 5.5.1 no valid recipients\r\n"
        self._in_data = True
        return b"354 go ahead\r\n"

    def _other(self, verb: str) -> bytes:
        if verb in ("EHLO", "HELO"):
            self._forget()
            if verb == "HELO":
                return b"250 gonfalon sandbox\r\n"
            return (
                b"250-gonfalon sandbox\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
                b"250-ENHANCEDSTATUSCODES\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE %d\r\n" % MAX_SIZE
            )
        if verb == "RSET":
            self._forget()
            return b"250 2.0.0 ok\r\n"
        if verb == "NOOP":
            return b"250 2.0.0 ok\r\n"
        if verb == "QUIT":
            if self._transport is not None:
                asyncio.get_running_loop().call_soon(self._transport.close)
            return b"221 2.0.0 bye\r\n"
        return b"502 5.5.2 not known here\r\n"

    def _mail(self, text: str) -> bytes:
        if self._receiver.closed and not self._workspace:
            return b"530 5.7.0 sign in first\r\n"  # mail of nobody's would be kept and shown to nobody
        if self._from is not None:
            return b"503 5.5.1 one at a time\r\n"
        self._from = _between_brackets(text)
        return b"250 2.1.0 ok\r\n"

    def _rcpt(self, text: str) -> bytes:
        if self._from is None:
            return b"503 5.5.1 MAIL first\r\n"
        recipient = _between_brackets(text)
        knob = _knob(recipient)
        if knob.startswith("bounce-"):
            return f"{knob[-3:]} 5.1.1 no such user (the address asks for it)\r\n".encode()
        if knob.startswith("defer-"):
            return f"{knob[-3:]} 4.2.0 not now (the address asks for it)\r\n".encode()
        self._to.append(recipient)
        return b"250 2.1.5 ok\r\n"

    def _auth(self, text: str) -> bytes:
        mechanism, _, initial = text[5:].partition(" ")
        if mechanism.upper() == "PLAIN" and initial:
            parts = _decoded(initial).split("\0")
            return self._sign_in(parts[1], parts[2]) if len(parts) == 3 else b"501 5.5.2 malformed\r\n"
        if mechanism.upper() == "LOGIN":
            self._login = []
            return b"334 VXNlcm5hbWU6\r\n"
        return b"504 5.5.4 PLAIN or LOGIN\r\n"

    def _login_step(self, text: str) -> bytes:
        assert self._login is not None
        self._login.append(_decoded(text))
        if len(self._login) < 2:
            return b"334 UGFzc3dvcmQ6\r\n"
        (user, password), self._login = self._login, None
        return self._sign_in(user, password)

    def _sign_in(self, user: str, password: str) -> bytes:
        workspace = self._receiver.authenticate(user, password)
        if workspace is None:
            return b"535 5.7.8 wrong user or password\r\n"
        self._workspace = workspace
        return b"235 2.7.0 welcome\r\n"


def _between_brackets(text: str) -> str:
    return text.partition("<")[2].partition(">")[0]


def _knob(address: str) -> str:
    found = _KNOB.match(address)
    return found.group(1).lower() if found else ""


def _decoded(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except binascii.Error:
        return ""
