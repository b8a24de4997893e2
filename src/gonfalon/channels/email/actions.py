"""The verbs of the email channel: settings, keys, sender identities, the sandbox's inbox."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.accounts.rules import normalise_email
from gonfalon.channels.email import store
from gonfalon.channels.email.dkim import DnsRecord, new_rsa_key, to_pem
from gonfalon.channels.email.model import EmailSettings, SandboxMail, SenderIdentity, SmtpSettings, StoredMail
from gonfalon.channels.email.provider import (
    DKIM_KEY,
    greeting_of,
    load_provider,
    signing_record,
)
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.line import ApiRelay
from gonfalon.channels.email.providers.model import ApiProvider
from gonfalon.channels.email.returns.store import hears_back
from gonfalon.channels.email.schemas import ConnectionTest, EmailSettingsIn, SenderIn
from gonfalon.channels.email.ways import candidate_way, check_password, try_way, way_values
from gonfalon.kit.errors import Invalid, NotFound
from gonfalon.kit.ids import new_id
from gonfalon.kit.sql import run


@dataclass(frozen=True, slots=True)
class Delivery:
    """How mail leaves: what is stored, the DKIM record to publish, the name in EHLO, whether bounces are heard of."""

    stored: EmailSettings
    record: DnsRecord | None
    greets_as: str
    hears_back: bool


async def read_settings(ctx: Context) -> Delivery:
    """Return the workspace's settings."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return await _delivery(ctx, connection, await store.find_settings(connection, ctx.workspace.id))


async def save_settings(ctx: Context, new: EmailSettingsIn) -> Delivery:
    """Change how mail leaves; connections opened from now on use it. Raises Invalid.

    Invitations and links for new passwords leave by this server too, so it takes who may let people in.
    """
    ctx.require(Permission.CHANNELS_MANAGE)
    ctx.require(Permission.MEMBERS_MANAGE)
    if new.provider == "smtp" and not new.host:
        raise Invalid("host_missing", "Enter the name of your mail server, for example smtp.example.com.")
    async with ctx.transaction() as connection:
        stored = await store.find_settings(connection, ctx.workspace.id)
        check_password(stored, new)
        values = way_values(ctx.services, stored, new)
        row = await store.save_settings(connection, ctx.workspace.id, values)
        await ctx.audit(
            connection, "email.settings_changed", "channel", "email", None, provider=new.provider, host=new.host
        )
        return await _delivery(ctx, connection, row)


def list_providers(ctx: Context) -> list[ApiProvider]:
    """List the providers that take mail by an API of their own."""
    ctx.require(Permission.SETTINGS_READ)
    return list(PROVIDERS.values())


async def try_connection(ctx: Context, candidate: EmailSettingsIn | None = None) -> ConnectionTest:
    """Connect, encrypt and sign in as a sender would, then leave. candidate: settings not saved yet."""
    ctx.require(Permission.CHANNELS_MANAGE)
    if candidate is not None:
        ctx.require(Permission.MEMBERS_MANAGE)
    async with ctx.reading() as connection:
        way: SmtpSettings | ApiRelay | None
        if candidate is not None and candidate.provider != "sandbox":
            stored = await store.find_settings(connection, ctx.workspace.id)
            way = await candidate_way(connection, ctx.services, stored, candidate)
        else:
            provider = await load_provider(connection, ctx.services, ctx.workspace.id)
            way = provider.api or provider.smtp
    assert way is not None
    return await try_way(way)


async def make_dkim_key(ctx: Context, domain: str, selector: str) -> Delivery:
    """Return a new 2048-bit key that signs for the domain from now on; publish the record first."""
    ctx.require(Permission.CHANNELS_MANAGE)
    key = await asyncio.to_thread(new_rsa_key)
    values = {
        "dkim_domain": domain,
        "dkim_selector": selector,
        "dkim_key_sealed": ctx.services.secrets.seal(DKIM_KEY, to_pem(key)),
    }
    async with ctx.transaction() as connection:
        row = await store.save_settings(connection, ctx.workspace.id, values)
        await ctx.audit(connection, "email.dkim_key_made", "channel", "email", domain, selector=selector)
        return await _delivery(ctx, connection, row)


