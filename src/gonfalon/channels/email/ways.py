"""What all ways out have in common: what is stored of one that was entered, its password's place, and trying it."""

from __future__ import annotations

import asyncio
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.contract import ChannelUnavailable, Fault
from gonfalon.channels.email.connect import connect, is_local
from gonfalon.channels.email.model import EmailSettings, Security, SmtpSettings
from gonfalon.channels.email.provider import (
    EVENTS_KEY,
    PASSWORD,
    account_relay,
    greeting_name,
    password_again,
)
from gonfalon.channels.email.providers.every import PROVIDERS, settings_of
from gonfalon.channels.email.providers.line import ApiRelay
from gonfalon.channels.email.relays.model import StoredRelay
from gonfalon.channels.email.schemas import ConnectionTest, EmailSettingsIn, WayIn
from gonfalon.kit.errors import Invalid
from gonfalon.kit.services import Services

_PATIENCE = 20
"""Seconds that a test of a connection may take."""


StoredWay = EmailSettings | StoredRelay
"""A way out as it is stored: a workspace's first or a further one."""


def way_values(services: Services, stored: StoredWay, new: WayIn) -> dict[str, Any]:
    """Return the columns of a way out that was entered. Raises Invalid.

    A provider's keys leave with it: they are never another one's business.
    """
    values: dict[str, Any] = new.model_dump(exclude={"password", "events_key"}) | {"security": new.security.value}
    gone = stored.by_api and new.provider != stored.provider
    for name, purpose, key in (
        ("password_sealed", PASSWORD, new.password),
        ("events_key_sealed", EVENTS_KEY, new.events_key),
    ):
        if key is not None or gone:
            values[name] = services.secrets.seal(purpose, key) if key else None
    provider = PROVIDERS.get(new.provider)
    values["options"] = settings_of(provider, new.options) if provider else {}
    if provider is not None:
        if new.host and new.security is Security.NONE and not is_local(new.host):
            raise Invalid("key_in_clear", "A key is never sent unprotected: choose TLS.")
        if not (new.password or (stored.password_sealed and not gone)) or (provider.keyed_by and not new.username):
            raise Invalid("provider_key_missing", f"Enter the key of {provider.label}.", provider=provider.label)
    return values


def check_password(stored: StoredWay, new: WayIn) -> None:
    """Raise Invalid when a stored password would go to another server or in for another user."""
    if not stored.password_sealed or new.password is not None or (stored.by_api and new.provider != stored.provider):
        return
    if (new.host.lower(), new.port, new.username) != (stored.host.lower(), stored.port, stored.username):
        raise password_again(stored.username, stored.host, stored.port)


async def candidate_way(
    connection: AsyncConnection, services: Services, stored: StoredWay, new: WayIn
) -> SmtpSettings | ApiRelay:
    """Return a way out that was entered and is not saved yet, with the stored password where none is given.

    Raises Invalid.
    """
    check_password(stored, new)
    password = new.password
    if password is None:
        password = services.secrets.open(PASSWORD, stored.password_sealed) if stored.password_sealed else ""
    if new.provider in PROVIDERS:
        options = way_values(services, stored, new)["options"]
        return account_relay(services, new.provider, new.host, new.port, new.security, new.username, password, options)
    hello, domain = (new.hello, new.return_path_domain) if isinstance(new, EmailSettingsIn) else ("", "")
    return SmtpSettings(
        new.host,
        new.port,
        new.security,
        user=new.username,
        password=password,
        hello=await greeting_name(connection, services, stored.workspace_id, hello, domain),
        reach=services.settings.reach,
    )


async def try_way(way: SmtpSettings | ApiRelay) -> ConnectionTest:
    """Connect, encrypt and sign in as a sender would, then leave."""
    try:
        if isinstance(way, ApiRelay):
            await way.try_out(_PATIENCE)
            return ConnectionTest(ok=True, sentence=f"{way.provider.label} is ready to take mail.", encrypted=True)
        async with asyncio.timeout(_PATIENCE):
            line = await connect(way)
    except TimeoutError:
        where = f"{way.host}:{way.port}" if isinstance(way, SmtpSettings) else way.origin.host
        sentence = f"{where} did not answer within {_PATIENCE} seconds."
        return ConnectionTest(ok=False, fault=Fault.TIMEOUT, sentence=sentence)
    except ChannelUnavailable as problem:
        return ConnectionTest(ok=False, fault=problem.fault, said=problem.said, sentence=problem.detail)
    result = ConnectionTest(
        ok=True,
        sentence=f"{way.host} is ready to take mail.",
        encrypted=way.security is not Security.NONE,
        pipelining=line.pipelining,
        max_size=line.max_size,
    )
    await line.close()
    return result
