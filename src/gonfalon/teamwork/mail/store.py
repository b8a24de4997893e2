"""Database calls of mailing notices."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import users
from gonfalon.kit.sql import run
from gonfalon.teamwork.tables import notice_mails, notices


async def gather_now(connection: AsyncConnection, workspace_id: int) -> int:
    """Puts unread immediate notices into mails; how many notices."""
    await connection.execute(
        text("select pg_advisory_xact_lock(hashtext('notice_mails'), :workspace)"), {"workspace": workspace_id}
    )
    return (await run(connection, __package__, "gather_now", workspace_id=workspace_id)).rowcount


async def gather_digests(connection: AsyncConnection, now: datetime) -> int:
    """Puts daily notices into the digests that are due; how many notices."""
    return (await run(connection, __package__, "gather_digests", now=now)).rowcount


async def give_up_on_the_dead(connection: AsyncConnection, now: datetime, patience: timedelta) -> int:
    """Marks mails whose worker died while handing over as unknown: they may have arrived, so they are left alone."""
    marked = await connection.execute(
        update(notice_mails)
        .where(notice_mails.c.state == "handing_over", notice_mails.c.handed_at < now - patience)
        .values(state="unknown", detail="The process ended while it was handing the mail over.")
    )
    return marked.rowcount


async def take_mail(connection: AsyncConnection, workspace_id: int, after: int) -> Row[Any] | None:
    """The next waiting mail beyond an id, taken for good by this transaction's commit."""
    return (await run(connection, __package__, "take_mail", workspace_id=workspace_id, after=after)).first()


async def settle_mail(connection: AsyncConnection, mail_id: int, state: str, detail: str) -> None:
    """Notes what became of a mail."""
    await connection.execute(
        update(notice_mails).where(notice_mails.c.id == mail_id).values(state=state, detail=detail[:500])
    )


async def workspaces_waiting(connection: AsyncConnection) -> list[int]:
    """Workspaces that have mails to hand over."""
    found = await connection.execute(
        select(notice_mails.c.workspace_id).where(notice_mails.c.state == "waiting").distinct()
    )
    return list(found.scalars())


async def addressee(connection: AsyncConnection, user_id: Any) -> Row[Any, Any, Any]:
    """Name, address and language of a member."""
    found = await connection.execute(select(users.c.name, users.c.email, users.c.language).where(users.c.id == user_id))
    return found.one()


async def notices_of(connection: AsyncConnection, mail_id: int, most: int) -> tuple[list[Row[Any]], int]:
    """The unread notices of a mail, the newest first, at most so many, and how many there are."""
    mine = (notices.c.mail_id == mail_id) & notices.c.read_at.is_(None)
    total = await connection.execute(select(func.count()).select_from(notices).where(mine))
    columns: list[Any] = [*notices.c, func.coalesce(users.c.name, notices.c.actor_name).label("actor")]
    found = await connection.execute(
        select(*columns)
        .outerjoin(users, users.c.id == notices.c.actor_id)
        .where(mine)
        .order_by(notices.c.id.desc())
        .limit(most)
    )
    return list(found.all()), int(total.scalar_one())
