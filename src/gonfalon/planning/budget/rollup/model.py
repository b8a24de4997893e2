"""What budgets are summed over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.kit.days import Day
from gonfalon.planning.model import CampaignState, Resource


class By(StrEnum):
    """What the sums are for each of."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    GOAL = "goal"
    RESOURCE = "resource"
    QUARTER = "quarter"
    MONTH = "month"


class BudgetQuestion(BaseModel):
    """What budgets are summed over, and which."""

    by: By = By.CAMPAIGN
    parent_id: Annotated[UUID | None, Field(description="Within that campaign and its parts")] = None
    state: Annotated[CampaignState | None, Field(description="Without it: all but archived campaigns")] = None
    resource: Resource | None = None
    channel: Annotated[str | None, Field(max_length=16, description="Empty: lines without one")] = None
    goal: Annotated[
        str | None,
        Field(max_length=40, description="A goal's id: with the campaigns that serve it; empty: campaigns without one"),
    ] = None
    first: Annotated[Day | None, Field(description="Only money from this month on")] = None
    last: Annotated[Day | None, Field(description="Only money up to this month")] = None
    q: Annotated[str, Field(max_length=200, description="Words in the campaign's name")] = ""


@dataclass(frozen=True, slots=True)
class Group:
    """One sum, in minor units of the workspace's currency. key: a campaign's or goal's id, a name, or a period's
    first day.

    label: its name; parts: campaigns below it, or serving the goal; own: a campaign's own lines beside those of its
    parts.
    """

    key: str
    label: str
    own: bool
    lines: int
    parts: int
    planned: int
    approved: int
    committed: int
    spent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedGroup(Group):
    """A group with what it is sorted by, beside what all groups come to."""

    rank: int
    all_lines: int
    all_groups: int
    all_planned: int
    all_approved: int
    all_committed: int
    all_spent: int


@dataclass(frozen=True, slots=True)
class Sums:
    """A page of groups and what all of them come to."""

    groups: list[Group]
    after: tuple[int, str] | None
    total: Group
