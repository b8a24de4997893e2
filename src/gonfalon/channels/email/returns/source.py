"""Where a provider brings its events, and what it has to show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated

from pydantic import Field

from gonfalon.channels.email.model import EmailSettings
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.model import Authenticity
from gonfalon.channels.email.relays.model import StoredRelay
from gonfalon.channels.email.returns.rules import intake_token
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.services import Services

EVENTS = "email/events"
_PASSWORD = "email/events-password"  # noqa: S105 - the name of a key, not a secret


@dataclass(frozen=True, slots=True)
class EventsSource:
    """How a provider tells a workspace of its mail."""

    provider: Annotated[str, Field(description="What the provider is called.")]
    address: Annotated[str, Field(description="Takes the provider's events by POST; enter it there.")]
    authenticity: Authenticity
    password: Annotated[str, Field(description="What the provider has to show; empty: it signs.")] = field(repr=False)
    has_key: Annotated[bool, Field(description="The key by which it signs is stored.")]
    heard_at: Annotated[
        datetime | None, Field(description="When it last told of an event, to a minute; null: not yet.")
    ]


def events_source(services: Services, stored: EmailSettings | StoredRelay, place: str = "") -> EventsSource | None:
    """Return how a stored provider tells of mail; None where none does.

    place: what the address of a further relay ends with.
    """
    provider = PROVIDERS.get(stored.provider)
    if provider is None:
        return None
    token = intake_token(services.secrets.key(EVENTS), stored.workspace_id)
    return EventsSource(
        provider.label,
        f"{services.settings.public_url}/in/events/{token}{place}",
        provider.authenticity,
        events_password(services.secrets, stored, place),
        stored.has_events_key,
        stored.heard_at,
    )


def events_password(box: SecretBox, stored: EmailSettings | StoredRelay, place: str = "") -> str:
    """Return what a stored provider has to show with its events; "" where it shows something else."""
    provider = PROVIDERS.get(stored.provider)
    if provider is None or provider.authenticity is not Authenticity.PASSWORD:
        return ""
    return box.token(_PASSWORD, f"{stored.workspace_id} {provider.name}{place}")
