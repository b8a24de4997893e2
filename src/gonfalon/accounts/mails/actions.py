"""Handing mails over, and trying again when nobody would take them."""

from __future__ import annotations

from datetime import timedelta

from gonfalon.accounts.mails.model import Mail, Mailer, MailOutcome
from gonfalon.accounts.model import Workspace
from gonfalon.kit.services import Services


async def deliver(services: Services, workspace: Workspace, mail: Mail) -> tuple[MailOutcome, str]:
    """Hand a mail over by the workspace's way of mailing; its outcome and the other side's words."""
    mailer = services.find(Mailer)  # type: ignore[type-abstract]
    if mailer is None:
        return MailOutcome.NOT_SENT, "This process sends no mail."
    return await mailer.deliver(workspace.id, workspace.name, mail)


def pause(tries: int, most: timedelta) -> timedelta | None:
    """Return how long to wait after so many tries (10 s, 40 s, 160 s … at most six hours); None after `most` in all."""
    waited = sum((_wait(earlier) for earlier in range(1, tries)), timedelta())
    wait = _wait(tries)
    return None if waited + wait > most else wait


def _wait(tries: int) -> timedelta:
    return timedelta(seconds=min(10 * 4 ** (tries - 1), 6 * 3600))
