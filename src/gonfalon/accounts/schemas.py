"""Shapes of the accounts API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Language = Literal["en", "fr", "sv", "zh"]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class WorkspaceIn(BaseModel):
    """What a workspace is made of."""

    name: Name
    time_zone: str = Field(max_length=64, examples=["Europe/Stockholm"])
    currency: str = Field(max_length=3, examples=["EUR"])
    language: Language = "en"


class WorkspaceOut(WorkspaceIn):
    """A workspace; `slug` is its name in URLs."""

    slug: str


class SetupDone(WorkspaceOut):
    """The first workspace, and the demo that waited for its owner."""

    demo: str = Field(description="Slug of the demo workspace to begin in; empty without one")


class OwnerIn(BaseModel):
    """The first user."""

    name: Name
    email: str = Field(max_length=254)
    password: Password


class SetupIn(BaseModel):
    """The first workspace and its owner, with the one-time token of the set-up link."""

    token: str = Field(max_length=200)
    workspace: WorkspaceIn
    owner: OwnerIn


class SetupState(BaseModel):
    """Whether a set-up link still works."""

    open: bool


class SignInIn(BaseModel):
    """Credentials."""

    email: str = Field(max_length=254)
    password: Password


class MembershipOut(BaseModel):
    """A workspace one is a member of, and what one may do there."""

    workspace: WorkspaceOut
    role: str
    permissions: list[str]


class ProfileIn(BaseModel):
    """How one is named and sees the product."""

    name: Name
    language: Language
    theme: Literal["auto", "light", "dark"]


class MeOut(ProfileIn):
    """The signed-in user."""

    id: UUID
    email: str
    memberships: list[MembershipOut]


class PasswordIn(BaseModel):
    """A change of password; it ends all sessions."""

    present: Password
    new: Password


class SessionOut(BaseModel):
    """A place one is signed in at."""

    id: UUID
    user_agent: str
    ip: str
    created_at: datetime
    last_seen_at: datetime
    current: bool
