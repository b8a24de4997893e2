"""What a campaign is, in values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from gonfalon.planning.model import Attribution, CampaignState, Category


class CampaignType(StrEnum):
    """The main kind of work in a campaign; decides what is proposed, forbids nothing."""

    CONTENT = "content"
    SEARCH = "search"
    SOCIAL = "social"
    EMAIL = "email"
    EVENT = "event"
    LAUNCH = "launch"
    INFLUENCER = "influencer"
    USER_GENERATED = "user_generated"


class Stage(StrEnum):
    """Where the work of a campaign stands; each is left for the next one when what it asks for is there."""

    PLAN = "plan"
    AUDIENCE = "audience"
    CREATE = "create"
    LAUNCH = "launch"
    LEARN = "learn"

    @property
    def state(self) -> CampaignState:
        """The state that a campaign in this stage has, unless it is archived."""
        return _STATES.get(self, CampaignState.PLANNED)


_STATES = {Stage.LAUNCH: CampaignState.RUNNING, Stage.LEARN: CampaignState.ENDED}


class Part(StrEnum):
    """What somebody does in a campaign. A guest of the workspace sees a campaign only by having a part in it."""

    DOES = "does"
    REVIEWS = "reviews"
    APPROVES = "approves"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What its leader says of a campaign. Days are inclusive and in the workspace's zone."""

    name: str
    category: Category
    type: CampaignType = CampaignType.EMAIL
    description: str = ""
    leader_id: UUID | None = None
    parent_id: UUID | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    attribution: Attribution = field(default_factory=Attribution)


@dataclass(frozen=True, slots=True)
class StageFacts:
    """What the conditions for leaving a stage look at."""

    has_goal: bool
    has_leader: bool
    has_dates: bool
    budget_lines: int
    touchpoints: int
    without_audience: int
    without_content: int
    unlaunched: int
    sending: bool
    looked_back: bool


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a stage asks for before it is left: its code, whether it is there, and how many are missing."""

    code: str
    met: bool
    missing: int = 0
