"""Ask other machines over HTTP: the one client for whatever Gonfalon itself requests.

A host is looked up within the reach that the operator allows and connected to at the address that was checked; no
redirect is followed; answers are bounded in time and bytes. Every failure says whether the request may have arrived,
since what may have arrived must not be sent again.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import httptools

from gonfalon.kit.network import NotAllowed, Reach, plain_host

_PATH = re.compile(r"/[!-~]*")
_HEADER = re.compile(r"[ -~\t]*")
_CHUNK = 64 * 1024
_MOST = 1024 * 1024
_EVERYWHERE = Reach()


class NoAnswer(Exception):
    """A request without an answer; the text says why. sent: it may have arrived. permanent: no later try would help.

    why: timeout, not_allowed, certificate, unreachable or lost.
    """

    def __init__(self, detail: str, *, sent: bool = False, permanent: bool = False, why: str = "lost") -> None:
        super().__init__(detail)
        self.why = why
        self.sent = sent
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom to ask, and which addresses of the host a connection may go to."""

    host: str
    port: int = 443
    encrypted: bool = True
    reach: Reach = _EVERYWHERE

    @property
    def name(self) -> str:
        """The host, with its port where it is not the usual one."""
        return self.host if self.port == (443 if self.encrypted else 80) else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask. path: with its query, as it goes on the wire."""

    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def encoded(self, host: str) -> bytes:
        """Return the octets to send. Raises ValueError for what could begin a header or a request of its own."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"host: {host}", "user-agent: gonfalon"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body or self.method != "GET":
            lines.append(f"content-length: {len(self.body)}")
        if not _PATH.fullmatch(self.path) or not all(map(_HEADER.fullmatch, lines)):
            raise ValueError("a request has characters that no request may have")
        return "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True)
class Reply:
    """What was answered. headers: by their names in small letters."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Line:
    """One connection, kept open between requests. Not for use by two tasks at once."""

    def __init__(self, origin: Origin, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.origin = origin
        self._reader = reader
        self._writer = writer
        self._open = True

    @classmethod
    async def opened(cls, origin: Origin, seconds: float = 30.0) -> Line:
        """Return a connection. Raises NoAnswer: nothing was sent."""
        where = f"{origin.host}:{origin.port}"
        try:
            async with asyncio.timeout(seconds):
                return cls(origin, *await _connect(origin))
        except TimeoutError as problem:
            raise NoAnswer(f"{where} did not answer within {seconds:.0f} s.", why="timeout") from problem
        except NotAllowed as problem:
            raise NoAnswer(str(problem), permanent=True, why="not_allowed") from problem
        except ssl.SSLCertVerificationError as problem:
            raise NoAnswer(
                f"The certificate of {origin.host} can't be trusted ({problem.verify_message}).",
                permanent=True,
                why="certificate",
            ) from problem
        except OSError as problem:
            why = f"{where} can't be reached ({problem.strerror or problem})."
            raise NoAnswer(why, why="unreachable") from problem

    @property
    def usable(self) -> bool:
        """Whether another request can be sent: neither side has closed it."""
        return self._open and not self._reader.at_eof() and not self._writer.is_closing()

    async def ask(self, request: Request, *, seconds: float = 60.0, most: int = _MOST) -> Reply:
        """Send a request and return the answer, of at most so many bytes. Raises NoAnswer, ValueError."""
        octets = request.encoded(self.origin.name)
        if not self.usable:
            raise NoAnswer(f"{self.origin.host} closed the connection.")
        reading = _Reading(most)
        self._open, finished = False, False
        try:
            async with asyncio.timeout(seconds):
                self._writer.write(octets)
                await self._writer.drain()
                while not reading.done:
                    reading.feed(await self._reader.read(_CHUNK))
            finished = True
        except TimeoutError as problem:
            raise NoAnswer(f"{self.origin.host} did not answer within {seconds:.0f} s.", sent=True) from problem
        except (OSError, ssl.SSLError) as problem:
            raise NoAnswer(f"The connection to {self.origin.host} broke ({problem}).", sent=True) from problem
        except (EOFError, httptools.HttpParserError) as problem:
            why = str(problem) if isinstance(problem, EOFError) else "its answer is no HTTP"
            raise NoAnswer(f"{self.origin.host} gave no whole answer: {why}.", sent=True) from problem
        finally:
            if not finished:
                self._writer.transport.abort()
        self._open = reading.keeps_open
        return Reply(reading.status, reading.headers, bytes(reading.body))

    async def close(self) -> None:
        """Hang up; never raises."""
        self._open = False
        self._writer.close()
        with contextlib.suppress(OSError, ssl.SSLError, TimeoutError):
            async with asyncio.timeout(1):
                await self._writer.wait_closed()


async def ask(origin: Origin, request: Request, *, seconds: float = 20.0, most: int = _MOST) -> Reply:
    """Ask once, on a connection of its own. Raises NoAnswer."""
    line = await Line.opened(origin, seconds)
    try:
        return await line.ask(request, seconds=seconds, most=most)
    finally:
        await line.close()


class _Reading:
    """An answer as it comes in."""

    def __init__(self, most: int) -> None:
        self.status = 0
        self.headers: dict[str, str] = {}
        self.body = bytearray()
        self.done = False
        self.keeps_open = False
        self._most = most
        self._seen = 0
        self._begun = False
        self._parser = httptools.HttpResponseParser(self)

    def feed(self, data: bytes) -> None:
        """Take octets in. Raises EOFError, httptools.HttpParserError."""
        if not data:
            if not self._begun or {"content-length", "transfer-encoding"} & self.headers.keys():
                raise EOFError("it closed the connection before")
            self.done = True  # an answer without a length ends with its connection (RFC 9112 §6.3)
            return
        self._seen += len(data)
        if self._seen > self._most + _CHUNK or len(self.body) > self._most:
            raise EOFError("it is too long")
        self._parser.feed_data(data)

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self.status = self._parser.get_status_code()
        self._begun = True

    def on_body(self, data: bytes) -> None:
        self.body += data

    def on_message_complete(self) -> None:
        if self.status < 200:  # an interim answer; the real one follows
            self._begun = False
            self.headers.clear()
            return
        self.done = True
        self.keeps_open = self._parser.should_keep_alive()


async def _connect(origin: Origin) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    name = plain_host(origin.host)
    problem: OSError | None = None
    for address in await origin.reach.addresses(origin.host, origin.port):
        try:
            return await asyncio.open_connection(
                address,
                origin.port,
                ssl=_tls() if origin.encrypted else None,
                server_hostname=name if origin.encrypted else None,
            )
        except ssl.SSLError:
            raise
        except OSError as failure:
            problem = failure
    raise problem or OSError("it has no address")


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context
