"""HTTP manners shared by all rooms: answers to errors, bounds of bodies, security headers."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gonfalon.kit.bodies import bounded
from gonfalon.kit.idempotency import idempotent
from gonfalon.kit.problems import HANDLERS, PROBLEMS, STATUS, Problem, problem

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


def install(
    app: FastAPI, *, https: bool = False, conflicts: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> None:
    """Give the application our error answers and response headers.

    https: the world reaches it by https only. conflicts: constraint → code and sentence of its violation.
    """
    app.state.conflicts = conflicts
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    app.add_middleware(_Manners, headers=[*_HEADERS, *([_HTTPS] if https else [])])


class _Manners:
    """Bounds request bodies and adds security headers; an ASGI class because it is on every request's path."""

    def __init__(self, app: ASGIApp, headers: list[tuple[bytes, bytes]]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in message["headers"]}
                for name, value in self.headers:
                    if name not in names:
                        message["headers"].append((name, value))
            await send(message)

        # No name holds a NUL, and neither database nor disk can be asked for one: it is read as what can't be read, so
        # that every door answers such an address as it does any other that leads nowhere.
        scope["path"] = scope["path"].replace("\0", "\ufffd")
        await self.app(scope, bounded(scope, receive), answered)


_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
    (
        b"permissions-policy",
        b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
]
_HTTPS = (b"strict-transport-security", b"max-age=31536000")

__all__ = ["PROBLEMS", "STATUS", "Problem", "idempotent", "install", "problem"]
