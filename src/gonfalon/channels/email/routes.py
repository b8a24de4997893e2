"""The email channel over HTTP."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email import actions
from gonfalon.channels.email.model import SandboxMail, SenderIdentity
from gonfalon.channels.email.received import read_mail
from gonfalon.channels.email.schemas import (
    ConnectionTest,
    DkimIn,
    DnsRecordOut,
    EmailSettingsIn,
    EmailSettingsOut,
    HeaderOut,
    ProviderOut,
    SandboxMailFull,
    SenderIn,
)
from gonfalon.kit.paging import ByNumber, Page

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}")


@router.get("/email/settings", operation_id="get_email_settings")
async def get_email_settings(ctx: Ctx) -> EmailSettingsOut:
    """Return how the workspace's mail leaves."""
    return _settings(await actions.read_settings(ctx))


@router.put("/email/settings", operation_id="save_email_settings")
async def save_email_settings(body: EmailSettingsIn, ctx: Ctx) -> EmailSettingsOut:
    """Change how the workspace's mail leaves."""
    return _settings(await actions.save_settings(ctx, body))


@router.post("/email/settings/test", operation_id="try_email_connection")
async def try_email_connection(ctx: Ctx, body: EmailSettingsIn | None = None) -> ConnectionTest:
    """Try to reach the mail server, with the settings given or, without any, the stored ones. Sends nothing."""
    return await actions.try_connection(ctx, body)


@router.get("/email/providers", operation_id="list_email_providers")
async def list_email_providers(ctx: Ctx) -> list[ProviderOut]:
    """List the providers that take mail by an API of their own."""
    return [ProviderOut.model_validate(each, from_attributes=True) for each in actions.list_providers(ctx)]


@router.post("/email/dkim", operation_id="make_dkim_key")
async def make_dkim_key(body: DkimIn, ctx: Ctx) -> EmailSettingsOut:
    """Make a new signing key; the answer has the DNS record to publish."""
    return _settings(await actions.make_dkim_key(ctx, body.domain, body.selector))


@router.delete("/email/dkim", operation_id="remove_dkim_key")
async def remove_dkim_key(ctx: Ctx) -> EmailSettingsOut:
    """Stop signing."""
    return _settings(await actions.remove_dkim_key(ctx))


@router.get("/senders", operation_id="list_senders")
async def list_senders(ctx: Ctx) -> list[SenderIdentity]:
    """Return sender identities in use, oldest first."""
    return await actions.list_senders(ctx)


@router.post("/senders", operation_id="create_sender", status_code=201)
async def create_sender(body: SenderIn, ctx: Ctx) -> SenderIdentity:
    """Return a new sender identity."""
    return await actions.create_sender(ctx, body)


@router.put("/senders/{sender_id}", operation_id="change_sender")
async def change_sender(sender_id: UUID, body: SenderIn, ctx: Ctx) -> SenderIdentity:
    """Change a sender identity."""
    return await actions.change_sender(ctx, sender_id, body)


@router.delete("/senders/{sender_id}", operation_id="archive_sender", status_code=204)
async def archive_sender(sender_id: UUID, ctx: Ctx) -> None:
    """Take a sender identity out of use."""
    await actions.archive_sender(ctx, sender_id)


@router.get("/sandbox/mails", operation_id="list_sandbox_mails")
async def list_sandbox_mails(
    ctx: Ctx,
    page: ByNumber,
    search: Annotated[str, Query(max_length=200, description="part of recipient or subject")] = "",
) -> Page[SandboxMail]:
    """Mail the sandbox received for this workspace, newest first."""
    after = page.after[0] if page.after else None
    return page.as_read(await actions.list_mails(ctx, search, after, page.fetch))


@router.get("/sandbox/mails/{mail_id}", operation_id="get_sandbox_mail")
async def get_sandbox_mail(mail_id: int, ctx: Ctx) -> SandboxMailFull:
    """Return one mail with its headers, parts and source."""
    stored = await actions.read_mail(ctx, mail_id)
    mail = read_mail(stored.raw)
    return SandboxMailFull(
        **{each.name: getattr(stored, each.name) for each in fields(SandboxMail)},
        headers=[HeaderOut(name=name, value=value) for name, value in mail.headers],
        text=mail.text,
        html=mail.html,
        raw=stored.raw.decode("utf-8", "replace"),
    )


@router.delete("/sandbox/mails", operation_id="empty_sandbox", status_code=204)
async def empty_sandbox(ctx: Ctx) -> None:
    """Delete all mails the sandbox has of this workspace."""
    await actions.empty_inbox(ctx)


def _settings(delivery: actions.Delivery) -> EmailSettingsOut:
    stored, record = delivery.stored, delivery.record
    shown = {name: getattr(stored, name) for name in EmailSettingsOut.model_fields if hasattr(stored, name)}
    return EmailSettingsOut(
        **shown,
        greets_as=delivery.greets_as,
        hears_back=delivery.hears_back,
        dkim_record=DnsRecordOut(name=record.name, value=record.value) if record else None,
    )
