"""The verbs of mail that comes back: take it in, read a mailbox for it, say what it was."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.channels.contract import Fault
from gonfalon.channels.email.connect import is_local
from gonfalon.channels.email.model import Security
from gonfalon.channels.email.provider import RETURN_PATH, password_again
from gonfalon.channels.email.returns import store
from gonfalon.channels.email.returns.mailbox import FIRST_DAYS, MailboxTrouble, MailHost, fetch
from gonfalon.channels.email.returns.model import Fetched, Mailbox, Returned, ReturnKind, Told
from gonfalon.channels.email.returns.report import read_report
from gonfalon.channels.email.returns.rules import consequence, intake_token, message_of, workspace_of
from gonfalon.channels.email.returns.schemas import MailboxIn, MailboxTest
from gonfalon.channels.email.returns.source import EventsSource, events_source
from gonfalon.channels.email.store import find_settings
from gonfalon.channels.offers import HearsBack
from gonfalon.kit import clock
from gonfalon.kit.confined import Confined, Overrun
from gonfalon.kit.errors import Invalid, NotFound
from gonfalon.kit.network import NotAllowed
from gonfalon.kit.services import Services
from gonfalon.tracking.links.tokens import Keys

PASSWORD = "email/return-mailbox"  # noqa: S105 - the name of a key, not a secret
COUNTED_DAYS = 30
Found = dict[bytes, tuple[Told, int | None]]
"""What came back by its digest, with the message that it is about."""
_INTAKE = "email/intake"
_READERS = Confined(children=1, seconds=5, megabytes=128)
_FETCHERS = Confined(children=2, seconds=20, megabytes=256)
_ALWAYS_KEPT = frozenset((ReturnKind.BOUNCE, ReturnKind.DELAY, ReturnKind.COMPLAINT))


@dataclass(frozen=True, slots=True)
class Returns:
    """How a workspace hears of mail that comes back, and how much came in the last days, by kind."""

    address: str
    events: EventsSource | None
    mailbox: Mailbox | None
    counts: dict[str, int]


async def read_returns(ctx: Context) -> Returns:
    """Return how the workspace hears of mail that comes back."""
    ctx.require(Permission.CHANNELS_MANAGE)
    return await ctx.read(_returns)


async def list_returned(ctx: Context, after: int | None, limit: int) -> list[Returned]:
    """List mail that came back, the newest first."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.page_returned(connection, ctx.workspace.id, after=after, limit=limit)


async def save_mailbox(ctx: Context, new: MailboxIn) -> Returns:
    """Read this mailbox from now on, beginning with its last days. Raises Invalid."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.transaction() as connection:
        await store.save_mailbox(connection, ctx.workspace.id, await _values(ctx, connection, new))
        await ctx.audit(connection, "email.mailbox_set", "channel", "email", None, host=new.host, folder=new.folder)
        return await _returns(ctx, connection)


async def remove_mailbox(ctx: Context) -> Returns:
    """Stop reading the mailbox; what it brought stays."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.transaction() as connection:
        if await store.remove_mailbox(connection, ctx.workspace.id):
            await ctx.audit(connection, "email.mailbox_removed", "channel", "email")
        return await _returns(ctx, connection)


async def try_mailbox(ctx: Context, new: MailboxIn) -> MailboxTest:
    """Look into a mailbox as the job would and leave it as it is; return whether that went."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.reading() as connection:
        values = await _values(ctx, connection, new)
    try:
        fetched = await _fetch(ctx.services, Mailbox(ctx.workspace.id, **values))
    except MailboxTrouble as problem:
        return MailboxTest(ok=False, fault=problem.fault, said=problem.said, sentence=str(problem))
    more = "more than " if fetched.more else ""
    return MailboxTest(
        ok=True,
        mails=len(fetched.mails),
        more=fetched.more,
        sentence=f"{new.folder} can be read; it has {more}{len(fetched.mails)} mails of the last {FIRST_DAYS} days.",
    )


async def take_in(services: Services, token: str, raw: bytes) -> ReturnKind:
    """Take in one mail that somebody brought to a workspace's intake. Raises Invalid, NotFound."""
    workspace_id = workspace_of(services.secrets.key(_INTAKE), token)
    if workspace_id is None:
        raise NotFound("intake_unknown", "This is no address for returned mail; copy it from the email settings again.")
    if b":" not in raw[:2_000]:
        raise Invalid("mail_unreadable", "This is not a mail: send it whole, with its headers, as the request's body.")
    (kind,) = await take(services, workspace_id, [raw])
    return kind


