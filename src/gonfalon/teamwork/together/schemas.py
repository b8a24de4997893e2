"""Shapes of followers, presence and activity."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.teamwork.model import ThingKind
from gonfalon.teamwork.together.model import ActivityLine, CampaignActivity


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
    values: Annotated[dict[str, str | int], Field(description="What it was about: names, amounts, states, days")]


class ActivitySummary(BaseModel):
    """What happened in the workspace's campaigns, the liveliest first."""

    first: date
    last: date
    campaigns: list[CampaignActivity]


_TOLD = frozenset(
    ["line_name", "name", "task", "kind", "counted_minor", "planned_minor", "amount_minor", "verdict", "before",
     "after", "from_line", "to_line", "entries", "count", "on", "moved", "what"]
)  # fmt: skip
"""What of an audit line's details everybody may read who may see the campaign."""


def activity_out(line: ActivityLine, mentions: list[MemberRef]) -> Activity:
    """Return a line as the API shows it."""
    told = {key: value for key, value in line.details.items() if key in _TOLD and isinstance(value, str | int)}
    if isinstance(names := line.details.get("lines"), list):
        told["name"] = ", ".join(str(name) for name in names)
    return Activity(
        id=f"{line.source}-{line.key}",
        at=line.at,
        actor=line.actor,
        action=line.action,
        thing_kind=line.thing_kind,
        thing_id=line.thing_id,
        title=line.title,
        body=line.body,
        mentions=mentions,
        values=told,
    )
