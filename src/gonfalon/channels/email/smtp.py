"""An SMTP client that pipelines (RFC 5321, RFC 2920): one round trip a message on an open connection.

The next message's MAIL, RCPT and DATA travel in the same group as the present message's body, so a connection is
always one answer away from its next body. Nothing is handed over by that: a server is responsible for a message only
once it has answered the final dot, and `deliver` alone writes that dot.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import ssl
from collections import deque
from collections.abc import Sequence
from enum import IntEnum
from typing import cast

import msgspec

from gonfalon.channels.contract import (
    Blame,
    ChannelUnavailable,
    Envelope,
    Outcome,
    Verdict,
)
from gonfalon.channels.email.admission import admission
from gonfalon.channels.email.model import SmtpSettings
from gonfalon.channels.email.replies import (
    ProtocolViolation,
    Reply,
    ReplyReader,
    outcome_of,
)
from gonfalon.kit.network import plain_host
from gonfalon.kit.numbers import read_whole

_DOT = b".\r\n"


class _Slot(IntEnum):
    """What the next reply answers."""

    COMMAND = 0
    MAIL = 1
    RCPT = 2
    DATA = 3
    DOT = 4
    IGNORE = 5


class _Offer:
    """One announced message: where its MAIL, RCPT and DATA stand."""

    __slots__ = ("answered", "commands", "failure", "mailed", "open", "waiter")

    def __init__(self, commands: tuple[bytes, bytes, bytes]) -> None:
        self.commands = commands
        self.mailed = False
        self.open = False
        self.answered = False
        self.failure: Outcome | None = None
        self.waiter: asyncio.Future[None] | None = None

    def settle(self) -> None:
        self.answered = True
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(None)


class SmtpConnection(asyncio.Protocol):
    """One connection to one server; make it with `connect.connect`. Implements channels.contract.Connection."""

    def __init__(self, settings: SmtpSettings) -> None:
        self.settings = settings
        self.extensions: dict[str, str] = {}
        self.max_size = 0
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._reader = ReplyReader()
        self._expected: deque[_Slot] = deque()
        self._commands: deque[asyncio.Future[Reply]] = deque()
        self._offer: _Offer | None = None
        self._next: _Offer | None = None
        self._dot: asyncio.Future[Outcome] | None = None
        self._reset = False
        self._pipelining = False
        self._ended = ""
        self._ended_code = 0
        self._quitting = False
        self._deadline = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self.greeting: asyncio.Future[Reply] = self._loop.create_future()
        """The server speaks first: this is what it said."""
        self._commands.append(self.greeting)
        self._expected.append(_Slot.COMMAND)

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Note, as asyncio says, that the connection is there."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take bytes of replies from asyncio."""
        try:
            replies = self._reader.feed(data)
        except ProtocolViolation as problem:
            self._end(str(problem))
            return
        for reply in replies:
            if not self._expected:
                # A server that is about to leave may say so unasked (RFC 5321 §3.8).
                self._end(reply.text or "the server spoke unasked", reply.code)
                return
            self._on_reply(self._expected.popleft(), reply)
            if self._ended:
                return

    def eof_received(self) -> bool | None:
        """Note, as asyncio says, that the server has said all; the connection closes."""
        return None

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that, as asyncio says, the connection is gone."""
        self._end(f"the connection broke ({exc})" if exc else "the server closed the connection")

    # The contract

    @property
    def usable(self) -> bool:
        """Whether another message can be offered."""
        return not self._ended and not self._quitting

    @property
    def pipelining(self) -> bool:
        """Whether the server accepts grouped commands."""
        return self._pipelining

    def offer(self, envelope: Envelope) -> None:
        """Announce a message: MAIL, RCPT, DATA. A malformed address never reaches the wire."""
        offer, data = self._prepare(envelope)
        self._offer = offer
        if data:
            self._write(data)

    async def offered(self) -> Outcome | None:
        """Return none when the body may follow; else what became of the offered message."""
        offer = self._offer
        if offer is None:
            return Outcome(
                Verdict.NOT_SENT,
                detail=self._ended or "nothing was offered",
                blame=Blame.PROVIDER,
            )
        if not offer.answered:
            offer.waiter = self._loop.create_future()
            await offer.waiter
        return offer.failure

    async def deliver(self, payload: Sequence[bytes], following: Envelope | None = None) -> Outcome:
        """Send the body and the final dot, wait for the answer, offer `following` meanwhile.

        payload: the message in CRLF lines, already dot-stuffed, its last line ended. Call only after `offered`
        returned None. Cancelling leaves the message in doubt and ends the connection.
        """
        offer = self._offer
        if self._ended or offer is None or not offer.open:
            return self._not_sent()
        offer.open = False
        dot: asyncio.Future[Outcome] = self._loop.create_future()
        self._dot = dot
        self._expected.append(_Slot.DOT)
        self._offer = None
        if following is not None and self._pipelining:
            self._next, data = self._prepare(following)
            self._write(b"".join((*payload, _DOT, data)), self.settings.timeouts.accept)
        else:
            self._write(b"".join((*payload, _DOT)), self.settings.timeouts.accept)
        try:
            outcome = await dot
        except asyncio.CancelledError:
            self._end("cancelled")
            raise
        if following is not None:
            if self._next is not None:
                self._offer, self._next = self._next, None
            else:
                self.offer(following)
        return outcome

    def withdraw(self) -> None:
        """Take the offered message back. A server that waits for its body has to be left: DATA can't be undone."""
        offer = self._offer
        if offer is not None and (offer.open or not offer.answered):
            self._end("withdrawn")
        self._offer = None

    async def close(self) -> None:
        """Send QUIT, wait for the answer a moment, hang up."""
        if self._ended:
            return
        if self._expected or (self._offer is not None and self._offer.open):
            self._end("closed")
            return
        with contextlib.suppress(ChannelUnavailable, TimeoutError):
            async with asyncio.timeout(2):
                await self.command("QUIT")
        self._quitting = True
        self._end("closed")

    async def command(self, line: str) -> Reply:
        """Send one command and wait for its reply. Raises ChannelUnavailable when the connection ends instead."""
        if self._ended:
            raise ChannelUnavailable(self._ended, code=self._ended_code)
        waiter: asyncio.Future[Reply] = self._loop.create_future()
        self._commands.append(waiter)
        self._expected.append(_Slot.COMMAND)
        self._write(line.encode("ascii") + b"\r\n")
        return await waiter

    def abandon(self) -> None:
        """Hang up at once. A message between its final dot and the answer is then unknown."""
        self._end("abandoned")

    # What connect.py needs

    def learn(self, extensions: dict[str, str]) -> None:
        """Take over what EHLO answered."""
        self.extensions = extensions
        self._pipelining = "PIPELINING" in extensions
        size = extensions.get("SIZE", "")
        self.max_size = max(0, read_whole(size) or 0)

    @property
    def peer(self) -> str:
        """The other side's IP address, "" when unknown."""
        peer = self._transport.get_extra_info("peername") if self._transport else None
        return str(peer[0]) if peer else ""

    @property
    def literal(self) -> str:
        """Our own address as a name in EHLO (RFC 5321 §4.1.3), for machines without one."""
        own = self._transport.get_extra_info("sockname") if self._transport else None
        address = ipaddress.ip_address(str(own[0]).partition("%")[0] if own else "127.0.0.1")
        return f"[{address}]" if address.version == 4 else f"[IPv6:{address}]"

    async def encrypt(self, context: ssl.SSLContext) -> None:
        """Go on under TLS, after the server said yes to STARTTLS. Raises ChannelUnavailable, ssl.SSLError, OSError."""
        if self._ended or self._reader.pending:
            # Bytes that follow the reply in clear could be an attacker's words, answered under TLS (CVE-2011-0411).
            raise ChannelUnavailable(f"{self.settings.host} spoke in clear after STARTTLS.", permanent=True)
        assert self._transport is not None
        name = plain_host(self.settings.host)
        upgraded = await self._loop.start_tls(self._transport, self, context, server_hostname=name)
        if upgraded is None:
            raise ChannelUnavailable(f"{self.settings.host} left during STARTTLS.")
        self._transport = upgraded

    # Inside

    def _prepare(self, envelope: Envelope) -> tuple[_Offer, bytes]:
        """Return the offer and what to write for it now; nothing when it failed before reaching the wire."""
        admitted = self._not_sent() if self._ended else admission(envelope, self.extensions, self.max_size)
        if isinstance(admitted, Outcome):
            offer = _Offer((b"", b"", b""))
            offer.failure = admitted
            offer.settle()
            return offer, b""
        mail = f"MAIL FROM:<{admitted.sender}>{admitted.parameters}\r\n".encode()
        rcpt = f"RCPT TO:<{admitted.recipient}>\r\n".encode()
        offer = _Offer((mail, rcpt, b"DATA\r\n"))
        expected = self._expected
        reset = b""
        if self._reset:
            self._reset = False
            reset = b"RSET\r\n"
            expected.append(_Slot.IGNORE)
        expected.append(_Slot.MAIL)
        if not self._pipelining:
            return offer, reset + mail
        expected.append(_Slot.RCPT)
        expected.append(_Slot.DATA)
        return offer, b"".join((reset, mail, rcpt, b"DATA\r\n"))

    def _write(self, data: bytes, patience: float = 0.0) -> None:
        assert self._transport is not None
        self._transport.write(data)
        self._watch(patience or self.settings.timeouts.command)

    def _on_reply(self, slot: _Slot, reply: Reply) -> None:
        if not self._expected:
            self._deadline = 0.0
        if slot is _Slot.DOT:
            dot, self._dot = self._dot, None
            outcome = outcome_of(reply)
            if dot is not None and not dot.done():
                dot.set_result(outcome)
            if outcome.verdict is Verdict.UNKNOWN:
                self._end("the server answered a message with something else than yes or no", reply.code)
            elif self._expected:
                self._watch(self.settings.timeouts.command)
        elif slot is _Slot.COMMAND:
            waiter = self._commands.popleft()
            if not waiter.done():
                waiter.set_result(reply)
        elif slot is not _Slot.IGNORE:
            offer = self._next or self._offer
            if offer is not None:
                self._advance(offer, slot, reply)
        if reply.code == 421:
            self._end(reply.text or "the server is closing", 421)

    def _advance(self, offer: _Offer, slot: _Slot, reply: Reply) -> None:
        """Take the reply to MAIL, RCPT or DATA into account; without pipelining also send what comes next."""
        if slot is _Slot.DATA:
            if reply.code == 354:
                if offer.failure is None:
                    offer.open = True
                else:
                    # Refused recipient, yet the server waits for a body (RFC 2920 §3.1 allows it): an empty one
                    # has no recipient and is refused.
                    self._expected.appendleft(_Slot.IGNORE)
                    self._write(_DOT)
            elif offer.failure is None:
                offer.failure = self._refusal(slot, reply)
            if offer.failure is not None and offer.mailed:
                self._reset = True
            offer.settle()
            return
        if not 200 <= reply.code < 300:
            offer.failure = offer.failure or self._refusal(slot, reply)
        elif slot is _Slot.MAIL:
            offer.mailed = True
        if self._pipelining:
            return
        if offer.failure is not None:
            self._reset = offer.mailed
            offer.settle()
        else:
            self._expected.append(_Slot(slot + 1))
            self._write(offer.commands[slot])

    @staticmethod
    def _refusal(slot: _Slot, reply: Reply) -> Outcome:
        if reply.code == 421 or not 400 <= reply.code < 600:
            return Outcome(Verdict.NOT_SENT, reply.code, reply.status, reply.text, Blame.PROVIDER)
        outcome = outcome_of(reply)
        if slot is _Slot.MAIL and outcome.blame in (Blame.RECIPIENT, Blame.MAILBOX):
            # Before RCPT nobody has named a recipient: whatever it says, it says it of the sender.
            return msgspec.structs.replace(outcome, blame=Blame.POLICY)
        return outcome

    def _not_sent(self) -> Outcome:
        return Outcome(Verdict.NOT_SENT, self._ended_code, "", self._ended, Blame.PROVIDER)

    def _end(self, why: str, code: int = 0) -> None:
        """The conversation is over: answer everybody who waits, once."""
        if self._ended:
            return
        self._ended, self._ended_code = why or "ended", code
        self._expected.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._dot is not None and not self._dot.done():
            self._dot.set_result(Outcome(Verdict.UNKNOWN, code, "", why, Blame.PROVIDER))
        self._dot = None
        for offer in (self._offer, self._next):
            if offer is not None:
                offer.open = False
                offer.failure = offer.failure or self._not_sent()
                offer.settle()
        while self._commands:
            waiter = self._commands.popleft()
            if not waiter.done():
                waiter.set_exception(ChannelUnavailable(f"{self.settings.host}: {why}", code=code))
                waiter.exception()
        if self._transport is not None:
            self._transport.abort()

    def _watch(self, seconds: float) -> None:
        # One timer a connection, moved lazily: cancelling and making one a message costs more than the message.
        self._deadline = self._loop.time() + seconds
        if self._timer is not None and self._timer.when() > self._deadline:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self._loop.call_at(self._deadline, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        if not self._deadline:
            return
        if self._loop.time() < self._deadline:
            self._timer = self._loop.call_at(self._deadline, self._on_timer)
        else:
            self._end("the server did not answer in time")
