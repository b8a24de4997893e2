"""How often one person may be written to: at most so many messages in so many days on a channel.

Kept in the workspace's settings, where the statement that records an intent reads it (`record_tick.sql`): whoever has
had that many is withheld as `over_limit`, whatever is sent.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.store import change_setting, read_settings
from gonfalon.kit.sql import run

_KEY: Final = "frequency_cap"


@dataclass(frozen=True, slots=True)
class ContactLimit:
    """At most `messages` to one person on one channel within any `days` (of 24 hours)."""

    messages: int
    days: int


async def read_limit(connection: AsyncConnection, workspace_id: int) -> ContactLimit | None:
    """Return the workspace's limit; None when there is none."""
    given: dict[str, Any] | None = (await read_settings(connection, workspace_id)).get(_KEY)
    return ContactLimit(given["messages"], given["days"]) if given else None


async def change_limit(ctx: Context, limit: ContactLimit | None) -> None:
    """Set the limit for every message that has not left yet; None takes it away."""
    ctx.require(Permission.WORKSPACE_MANAGE)
    async with ctx.transaction() as connection:
        before = await read_limit(connection, ctx.workspace.id)
        if before == limit:
            return
        await change_setting(connection, ctx.workspace.id, _KEY, None if limit is None else asdict(limit))
        await ctx.audit(
            connection,
            "contact_limit.changed",
            "workspace",
            ctx.workspace.id,
            ctx.workspace.name,
            before=None if before is None else asdict(before),
            after=None if limit is None else asdict(limit),
        )


async def people_at_limit(
    connection: AsyncConnection, workspace_id: int, limit: ContactLimit, channel: str, topic_id: int
) -> list[int]:
    """Return who could be reached on a channel and topic but has had as many messages as are allowed: ids."""
    found = await run(
        connection,
        "gonfalon.delivery",
        "list_at_limit",
        workspace_id=workspace_id,
        channel=channel,
        topic_id=topic_id,
        messages=limit.messages,
        days=limit.days,
    )
    return list(found.scalars())
