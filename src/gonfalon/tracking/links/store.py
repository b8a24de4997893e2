"""Database calls of links and hits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.db import raw
from gonfalon.kit.sql import run
from gonfalon.tracking.links import rules
from gonfalon.tracking.links.model import Hit
from gonfalon.tracking.tables import link_sets, links

_HIT_COLUMNS = (
    "workspace_id, kind, message_id, link_set_id, link_number, at, method, ip, user_agent, verdict, rule, rule_version"
)


async def add_link_set(connection: AsyncConnection, workspace_id: int, found: Sequence[tuple[int, str, str]]) -> int:
    """Store (number, destination, label) of a message content; returns the set's id."""
    made = await connection.execute(insert(link_sets).values(workspace_id=workspace_id).returning(link_sets.c.id))
    link_set_id = int(made.scalar_one())
    if found:
        rows = [
            {"link_set_id": link_set_id, "number": number, "workspace_id": workspace_id, "url": url, "label": label}
            for number, url, label in found
        ]
        await connection.execute(insert(links), rows)
    return link_set_id


async def destinations(connection: AsyncConnection, workspace_id: int, link_set_id: int) -> dict[int, str]:
    """Return the destinations of a link set by number; empty for another workspace's set."""
    rows = await connection.execute(
        select(links.c.number, links.c.url).where(
            links.c.link_set_id == link_set_id, links.c.workspace_id == workspace_id
        )
    )
    return {row.number: row.url for row in rows}


async def append_hits(connection: AsyncConnection, hits: Sequence[Hit]) -> None:
    """Append hits by COPY and judges their messages by time; of people who may not be measured nothing is kept."""
    asked = sorted({hit.message_id for hit in hits})
    unmeasured = set((await run(connection, __package__, "list_unmeasured", message_ids=asked)).scalars())
    hits = [hit for hit in hits if hit.message_id not in unmeasured]
    if not hits:
        return
    driver = await raw(connection)
    async with driver.cursor() as cursor, cursor.copy(f"copy hits ({_HIT_COLUMNS}) from stdin") as copy:
        for hit in hits:
            await copy.write_row(
                (
                    hit.workspace_id,
                    hit.kind.value,
                    hit.message_id,
                    hit.link_set_id,
                    hit.link_number,
                    hit.at,
                    hit.method,
                    hit.ip,
                    hit.user_agent,
                    hit.judgement.verdict.value,
                    hit.judgement.rule,
                    hit.judgement.version,
                )
            )
    await run(
        connection,
        __package__,
        "judge_hits",
        message_ids=sorted({hit.message_id for hit in hits}),
        since=min(hit.at for hit in hits) - timedelta(seconds=rules.BURST_SECONDS),
        burst_seconds=rules.BURST_SECONDS,
        burst_links=rules.BURST_LINKS,
        soon_seconds=rules.SOON_SECONDS,
        proxy_seconds=rules.PROXY_SECONDS,
        instant_seconds=rules.INSTANT_SECONDS,
        version=rules.VERSION,
    )
