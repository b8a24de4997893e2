"""Shapes of touchpoints."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.schemas import Name, Version
from gonfalon.planning.model import Named, TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints.model import LinkTags


class LaunchProblem(BaseModel):
    """Why a launch came to nothing. `code` is stable, as in the answers of the API."""

    code: str
    sentence: str = Field(description="In English.")


class TouchpointName(BaseModel):
    """Another name for a touchpoint, as it was at `version`."""

    name: Name
    version: Version


class TouchpointCopy(BaseModel):
    """What the copy is called."""

    name: Name


class TopicRef(BaseModel):
    """The consent topic that is asked for."""

    id: int
    name: str


class TouchpointOut(BaseModel):
    """A touchpoint with what it is made of."""

    id: UUID
    campaign_id: UUID
    name: str
    channel: TouchpointChannel
    sent_here: bool = Field(
        description="Whether Gonfalon sends it; else it is carried out elsewhere and marked as done"
    )
    state: TouchpointState
    state_reason: str
    campaign_name: str
    audience: Named | None
    template: Named | None
    template_version: int | None
    sender_identity: Named | None
    topic: TopicRef | None
    send_at: datetime | None
    per_hour: int | None
    holdout_percent: int
    utm: LinkTags | None
    link_tags: dict[str, str] = Field(description="What is added to its links: `utm_…` names and values.")
    launched_at: datetime | None
    launched_by: str
    launch_problem: LaunchProblem | None
    note: str
    budget_line: Named | None
    done_on: date | None
    done_by: str
    reached: int | None
    cost_minor: int | None
    code: str
    told_conversions: int | None
    told_revenue_minor: int | None
    finished_at: datetime | None
    version: int
    updated_at: datetime
    updated_by: str
