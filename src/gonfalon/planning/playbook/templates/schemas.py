"""A campaign as a document that others begin from, and the shapes around it.

Days are counted from the campaign's first day, which is 0; people are roles. Keys name parts of one document.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import Amount, LongText, MinorUnits, Name, Version, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.metrics.model import Category
from gonfalon.planning.briefs.model import MOST_PASSAGES, MOST_TEXT, MessageKind, Section
from gonfalon.planning.campaigns.model import CampaignType, Part
from gonfalon.planning.model import Resource
from gonfalon.planning.timeline.model import TaskKind
from gonfalon.planning.timeline.schedule import LinkKind

Key = Annotated[str, Field(min_length=1, max_length=40, pattern="^[a-z0-9_]+$")]
Offset = Annotated[int, Field(ge=-3660, le=3660, description="Days after the campaign's first day")]
MOST_DAYS = 3660
MOST_TASKS = 2_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PlanRole(_Part):
    """Somebody who is needed. `member_id`: who had this role when the campaign was saved as a template."""

    key: Key
    name: Name
    part: Part = Part.DOES
    leads: bool = False
    member_id: UUID | None = None


class PlanGoal(_Part):
    """What the campaign is usually about; the target is set when it begins."""

    metric: GoalMetric
    target: Amount | None = None
    day: Annotated[Offset | None, Field(description="Its deadline; the last day where there is none")] = None


class PlanPassage(_Part):
    """Words of the brief. `parent`: place in the list of the audience that a message is for."""

    section: Section
    text: Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(clean_text)] = ""
    kind: MessageKind | None = None
    parent: Annotated[int | None, Field(ge=0, lt=MOST_PASSAGES)] = None
    audience_id: UUID | None = None


class PlanTask(_Part):
    """A task, deliverable or milestone. Where no day is given the links decide."""

    key: Key
    name: Name
    kind: TaskKind = TaskKind.TASK
    parent: Key | None = None
    role: Key | None = None
    duration_days: Annotated[int, Field(ge=0, le=2_500, description="Working days")] = 1
    effort_hours: Annotated[Decimal | None, Field(ge=0, le=100_000, max_digits=8, decimal_places=2)] = None
    notes: LongText = ""
    start_day: Annotated[Offset | None, Field(description="Not before this day")] = None
    deadline_day: Offset | None = None
    fixed_day: Annotated[Offset | None, Field(description="The day a milestone stands on")] = None
    touchpoint: Key | None = None


class PlanLink(_Part):
    """The successor waits for the predecessor."""

    predecessor: Key
    successor: Key
    kind: LinkKind = LinkKind.FINISH_START
    lag_days: Annotated[int, Field(ge=-1_000, le=1_000)] = 0


class PlanLine(_Part):
    """A budget line. Amounts are in the template's currency; 0 is to be filled in."""

    key: Key
    name: Name
    resource: Resource
    planned_minor: MinorUnits = 0
    task: Annotated[Key | None, Field(description="The deliverable that it pays for")] = None


class PlanTouchpoint(_Part):
    """A touchpoint. What has gone from the workspace since is left open."""

    key: Key
    name: Name
    channel: Annotated[str, Field(pattern="^[a-z_]{2,16}$")] = "email"
    day: Offset | None = None
    at: Annotated[time | None, Field(description="In the workspace's zone")] = None
    audience_id: UUID | None = None
    sender_identity_id: UUID | None = None
    topic_id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    template_id: UUID | None = None
    holdout_percent: Annotated[int, Field(ge=0, le=100)] = 0


