"""Shapes of followers, presence and activity."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Row

from gonfalon.teamwork.model import ThingKind


class MemberRef(BaseModel):
    """A member by name."""

    id: UUID
    name: str


class ThingOut(BaseModel):
    """A thing with what people do around it. following: oneself, or null for an API key."""

    kind: ThingKind
    id: UUID
    title: str
    campaign_id: UUID | None
    comments: int
    open_threads: int
    following: bool | None
    followers: list[MemberRef]


class Following(BaseModel):
    """Whether one follows a thing."""

    following: bool


class Presence(BaseModel):
    """Who else looks at a thing right now."""

    others: list[MemberRef]


class Activity(BaseModel):
    """A line of what happened: of the audit trail (`action`, what it was done to), or a comment with its words."""

    id: str
    at: datetime
    actor: str
    action: str
    thing_kind: str | None
    thing_id: str | None
    title: str | None
    body: str | None
    mentions: list[MemberRef]


class CampaignActivity(BaseModel):
    """How much happened in a campaign: changes of the plan, comments, and how many people took part."""

    campaign_id: UUID
    name: str
    changes: int
    comments: int
    people: int


class ActivitySummary(BaseModel):
    """What happened in the workspace's campaigns, the liveliest first."""

    first: date
    last: date
    campaigns: list[CampaignActivity]


def activity_out(row: Row[tuple[object, ...]], mentions: list[MemberRef]) -> Activity:
    """A line from its row."""
    values = dict(row._mapping)
    return Activity(
        id=f"{values['source']}-{values['key']}",
        mentions=mentions,
        **{name: values[name] for name in ("at", "actor", "action", "thing_kind", "thing_id", "title", "body")},
    )
