"""Shapes of mail that comes back, over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from gonfalon.channels.contract import Fault
from gonfalon.channels.email.model import Security
from gonfalon.channels.email.returns.model import ReturnKind
from gonfalon.channels.email.returns.source import EventsSource
from gonfalon.channels.email.schemas import Line

Filled = Annotated[Line, Field(min_length=1)]


class MailboxIn(BaseModel):
    """A mailbox to read over IMAP. `password` absent: the stored one is kept, for the same host, port and user."""

    host: Filled
    port: int = Field(default=993, ge=1, le=65535)
    security: Security = Security.TLS
    username: Filled
    password: str | None = Field(default=None, min_length=1, max_length=1000)
    folder: Filled = "INBOX"


class MailboxOut(BaseModel):
    """The mailbox that is read. The password is never shown."""

    host: str
    port: int
    security: Security
    username: str
    folder: str
    checked_at: datetime | None = Field(description="When it was last looked into; null: not yet.")
    problem: str = Field(description="Why the last look failed, as a sentence; empty: it did not.")


class ReturnsOut(BaseModel):
    """How the workspace hears of mail that comes back."""

    address: str = Field(description="Takes mails by POST, whole, as the request's body; keep it to yourself.")
    events: EventsSource | None = Field(description="Null while mail leaves by no provider's API.")
    mailbox: MailboxOut | None
    counts: dict[str, int] = Field(description="Mails of the last 30 days by kind.")


class MailboxTest(BaseModel):
    """Whether a mailbox can be read; `sentence` says what to do when not, in English."""

    ok: bool
    fault: Fault | None = Field(default=None, description="Why not, as a stable code; null: it can.")
    said: str = Field(default="", description="What the other side said, or the system; empty: nothing.")
    mails: int = Field(default=0, description="How many there are of the last week.")
    more: bool = Field(default=False, description="Whether there are more than these.")
    sentence: str


class EventsTaken(BaseModel):
    """How many events spoke of mail of ours."""

    events: int


class Taken(BaseModel):
    """What a mail was understood as."""

    kind: ReturnKind
