"""Asking for a link, making one, using it once.

Who has the link has the account, so it is worth an hour, is kept as a hash, and goes where its user's mail goes or
to the operator, nowhere else.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from gonfalon.accounts import rules, store
from gonfalon.accounts.actions import replace_password
from gonfalon.accounts.context import operator_context
from gonfalon.accounts.log.model import LogKind
from gonfalon.accounts.mails.actions import deliver, pause
from gonfalon.accounts.mails.model import MailOutcome
from gonfalon.accounts.mails.rules import password_mail
from gonfalon.accounts.model import Client, User
from gonfalon.accounts.passwords import hash_password
from gonfalon.accounts.recovery import store as links
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import NotFound, TooMany
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.log import log
from gonfalon.kit.services import Services

LINK_MINUTES = 60
ASKED_PER_ADDRESS = 3
ASKED_PER_CLIENT = 20
ASK_WINDOW = 3600
MAIL_PATIENCE = timedelta(minutes=20)
"""How long a mail that nobody takes is tried; whoever waits has asked again by then."""


async def ask_for_link(services: Services, email: str, ip: str) -> None:
    """Have a link mailed to the address if it is a member's. The answer, and the time it takes, is the same if not.

    Raises TooMany after 3 tries for an address (20 for a client) in an hour.
    """
    from gonfalon.accounts.jobs import mail_password_link_job

    address = email.strip().lower()
    now = utcnow()
    async with services.db.transaction() as connection:
        for key, most in (
            (f"password:{address[:200]}", ASKED_PER_ADDRESS),
            (f"password-ip:{rules.network_of(ip)}", ASKED_PER_CLIENT),
        ):
            if await store.count_try(connection, key, now, ASK_WINDOW) > most:
                raise TooMany(
                    "password_link_limited", "Too many links were asked for; wait an hour and try again.", ASK_WINDOW
                )
        await defer(connection, mail_password_link_job, email=address)


async def mail_link(services: Services, email: str, tries: int) -> None:
    """Mail a member a link, if the address is one's; puts the mail off when nobody takes it. For the job."""
    from gonfalon.accounts.jobs import mail_password_link_job

    async with services.db.transaction() as connection:
        user = await links.find_user(connection, email)
        if user is None:
            return
        house = await links.choose_house(connection)
        if house is None:
            return
        workspace = await store.workspace_by_id(connection, house)
        token, _ = await links.insert_link(connection, user.id, LINK_MINUTES)
    mail = password_mail(new_id().int, user.email, user.language, address_of(services, token), utcnow())
    outcome, detail = await deliver(services, workspace, mail)
    log.info("password_link_mailed", user=str(user.id), outcome=outcome.value, detail=detail)
    if outcome is MailOutcome.NOT_SENT:
        async with services.db.transaction() as connection:
            await links.delete_link(connection, token)
            wait = pause(tries, MAIL_PATIENCE)
            if wait is not None:
                await defer(connection, mail_password_link_job, after=wait, email=email, tries=tries + 1)


async def make_link(services: Services, email: str) -> tuple[str, datetime]:
    """Return a link for the operator to pass on, and when it ends; raises NotFound. Written into the audit trail."""
    async with services.db.transaction() as connection:
        user = await links.find_user(connection, email.strip().lower())
        if user is None:
            raise NotFound("user_unknown", f"Nobody here signs in as {email}.", email=email)
        token, until = await links.insert_link(connection, user.id, LINK_MINUTES)
        for each in await store.memberships(connection, user.id):
            await operator_context(services, each.workspace).audit(
                connection, "member.password_link_made", "member", user.id, user.name
            )
    return address_of(services, token), until


async def read_link(services: Services, token: str) -> str | None:
    """Return whose link it is (the email address), or None when it can no longer be used."""
    async with services.db.reading() as connection:
        user = await links.user_of(connection, token)
        return None if user is None else user.email


async def set_password(services: Services, client: Client, token: str, password: str) -> User:
    """Set the password of the link's user, ends all their sessions and links; returns the user as they are now.

    Raises NotFound, Invalid.
    """
    async with services.db.reading() as connection:
        user = await links.user_of(connection, token)
    if user is None:
        raise _spent()
    rules.check_password(password, user.email)
    hashed = await hash_password(password)
    async with services.db.transaction() as connection:
        if not await links.delete_link(connection, token):
            raise _spent()
        await replace_password(services, connection, client, user, hashed, LogKind.PASSWORD_RESET)
        return await store.find_user(connection, user.id)


def address_of(services: Services, token: str) -> str:
    """Return the page where the link's user chooses a password."""
    return f"{services.settings.public_url}/new-password?token={token}"


def _spent() -> NotFound:
    return NotFound("password_link_spent", "This link has been used or has run out; ask for a new one.")
