"""What other rooms may know of accounts: roles, permissions, and the context of an action."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Permission(StrEnum):
    """One thing somebody may do. Actions ask for these; roles and key scopes grant them."""

    WORKSPACE_READ = "workspace.read"
    SETTINGS_READ = "settings.read"
    WORKSPACE_MANAGE = "workspace.manage"
    MEMBERS_MANAGE = "members.manage"
    KEYS_MANAGE = "keys.manage"
    AUDIT_READ = "audit.read"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    PEOPLE_IMPORT = "people.import"
    PEOPLE_EXPORT = "people.export"
    EVENTS_WRITE = "events.write"
    AUDIENCES_READ = "audiences.read"
    AUDIENCES_WRITE = "audiences.write"
    CONTENT_READ = "content.read"
    CONTENT_WRITE = "content.write"
    CHANNELS_MANAGE = "channels.manage"
    CAMPAIGNS_READ = "campaigns.read"
    CAMPAIGNS_WRITE = "campaigns.write"
    CAMPAIGNS_LAUNCH = "campaigns.launch"
    APPROVALS_MANAGE = "approvals.manage"
    DELIVERY_CONTROL = "delivery.control"
    REPORTS_READ = "reports.read"


class Role(StrEnum):
    """What a member is in a workspace."""

    OWNER = "owner"
    MANAGER = "manager"
    CREATOR = "creator"
    APPROVER = "approver"
    ANALYST = "analyst"
    GUEST = "guest"


class Scope(StrEnum):
    """What an API key may do."""

    TRACK = "track"
    READ = "read"
    WRITE = "write"
    SEND = "send"
    MANAGE = "manage"


@dataclass(frozen=True, slots=True)
class Workspace:
    """The workspace an action happens in."""

    id: int
    slug: str
    name: str
    time_zone: str
    currency: str
    language: str


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from. device: what a browser shows that signed in before (`door.device_for`)."""

    ip: str = ""
    agent: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member, an API key, the operator at the command line, or the system itself."""

    kind: str
    id: str | None
    name: str
    permissions: frozenset[Permission]
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who can sign in."""

    id: UUID
    email: str
    name: str
    language: str
    theme: str
    password_hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SessionUser(User):
    """A user with the session they are signed in by."""

    session_id: UUID
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody is signed in."""

    id: UUID
    user_agent: str
    ip: str
    created_at: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True)
class Membership:
    """A workspace that somebody is a member of, and what they are in it."""

    workspace: Workspace
    role: Role
