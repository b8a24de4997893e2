"""Database calls of the email channel."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.email.tables import email_settings, sandbox_mails, sender_identities

_LISTED = (
    sandbox_mails.c.id,
    sandbox_mails.c.received_at,
    sandbox_mails.c.mail_from,
    sandbox_mails.c.rcpt_to,
    sandbox_mails.c.subject,
    sandbox_mails.c.size,
    sandbox_mails.c.test,
)


async def find_settings(connection: AsyncConnection, workspace_id: int) -> Row[Any] | None:
    """The workspace's row of email_settings."""
    found = await connection.execute(select(email_settings).where(email_settings.c.workspace_id == workspace_id))
    return found.first()


async def save_settings(connection: AsyncConnection, workspace_id: int, values: dict[str, Any]) -> Row[Any]:
    """Writes these columns of the workspace's row, making it if there is none."""
    written = await connection.execute(
        upsert(email_settings)
        .values(workspace_id=workspace_id, **values)
        .on_conflict_do_update(index_elements=["workspace_id"], set_=values | {"updated_at": func.now()})
        .returning(*email_settings.c)
    )
    return written.one()


async def insert_sender(connection: AsyncConnection, values: dict[str, Any]) -> Row[Any]:
    """Writes a sender identity."""
    return (await connection.execute(insert(sender_identities).values(values).returning(*sender_identities.c))).one()


async def list_senders(connection: AsyncConnection, workspace_id: int) -> list[Row[Any]]:
    """The workspace's sender identities in use, oldest first."""
    found = await connection.execute(
        select(sender_identities)
        .where(sender_identities.c.workspace_id == workspace_id, sender_identities.c.archived_at.is_(None))
        .order_by(sender_identities.c.created_at, sender_identities.c.id)
    )
    return list(found)


async def change_sender(
    connection: AsyncConnection, workspace_id: int, sender_id: UUID, values: dict[str, Any]
) -> Row[Any] | None:
    """Changes a sender identity in use; None when there is none."""
    changed = await connection.execute(
        update(sender_identities)
        .where(
            sender_identities.c.workspace_id == workspace_id,
            sender_identities.c.id == sender_id,
            sender_identities.c.archived_at.is_(None),
        )
        .values(values)
        .returning(*sender_identities.c)
    )
    return changed.first()


async def page_mails(
    connection: AsyncConnection, workspace_id: int, *, private: bool, search: str, after: int | None, limit: int
) -> list[Row[Any]]:
    """The sandbox's inbox, newest first, with or without private mails; search looks into recipient and subject."""
    query = select(*_LISTED).where(sandbox_mails.c.workspace_id == workspace_id)
    if not private:
        query = query.where(~sandbox_mails.c.private)
    if search:
        query = query.where(
            or_(
                sandbox_mails.c.rcpt_to.icontains(search, autoescape=True),
                sandbox_mails.c.subject.icontains(search, autoescape=True),
            )
        )
    if after is not None:
        query = query.where(sandbox_mails.c.id < after)
    return list(await connection.execute(query.order_by(sandbox_mails.c.id.desc()).limit(limit)))


async def find_mail(connection: AsyncConnection, workspace_id: int, mail_id: int) -> Row[Any] | None:
    """One mail of the sandbox."""
    found = await connection.execute(
        select(sandbox_mails).where(sandbox_mails.c.workspace_id == workspace_id, sandbox_mails.c.id == mail_id)
    )
    return found.first()


async def delete_mails(connection: AsyncConnection, workspace_id: int) -> int:
    """Empties the workspace's inbox; returns how many mails there were."""
    gone = await connection.execute(delete(sandbox_mails).where(sandbox_mails.c.workspace_id == workspace_id))
    return gone.rowcount
