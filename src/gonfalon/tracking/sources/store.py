"""Database calls of sources."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import BigInteger, cast, delete, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import api_keys
from gonfalon.accounts.versions import known
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import run
from gonfalon.tracking.sources.model import Bringer, BringerKind, Signal, Source
from gonfalon.tracking.tables import signals, source_links, sources

MOST = 500
"""Sources of a workspace."""


async def list_sources(connection: AsyncConnection, workspace_id: int, source_id: UUID | None = None) -> list[Source]:
    """List sources by name, or the one of this id."""
    found = await run(
        connection, __package__, "list_sources", workspace_id=workspace_id, source_id=source_id, limit=MOST
    )
    return shaped(found, Source)


async def find_source(connection: AsyncConnection, workspace_id: int, source_id: UUID) -> Source:
    """Return a source; raises NotFound."""
    return known(next(iter(await list_sources(connection, workspace_id, source_id)), None), "source")


async def lock_source(connection: AsyncConnection, workspace_id: int, source_id: UUID) -> Source:
    """Return a source that nobody else changes before the transaction ends; raises NotFound."""
    mine = (sources.c.id == source_id) & (sources.c.workspace_id == workspace_id)
    await connection.execute(select(sources.c.id).where(mine).with_for_update())
    return await find_source(connection, workspace_id, source_id)


async def count_sources(connection: AsyncConnection, workspace_id: int) -> int:
    """Count the sources of a workspace."""
    query = select(func.count()).select_from(sources).where(sources.c.workspace_id == workspace_id)
    found = await connection.execute(query)
    return int(found.scalar_one())


async def list_bringers(connection: AsyncConnection, workspace_id: int) -> list[Bringer]:
    """List what can bring data, with the source it belongs to."""
    return shaped(await run(connection, __package__, "list_bringers", workspace_id=workspace_id), Bringer)


async def list_signals(connection: AsyncConnection, workspace_id: int, source_id: UUID) -> list[Signal]:
    """List from where messages came by a source's keys, the last first."""
    s = signals.c
    mine = select(source_links.c.ref).where(
        source_links.c.source_id == source_id,
        source_links.c.workspace_id == workspace_id,
        source_links.c.kind == BringerKind.KEY.value,
    )
    query = (
        select(
            s.host,
            func.min(s.page).label("page"),
            func.min(s.first_at).label("first_at"),
            func.max(s.last_at).label("last_at"),
            cast(func.sum(s.kept), BigInteger).label("kept"),
            cast(func.sum(s.refused), BigInteger).label("refused"),
        )
        .where(s.workspace_id == workspace_id, s.key_id.in_(mine))
        .group_by(s.host)
        .order_by(func.max(s.last_at).desc(), s.host)
        .limit(50)
    )
    return await all_of(connection, query, Signal)


async def set_links(
    connection: AsyncConnection, workspace_id: int, source_id: UUID, links: Collection[tuple[BringerKind, UUID]]
) -> int:
    """Make exactly these belong to the source; return how many of them there are in the workspace."""
    mine = (source_links.c.source_id == source_id) & (source_links.c.workspace_id == workspace_id)
    keep = [(kind.value, ref) for kind, ref in links]
    gone = delete(source_links).where(mine)
    if keep:
        gone = gone.where(tuple_(source_links.c.kind, source_links.c.ref).not_in(keep))
    await connection.execute(gone)
    return await add_links(connection, workspace_id, source_id, links)


async def add_links(
    connection: AsyncConnection, workspace_id: int, source_id: UUID, links: Collection[tuple[BringerKind, UUID]]
) -> int:
    """Make these belong to the source, too; return how many of them there are in the workspace."""
    written = await run(
        connection,
        __package__,
        "set_links",
        workspace_id=workspace_id,
        source_id=source_id,
        kinds=[kind.value for kind, _ in links],
        refs=[ref for _, ref in links],
    )
    return len(written.all())


async def set_key(connection: AsyncConnection, workspace_id: int, source_id: UUID, key_id: UUID) -> None:
    """Give a source its public key."""
    mine = (sources.c.id == source_id) & (sources.c.workspace_id == workspace_id)
    await connection.execute(update(sources).where(mine).values(key_id=key_id))


async def note_silence(connection: AsyncConnection, workspace_id: int, source_id: UUID, *, silent: bool) -> None:
    """Remember that somebody was told of a source's silence, or that it is over."""
    mine = (sources.c.id == source_id) & (sources.c.workspace_id == workspace_id)
    await connection.execute(update(sources).where(mine).values(told_at=func.now() if silent else None))


async def living_hash(connection: AsyncConnection, workspace_id: int, key_id: UUID) -> bytes | None:
    """Return the hash of a key that works, None where it was revoked."""
    found = await connection.execute(
        select(api_keys.c.key_hash).where(
            api_keys.c.id == key_id, api_keys.c.workspace_id == workspace_id, api_keys.c.revoked_at.is_(None)
        )
    )
    return found.scalar_one_or_none()
