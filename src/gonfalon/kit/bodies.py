"""How much a request may bring: bounded by its route, and by little until somebody is known to be asking.

Frameworks read a body before they ask who sends it. Here the first bytes beyond `STRANGERS` wait until the session or
key of the request has been looked up, so that nobody without one takes memory or disk.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from gonfalon.kit.errors import TooLarge, Unauthenticated
from gonfalon.kit.numbers import read_whole

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])
MEBIBYTE = 1024 * 1024
STRANGERS = 64 * 1024


@dataclass(frozen=True, slots=True)
class Limit:
    """Bytes of a body that a route accepts, and from somebody who has not signed in."""

    most: int = 8 * MEBIBYTE
    strangers: int = STRANGERS


def accepts(most: int, *, strangers: int = STRANGERS) -> Callable[[Endpoint], Endpoint]:
    """Mark the function of a route that takes more than is usual. Put it below the route's decorator."""

    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.__dict__["body_limit"] = Limit(most, strangers)
        return endpoint

    return mark


def bounded(scope: Scope, receive: Receive) -> Receive:
    """Return `receive`, which raises TooLarge or Unauthenticated before more has been taken in than may be.

    The route is known by the time it is first called: nobody reads a body before the address is understood.
    """
    seen = 0
    known = False

    async def receive_bounded() -> Message:
        nonlocal seen, known
        limit: Limit = getattr(scope.get("endpoint"), "body_limit", _USUAL)
        if not seen:
            announced = read_whole(dict(scope["headers"]).get(b"content-length", b"").decode("latin-1")) or 0
            known = await _check(scope, announced, limit, known)
        message = await receive()
        if message["type"] == "http.request":
            seen += len(message.get("body", b""))
            known = await _check(scope, seen, limit, known)
        return message

    return receive_bounded


_USUAL = Limit()


async def _check(scope: Scope, size: int, limit: Limit, known: bool) -> bool:
    if size > limit.most:
        most = f"{limit.most // MEBIBYTE} MiB" if limit.most >= MEBIBYTE else f"{limit.most // 1024} KiB"
        raise TooLarge("body_too_large", f"The request is larger than {most}; send less at a time.", most=most)
    if size > limit.strangers and not known:
        identify: Callable[[Request], Awaitable[object]] | None = getattr(scope["app"].state, "identify", None)
        if identify is None:
            raise Unauthenticated("session_ended", "Your session has ended; sign in again.")
        await identify(Request(scope))
        return True
    return known
