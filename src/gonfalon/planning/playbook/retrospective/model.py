"""What a retrospective is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class RetroSection(StrEnum):
    """The passages of a retrospective, in the order they are written."""

    GOAL = "goal"
    BUDGET = "budget"
    TIMELINE = "timeline"
    WORKED = "worked"
    LACKED = "lacked"
    SUMMARY = "summary"


MOST_TEXT = 20_000
MOST_ACTIONS = 50
MOST_RESULTS = 40
WORST = 5
"""How many of the latest tasks are named."""


@dataclass(frozen=True, slots=True)
class Retrospective:
    """A campaign's retrospective; `facts` and `results` are kept from the moment it was closed."""

    id: UUID
    closed_at: datetime | None
    closed_by: str
    results: list[dict[str, Any]] | None
    facts: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class RetroPassage:
    """A passage as it is now. Version 0: nobody has written it yet."""

    section: RetroSection
    text: str = ""
    version: int = 0
    updated_by: str = ""


@dataclass(frozen=True, slots=True)
class BareAction:
    """Something to do next, by its own row."""

    id: UUID
    name: str
    owner_id: UUID | None
    task_id: UUID | None


@dataclass(frozen=True, slots=True)
class ActionTask:
    """The task that a next action became."""

    campaign_id: UUID
    campaign_name: str
    id: UUID
    state: str


@dataclass(frozen=True, slots=True)
class NextAction:
    """Something to do next, and the task it became where whoever asks may see that."""

    id: UUID
    name: str
    owner_id: UUID | None
    owner_name: str
    task: ActionTask | None
