"""What it takes to hand over a workspace's mail: where to, on how many connections, signed by which keys."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.contract import Connection
from gonfalon.channels.email import store
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.dkim import DnsRecord, Signer, dns_record, from_pem
from gonfalon.channels.email.mime import Identity, ReturnPath
from gonfalon.channels.email.model import EmailSettings, Security, SmtpSettings
from gonfalon.channels.email.providers.every import PROVIDERS
from gonfalon.channels.email.providers.line import ApiRelay
from gonfalon.channels.email.providers.model import Account
from gonfalon.channels.email.relays.model import Purpose, StoredRelay
from gonfalon.channels.email.relays.pool import Pool, Relay, Turns
from gonfalon.channels.email.relays.store import list_relays
from gonfalon.kit.errors import Invalid
from gonfalon.kit.network import outward_name
from gonfalon.kit.numbers import read_whole
from gonfalon.kit.outbound import Origin
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.services import Services

PASSWORD = "email/password"  # noqa: S105 - the name of a key, not a secret
EVENTS_KEY = "email/events-key"
DKIM_KEY = "email/dkim"
_SANDBOX = "email/sandbox"
RETURN_PATH = "email/return-path"
_SANDBOX_CONNECTIONS = 20


@dataclass(frozen=True, slots=True)
class EmailProvider:
    """A workspace's way out: an SMTP server or a provider's API.

    sandbox: nothing leaves the machine. return_path_domain "": the From address is used.
    """

    smtp: SmtpSettings | None
    connections: int
    sandbox: bool
    signers: tuple[Signer, ...]
    return_path_key: bytes
    return_path_domain: str = ""
    api: ApiRelay | None = None
    pool: Pool | None = None

    async def connect(self) -> Connection:
        """Return a connection ready for messages. Raises ChannelUnavailable."""
        if self.pool is not None:
            return await self.pool.connect()
        if self.api is not None:
            return await self.api.connect()
        assert self.smtp is not None
        return await connect(self.smtp)

    def envelope_sender(self, identity: Identity, message_id: int) -> str:
        """Return the return path of a message: one address a message where bounces can come back to us."""
        if not self.return_path_domain:
            return identity.address
        return ReturnPath(self.return_path_domain, self.return_path_key).address(message_id)

    def reference(self, message_id: int) -> str:
        """Return what proves to us in a provider's events which message they are about; "" where none tells of any."""
        tells = self.api is not None or (
            self.pool is not None and any(isinstance(relay.way, ApiRelay) for relay in self.pool.relays)
        )
        return ReturnPath("", self.return_path_key).token(message_id) if tells and message_id > 0 else ""


@dataclass(frozen=True, slots=True)
class SmtpWay:
    """A mail server as one of several relays."""

    settings: SmtpSettings

    async def connect(self) -> Connection:
        """Return a connection ready for messages. Raises ChannelUnavailable."""
        return await connect(self.settings)


async def load_provider(
    connection: AsyncConnection, services: Services, workspace_id: int, *, members: bool = False
) -> EmailProvider:
    """Load the workspace's provider as it is set now; the sandbox when nothing is set.

    members: for mail to members, which has relays of its own where the workspace says so.
    """
    stored = await store.find_settings(connection, workspace_id)
    box = services.secrets
    if stored.sandbox:
        smtp = SmtpSettings(
            "127.0.0.1",
            services.settings.mail_sandbox_port,
            Security.NONE,
            user=f"workspace-{workspace_id}",
            password=sandbox_password(box, workspace_id),
        )
        return EmailProvider(smtp, _SANDBOX_CONNECTIONS, True, signers_of(box, stored), box.key(RETURN_PATH))
    hello = await greeting_of(connection, services, stored)
    further = _meant([each for each in await list_relays(connection, workspace_id) if not each.paused], members)
    alone = any(each.purpose is Purpose.MEMBERS for each in further)
    used: list[EmailSettings | StoredRelay] = [*further] if alone else [stored, *further]
    relays = [_relay(services, each, hello) for each in used]
    by_smtp = any(isinstance(each.way, SmtpWay) for each in relays)
    first = relays[0].way
    provider = EmailProvider(
        first.settings if isinstance(first, SmtpWay) else None,
        sum(each.connections for each in relays),
        False,
        signers_of(box, stored) if by_smtp else (),
        box.key(RETURN_PATH),
        stored.return_path_domain if by_smtp else "",
        first if isinstance(first, ApiRelay) else None,
    )
    slow = {name: _turns(services, rate) for name, rate in stored.domain_rates.items()}
    if len(relays) == 1 and relays[0].turns is None and not slow:
        return provider
    return replace(provider, pool=Pool(relays, {name: turns for name, turns in slow.items() if turns}))


