"""Members and invitations as they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from gonfalon.accounts.model import Role


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody in the workspace as others may know them."""

    id: UUID
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the workspace; the address is empty where it is not the reader's to know."""

    user_id: UUID
    name: str
    email: Annotated[str, Field(description="Empty where it is not the reader's to know.")]
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that was not accepted yet. mail_state, mail_detail: what became of the mail with the link."""

    id: UUID
    workspace_id: int
    email: str
    role: Role
    invited_by: UUID | None
    expires_at: datetime
    created_at: datetime
    mail_state: str
    mail_detail: str


@dataclass(frozen=True, slots=True)
class OpenInvitation(Invitation):
    """An invitation that can be accepted, and the workspace's name."""

    workspace_name: str


@dataclass(frozen=True, slots=True)
class RoleOf:
    """What a member is, and their name."""

    role: Role
    name: str
