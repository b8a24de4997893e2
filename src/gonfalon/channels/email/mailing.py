"""Turning a message of the ledger into a mail: everything that is the same for a dispatch is prepared once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import workspaces
from gonfalon.channels.contract import Envelope, Message
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.provider import Provider
from gonfalon.channels.email.tables import sender_identities
from gonfalon.channels.offers import Order
from gonfalon.content.render import QUOTED_PRINTABLE, CompiledEmail, Source, Style
from gonfalon.content.render.bench import compile_safely
from gonfalon.content.tables import template_versions
from gonfalon.content.templates.rules import person_fields
from gonfalon.kit.errors import NotFound
from gonfalon.kit.services import Services
from gonfalon.tracking.links.policy import TrackingPolicy, policy_of
from gonfalon.tracking.links.tokens import Claim, Keys
from gonfalon.tracking.links.urls import UrlFactory


@dataclass(frozen=True, slots=True)
class Mailing:
    """One dispatch's mails, compiled."""

    workspace_id: int
    link_set_id: int
    identity: Identity
    email: CompiledEmail
    composer: Composer
    urls: UrlFactory
    workspace_fields: dict[str, object]
    tracking: TrackingPolicy
    provider: Provider

    def message(self, row: Any, at: datetime) -> Message:
        """Compose the whole mail of a row of load_batch. Raises TemplateError, UnsafeAddress."""
        claim = Claim(self.workspace_id, row.id, row.person_id, self.link_set_id)
        clicks, opens = self.tracking.of_person(getattr(row, "tracking_consent", None))
        real = row.id > 0  # a test message measures nobody
        urls = self.urls.for_message(
            claim, track_clicks=real and clicks and self.link_set_id > 0, track_opens=real and opens
        )
        rendered = self.email.render({"person": person_fields(row), "workspace": self.workspace_fields}, urls)
        payload = self.composer.compose(
            row.id,
            row.address,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            at=at,
            unsubscribe=urls.one_click,
        )
        sender = self.provider.envelope_sender(self.identity, row.id)
        return Message(Envelope(sender, row.address, sum(map(len, payload)), self.identity.wide), payload)


async def prepare_mailing(connection: AsyncConnection, services: Services, provider: Provider, order: Order) -> Mailing:
    """Compile what is ordered (tens of milliseconds). Raises NotFound, TemplateError."""
    version = (
        await connection.execute(
            select(template_versions).where(
                template_versions.c.template_id == order.template[0],
                template_versions.c.number == order.template[1],
                template_versions.c.workspace_id == order.workspace_id,
            )
        )
    ).first()
    if version is None:
        raise NotFound("template_version_unknown", "This version of the email no longer exists; choose another one.")
    identity = (
        Identity(**order.sender) if order.sender else await _identity(connection, order.workspace_id, order.sender_id)
    )
    workspace = (await connection.execute(select(workspaces).where(workspaces.c.id == order.workspace_id))).one()
    compiled = await compile_safely(
        Source(version.subject, version.source, version.preheader, version.text or ""),
        Style(workspace.language, workspace.time_zone, workspace.currency),
        utm=order.utm.parameters(),
        encoding=QUOTED_PRINTABLE,
    )
    feedback = "" if order.test else f"{order.campaign}:{order.touchpoint}:{order.workspace_id}:gonfalon"
    return Mailing(
        order.workspace_id,
        order.link_set_id,
        identity,
        compiled,
        Composer(identity, reference=order.reference, feedback_id=feedback, signers=provider.signers, test=order.test),
        UrlFactory(services.settings.public_url, Keys.from_secrets(services.secrets)),
        {"name": workspace.name},
        policy_of(workspace.settings),
        provider,
    )


async def _identity(connection: AsyncConnection, workspace_id: int, sender_id: UUID | None) -> Identity:
    found = await connection.execute(
        select(sender_identities).where(
            sender_identities.c.id == sender_id, sender_identities.c.workspace_id == workspace_id
        )
    )
    row = found.first()
    if row is None:
        raise NotFound("sender_unknown", "This sender no longer exists; choose another one.")
    return Identity(row.from_name, row.from_address, row.reply_to)
