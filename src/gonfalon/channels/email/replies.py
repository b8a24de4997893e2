"""Reading SMTP replies (RFC 5321 §4.2). Pure; whom a refusal speaks about says blame.py."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from gonfalon.channels.contract import Blame, Outcome, Verdict
from gonfalon.channels.email.blame import blame_of

MAX_LINE = 2048
"""Octets in one reply line. RFC 5321 allows 512; servers in the wild write more."""
MAX_LINES = 128
"""Lines in one reply; more is not a mail server."""
DETAIL_LENGTH = 500

_STATUS = re.compile(r"[\[(<]?#?([245]\.\d{1,3}\.\d{1,3})(?![\d.])")


class ProtocolViolation(Exception):
    """The other side does not speak SMTP."""


class Reply(msgspec.Struct, frozen=True):
    """One reply: its code and its lines without codes."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The lines as one, control characters removed, cut to a length that fits a ledger row."""
        joined = " ".join(self.lines)
        if joined.isprintable() and len(joined) <= DETAIL_LENGTH:
            return joined.strip()
        return "".join(c if c.isprintable() else " " for c in joined)[:DETAIL_LENGTH].strip()

    @property
    def status(self) -> str:
        """The enhanced status code (RFC 3463) when the text starts with one, else ""."""
        found = _STATUS.match(self.lines[0]) if self.lines else None
        return found.group(1) if found else ""


class ReplyReader:
    """Turns received octets into replies. Feed it what arrives; it keeps what is incomplete."""

    __slots__ = ("_buffer", "_code", "_lines")

    def __init__(self) -> None:
        self._buffer = b""
        self._lines: list[str] = []
        self._code = 0

    @property
    def pending(self) -> bool:
        """Whether a part of a reply waits for its rest."""
        return bool(self._buffer or self._lines)

    def feed(self, data: bytes) -> list[Reply]:
        """Return the replies completed by data, oldest first. Raises ProtocolViolation."""
        replies: list[Reply] = []
        self._buffer = self._buffer + data if self._buffer else data
        *lines, self._buffer = self._buffer.split(b"\n")
        if len(self._buffer) > MAX_LINE:
            raise ProtocolViolation("the server sent an endless line")
        for raw in lines:
            code, more, text = _parsed(raw)
            if self._lines and code != self._code:
                raise ProtocolViolation("the server sent a reply with an impossible code")
            if not more and not self._lines:
                replies.append(Reply(code, (text,)))
                continue
            self._code = code
            self._lines.append(text)
            if not more:
                replies.append(Reply(code, tuple(self._lines)))
                self._lines = []
            elif len(self._lines) > MAX_LINES:
                raise ProtocolViolation("the server sent an endless reply")
        return replies


@lru_cache(maxsize=256)
def _parsed(raw: bytes) -> tuple[int, bool, str]:
    """One line of a reply: its code, whether more lines follow, its text. Servers say the same over and over."""
    line = raw.rstrip(b"\r")
    code, mark = line[:3], line[3:4]
    if len(line) > MAX_LINE or len(code) < 3 or not code.isdigit() or mark not in (b"", b" ", b"-"):
        raise ProtocolViolation("the server sent something that is not an SMTP reply")
    if not 200 <= int(code) < 600:
        raise ProtocolViolation("the server sent a reply with an impossible code")
    return int(code), mark == b"-", line[4:].decode("utf-8", "replace")


def outcome_of(reply: Reply) -> Outcome:
    """Return what a final reply (to RCPT, DATA or the final dot) means for the message."""
    if 200 <= reply.code < 300:
        return Outcome(Verdict.ACCEPTED, reply.code, reply.status, reply.text)
    if 400 <= reply.code < 500:
        return Outcome(
            Verdict.DEFERRED, reply.code, reply.status, reply.text, blame_of(reply.code, reply.status, reply.text)
        )
    if 500 <= reply.code < 600:
        return Outcome(
            Verdict.REJECTED, reply.code, reply.status, reply.text, blame_of(reply.code, reply.status, reply.text)
        )
    return Outcome(Verdict.UNKNOWN, reply.code, reply.status, reply.text, Blame.PROVIDER)
