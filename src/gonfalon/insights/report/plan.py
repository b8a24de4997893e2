"""What a report has to know of a campaign before it asks about its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from gonfalon.planning.model import Attribution, Basis, Goal


@dataclass(frozen=True, slots=True)
class Touch:
    """A touchpoint that competes for credit for an event, with its campaign's rule and what visits by it are known by.

    tags: `utm_…` of its links. began: when it was launched or carried out, where that is known. opens, closes: between
    which an advertisement's click id may be of it, None for never.
    """

    touchpoint_id: UUID
    campaign_id: UUID
    event: str
    basis: Basis
    days: int
    channel: str = ""
    tags: Mapping[str, str] = field(default_factory=dict[str, str])
    code: str = ""
    began: datetime | None = None
    opens: datetime | None = None
    closes: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one whole unit of a currency is worth in the workspace's, from an instant on until a newer rate."""

    currency: str
    since: datetime
    worth: Decimal


@dataclass(frozen=True, slots=True)
class TouchpointPlan:
    """A touchpoint of the campaign. `tracked`: Gonfalon sent it, so opens, clicks and unsubscribes are known.

    sent_here: whether there are messages of it, or will be.
    told_…: what was typed in of one carried out elsewhere. costs: planned and spent, where they are known apart.
    loose_cost: of it, what is on no budget line.
    """

    id: UUID
    name: str
    channel: str
    state: str
    launched_at: datetime | None
    holdout_percent: int
    link_set_id: int | None
    tracked: bool
    done_on: date | None = None
    done_at: datetime | None = None
    told_reach: int | None = None
    told_conversions: int | None = None
    told_revenue: int | None = None
    costs: tuple[int | None, int | None] = (None, None)
    loose_cost: int = 0
    audience: str = ""
    sent_here: bool = False

    @property
    def begun(self) -> bool:
        """Whether it was launched or carried out."""
        return self.launched_at is not None or self.done_on is not None


@dataclass(frozen=True, slots=True)
class LinkPlan:
    """Where a numbered link of a touchpoint leads."""

    touchpoint_id: UUID
    number: int
    url: str
    label: str


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What the report needs to know of the campaign before it asks about its people. Money in minor units.

    hears_back: whether messages that come back after they were accepted are heard of.
    """

    workspace_id: int
    currency: str
    id: UUID
    name: str
    state: str
    starts_on: date | None
    ends_on: date | None
    attribution: Attribution
    goal: Goal | None
    cost_planned: int
    cost: int
    touchpoints: tuple[TouchpointPlan, ...]
    rivals: tuple[Touch, ...]
    links: tuple[LinkPlan, ...]
    unsubscribed: tuple[int, ...]
    rates: tuple[Rate, ...] = ()
    hears_back: bool = False
    leader: str = ""

    @property
    def tracked(self) -> bool:
        """Whether opens, clicks and unsubscribes are known of anything launched (or nothing is launched yet)."""
        launched = [touchpoint for touchpoint in self.touchpoints if touchpoint.launched_at is not None]
        return not launched or any(touchpoint.tracked for touchpoint in launched)

    @property
    def launched(self) -> tuple[UUID, ...]:
        """Ids of the touchpoints of which there are messages, or soon will be."""
        return tuple(touchpoint.id for touchpoint in self.touchpoints if touchpoint.launched_at is not None)

    def began(self, otherwise: datetime) -> datetime:
        """Return when the first of its touchpoints was launched or carried out; otherwise: where none was."""
        moments = [each.launched_at or each.done_at for each in self.touchpoints]
        return min((moment for moment in moments if moment is not None), default=otherwise)

    @property
    def begun(self) -> int:
        """How many of its touchpoints were launched or carried out."""
        return sum(touchpoint.begun for touchpoint in self.touchpoints)

    @property
    def reported(self) -> tuple[UUID, ...]:
        """Ids of the touchpoints that may have been answered: those of other channels may be under way unsaid."""
        return tuple(each.id for each in self.touchpoints if each.begun or not each.sent_here)
