"""Shapes of members and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.accounts.model import Role
from gonfalon.accounts.schemas import Password


class RoleIn(BaseModel):
    """A member's new role."""

    role: Role


class InvitationIn(BaseModel):
    """Whom to invite, as what."""

    email: str = Field(max_length=254)
    role: Role


class InvitationOut(BaseModel):
    """An invitation that was not accepted yet; past `expires_at` its link works only once it is mailed again."""

    id: UUID
    email: str
    role: Role
    expires_at: datetime
    created_at: datetime
    mail_state: Literal["none", "waiting", "sent", "refused", "not_sent", "unknown"] = Field(
        description="What became of the mail with the link; `none`: the invitation is older than its mailing."
    )
    mail_detail: str = Field(description="The mail server's words.")


class InvitationMade(BaseModel):
    """A new invitation. The link is shown once."""

    id: UUID
    link: str


class InvitationView(BaseModel):
    """What the invited person sees before accepting."""

    email: str
    role: Role
    workspace: str
    has_account: bool | None = Field(description="Told only to who has the mailed link, with its `proof`.")


class AcceptIn(BaseModel):
    """Accepting: a name and a password, or the password of the existing account."""

    token: str = Field(max_length=200)
    name: str = Field(default="", max_length=120)
    password: Password


class Joined(BaseModel):
    """The workspace one has joined."""

    workspace: str
