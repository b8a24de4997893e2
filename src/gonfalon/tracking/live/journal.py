"""The journal of the collector: what came, written a second later so that it costs events nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

import msgspec

from gonfalon.accounts.context import Context
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import GonfalonError, Invalid
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.kit.tending import tended
from gonfalon.tracking.collector.amounts import plain
from gonfalon.tracking.collector.marks import host_of, page_of
from gonfalon.tracking.collector.model import CollectResult, ParsedMessage
from gonfalon.tracking.collector.rules import Heard, Message, clean
from gonfalon.tracking.live import store
from gonfalon.tracking.live.model import Outcome

EVERY_SECONDS: Final = 1.0
SHOWN: Final = 100
"""Receipts of a workspace and outcome that are written each time; of more, the newest."""
LARGE: Final = 8_000


@dataclass(slots=True)
class _Sign:
    page: str
    first_at: datetime
    last_at: datetime
    kept: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class _Heard:
    key_id: UUID
    at: datetime
    kind: str
    outcome: Outcome
    message: Message | None
    parsed: ParsedMessage | None
    code: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def _queue() -> deque[_Heard]:
    return deque(maxlen=SHOWN)


class Journal:
    """Notes messages in memory and writes them together: at most the last second is lost when the process dies."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._heard: defaultdict[tuple[int, Outcome], deque[_Heard]] = defaultdict(_queue)
        self._signs: dict[tuple[int, UUID, str], _Sign] = {}
        self._wake = asyncio.Event()
        self._tending = tended(journal=self._run)

    async def __aenter__(self) -> Journal:
        await self._tending.__aenter__()
        return self

    async def __aexit__(self, *error: Any) -> None:
        await self._tending.__aexit__(*error)
        await self.write()

    def note(self, ctx: Context, heard: Heard, result: CollectResult) -> None:
        """Note each message of a request with what became of it."""
        why = {each.index: each for each in heard.rejected} | dict(result.refused)
        for place in {**heard.said, **why}:
            reason = why.get(place)
            outcome = Outcome.REFUSED if reason else Outcome.TWICE if place in result.twice else Outcome.KEPT
            code, details = (reason.code, reason.details) if reason else ("", {})
            self._add(ctx, outcome, heard.said.get(place), heard.messages.get(place), code, details)

    def note_refused(self, ctx: Context, heard: Heard, error: Invalid) -> None:
        """Note that a request was refused as a whole."""
        for place, message in heard.said.items():
            self._add(ctx, Outcome.REFUSED, message, heard.messages.get(place), error.code, error.details)

    def note_unread(self, ctx: Context, kind: str, error: GonfalonError) -> None:
        """Note a body that could not be read."""
        self._add(ctx, Outcome.REFUSED, None, None, error.code, error.details, kind)

    def _add(
        self,
        ctx: Context,
        outcome: Outcome,
        message: Message | None,
        parsed: ParsedMessage | None,
        code: str,
        details: Mapping[str, Any],
        kind: str = "",
    ) -> None:
        if ctx.actor.id is None:
            return
        key_id, now = UUID(ctx.actor.id), utcnow()
        page = page_of(message.context or {}) if message is not None else ""
        sign = self._signs.get(found := (ctx.workspace.id, key_id, host_of(page)))
        if sign is None:
            sign = self._signs[found] = _Sign(page, now, now)
        sign.last_at = now
        if outcome is Outcome.REFUSED:
            sign.refused += 1
        else:
            sign.kept += 1
        said = kind or (message.type if message is not None else "") or "batch"
        self._heard[ctx.workspace.id, outcome].append(
            _Heard(key_id, now, said[:16], outcome, message, parsed, code, details)
        )
        self._wake.set()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(EVERY_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write what was noted since the last time."""
        self._wake.clear()
        heard, signs = self._heard, self._signs
        self._heard, self._signs = defaultdict(_queue), {}
        for workspace_id in sorted({owner for owner, *_ in heard} | {owner for owner, *_ in signs}):
            mine = sorted(
                (each for (owner, _), queue in heard.items() if owner == workspace_id for each in queue),
                key=lambda each: each.at,
            )
            seen = [
                {"key_id": str(key_id), "host": host, **asdict(sign)}
                for (owner, key_id, host), sign in signs.items()
                if owner == workspace_id
            ]
            try:
                async with self._services.db.transaction() as connection:
                    await store.write_signals(connection, workspace_id, seen)
                    await store.write_receipts(connection, workspace_id, [_row(each) for each in mine])
            except Exception as error:  # it is for looking on: what is lost here is kept as an event all the same
                log.warning("receipts_not_written", workspace=workspace_id, rows=len(mine), error=str(error)[:300])


def _row(heard: _Heard) -> dict[str, Any]:
    message, parsed = heard.message, heard.parsed
    name = (parsed.name if parsed else None) or (message.event if message else None) or ""
    return {
        "key_id": str(heard.key_id),
        "at": heard.at,
        "kind": plain(heard.kind),
        "name": plain(name[:200]),
        "outcome": heard.outcome,
        "code": heard.code,
        "details": {key: plain(str(value))[:200] for key, value in heard.details.items()},
        "changes": parsed.changes if parsed else (),
        "message": _said(message),
        "understood": _understood(parsed),
    }


def _said(message: Message | None) -> dict[str, Any] | None:
    if message is None:
        return None
    said = {key: value for key, value in msgspec.to_builtins(message).items() if value not in (None, "")}
    said.pop("writeKey", None)
    try:
        cleaned: dict[str, Any] = clean(said)
    except Invalid:  # nested too deep
        return None
    return cleaned if len(msgspec.json.encode(cleaned)) <= LARGE else None


def _understood(parsed: ParsedMessage | None) -> dict[str, Any] | None:
    if parsed is None:
        return None
    who = parsed.who
    by = {"userId": who.external_id, "email": who.email, "phone": who.phone, "anonymousId": who.anonymous_id}
    return {
        "at": parsed.at.isoformat(),
        "by": [name for name, value in by.items() if value],
        "amount_minor": parsed.amount_minor,
        "currency": parsed.currency,
        "arrival": parsed.arrival,
        "properties": sorted(parsed.properties)[:100],
        "traits": sorted(parsed.traits)[:100],
    }
