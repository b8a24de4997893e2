"""Database calls of mailing notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.access import campaign_names
from gonfalon.accounts.passwords import NO_ENTRY
from gonfalon.accounts.tables import users
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.rows import all_of, one_of, shaped
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run
from gonfalon.teamwork.mail.model import Addressee, WaitingMail
from gonfalon.teamwork.mail.rules import Line
from gonfalon.teamwork.tables import notice_mails, notices


async def gather_now(connection: AsyncConnection, workspace_id: int) -> int:
    """Put unread immediate notices into mails; how many notices."""
    await one_at_a_time(connection, "notice mails", workspace_id)
    return (await run(connection, __package__, "gather_now", workspace_id=workspace_id, no_entry=NO_ENTRY)).rowcount


async def gather_digests(connection: AsyncConnection, now: datetime) -> int:
    """Put daily notices into the digests that are due; how many notices."""
    return (await run(connection, __package__, "gather_digests", now=now, no_entry=NO_ENTRY)).rowcount


async def give_up_on_the_dead(connection: AsyncConnection, now: datetime, patience: timedelta) -> int:
    """Mark mails whose worker died while handing over as unknown: they may have arrived, so they are left alone."""
    marked = await connection.execute(
        update(notice_mails)
        .where(notice_mails.c.state == "handing_over", notice_mails.c.handed_at < now - patience)
        .values(state="unknown", detail="The process ended while it was handing the mail over.")
    )
    return marked.rowcount


async def hold_waiting(connection: AsyncConnection) -> int:
    """End all mails that wait, and keeps notices that have none from getting one; of every workspace."""
    await connection.execute(
        update(notices).where(notices.c.mail_id.is_(None), notices.c.delivery != "off").values(delivery="off")
    )
    ended = await connection.execute(
        update(notice_mails)
        .where(notice_mails.c.state.in_(("waiting", "handing_over")))
        .values(state="unknown", detail="The database was restored or copied: it may have left before.")
    )
    return ended.rowcount


async def take_mail(connection: AsyncConnection, workspace_id: int, after: int) -> WaitingMail | None:
    """Return the next waiting mail beyond an id, taken for good by this transaction's commit."""
    taken = await run(connection, __package__, "take_mail", workspace_id=workspace_id, after=after)
    return next(iter(shaped(taken, WaitingMail)), None)


async def settle_mail(connection: AsyncConnection, mail_id: int, state: str, detail: str) -> None:
    """Note what became of a mail."""
    await connection.execute(
        update(notice_mails).where(notice_mails.c.id == mail_id).values(state=state, detail=detail[:500])
    )


async def workspaces_waiting(connection: AsyncConnection) -> list[int]:
    """Return workspaces that have mails to hand over."""
    found = await connection.execute(
        select(notice_mails.c.workspace_id).where(notice_mails.c.state == "waiting").distinct()
    )
    return list(found.scalars())


async def addressee(connection: AsyncConnection, user_id: UUID) -> Addressee:
    """Return the address and language of a member."""
    return await one_of(connection, select(users.c.email, users.c.language).where(users.c.id == user_id), Addressee)


async def notices_of(
    services: Services, connection: AsyncConnection, mail_id: int, most: int
) -> tuple[list[Line], int]:
    """Return the unread notices of a mail, the newest first, at most so many, and how many there are."""
    campaigns = campaign_names(services)
    mine = (notices.c.mail_id == mail_id) & notices.c.read_at.is_(None)
    total = await connection.execute(select(func.count()).select_from(notices).where(mine))
    n = notices.c
    columns: list[Any] = [
        n.kind,
        n.title,
        n.thing_kind,
        n.thing_id,
        n.parameters.label("values"),
        func.coalesce(users.c.name, notices.c.actor_name).label("actor"),
        campaigns.c.name.label("campaign"),
    ]
    lines = await all_of(
        connection,
        select(*columns)
        .outerjoin(users, users.c.id == notices.c.actor_id)
        .outerjoin(
            campaigns, (campaigns.c.id == notices.c.campaign_id) & (campaigns.c.workspace_id == notices.c.workspace_id)
        )
        .where(mine)
        .order_by(notices.c.id.desc())
        .limit(most),
        Line,
    )
    return lines, int(total.scalar_one())
