"""Turn messages of the ledger into mails: everything that is the same for a dispatch is prepared once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.store import read_settings, workspace_by_id
from gonfalon.channels.contract import Envelope, Message
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.provider import EmailProvider
from gonfalon.channels.email.store import find_sender
from gonfalon.channels.offers import Order
from gonfalon.content.render import QUOTED_PRINTABLE, CompiledEmail, Style
from gonfalon.content.render.bench import compile_safely
from gonfalon.content.templates.rules import person_fields
from gonfalon.content.templates.store import find_source
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
    provider: EmailProvider

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
        reference = self.provider.reference(row.id)
        return Message(Envelope(sender, row.address, sum(map(len, payload)), self.identity.wide, reference), payload)


async def prepare_mailing(
    connection: AsyncConnection, services: Services, provider: EmailProvider, order: Order
) -> Mailing:
    """Compile what is ordered (tens of milliseconds). Raises NotFound, TemplateError."""
    source = await find_source(connection, order.workspace_id, *order.template)
    identity = (
        Identity(**order.sender) if order.sender else await _identity(connection, order.workspace_id, order.sender_id)
    )
    workspace = await workspace_by_id(connection, order.workspace_id)
    compiled = await compile_safely(
        source,
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
        policy_of(await read_settings(connection, order.workspace_id)),
        provider,
    )


async def _identity(connection: AsyncConnection, workspace_id: int, sender_id: UUID | None) -> Identity:
    found = await find_sender(connection, workspace_id, sender_id)
    if found is None:
        raise NotFound("sender_unknown", "This sender no longer exists; choose another one.")
    return Identity(found.from_name, found.from_address, found.reply_to)
