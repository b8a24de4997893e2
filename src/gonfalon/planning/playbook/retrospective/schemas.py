"""Shapes of retrospectives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from gonfalon.kit.schemas import Amount, Name, clean_text
from gonfalon.metrics.catalogue import GoalMetric
from gonfalon.planning.playbook.retrospective.model import (
    MOST_RESULTS,
    MOST_TEXT,
    NextAction,
    RetroPassage,
)

RetroText = Annotated[str, Field(max_length=MOST_TEXT), AfterValidator(clean_text)]


class RetroSave(BaseModel):
    """A passage's new text."""

    version: Annotated[int, Field(ge=0, description="The version the text was changed from; later changes are merged")]
    text: RetroText
    base: Annotated[
        RetroText | None, Field(description="The text it was changed from, where that is not the text of `version`")
    ] = None


class RetroSaved(BaseModel):
    """What stands in a passage after a save."""

    version: int
    text: str
    merged: Annotated[bool, Field(description="Somebody else had changed it; the text holds both changes")]
    both: Annotated[bool, Field(description="Both changed the same words; both stand in the text")]


class RetroResult(BaseModel):
    """A number of the campaign as it was shown when the retrospective was closed; null: nobody knows it."""

    metric: GoalMetric
    value: Amount | None
    baseline: Amount | None = None
    target: Amount | None = None


class RetroClose(BaseModel):
    """The numbers as they are now."""

    results: Annotated[list[RetroResult], Field(max_length=MOST_RESULTS)] = []


class LateTask(BaseModel):
    """A task that ended after its baseline."""

    name: str
    slip_days: Annotated[int, Field(description="Calendar days")]


class RetroFacts(BaseModel):
    """Money and days of the campaign. Money in minor units of the workspace's currency."""

    currency: str
    planned_minor: int
    spent_minor: int
    tasks: int
    tasks_done: int
    baselined: Annotated[int, Field(description="Tasks that a baseline was kept for; 0: nothing to compare with")]
    late: int
    slip_days: Annotated[int | None, Field(description="Calendar days the last task ends after its baseline")]
    ends_on: date | None
    latest: Annotated[list[LateTask], Field(description="The tasks that slipped most")]


class RetroActionIn(BaseModel):
    """Something to do next."""

    name: Name
    owner_id: UUID | None = None


class RetroTaskIn(BaseModel):
    """The campaign in which it becomes a task."""

    campaign_id: UUID


class RetrospectiveOut(BaseModel):
    """A campaign's retrospective. Once it is closed, `facts` and `results` are what they were then."""

    begun: Annotated[
        bool, Field(description="Whether anything of the campaign has happened that can be looked back on")
    ]
    closed_at: datetime | None
    closed_by: str
    passages: list[RetroPassage]
    facts: RetroFacts
    results: Annotated[list[RetroResult] | None, Field(description="Null while it is open: ask the report")]
    actions: list[NextAction]
