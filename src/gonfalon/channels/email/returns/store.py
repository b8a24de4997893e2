"""Database calls of mail that comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.email.relays.tables import email_relays
from gonfalon.channels.email.returns.model import Fetched, Mailbox, Returned, Told
from gonfalon.channels.email.returns.tables import return_mailboxes, returned_mails
from gonfalon.channels.email.tables import email_settings
from gonfalon.kit.rows import first_of, one_of, shaped
from gonfalon.kit.sql import run


async def keep(
    connection: AsyncConnection, workspace_id: int, mails: Sequence[tuple[bytes, Told, int | None]]
) -> dict[bytes, int | None]:
    """Write down returned mails: digest, what they say, message. The new ones with their message, if it is ours."""
    written = await run(
        connection,
        __package__,
        "keep_returned",
        workspace_id=workspace_id,
        digests=[digest for digest, _, _ in mails],
        kinds=[told.kind.value for _, told, _ in mails],
        codes=[told.code for _, told, _ in mails],
        statuses=[told.status for _, told, _ in mails],
        details=[told.detail for _, told, _ in mails],
        messages=[message for _, _, message in mails],
    )
    return {bytes(row.digest): row.message_id for row in written}


async def count_open(connection: AsyncConnection, workspace_id: int, message_ids: Sequence[int]) -> int:
    """Return how many of these messages have no outcome yet."""
    found = await run(connection, __package__, "count_open", workspace_id=workspace_id, messages=message_ids)
    return int(found.scalar_one())


async def page_returned(
    connection: AsyncConnection, workspace_id: int, *, after: int | None, limit: int
) -> list[Returned]:
    """Read returned mails, the newest first."""
    found = await run(connection, __package__, "list_returned", workspace_id=workspace_id, after=after, limit=limit)
    return shaped(found, Returned)


async def count_kinds(connection: AsyncConnection, workspace_id: int, days: int) -> dict[str, int]:
    """Return how many mails of each kind came back in the last days."""
    query = (
        select(returned_mails.c.kind, func.count())
        .where(
            returned_mails.c.workspace_id == workspace_id,
            returned_mails.c.received_at > func.now() - func.make_interval(0, 0, 0, days),
        )
        .group_by(returned_mails.c.kind)
    )
    return {row[0]: row[1] for row in await connection.execute(query)}


async def hears_back(connection: AsyncConnection, workspace_id: int) -> bool:
    """Return whether a workspace is told of mail that comes back: some did, its mailbox can be read, or its provider
    has told of events."""
    came = select(returned_mails.c.id).where(returned_mails.c.workspace_id == workspace_id).exists()
    read = (
        select(return_mailboxes.c.workspace_id)
        .where(
            return_mailboxes.c.workspace_id == workspace_id,
            return_mailboxes.c.checked_at.is_not(None),
            return_mailboxes.c.problem == "",
        )
        .exists()
    )
    told = (
        select(email_settings.c.workspace_id)
        .where(email_settings.c.workspace_id == workspace_id, email_settings.c.heard_at.is_not(None))
        .exists()
    )
    relayed = (
        select(email_relays.c.id)
        .where(email_relays.c.workspace_id == workspace_id, email_relays.c.heard_at.is_not(None))
        .exists()
    )
    return bool((await connection.execute(select(or_(came, read, told, relayed)))).scalar_one())


async def find_mailbox(connection: AsyncConnection, workspace_id: int) -> Mailbox | None:
    """Find the workspace's mailbox."""
    query = select(return_mailboxes).where(return_mailboxes.c.workspace_id == workspace_id)
    return await first_of(connection, query, Mailbox)


async def list_mailboxes(connection: AsyncConnection) -> list[int]:
    """Return the workspaces whose mailbox is read; of the whole installation."""
    return list((await connection.execute(select(return_mailboxes.c.workspace_id))).scalars())


async def save_mailbox(connection: AsyncConnection, workspace_id: int, values: dict[str, Any]) -> Mailbox:
    """Write the workspace's mailbox; another one is read from its last days on."""
    anew = values | {"validity": None, "read_to": 0, "checked_at": None, "problem": ""}
    writing = (
        upsert(return_mailboxes)
        .values(workspace_id=workspace_id, **values)
        .on_conflict_do_update(index_elements=["workspace_id"], set_=anew)
        .returning(*return_mailboxes.c)
    )
    return await one_of(connection, writing, Mailbox)


async def remove_mailbox(connection: AsyncConnection, workspace_id: int) -> bool:
    """Stop reading a mailbox; whether there was one."""
    gone = await connection.execute(delete(return_mailboxes).where(return_mailboxes.c.workspace_id == workspace_id))
    return gone.rowcount > 0


async def note_look(connection: AsyncConnection, mailbox: Mailbox, fetched: Fetched | None, problem: str = "") -> None:
    """Write down how far a mailbox has been read, or why it could not be; nothing if it was changed meanwhile."""
    values: dict[str, Any] = {"checked_at": func.now(), "problem": problem}
    if fetched is not None:
        values |= {"validity": fetched.validity, "read_to": fetched.read_to}
    await connection.execute(
        update(return_mailboxes)
        .where(
            return_mailboxes.c.workspace_id == mailbox.workspace_id,
            return_mailboxes.c.host == mailbox.host,
            return_mailboxes.c.username == mailbox.username,
            return_mailboxes.c.folder == mailbox.folder,
        )
        .values(values)
    )
