"""What budgets are summed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from gonfalon.planning.model import CampaignState, Resource


class By(StrEnum):
    """What the sums are for each of."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    GOAL = "goal"
    RESOURCE = "resource"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class RollUp:
    """A question. parent_id: within that campaign and its parts. first, last: only money of these months.

    channel and goal: empty strings mean lines without one, None means any. goal: the id of a campaign's goal, or of one
    above campaigns, which stands for all that serve it.
    """

    by: By
    parent_id: UUID | None = None
    state: CampaignState | None = None
    resource: Resource | None = None
    channel: str | None = None
    goal: str | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""


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
