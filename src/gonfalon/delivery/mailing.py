"""Turning a leased message into bytes: everything that is the same for a dispatch is prepared once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.tables import workspaces
from gonfalon.channels.contract import Envelope
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.provider import Provider
from gonfalon.channels.email.tables import sender_identities
from gonfalon.content.render import QUOTED_PRINTABLE, CompiledEmail, Source, Style, compile_email
from gonfalon.content.tables import template_versions
from gonfalon.delivery.tables import dispatches
from gonfalon.kit.errors import NotFound
from gonfalon.kit.services import Services
from gonfalon.tracking.links.policy import TrackingPolicy, policy_of
from gonfalon.tracking.links.tokens import Claim, Keys
from gonfalon.tracking.links.urls import UrlFactory
from gonfalon.tracking.links.utm import Utm

_NO_TAGS = Utm()


@dataclass(frozen=True, slots=True)
class Mailing:
    """One dispatch, compiled. `mail` is pure: same message, same person, same bytes."""

    workspace_id: int
    link_set_id: int
    identity: Identity
    email: CompiledEmail
    composer: Composer
    urls: UrlFactory
    workspace_fields: dict[str, object]
    tracking: TrackingPolicy

    def envelope(self, provider: Provider, message_id: int, address: str) -> Envelope:
        """From whom and to whom on the wire."""
        return Envelope(provider.envelope_sender(self.identity, message_id), address)

    def mail(self, row: Any, at: datetime) -> list[bytes]:
        """The whole mail of a row of load_batch. Raises TemplateError, UnsafeAddress."""
        claim = Claim(self.workspace_id, row.id, row.person_id, self.link_set_id)
        clicks, opens = self.tracking.of_person(getattr(row, "tracking_consent", None))
        real = row.id > 0  # a test message measures nobody
        urls = self.urls.for_message(
            claim, track_clicks=real and clicks and self.link_set_id > 0, track_opens=real and opens
        )
        rendered = self.email.render({"person": person_fields(row), "workspace": self.workspace_fields}, urls)
        return self.composer.compose(
            row.id,
            row.address,
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            at=at,
            unsubscribe=urls.one_click,
        )


def person_fields(row: Any) -> dict[str, object]:
    """What a template may say about a person: the declared attributes, then the identities and tags."""
    return {
        **row.attributes,
        "email": row.email,
        "phone": row.phone,
        "external_id": row.external_id,
        "tags": row.tags,
    }


async def load_mailing(
    connection: AsyncConnection, services: Services, provider: Provider, dispatch_id: UUID
) -> Mailing:
    """Compile what a dispatch sends (tens of milliseconds). Raises NotFound, TemplateError."""
    dispatch = (await connection.execute(select(dispatches).where(dispatches.c.id == dispatch_id))).one()
    return await prepare(
        connection,
        services,
        provider,
        workspace_id=dispatch.workspace_id,
        link_set_id=dispatch.link_set_id or 0,
        reference=dispatch.id.hex,
        feedback_id=f"{dispatch.campaign_id.hex}:{dispatch.touchpoint_id.hex}:{dispatch.workspace_id}:gonfalon",
        template=(dispatch.template_id, dispatch.template_version),
        sender=Identity(**dispatch.sender) if dispatch.sender else dispatch.sender_identity_id,
        utm=Utm(**dispatch.utm),
    )


async def prepare(
    connection: AsyncConnection,
    services: Services,
    provider: Provider,
    *,
    workspace_id: int,
    link_set_id: int,
    reference: str,
    feedback_id: str,
    template: tuple[UUID, int],
    sender: Identity | UUID,
    utm: Utm = _NO_TAGS,
    test: bool = False,
) -> Mailing:
    """A mailing of a template version from an identity, or from a sender by id. Raises NotFound, TemplateError."""
    version = (
        await connection.execute(
            select(template_versions).where(
                template_versions.c.template_id == template[0],
                template_versions.c.number == template[1],
                template_versions.c.workspace_id == workspace_id,
            )
        )
    ).first()
    if version is None:
        raise NotFound("template_version_unknown", "This version of the email no longer exists; choose another one.")
    identity = sender if isinstance(sender, Identity) else await _identity(connection, workspace_id, sender)
    workspace = (await connection.execute(select(workspaces).where(workspaces.c.id == workspace_id))).one()
    compiled = compile_email(
        Source(version.subject, version.source, version.preheader, version.text or ""),
        Style(workspace.language, workspace.time_zone, workspace.currency),
        utm=utm.parameters(),
        encoding=QUOTED_PRINTABLE,
    )
    return Mailing(
        workspace_id,
        link_set_id,
        identity,
        compiled,
        Composer(identity, reference=reference, feedback_id=feedback_id, signers=provider.signers, test=test),
        UrlFactory(services.settings.public_url, Keys.from_secrets(services.secrets)),
        {"name": workspace.name},
        policy_of(workspace.settings),
    )


async def _identity(connection: AsyncConnection, workspace_id: int, sender_id: UUID) -> Identity:
    found = await connection.execute(
        select(sender_identities).where(
            sender_identities.c.id == sender_id, sender_identities.c.workspace_id == workspace_id
        )
    )
    row = found.first()
    if row is None:
        raise NotFound("sender_unknown", "This sender no longer exists; choose another one.")
    return Identity(row.from_name, row.from_address, row.reply_to)
