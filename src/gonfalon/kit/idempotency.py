"""Requests that may be sent again: the first answer to an Idempotency-Key is the answer to all."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit import errors
from gonfalon.kit.db import Database
from gonfalon.kit.locks import is_first
from gonfalon.kit.tables import idempotency_keys


async def idempotent(
    request: Request, db: Database, scope: str, answer: Callable[[], Awaitable[BaseModel]]
) -> Response:
    """Run `answer` once per Idempotency-Key and repeats the first answer to the same request, for 24 hours.

    The claim on the key, what `answer` writes and the answer are one transaction: whatever ends it in between, nothing
    was done and a retry may try again. Without the header it just runs. Raises Conflict (`idempotency_in_flight`)
    while the first is still running and Invalid (`idempotency_mismatch`) when the key was used for another request.
    """
    key = request.headers.get("idempotency-key", "")
    if not key:
        return _json(200, (await answer()).model_dump_json().encode())
    if len(key) > 255:
        raise errors.Invalid("idempotency_key_long", "An Idempotency-Key may have at most 255 characters.")
    claim = _Claim(f"{scope} {request.method} {request.url.path}", key, hashlib.sha256(await request.body()).digest())
    try:
        async with db.reading() as connection:
            await claim.look(connection)
        async with db.together(claim.take) as joint:
            body = (await answer()).model_dump_json().encode()
            await claim.keep(await joint.opened(), body)
    except _AnsweredBefore as before:
        return _json(before.status, before.body)
    return _json(200, body)


class _AnsweredBefore(Exception):
    def __init__(self, status: int, body: bytes) -> None:
        self.status, self.body = status, body


@dataclass(frozen=True)
class _Claim:
    """A key of a request."""

    scope: str
    key: str
    digest: bytes

    async def take(self, connection: AsyncConnection) -> None:
        """Claims the key until the transaction ends, or the process; the database lets go of it then."""
        if not await is_first(connection, "idempotency", self.scope, self.key):
            raise errors.Conflict(
                "idempotency_in_flight", "The first request with this Idempotency-Key is still running."
            )
        await self.look(connection)

    async def look(self, connection: AsyncConnection) -> None:
        """Raises the answer that was given before, or that the key was used for something else."""
        fresh = idempotency_keys.c.created_at > func.now() - text("interval '24 hours'")
        mine = (idempotency_keys.c.scope == self.scope) & (idempotency_keys.c.key == self.key)
        found = (await connection.execute(select(idempotency_keys).where(mine, fresh))).first()
        if found is None or found.status is None:
            return
        if bytes(found.request_hash) != self.digest:
            raise errors.Invalid("idempotency_mismatch", "This Idempotency-Key was already used for another request.")
        raise _AnsweredBefore(found.status, bytes(found.body))

    async def keep(self, connection: AsyncConnection, body: bytes) -> None:
        """Writes the answer down."""
        values = {"request_hash": self.digest, "status": 200, "body": body, "created_at": func.now()}
        await connection.execute(
            upsert(idempotency_keys)
            .values(scope=self.scope, key=self.key, **values)
            .on_conflict_do_update(index_elements=["scope", "key"], set_=values)  # one of more than 24 hours ago
        )


def _json(status: int, body: bytes) -> Response:
    return Response(body, status, media_type="application/json")
