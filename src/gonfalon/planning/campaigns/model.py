"""What a campaign is, in values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from gonfalon.accounts.model import Role
from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Internal, LongText, Name, Version
from gonfalon.metrics.model import Category
from gonfalon.planning.model import Attribution, CampaignState, Named, StoredGoal


class CampaignSort(StrEnum):
    """How the list is ordered; campaigns without the value come last. "-" is descending."""

    NEWEST = "-created"
    OLDEST = "created"
    NAME = "name"
    NAME_DESCENDING = "-name"
    STATE = "state"
    STATE_DESCENDING = "-state"
    LEADER = "leader"
    LEADER_DESCENDING = "-leader"
    STARTS = "starts"
    STARTS_DESCENDING = "-starts"
    ENDS = "ends"
    ENDS_DESCENDING = "-ends"
    BUDGET = "budget"
    BUDGET_DESCENDING = "-budget"


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

    name: Name
    category: Category
    type: CampaignType = CampaignType.EMAIL
    description: LongText = ""
    leader_id: Internal[UUID | None] = None
    parent_id: Annotated[
        Internal[UUID | None], Field(description="The campaign or programme this one is a part of")
    ] = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    attribution: Attribution = Attribution()  # noqa: RUF009


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSave(CampaignPlan):
    """A campaign's new values."""

    version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign(CampaignPlan):
    """A campaign as it is stored. A running one that is over reads as ended, unless it was loaded to be changed."""

    id: UUID
    state: CampaignState
    stage: Stage
    version: int
    updated_at: datetime
    updated_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CampaignBudget:
    """Sums of a campaign's budget lines, in minor units of the currency."""

    planned_minor: int
    spent_minor: int
    lines: int
    currency: str


@dataclass(frozen=True, slots=True)
class CampaignTouchpoints:
    """How many touchpoints there are, how many Gonfalon has launched, and how many were carried out elsewhere."""

    planned: int
    launched: int
    done: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignOverview(Campaign):
    """A campaign with what lists show of it: people, goal and sums."""

    leader: Named | None
    parent: Named | None
    children: int
    goal: StoredGoal | None
    budget: CampaignBudget
    touchpoints: CampaignTouchpoints
    my_part: Part | None
    """What whoever asks does in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCampaign(CampaignOverview):
    """A campaign in a list, with what the list is sorted by."""

    sort_value: Any


@dataclass(frozen=True, slots=True)
class Participant:
    """A member with a part in a campaign, and the role in the workspace."""

    id: UUID
    name: str
    role: Role
    part: Part


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
    missing: Annotated[int, Field(description="How many things lack it; 0 where it isn't counted")] = 0