def _meant(relays: list[StoredRelay], members: bool) -> list[StoredRelay]:
    """Return the relays for launched mail, or for members': those of their own, else those for everything."""
    if members:
        own = [each for each in relays if each.purpose is Purpose.MEMBERS]
        return own or [each for each in relays if each.purpose is Purpose.EVERYTHING]
    return [each for each in relays if each.purpose is not Purpose.MEMBERS]


def _relay(services: Services, stored: EmailSettings | StoredRelay, hello: str) -> Relay:
    way = api_relay(services, stored) if stored.by_api else SmtpWay(smtp_settings(services, stored, hello))
    name = stored.name if isinstance(stored, StoredRelay) else ""
    return Relay(name, way, stored.weight, stored.connections, _turns(services, stored.per_minute))


def _turns(services: Services, per_minute: int | None) -> Turns | None:
    """Return the turns of this process: all senders together keep the rate."""
    return Turns(60.0 * services.settings.senders / per_minute) if per_minute else None


async def greeting_name(
    connection: AsyncConnection, services: Services, workspace_id: int, hello: str = "", *domains: str
) -> str:
    """Return the name in EHLO: the one that is set, the base address' host, a domain mail is from; "" when there is
    none.

    Never a name that others cannot know (localhost, a bare name): strict servers refuse those.
    """
    if hello:
        return hello
    known = [services.settings.public_host, *domains]
    known += [sender.from_address.rpartition("@")[2] for sender in await store.list_senders(connection, workspace_id)]
    return next(filter(None, map(outward_name, known)), "")


async def greeting_of(connection: AsyncConnection, services: Services, stored: EmailSettings) -> str:
    """Return the name in EHLO that stored settings make."""
    domains = (stored.return_path_domain, stored.dkim_domain)
    return await greeting_name(connection, services, stored.workspace_id, stored.hello, *domains)


def api_relay(services: Services, stored: EmailSettings | StoredRelay) -> ApiRelay:
    """Return the way out by a stored provider's API, key opened. Raises Unavailable when the key has changed."""
    sealed = stored.password_sealed
    key = services.secrets.open(PASSWORD, sealed) if sealed else ""
    return account_relay(
        services, stored.provider, stored.host, stored.port, stored.security, stored.username, key, stored.options
    )


def account_relay(
    services: Services,
    name: str,
    host: str,
    port: int,
    security: Security,
    user: str,
    key: str,
    options: Mapping[str, str],
) -> ApiRelay:
    """Return the way out by a provider's API. host "": the provider's own."""
    provider, reach = PROVIDERS[name], services.settings.reach
    origin = Origin(host, port, security is not Security.NONE, reach)
    if not host:
        origin = Origin(provider.host(options), reach=reach)
    return ApiRelay(provider, origin, Account(origin.name, user, key, options))


def smtp_settings(services: Services, stored: EmailSettings | StoredRelay, hello: str) -> SmtpSettings:
    """Return the SMTP settings in stored ones, password opened. Raises Unavailable when the key has changed."""
    sealed = stored.password_sealed
    return SmtpSettings(
        stored.host,
        stored.port,
        stored.security,
        user=stored.username,
        password=services.secrets.open(PASSWORD, sealed) if sealed else "",
        hello=hello,
        reach=services.settings.reach,
    )


def signers_of(box: SecretBox, stored: EmailSettings) -> tuple[Signer, ...]:
    """Return the DKIM signers in stored settings."""
    if not stored.dkim_key_sealed:
        return ()
    key = from_pem(box.open(DKIM_KEY, stored.dkim_key_sealed))
    return (Signer(stored.dkim_domain, stored.dkim_selector, key),)


def signing_record(box: SecretBox, stored: EmailSettings) -> DnsRecord | None:
    """Return the record that publishes the key mails are signed with; None when they are not."""
    if not stored.dkim_key_sealed:
        return None
    return dns_record(stored.dkim_domain, stored.dkim_selector, from_pem(box.open(DKIM_KEY, stored.dkim_key_sealed)))


def password_again(user: str, host: str, port: int) -> Invalid:
    """Return the refusal to use a stored password for another server or user than it belongs to."""
    return Invalid(
        "password_again",
        f"Enter the password again: the stored one belongs to {user} at {host}:{port}.",
        user=user,
        host=host,
        port=port,
    )


def sandbox_password(box: SecretBox, workspace_id: int) -> str:
    """Return what a workspace's senders show the sandbox, so that it knows whose mail it is."""
    return hmac.digest(box.key(_SANDBOX), str(workspace_id).encode(), "sha256").hex()


def sandbox_workspace(box: SecretBox, user: str, password: str) -> int | None:
    """Return the workspace behind a sandbox user and password, or None."""
    number = read_whole(user.removeprefix("workspace-")) if user.startswith("workspace-") else None
    if number is None:
        return None
    known = sandbox_password(box, number)
    return number if hmac.compare_digest(known, password) else None
