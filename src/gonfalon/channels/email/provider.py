"""What it takes to hand over a workspace's mail: where to, on how many connections, signed by which keys."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.channels.contract import Connection
from gonfalon.channels.email.connect import connect
from gonfalon.channels.email.dkim import Signer, from_pem
from gonfalon.channels.email.mime import Identity, ReturnPath
from gonfalon.channels.email.model import Security, SmtpSettings
from gonfalon.channels.email.tables import email_settings
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
    row = (
        await connection.execute(select(email_settings).where(email_settings.c.workspace_id == workspace_id))
    ).first()
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
        smtp_settings(box, row),
        row.connections,
        False,
        signers_of(box, row),
        box.key(_RETURN_PATH),
        row.return_path_domain,
    )


def smtp_settings(box: SecretBox, row: Row[tuple[object, ...]]) -> SmtpSettings:
    """The SMTP settings in a row of email_settings, password opened. Raises Unavailable when the key has changed."""
    values = row._mapping
    sealed = values["password_sealed"]
    return SmtpSettings(
        values["host"],
        values["port"],
        Security(values["security"]),
        user=values["username"],
        password=box.open(PASSWORD, sealed) if sealed else "",
        hello=values["return_path_domain"] or values["dkim_domain"] or "localhost",
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
    number = user.removeprefix("workspace-")
    if not number.isdecimal() or number == user:
        return None
    known = sandbox_password(box, int(number))
    return int(number) if hmac.compare_digest(known, password) else None
