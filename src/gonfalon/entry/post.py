"""Mail to members, by the workspace's own way out: the sandbox until a mail server is set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from gonfalon.accounts.letters.model import Fate, Letter, Post
from gonfalon.channels.contract import ChannelUnavailable, Envelope, Verdict
from gonfalon.channels.email import store
from gonfalon.channels.email.headers import UnsafeAddress
from gonfalon.channels.email.mime import Composer, Identity
from gonfalon.channels.email.provider import load_provider
from gonfalon.content.render.encoding import QUOTED_PRINTABLE
from gonfalon.kit.services import Services

_PATIENCE = 120
_FATES = {
    Verdict.ACCEPTED: Fate.SENT,
    Verdict.REJECTED: Fate.REFUSED,
    Verdict.DEFERRED: Fate.NOT_SENT,
    Verdict.NOT_SENT: Fate.NOT_SENT,
    Verdict.UNKNOWN: Fate.UNKNOWN,
}


class EmailPost:
    """Carries letters by SMTP, from the workspace's first sender identity."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def carry(self, workspace_id: int, workspace_name: str, letter: Letter) -> tuple[Fate, str]:
        """Hands the letter over; its fate and the server's words. A letter handed over without an answer is unknown."""
        async with self._services.db.reading() as connection:
            provider = await load_provider(connection, self._services, workspace_id)
            senders = await store.list_senders(connection, workspace_id)
        if senders:
            identity = Identity(senders[0].from_name, senders[0].from_address, senders[0].reply_to)
        elif provider.sandbox:
            host = urlsplit(self._services.settings.public_url).hostname or "localhost"
            identity = Identity(workspace_name, f"gonfalon@{host}")
        else:
            return Fate.NOT_SENT, "There is no sender to mail from; add one in the email settings."
        composer = Composer(
            identity,
            reference=f"{letter.series}-{workspace_id}",
            signers=provider.signers,
            private=letter.private and provider.sandbox,
        )
        try:
            payload = composer.compose(
                letter.key,
                letter.to,
                subject=letter.subject,
                text=QUOTED_PRINTABLE.static(letter.text),
                html=QUOTED_PRINTABLE.static(letter.html),
                at=letter.at,
            )
        except UnsafeAddress as problem:
            return Fate.REFUSED, str(problem)
        envelope = Envelope(provider.envelope_sender(identity, 0), letter.to, sum(map(len, payload)))
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
            return (Fate.UNKNOWN if handed else Fate.NOT_SENT), detail
        return _FATES[outcome.verdict], f"{outcome.code} {outcome.detail}".strip()


@asynccontextmanager
async def post_resource(services: Services) -> AsyncIterator[Post]:
    """Puts the way mail to members leaves into the process's services."""
    post = EmailPost(services)
    services.put(Post, post)  # type: ignore[type-abstract]
    yield post
