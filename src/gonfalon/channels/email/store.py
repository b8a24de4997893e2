"""Database calls of the email channel."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.email.model import EmailSettings, SandboxMail, SenderIdentity, StoredMail
from gonfalon.channels.email.tables import email_settings, sandbox_mails, sender_identities
from gonfalon.kit.rows import all_of, first_of, one_of

_LISTED = tuple(sandbox_mails.c[each.name] for each in fields(SandboxMail))


async def find_settings(connection: AsyncConnection, workspace_id: int) -> EmailSettings:
    """Read how the workspace's mail leaves; the sandbox when nothing is set."""
    query = select(email_settings).where(email_settings.c.workspace_id == workspace_id)
    return await first_of(connection, query, EmailSettings) or EmailSettings(workspace_id)


async def save_settings(connection: AsyncConnection, workspace_id: int, values: dict[str, Any]) -> EmailSettings:
    """Write these columns of the workspace's row, making it if there is none."""
    writing = (
        upsert(email_settings)
        .values(workspace_id=workspace_id, **values)
        .on_conflict_do_update(index_elements=["workspace_id"], set_=values | {"updated_at": func.now()})
        .returning(*email_settings.c)
    )
    return await one_of(connection, writing, EmailSettings)


async def note_heard(connection: AsyncConnection, workspace_id: int) -> None:
    """Write down that the workspace's provider has told of events, to a minute."""
    lately = email_settings.c.heard_at > func.now() - func.make_interval(0, 0, 0, 0, 0, 1)
    await connection.execute(
        update(email_settings)
        .where(email_settings.c.workspace_id == workspace_id, lately.is_not(true()))
        .values(heard_at=func.now())
    )


async def insert_sender(connection: AsyncConnection, values: dict[str, Any]) -> SenderIdentity:
    """Write a sender identity."""
    writing = insert(sender_identities).values(values).returning(*sender_identities.c)
    return await one_of(connection, writing, SenderIdentity)


async def list_senders(connection: AsyncConnection, workspace_id: int) -> list[SenderIdentity]:
    """List the workspace's sender identities in use, oldest first."""
    query = (
        select(sender_identities)
        .where(sender_identities.c.workspace_id == workspace_id, sender_identities.c.archived_at.is_(None))
        .order_by(sender_identities.c.created_at, sender_identities.c.id)
    )
    return await all_of(connection, query, SenderIdentity)


async def find_sender(
    connection: AsyncConnection, workspace_id: int, sender_id: UUID | None, *, archived: bool = True
) -> SenderIdentity | None:
    """Find a sender identity, unless told otherwise also one out of use."""
    query = select(sender_identities).where(
        sender_identities.c.id == sender_id,
        sender_identities.c.workspace_id == workspace_id,
        true() if archived else sender_identities.c.archived_at.is_(None),
    )
    return await first_of(connection, query, SenderIdentity)


async def change_sender(
    connection: AsyncConnection, workspace_id: int, sender_id: UUID, values: dict[str, Any]
) -> SenderIdentity | None:
    """Change a sender identity in use; None when there is none."""
    changing = (
        update(sender_identities)
        .where(
            sender_identities.c.workspace_id == workspace_id,
            sender_identities.c.id == sender_id,
            sender_identities.c.archived_at.is_(None),
        )
        .values(values)
        .returning(*sender_identities.c)
    )
    return await first_of(connection, changing, SenderIdentity)


async def page_mails(
    connection: AsyncConnection, workspace_id: int, *, private: bool, search: str, after: int | None, limit: int
) -> list[SandboxMail]:
    """Read the sandbox's inbox, newest first, without private mails or with; search: in recipient and subject."""
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
    return await all_of(connection, query.order_by(sandbox_mails.c.id.desc()).limit(limit), SandboxMail)


async def find_mail(connection: AsyncConnection, workspace_id: int, mail_id: int) -> StoredMail | None:
    """Find one mail of the sandbox."""
    mine = (sandbox_mails.c.workspace_id == workspace_id) & (sandbox_mails.c.id == mail_id)
    return await first_of(connection, select(sandbox_mails).where(mine), StoredMail)


async def delete_mails(connection: AsyncConnection, workspace_id: int) -> int:
    """Empty the workspace's inbox; returns how many mails there were."""
    gone = await connection.execute(delete(sandbox_mails).where(sandbox_mails.c.workspace_id == workspace_id))
    return gone.rowcount
