"""Asking for a link, making one, using it once.

Who has the link has the account, so it is worth an hour, is kept as a hash, and goes where its user's mail goes or
to the operator, nowhere else.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import rules, store
from gonfalon.accounts.actions import replace_password
from gonfalon.accounts.context import operator_context
from gonfalon.accounts.letters.actions import carry, pause
from gonfalon.accounts.letters.model import Fate
from gonfalon.accounts.letters.rules import password_letter
from gonfalon.accounts.passwords import hash_password
from gonfalon.accounts.tables import password_links, users
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import NotFound, TooMany
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.log import log
from gonfalon.kit.secrets import digest, random_token
from gonfalon.kit.services import Services
from gonfalon.kit.sql import run

LINK_MINUTES = 60
ASKED_PER_ADDRESS = 3
ASKED_PER_CLIENT = 20
ASK_WINDOW = 3600
MAIL_PATIENCE = timedelta(minutes=20)
"""How long a mail that nobody takes is tried; whoever waits has asked again by then."""


async def ask_for_link(services: Services, email: str, ip: str) -> None:
    """Has a link mailed to the address if it is a member's. The answer, and the time it takes, is the same if not.

    Raises TooMany after 3 tries for an address (20 for a client) in an hour.
    """
    from gonfalon.accounts.jobs import mail_password_link_job

    address = email.strip().lower()
    now = utcnow()
    async with services.db.transaction() as connection:
        for key, most in ((f"password:{address[:200]}", ASKED_PER_ADDRESS), (f"password-ip:{ip}", ASKED_PER_CLIENT)):
            if await store.count_try(connection, key, now, ASK_WINDOW) > most:
                raise TooMany(
                    "password_link_limited", "Too many links were asked for; wait an hour and try again.", ASK_WINDOW
                )
        await defer(connection, mail_password_link_job, email=address)


async def mail_link(services: Services, email: str, tries: int) -> None:
    """Mails a member a link, if the address is one's; puts the mail off when nobody takes it. For the job."""
    from gonfalon.accounts.jobs import mail_password_link_job

    async with services.db.transaction() as connection:
        user = await _find_user(connection, email)
        if user is None:
            return
        house = (await run(connection, __package__, "choose_house")).scalar_one_or_none()
        if house is None:
            return
        workspace = await store.workspace_by_id(connection, house)
        token, _ = await _insert_link(connection, user.id)
    letter = password_letter(new_id().int, user.email, user.language, address_of(services, token), utcnow())
    fate, detail = await carry(services, workspace, letter)
    log.info("password_link_mailed", user=str(user.id), fate=fate.value, detail=detail)
    if fate is Fate.NOT_SENT:
        async with services.db.transaction() as connection:
            await connection.execute(delete(password_links).where(password_links.c.token_hash == digest(token)))
            wait = pause(tries, MAIL_PATIENCE)
            if wait is not None:
                await defer(connection, mail_password_link_job, after=wait, email=email, tries=tries + 1)


async def make_link(services: Services, email: str) -> tuple[str, datetime]:
    """A link for the operator to pass on, and when it ends; raises NotFound. Written into the audit trail."""
    async with services.db.transaction() as connection:
        user = await _find_user(connection, email.strip().lower())
        if user is None:
            raise NotFound("user_unknown", f"Nobody here signs in as {email}.")
        token, until = await _insert_link(connection, user.id)
        for workspace, _ in await store.memberships(connection, user.id):
            await operator_context(services, workspace).audit(
                connection, "member.password_link_made", "member", user.id, user.name
            )
    return address_of(services, token), until


async def read_link(services: Services, token: str) -> str | None:
    """Whose link it is (the email address), or None when it can no longer be used."""
    async with services.db.reading() as connection:
        user = await _user_of(connection, token)
        return None if user is None else user.email


async def set_password(services: Services, token: str, password: str) -> None:
    """Sets the password of the link's user, ends all their sessions and links; raises NotFound, Invalid."""
    async with services.db.reading() as connection:
        user = await _user_of(connection, token)
    if user is None:
        raise _spent()
    rules.check_password(password, user.email)
    hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        used = await connection.execute(
            delete(password_links).where(
                password_links.c.token_hash == digest(token), password_links.c.expires_at > func.now()
            )
        )
        if used.rowcount == 0:
            raise _spent()
        await replace_password(services, connection, user, hashed, "member.password_reset")
        await store.forget_tries(connection, f"sign-in:{user.email[:200]}")


def address_of(services: Services, token: str) -> str:
    """The page where the link's user chooses a password."""
    return f"{services.settings.public_url}/new-password?token={token}"


def _spent() -> NotFound:
    return NotFound("password_link_spent", "This link has been used or has run out; ask for a new one.")


async def _insert_link(connection: AsyncConnection, user_id: UUID) -> tuple[str, datetime]:
    token = random_token()
    made = await connection.execute(
        insert(password_links)
        .values(
            token_hash=digest(token),
            user_id=user_id,
            expires_at=func.now() + text(f"interval '{LINK_MINUTES} minutes'"),
        )
        .returning(password_links.c.expires_at)
    )
    return token, made.scalar_one()


async def _find_user(connection: AsyncConnection, email: str) -> Row[Any] | None:
    found = await connection.execute(select(users).where(users.c.email == email, users.c.disabled_at.is_(None)))
    return found.first()


async def _user_of(connection: AsyncConnection, token: str) -> Row[Any] | None:
    found = await connection.execute(
        select(users)
        .join(password_links, password_links.c.user_id == users.c.id)
        .where(
            password_links.c.token_hash == digest(token),
            password_links.c.expires_at > func.now(),
            users.c.disabled_at.is_(None),
        )
    )
    return found.first()
