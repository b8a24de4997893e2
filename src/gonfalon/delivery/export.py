"""The messages of a touchpoint as CSV, part by part: who got it, who did not, and why."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.delivery import store
from gonfalon.delivery.model import MessageState
from gonfalon.kit.sheets import MARK, written

PART = 5_000
COLUMNS = ("person_id", "address", "state", "reason", "attempts", "ended_at", "reply")


async def export_messages(
    ctx: Context, touchpoint_id: UUID, *, state: MessageState | None = None, reason: str | None = None, search: str = ""
) -> AsyncIterator[str]:
    """Write CSV of the messages in a state, for a reason, to an address that contains `search`; a line each, by id.

    The audit trail says who took it. Raises NotFound.
    """
    ctx.require(Permission.PEOPLE_EXPORT)
    async with ctx.transaction() as connection:
        dispatch = await store.find_dispatch(connection, ctx.workspace.id, touchpoint_id)
        about = {"state": state and state.value, "reason": reason, "search": search.strip()}
        said: dict[str, Any] = {name: value for name, value in about.items() if value}
        await ctx.audit(connection, "messages.exported", "touchpoint", touchpoint_id, **said)
    return _parts(ctx, dispatch.id, state, reason, search.strip())


async def _parts(
    ctx: Context, dispatch_id: UUID, state: MessageState | None, reason: str | None, search: str
) -> AsyncIterator[str]:
    yield MARK + written([COLUMNS])
    after: int | None = None
    while True:
        async with ctx.reading() as connection:
            rows = await store.page_messages(
                connection,
                ctx.workspace.id,
                dispatch_id,
                state=state,
                reason=reason,
                search=search,
                after=after,
                limit=PART,
            )
        yield written([getattr(row, column) for column in COLUMNS] for row in rows)
        if len(rows) < PART:
            return
        after = rows[-1].id
