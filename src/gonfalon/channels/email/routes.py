"""The email channel over HTTP."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import Row

from gonfalon.accounts.auth import Ctx
from gonfalon.channels.email import actions
from gonfalon.channels.email.model import Security
from gonfalon.channels.email.reading import read_mail
from gonfalon.channels.email.schemas import (
    ConnectionTest,
    DkimIn,
    DnsRecordOut,
    EmailSettingsIn,
    EmailSettingsOut,
    HeaderOut,
    SandboxMailFull,
    SandboxMailOut,
    SenderIn,
    SenderOut,
)
from gonfalon.kit.paging import ByNumber, Page, encode_cursor

router = APIRouter(tags=["email"], prefix="/workspaces/{workspace}")


@router.get("/email/settings", operation_id="get_email_settings")
async def get_email_settings(ctx: Ctx) -> EmailSettingsOut:
    """How the workspace's mail leaves."""
    return _settings(await actions.read_settings(ctx))


@router.put("/email/settings", operation_id="save_email_settings")
async def save_email_settings(body: EmailSettingsIn, ctx: Ctx) -> EmailSettingsOut:
    """Changes how the workspace's mail leaves."""
    return _settings(await actions.save_settings(ctx, body))


@router.post("/email/settings/test", operation_id="try_email_connection")
async def try_email_connection(ctx: Ctx, body: EmailSettingsIn | None = None) -> ConnectionTest:
    """Tries to reach the mail server, with the settings given or, without any, the stored ones. Sends nothing."""
    return await actions.try_connection(ctx, body)


@router.post("/email/dkim", operation_id="make_dkim_key")
async def make_dkim_key(body: DkimIn, ctx: Ctx) -> EmailSettingsOut:
    """Makes a new signing key; the answer has the DNS record to publish."""
    return _settings(await actions.make_dkim_key(ctx, body.domain, body.selector))


@router.delete("/email/dkim", operation_id="remove_dkim_key")
async def remove_dkim_key(ctx: Ctx) -> EmailSettingsOut:
    """Stops signing."""
    return _settings(await actions.remove_dkim_key(ctx))


@router.get("/senders", operation_id="list_senders")
async def list_senders(ctx: Ctx) -> list[SenderOut]:
    """Sender identities in use, oldest first."""
    return [_sender(row) for row in await actions.list_senders(ctx)]


@router.post("/senders", operation_id="create_sender", status_code=201)
async def create_sender(body: SenderIn, ctx: Ctx) -> SenderOut:
    """A new sender identity."""
    return _sender(await actions.create_sender(ctx, body))


@router.put("/senders/{sender_id}", operation_id="change_sender")
async def change_sender(sender_id: UUID, body: SenderIn, ctx: Ctx) -> SenderOut:
    """Changes a sender identity."""
    return _sender(await actions.change_sender(ctx, sender_id, body))


@router.delete("/senders/{sender_id}", operation_id="archive_sender", status_code=204)
async def archive_sender(sender_id: UUID, ctx: Ctx) -> None:
    """Takes a sender identity out of use."""
    await actions.archive_sender(ctx, sender_id)


@router.get("/sandbox/mails", operation_id="list_sandbox_mails")
async def list_sandbox_mails(
    ctx: Ctx,
    page: ByNumber,
    search: Annotated[str, Query(max_length=200, description="part of recipient or subject")] = "",
) -> Page[SandboxMailOut]:
    """Mails the sandbox received for this workspace, newest first."""
    after = page.after[0] if page.after else None
    rows = await actions.list_mails(ctx, search, after, page.limit)
    cursor = encode_cursor(rows[-1].id) if len(rows) == page.limit else None
    return Page(items=[SandboxMailOut.model_validate(row, from_attributes=True) for row in rows], next_cursor=cursor)


@router.get("/sandbox/mails/{mail_id}", operation_id="get_sandbox_mail")
async def get_sandbox_mail(mail_id: int, ctx: Ctx) -> SandboxMailFull:
    """One mail with its headers, parts and source."""
    row = await actions.read_mail(ctx, mail_id)
    mail = read_mail(bytes(row.raw))
    return SandboxMailFull(
        id=row.id,
        received_at=row.received_at,
        mail_from=row.mail_from,
        rcpt_to=row.rcpt_to,
        subject=row.subject,
        size=row.size,
        test=row.test,
        headers=[HeaderOut(name=name, value=value) for name, value in mail.headers],
        text=mail.text,
        html=mail.html,
        raw=bytes(row.raw).decode("utf-8", "replace"),
    )


@router.delete("/sandbox/mails", operation_id="empty_sandbox", status_code=204)
async def empty_sandbox(ctx: Ctx) -> None:
    """Deletes all mails the sandbox has of this workspace."""
    await actions.empty_inbox(ctx)


def _settings(delivery: actions.Delivery) -> EmailSettingsOut:
    row, record = delivery.row, delivery.record
    published = DnsRecordOut(name=record.name, value=record.value) if record else None
    if row is None:
        return EmailSettingsOut(
            provider="sandbox",
            host="",
            port=587,
            security=Security.STARTTLS,
            username="",
            has_password=False,
            connections=20,
            return_path_domain="",
            hello="",
            greets_as=delivery.greets_as,
            dkim_domain="",
            dkim_selector="",
            dkim_record=None,
            updated_at=None,
        )
    return EmailSettingsOut(
        provider=row.provider,
        host=row.host,
        port=row.port,
        security=Security(row.security),
        username=row.username,
        has_password=bool(row.password_sealed),
        connections=row.connections,
        return_path_domain=row.return_path_domain,
        hello=row.hello,
        greets_as=delivery.greets_as,
        dkim_domain=row.dkim_domain,
        dkim_selector=row.dkim_selector,
        dkim_record=published,
        updated_at=row.updated_at,
    )


def _sender(row: Row[Any]) -> SenderOut:
    return SenderOut.model_validate(row, from_attributes=True)
