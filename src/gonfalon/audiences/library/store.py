"""Database calls of the manual."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import save_version
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run

from ..tables import audience_definitions
from .model import AudienceDefinition

_PACKAGE = "gonfalon.audiences.library"
MOST = 1_000


async def definitions_of(
    ctx: Context, connection: AsyncConnection, audience_id: UUID | None = None
) -> list[AudienceDefinition]:
    """Return the manual of a workspace, or what it says of one audience."""
    rows = await run(
        connection, _PACKAGE, "list_definitions",
        workspace=ctx.workspace.id, zone=ctx.workspace.time_zone, today=ctx.today, audience=audience_id, most=MOST,
    )  # fmt: skip
    return shaped(rows, AudienceDefinition)


async def count_main(connection: AsyncConnection, workspace_id: int, but: UUID) -> int:
    """Return how many other audiences are main segments."""
    c = audience_definitions.c
    query = select(func.count()).where(c.workspace_id == workspace_id, c.main.is_(True), c.id != but)
    return int(await connection.scalar(query) or 0)


async def save_definition(
    ctx: Context, connection: AsyncConnection, audience_id: UUID, version: int, values: Mapping[str, Any]
) -> None:
    """Write what the manual says of an audience, for the first time or over the version that was read."""
    if version == 0:
        first = upsert(audience_definitions).values(
            id=audience_id, workspace_id=ctx.workspace.id, updated_by=ctx.actor.name, **values
        )
        made = first.on_conflict_do_nothing().returning(audience_definitions.c.id)
        if await connection.scalar(made) is not None:
            return
    await save_version(ctx, connection, audience_definitions, audience_id, version, dict(values))
