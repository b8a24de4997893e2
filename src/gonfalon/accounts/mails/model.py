"""A mail to a member, and the door it leaves by. Rooms above write mails; the entry room carries them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to one member, or to somebody who may become one.

    series and key: together unique and stable, they make the Message-ID; at: the mail's own time.
    private: it holds a link that lets somebody in, so the sandbox shows it to those who may manage members only.
    """

    key: int
    to: str
    subject: str
    text: str
    html: str
    at: datetime
    series: str = "notice"
    private: bool = False


class MailOutcome(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    """Certainly not sent: it may be tried again."""
    UNKNOWN = "unknown"
    """Nobody can know whether it arrived."""


class Mailer(Protocol):
    """Carries mails out of the product by a workspace's own way of mailing; the entry room puts one into Services."""

    async def deliver(self, workspace_id: int, workspace_name: str, mail: Mail) -> tuple[MailOutcome, str]:
        """Hand the mail over; its outcome and the other side's words."""
        ...
