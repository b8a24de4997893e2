"""Mail to members, by the workspace's own way out: the sandbox until a mail server is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gonfalon.accounts.mails.model import Mail, Mailer, MailOutcome
from gonfalon.channels.contract import ChannelUnavailable, Envelope, Verdict
from gonfalon.channels.email import store
from gonfalon.channels.email.headers import UnsafeAddress
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.provider import load_provider
from gonfalon.content.render.encoding import QUOTED_PRINTABLE
from gonfalon.kit.network import outward_name
from gonfalon.kit.services import Services

_PATIENCE = 120
_OUTCOMES = {
    Verdict.ACCEPTED: MailOutcome.SENT,
    Verdict.REJECTED: MailOutcome.REFUSED,
    Verdict.DEFERRED: MailOutcome.NOT_SENT,
    Verdict.THROTTLED: MailOutcome.NOT_SENT,
    Verdict.NOT_SENT: MailOutcome.NOT_SENT,
    Verdict.UNKNOWN: MailOutcome.UNKNOWN,
}


class EmailMailer:
    """Carries mails by SMTP, from the workspace's first sender identity."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def deliver(self, workspace_id: int, workspace_name: str, mail: Mail) -> tuple[MailOutcome, str]:
        """Hand the mail over; its outcome and the server's words. A mail handed over without an answer is unknown."""
        async with self._services.db.reading() as connection:
            provider = await load_provider(connection, self._services, workspace_id, members=True)
            senders = await store.list_senders(connection, workspace_id)
        if senders:
            identity = Identity(senders[0].from_name, senders[0].from_address, senders[0].reply_to)
        elif provider.sandbox:
            host = outward_name(self._services.settings.public_host) or "localhost"
            identity = Identity(workspace_name, f"gonfalon@{host}")
        else:
            return MailOutcome.NOT_SENT, "There is no sender to mail from; add one in the email settings."
        composer = Composer(
            identity,
            reference=f"{mail.series}-{workspace_id}",
            signers=provider.signers,
            private=mail.private and provider.sandbox,
        )
        try:
            payload = composer.compose(
                mail.key,
                mail.to,
                subject=mail.subject,
                text=QUOTED_PRINTABLE.static(mail.text),
                html=QUOTED_PRINTABLE.static(mail.html),
                at=mail.at,
            )
        except UnsafeAddress as problem:
            return MailOutcome.REFUSED, str(problem)
        envelope = Envelope(provider.envelope_sender(identity, 0), mail.to, sum(map(len, payload)), identity.wide)
        handed = False
        try:
            async with asyncio.timeout(_PATIENCE):
                line = await provider.connect()
                try:
                    line.offer(envelope)
                    outcome = await line.offered()
                    if outcome is None:
                        handed = True
                        outcome = await line.deliver(payload)
                finally:
                    await line.close()
        except (ChannelUnavailable, TimeoutError) as problem:
            detail = getattr(problem, "detail", "The mail server did not answer in time.")
            return (MailOutcome.UNKNOWN if handed else MailOutcome.NOT_SENT), detail
        return _OUTCOMES[outcome.verdict], f"{outcome.code} {outcome.detail}".strip()


@asynccontextmanager
async def mailer_resource(services: Services) -> AsyncIterator[Mailer]:
    """Put the way mail to members leaves into the process's services."""
    mailer = EmailMailer(services)
    services.put(Mailer, mailer)  # type: ignore[type-abstract]
    yield mailer
