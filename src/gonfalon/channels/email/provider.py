"""What it takes to hand over a workspace's mail: where to, on how many connections, signed by which keys."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.contract import Connection
from gonfalon.channels.email import store
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.dkim import Signer, from_pem
from gonfalon.channels.email.mime import Identity, ReturnPath
from gonfalon.channels.email.model import Security, SmtpSettings
from gonfalon.kit.network import outward_name
from gonfalon.kit.numbers import read_whole
from gonfalon.kit.secrets import SecretBox
from gonfalon.kit.services import Services

PASSWORD = "email/password"  # noqa: S105 - the name of a key, not a secret
DKIM_KEY = "email/dkim"
_SANDBOX = "email/sandbox"
_RETURN_PATH = "email/return-path"
_SANDBOX_CONNECTIONS = 20


@dataclass(frozen=True, slots=True)
class Provider:
    """A workspace's way out. `sandbox`: nothing leaves the machine. return_path_domain "": the From address is used."""

    smtp: SmtpSettings
    connections: int
    sandbox: bool
    signers: tuple[Signer, ...]
    return_path_key: bytes
    return_path_domain: str = ""

    async def connect(self) -> Connection:
        """A connection ready for messages. Raises ChannelUnavailable."""
        return await connect(self.smtp)

    def envelope_sender(self, identity: Identity, message_id: int) -> str:
        """The return path of a message: one address a message where bounces can come back to us."""
        if not self.return_path_domain:
            return identity.address
        return ReturnPath(self.return_path_domain, self.return_path_key).address(message_id)


async def load_provider(connection: AsyncConnection, services: Services, workspace_id: int) -> Provider:
    """The workspace's provider as it is set now; the sandbox when nothing is set."""
    row = await store.find_settings(connection, workspace_id)
    box = services.secrets
    if row is None or row.provider == "sandbox":
        smtp = SmtpSettings(
            "127.0.0.1",
            services.settings.mail_sandbox_port,
            Security.NONE,
            user=f"workspace-{workspace_id}",
            password=sandbox_password(box, workspace_id),
        )
        return Provider(smtp, _SANDBOX_CONNECTIONS, True, signers_of(box, row), box.key(_RETURN_PATH))
    return Provider(
        smtp_settings(services, row, await greeting_of(connection, services, row)),
        row.connections,
        False,
        signers_of(box, row),
        box.key(_RETURN_PATH),
        row.return_path_domain,
    )


async def greeting_name(
    connection: AsyncConnection, services: Services, workspace_id: int, hello: str = "", *domains: str
) -> str:
    """The name in EHLO: the one that is set, the base address' host, a domain mail is from; "" when there is none.

    Never a name that others cannot know (localhost, a bare name): strict servers refuse those.
    """
    if hello:
        return hello
    known = [services.settings.public_host, *domains]
    known += [sender.from_address.rpartition("@")[2] for sender in await store.list_senders(connection, workspace_id)]
    return next(filter(None, map(outward_name, known)), "")


async def greeting_of(connection: AsyncConnection, services: Services, row: Row[Any]) -> str:
    """The name in EHLO that a row of email_settings makes."""
    domains = (row.return_path_domain, row.dkim_domain)
    return await greeting_name(connection, services, row.workspace_id, row.hello, *domains)


def smtp_settings(services: Services, row: Row[Any], hello: str) -> SmtpSettings:
    """The SMTP settings in a row of email_settings, password opened. Raises Unavailable when the key has changed."""
    values = row._mapping
    sealed = values["password_sealed"]
    return SmtpSettings(
        values["host"],
        values["port"],
        Security(values["security"]),
        user=values["username"],
        password=services.secrets.open(PASSWORD, sealed) if sealed else "",
        hello=hello,
        reach=services.settings.reach,
    )


def signers_of(box: SecretBox, row: Row[tuple[object, ...]] | None) -> tuple[Signer, ...]:
    """The DKIM signers in a row of email_settings."""
    if row is None:
        return ()
    values = row._mapping
    if not values["dkim_key_sealed"]:
        return ()
    key = from_pem(box.open(DKIM_KEY, values["dkim_key_sealed"]))
    return (Signer(values["dkim_domain"], values["dkim_selector"], key),)


def sandbox_password(box: SecretBox, workspace_id: int) -> str:
    """What a workspace's senders show the sandbox, so that it knows whose mail it is."""
    return hmac.digest(box.key(_SANDBOX), str(workspace_id).encode(), "sha256").hex()


def sandbox_workspace(box: SecretBox, user: str, password: str) -> int | None:
    """The workspace behind a sandbox user and password, or None."""
    number = read_whole(user.removeprefix("workspace-")) if user.startswith("workspace-") else None
    if number is None:
        return None
    known = sandbox_password(box, number)
    return number if hmac.compare_digest(known, password) else None
