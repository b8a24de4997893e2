"""What it takes to hand over a workspace's mail: where to, on how many connections, signed by which keys."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.contract import Connection
from gonfalon.channels.email import store
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.dkim import DnsRecord, Signer, dns_record, from_pem
from gonfalon.channels.email.mime import Identity, ReturnPath
from gonfalon.channels.email.model import EmailSettings, Security, SmtpSettings
from gonfalon.kit.errors import Invalid
from gonfalon.kit.network import outward_name
from gonfalon.kit.numbers import read_whole
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.services import Services

PASSWORD = "email/password"  # noqa: S105 - the name of a key, not a secret
DKIM_KEY = "email/dkim"
_SANDBOX = "email/sandbox"
RETURN_PATH = "email/return-path"
_SANDBOX_CONNECTIONS = 20


@dataclass(frozen=True, slots=True)
class EmailProvider:
    """A workspace's way out. `sandbox`: nothing leaves the machine. return_path_domain "": the From address is used."""

    smtp: SmtpSettings
    connections: int
    sandbox: bool
    signers: tuple[Signer, ...]
    return_path_key: bytes
    return_path_domain: str = ""

    async def connect(self) -> Connection:
        """Return a connection ready for messages. Raises ChannelUnavailable."""
        return await connect(self.smtp)

    def envelope_sender(self, identity: Identity, message_id: int) -> str:
        """Return the return path of a message: one address a message where bounces can come back to us."""
        if not self.return_path_domain:
            return identity.address
        return ReturnPath(self.return_path_domain, self.return_path_key).address(message_id)


async def load_provider(connection: AsyncConnection, services: Services, workspace_id: int) -> EmailProvider:
    """Load the workspace's provider as it is set now; the sandbox when nothing is set."""
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
    return EmailProvider(
        smtp_settings(services, stored, await greeting_of(connection, services, stored)),
        stored.connections,
        False,
        signers_of(box, stored),
        box.key(RETURN_PATH),
        stored.return_path_domain,
    )


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


def smtp_settings(services: Services, stored: EmailSettings, hello: str) -> SmtpSettings:
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
