"""Read the few public addresses that a provider's events name: certificates, and what confirms a subscription."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from gonfalon.kit.network import Reach
from gonfalon.kit.outbound import NoAnswer, Origin, Request, ask
from gonfalon.kit.services import Services

_MOST = 64 * 1024
_KEPT = 20


class Fetcher:
    """Reads https addresses, and keeps certificates: they are named anew with each event and never change."""

    def __init__(self, reach: Reach, known: dict[str, bytes] | None = None) -> None:
        self._reach = reach
        self._known = dict(known or {})

    async def fetch(self, address: str) -> bytes:
        """Return what an address answers. Raises NoAnswer."""
        if address in self._known:
            return self._known[address]
        parts = urlsplit(address)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        try:
            reply = await ask(Origin(parts.hostname or "", reach=self._reach), Request("GET", path), most=_MOST)
        except ValueError as problem:
            raise NoAnswer(str(problem)) from problem
        if reply.status != 200:
            raise NoAnswer(f"{parts.hostname} answered with status {reply.status}.")
        if parts.path.endswith(".pem"):
            while len(self._known) >= _KEPT:
                self._known.pop(next(iter(self._known)))
            self._known[address] = reply.body
        return reply.body


@asynccontextmanager
async def fetcher_resource(services: Services) -> AsyncIterator[Fetcher]:
    """Put the process's one fetcher into its services."""
    fetcher = Fetcher(services.settings.reach)
    services.put(Fetcher, fetcher)
    yield fetcher