async def remove_dkim_key(ctx: Context) -> Delivery:
    """Stop signing."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.transaction() as connection:
        row = await store.save_settings(
            connection, ctx.workspace.id, {"dkim_domain": "", "dkim_selector": "", "dkim_key_sealed": None}
        )
        await ctx.audit(connection, "email.dkim_key_removed", "channel", "email")
        return await _delivery(ctx, connection, row)


async def create_sender(ctx: Context, new: SenderIn) -> SenderIdentity:
    """Create a sender identity. Raises Invalid."""
    ctx.require(Permission.CHANNELS_MANAGE)
    values = _sender_values(new) | {"id": new_id(), "workspace_id": ctx.workspace.id}
    async with ctx.transaction() as connection:
        row = await store.insert_sender(connection, values)
        await ctx.audit(connection, "sender.created", "sender", row.id, row.from_address)
        return row


async def list_senders(ctx: Context) -> list[SenderIdentity]:
    """List sender identities in use."""
    ctx.require(Permission.SETTINGS_READ)
    async with ctx.reading() as connection:
        return await store.list_senders(connection, ctx.workspace.id)


async def change_sender(ctx: Context, sender_id: UUID, new: SenderIn) -> SenderIdentity:
    """Change a sender identity; messages not sent yet use it as it is then. Raises Invalid, NotFound."""
    return await _change_sender(ctx, sender_id, _sender_values(new), "sender.changed")


async def archive_sender(ctx: Context, sender_id: UUID) -> None:
    """Take a sender identity out of use; what is launched with it is still sent. Raises NotFound."""
    await _change_sender(ctx, sender_id, {"archived_at": func.now()}, "sender.archived")


async def list_mails(ctx: Context, search: str, after: int | None, limit: int) -> list[SandboxMail]:
    """Read the sandbox's inbox, newest first; mails that let somebody in only for who may manage members."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        return await store.page_mails(
            connection,
            ctx.workspace.id,
            private=ctx.may(Permission.MEMBERS_MANAGE),
            search=search.strip(),
            after=after,
            limit=limit,
        )


async def read_mail(ctx: Context, mail_id: int) -> StoredMail:
    """Read one mail of the sandbox. Raises NotFound."""
    ctx.require(Permission.PEOPLE_READ)
    async with ctx.reading() as connection:
        row = await store.find_mail(connection, ctx.workspace.id, mail_id)
    if row is None or (row.private and not ctx.may(Permission.MEMBERS_MANAGE)):
        raise NotFound("mail_unknown", "This mail is not in the sandbox any more.")
    return row


async def empty_inbox(ctx: Context) -> int:
    """Delete the workspace's mails in the sandbox; returns how many."""
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.transaction() as connection:
        count = await store.delete_mails(connection, ctx.workspace.id)
        await ctx.audit(connection, "sandbox.emptied", "channel", "email", None, mails=count)
        return count


async def _change_sender(ctx: Context, sender_id: UUID, values: dict[str, Any], action: str) -> SenderIdentity:
    ctx.require(Permission.CHANNELS_MANAGE)
    async with ctx.transaction() as connection:
        row = await store.change_sender(connection, ctx.workspace.id, sender_id, values)
        if row is None:
            raise NotFound("sender_unknown", "This sender no longer exists.")
        await ctx.audit(connection, action, "sender", sender_id, row.from_address)
        return row


def _sender_values(new: SenderIn) -> dict[str, Any]:
    return {
        "from_name": new.from_name,
        "from_address": normalise_email(new.from_address),
        "reply_to": normalise_email(new.reply_to) if new.reply_to else "",
    }


async def _delivery(ctx: Context, connection: AsyncConnection, stored: EmailSettings) -> Delivery:
    return Delivery(
        stored,
        signing_record(ctx.services.secrets, stored),
        await greeting_of(connection, ctx.services, stored),
        await hears_back(connection, ctx.workspace.id),
    )


async def forget(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Remove the mails to erased people from the sandbox. Joins the transaction."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)
