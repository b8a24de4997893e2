"""Take in what a provider tells of mail that it took: by the same way as mail that comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from uuid import UUID

from gonfalon.channels.email import store as settings_store
from gonfalon.channels.email.model import EmailSettings
from gonfalon.channels.email.provider import EVENTS_KEY, RETURN_PATH
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.fetching import Fetcher
from gonfalon.channels.email.providers.model import Authenticity, Call, Forged, Heard
from gonfalon.channels.email.relays.model import StoredRelay
from gonfalon.channels.email.relays.store import find_relay, note_relay_heard
from gonfalon.channels.email.returns import store
from gonfalon.channels.email.returns.actions import Found, write_down
from gonfalon.channels.email.returns.rules import message_of, workspace_of
from gonfalon.channels.email.returns.source import EVENTS, events_password
from gonfalon.kit import clock
from gonfalon.kit.errors import Forbidden, Invalid, NotFound, Unavailable
from gonfalon.kit.services import Services
from gonfalon.tracking.links.tokens import Keys


async def hear_events(
    services: Services, token: str, headers: Mapping[str, str], body: bytes, relay_id: UUID | None = None
) -> int:
    """Take in a provider's events; returns how many speak of mail of ours. Bringing them again changes nothing.

    relay_id: the further relay whose provider it is; None: the workspace's first.

    Raises NotFound, Forbidden for a call that is not the provider's, Invalid, and Unavailable for an event of a
    message whose outcome is about to be written down: providers bring it again.
    """
    workspace_id = workspace_of(services.secrets.key(EVENTS), token)
    if workspace_id is None:
        raise NotFound("intake_unknown", "This is no address for returned mail; copy it from the email settings again.")
    place = f"/{relay_id}" if relay_id else ""
    async with services.db.reading() as connection:
        stored: EmailSettings | StoredRelay | None
        if relay_id is None:
            stored = await settings_store.find_settings(connection, workspace_id)
        else:
            stored = await find_relay(connection, workspace_id, relay_id)
    if stored is None:
        raise _elsewhere()
    heard = await _heard(services, stored, place, headers, body)
    found = _found(services, workspace_id, stored.provider, heard)
    async with services.db.transaction() as connection:
        if relay_id is None:
            await settings_store.note_heard(connection, workspace_id)
        else:
            await note_relay_heard(connection, workspace_id, relay_id)
        early = await store.count_open(connection, workspace_id, [message for _, message in found.values() if message])
        if early:
            raise Unavailable("events_early", "The outcome of this message is being written down; bring it again.")
        await write_down(connection, services, workspace_id, found)
    return len(found)


async def _heard(
    services: Services, stored: EmailSettings | StoredRelay, place: str, headers: Mapping[str, str], body: bytes
) -> list[Heard]:
    provider = PROVIDERS.get(stored.provider)
    if provider is None:
        raise _elsewhere()
    secret = events_password(services.secrets, stored, place)
    if provider.authenticity is Authenticity.KEY and stored.events_key_sealed:
        secret = services.secrets.open(EVENTS_KEY, stored.events_key_sealed)
    fetcher = services.find(Fetcher) or Fetcher(services.settings.reach)
    try:
        return list(await provider.hear(Call(headers, body, clock.utcnow(), secret, fetcher.fetch)))
    except Forged as problem:
        raise Forbidden("events_forged", f"These events are refused: {problem}.", why=str(problem)) from problem
    except ValueError as problem:
        raise Invalid("events_unreadable", f"These events can't be read: {problem}.", why=str(problem)) from problem


def _found(services: Services, workspace_id: int, provider: str, heard: list[Heard]) -> Found:
    """Return the events that prove which message of ours they are about, each once, by a digest of the provider's own
    name for it."""
    return_paths, keys = services.secrets.key(RETURN_PATH), Keys.from_secrets(services.secrets)
    found: Found = {}
    for each in heard:
        message = message_of(each.told, return_paths, keys, workspace_id)
        if message is not None:
            found[hashlib.sha256(f"{provider} {each.key}".encode()).digest()] = each.told, message
    return found


def _elsewhere() -> Forbidden:
    return Forbidden("events_forged", "These events are refused: mail leaves another way.", why="no provider")
