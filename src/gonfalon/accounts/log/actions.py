"""Writing the account log. What a stranger does to addresses that nobody has is no account's business."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.log.model import LogKind
from gonfalon.accounts.log.store import insert_line
from gonfalon.accounts.model import Client, User
from gonfalon.kit.errors import Forbidden
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

MOST_AGENT = 300


async def note(
    connection: AsyncConnection,
    kind: LogKind,
    client: Client,
    *,
    user_id: UUID | None = None,
    key_id: UUID | None = None,
    workspace_id: int | None = None,
    detail: str = "",
) -> None:
    """Write a line. The same again from the same place within the hour adds to its count, so that nobody can fill
    the log by trying on and on. `detail` holds no secret."""
    await insert_line(
        connection,
        kind=kind.value,
        user_id=user_id,
        key_id=key_id,
        workspace_id=workspace_id,
        detail=detail,
        ip=client.ip,
        user_agent=client.agent[:MOST_AGENT],
    )


async def note_tried(services: Services, client: Client, user: User | None, *, limited: bool = False) -> None:
    """Note a password that was not right for the user, or too many of them: those from everywhere are one line.

    The process's log has all of them, also for addresses that nobody has; what was typed is in neither.
    """
    known = None if user is None else str(user.id)
    log.info("sign_in_limited" if limited else "sign_in_refused", client=client.ip, user=known)
    if user is None:
        return
    async with services.db.transaction() as connection:
        if limited:
            await note(connection, LogKind.SIGN_IN_LIMITED, Client(), user_id=user.id)
        else:
            await note(connection, LogKind.SIGN_IN_REFUSED, client, user_id=user.id)


async def note_denied(ctx: Context, client: Client, error: Forbidden) -> None:
    """Note something a member or a key asked for and may not."""
    if ctx.actor.id is None:
        return
    who = {"key_id" if ctx.actor.kind == "api_key" else "user_id": UUID(ctx.actor.id)}
    detail = str(error.details.get("permission", error.code))
    async with ctx.services.db.transaction() as connection:
        await note(connection, LogKind.REQUEST_DENIED, client, workspace_id=ctx.workspace.id, detail=detail, **who)