class PlanDocument(_Part):
    """A whole campaign with relative days."""

    category: Category
    type: CampaignType
    description: LongText = ""
    days: Annotated[int, Field(ge=1, le=MOST_DAYS, description="From the first to the last day, both counted")]
    goal: PlanGoal | None = None
    roles: Annotated[tuple[PlanRole, ...], Field(max_length=100)] = ()
    brief: Annotated[tuple[PlanPassage, ...], Field(max_length=MOST_PASSAGES)] = ()
    tasks: Annotated[tuple[PlanTask, ...], Field(max_length=MOST_TASKS)] = ()
    links: Annotated[tuple[PlanLink, ...], Field(max_length=10_000)] = ()
    lines: Annotated[tuple[PlanLine, ...], Field(max_length=500)] = ()
    touchpoints: Annotated[tuple[PlanTouchpoint, ...], Field(max_length=200)] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        roles, tasks = _keys(self.roles), _keys(self.tasks)
        touchpoints = _keys(self.touchpoints)
        _keys(self.lines)
        named = [(task.role, roles) for task in self.tasks]
        named += [(task.touchpoint, touchpoints) for task in self.tasks]
        named += [(line.task, tasks) for line in self.lines]
        named += [(end, tasks) for link in self.links for end in (link.predecessor, link.successor)]
        seen: set[str] = set()
        for task in self.tasks:
            if task.parent is not None and task.parent not in seen:
                raise ValueError(f"task “{task.key}” must stand behind its group “{task.parent}”")
            seen.add(task.key)
        for key, known in named:
            if key is not None and key not in known:
                raise ValueError(f"there is no “{key}” in this template")
        for place, passage in enumerate(self.brief):
            above = passage.parent
            if (passage.section is Section.MESSAGE) != (above is not None):
                raise ValueError("a message belongs to an audience of the brief, and nothing else does")
            if above is not None and (above >= place or self.brief[above].section is not Section.AUDIENCE):
                raise ValueError("a message must stand behind its audience")
        if sum(role.leads for role in self.roles) > 1:
            raise ValueError("a campaign has one leader")
        return self


def _keys(parts: Sequence[PlanRole | PlanTask | PlanLine | PlanTouchpoint]) -> set[str]:
    found = {part.key for part in parts}
    if len(found) < len(parts):
        raise ValueError("two parts of this template have the same key")
    return found


class CampaignTemplateRow(BaseModel):
    """A template in a list."""

    id: UUID
    ready: Annotated[bool, Field(description="Comes with Gonfalon; it cannot be changed, only begun from")]
    name: str
    description: str
    category: Category
    type: CampaignType
    days: int
    tasks: int
    touchpoints: int
    lines: int
    roles: int
    version: int
    updated_at: datetime | None
    updated_by: str
    archived_at: datetime | None


class CampaignTemplateOut(CampaignTemplateRow):
    """A template with its plan."""

    currency: Annotated[str, Field(description="Of its amounts")]
    plan: PlanDocument


class CampaignTemplateIn(BaseModel):
    """A campaign to be saved as a template."""

    campaign_id: UUID
    name: Name
    description: LongText = ""


class CampaignTemplateSave(BaseModel):
    """New words of a template, and new names of its roles by key."""

    name: Name
    description: LongText = ""
    roles: dict[Key, Name] = {}
    version: Version


class TemplateWish(BaseModel):
    """A campaign to be made from a template: the first or the last day, or both (its days are then stretched)."""

    name: Name
    starts_on: Day | None = None
    ends_on: Day | None = None
    launches_on: Annotated[
        Day | None, Field(description="The day of the template's first fixed milestone, instead of the other two")
    ] = None
    roles: Annotated[dict[Key, UUID | None], Field(description="Who has each role; left out: who had it last")] = {}
    amounts: Annotated[dict[Key, MinorUnits], Field(description="Amounts of budget lines, in minor units")] = {}
    goal_target: Annotated[Amount | None, Field(description="The goal's target; without one no goal is set")] = None
    parent_id: UUID | None = None
    language: Annotated[str, Field(pattern="^(en|fr|sv|zh)$", description="Of a ready-made template")] = "en"


class TemplateCopy(BaseModel):
    """What the copy is called."""

    name: Name
    language: Annotated[str, Field(pattern="^(en|fr|sv|zh)$", description="Of a ready-made template")] = "en"


class FilledRole(BaseModel):
    """A role and who has it."""

    key: str
    name: str
    part: Part
    leads: bool
    member_id: UUID | None
    member_name: str
    left: Annotated[bool, Field(description="Who had it is not a member any more")]


class PlannedTask(BaseModel):
    """When a task of the template would be done."""

    name: str
    kind: TaskKind
    depth: int
    role: str
    starts_on: date
    ends_on: date


class CampaignTemplatePreview(BaseModel):
    """What would be made."""

    starts_on: date
    ends_on: date
    tasks: list[PlannedTask]
    first_task_on: date | None
    last_task_on: date | None
    late: Annotated[int, Field(description="Tasks that would end after the campaign")]
    touchpoints: int
    passages: int
    lines: int
    planned_minor: int
    currency: str
    roles: list[FilledRole]
    gone: Annotated[int, Field(description="Audiences, senders and topics that are gone and will be left open")]