async def take(services: Services, workspace_id: int, mails: Sequence[bytes]) -> list[ReturnKind]:
    """Read mails, keep those that came back, and tell who acts on them: one transaction, once for each mail."""
    told = await asyncio.gather(*(_read(raw) for raw in mails))
    return_paths, keys = services.secrets.key(RETURN_PATH), Keys.from_secrets(services.secrets)
    found: Found = {}
    for raw, each in zip(mails, told, strict=True):
        message = message_of(each, return_paths, keys, workspace_id)
        if message is not None or each.kind in _ALWAYS_KEPT:
            found[hashlib.sha256(raw).digest()] = each, message
    if found:
        async with services.db.transaction() as connection:
            await write_down(connection, services, workspace_id, found)
    return [each.kind for each in told]


async def write_down(connection: AsyncConnection, services: Services, workspace_id: int, found: Found) -> None:
    """Keep what came back, and tell who acts on it of what is new. Joins the transaction.

    That a message arrived is not kept: it changes only a message that was in doubt, however often it is told.
    """
    rows = [(digest, *each) for digest, each in found.items() if each[0].kind is not ReturnKind.DELIVERED]
    new = await store.keep(connection, workspace_id, rows) if rows else {}
    told = [(found[digest][0], message) for digest, message in new.items()]
    told += [each for each in found.values() if each[0].kind is ReturnKind.DELIVERED]
    came = [consequence(each, message) for each, message in told if message is not None]
    if backs := [each for each in came if each is not None]:
        for room in services.offered(HearsBack):
            await room.hear(connection, services, workspace_id, backs)


async def look_into(services: Services, workspace_id: int) -> bool:
    """Read what is new in a workspace's mailbox; whether there is more of it."""
    async with services.db.transaction() as connection:
        mailbox = await store.find_mailbox(connection, workspace_id)
    if mailbox is None:
        return False
    try:
        fetched = await _fetch(services, mailbox)
    except MailboxTrouble as problem:
        async with services.db.transaction() as connection:
            await store.note_look(connection, mailbox, None, str(problem))
        return False
    # A crash between the two reads the same mails again; their digests are known then.
    await take(services, workspace_id, fetched.mails)
    async with services.db.transaction() as connection:
        await store.note_look(connection, mailbox, fetched)
    return fetched.more


async def _read(raw: bytes) -> Told:
    """What a mail says; nothing, where it can't be read: it is nested without end, or no mail at all."""
    try:
        return await _READERS.run(read_report, raw)
    except (Overrun, RecursionError, ValueError, LookupError):
        return Told(ReturnKind.OTHER)


async def _fetch(services: Services, mailbox: Mailbox) -> Fetched:
    """What is new in a mailbox. Raises MailboxTrouble."""
    sealed = mailbox.password_sealed
    try:
        addresses = await services.settings.reach.addresses(mailbox.host, mailbox.port)
    except (NotAllowed, OSError) as problem:
        fault = Fault.NOT_ALLOWED if isinstance(problem, NotAllowed) else Fault.UNREACHABLE
        raise MailboxTrouble(f"{mailbox.host} can't be reached: {problem}", fault, str(problem)) from problem
    if mailbox.security is Security.NONE and not is_local(addresses[0]):
        raise MailboxTrouble("A password is never sent unprotected: choose STARTTLS or TLS.", Fault.UNPROTECTED)
    host = MailHost(
        mailbox.host,
        addresses[0],
        mailbox.port,
        mailbox.security,
        mailbox.username,
        services.secrets.open(PASSWORD, sealed) if sealed else "",
        mailbox.folder,
    )
    since = (clock.utcnow() - timedelta(days=FIRST_DAYS)).strftime("%d-%b-%Y")
    try:
        return await _FETCHERS.run(fetch, host, since, mailbox.validity, mailbox.read_to)
    except Overrun as problem:
        raise MailboxTrouble(
            f"{mailbox.host} sends too much or too slowly; choose a folder with fewer mails.", Fault.FULL
        ) from problem


async def _values(ctx: Context, connection: AsyncConnection, new: MailboxIn) -> dict[str, Any]:
    stored = await store.find_mailbox(connection, ctx.workspace.id)
    values: dict[str, Any] = new.model_dump(exclude={"password"}) | {"security": new.security.value}
    if new.password is not None:
        return values | {"password_sealed": ctx.services.secrets.seal(PASSWORD, new.password)}
    if stored is None:
        raise Invalid("mailbox_password_missing", "Enter the mailbox's password.")
    if (stored.host, stored.port, stored.username) != (new.host, new.port, new.username):
        raise password_again(stored.username, stored.host, stored.port)
    return values | {"password_sealed": stored.password_sealed}


async def _returns(ctx: Context, connection: AsyncConnection) -> Returns:
    token = intake_token(ctx.services.secrets.key(_INTAKE), ctx.workspace.id)
    return Returns(
        f"{ctx.services.settings.public_url}/in/mail/{token}",
        events_source(ctx.services, await find_settings(connection, ctx.workspace.id)),
        await store.find_mailbox(connection, ctx.workspace.id),
        await store.count_kinds(connection, ctx.workspace.id, COUNTED_DAYS),
    )
