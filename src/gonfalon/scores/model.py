"""What other rooms may know of scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from .definition import ScoreCategory, ScoreDefinition


class ScoreState(StrEnum):
    """Whether a score is counted."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"


class MoveCause(StrEnum):
    """Why somebody is in another stage: something of theirs (or the time that passed), or other rules."""

    PERSON = "person"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class StageSize:
    """How many people are in a stage."""

    name: str
    people: int


@dataclass(frozen=True, slots=True)
class RuleFault:
    """Why one rule of a score cannot be asked: ``place`` is where in its tree, the rest as in an audience's fault."""

    rule: int
    place: str
    reason: str
    values: Mapping[str, str | int]
    sentence: str


@dataclass(frozen=True, slots=True)
class Score:
    """A score as it is kept. refreshed_at: the people's points are those of this moment; None: never counted.

    refreshed_version: of the definition that was counted by. faults: the rules that cannot be asked; while there are
    any, the score is not counted. stages: how many people are in each, as last counted.
    """

    id: UUID
    name: str
    description: str
    owner_id: UUID | None
    owner_name: str | None
    state: ScoreState
    definition: ScoreDefinition
    version: int
    refreshed_at: datetime | None
    refreshed_version: int | None
    updated_at: datetime
    updated_by: str
    created_at: datetime
    archived_at: datetime | None
    faults: tuple[RuleFault, ...] = ()
    stages: tuple[StageSize, ...] = ()


@dataclass(frozen=True, slots=True)
class Scored:
    """A person with their points."""

    person_id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]
    fit: int
    engagement: int
    total: int
    stage: str
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """Somebody went from one stage to another."""

    id: int
    person_id: int
    email: str | None
    external_id: str | None
    attributes: dict[str, Any]
    before: str
    stage: str
    rose: bool
    total: int
    cause: MoveCause
    at: datetime


@dataclass(frozen=True, slots=True)
class ScoreBucket:
    """How many people have at least so many points and fewer than ten more."""

    at_least: int
    people: int


@dataclass(frozen=True, slots=True)
class StageDay:
    """How many people were in a stage at the end of a day (today: by now)."""

    day: date
    stage: str
    people: int


@dataclass(frozen=True, slots=True)
class ScoreReason:
    """What one rule gives a person. times, last: how often what it asks about happened, and when last; None for a
    condition, which holds or does not."""

    rule: int
    category: ScoreCategory
    points: int
    times: int | None = None
    last: datetime | None = None


@dataclass(frozen=True, slots=True)
class ScoreDay:
    """A person's points at the end of a day on which they changed; before: as it began."""

    day: date
    before: int
    total: int
    stage: str


@dataclass(frozen=True, slots=True)
class PersonScore:
    """Why a person has so many points right now: the reasons' points make the total.

    kept: the total as last counted for everybody, at ``refreshed_at``; None: not counted yet. since: in the stage that
    was counted.
    """

    score_id: UUID
    name: str
    definition: ScoreDefinition
    fit: int
    engagement: int
    total: int
    stage: str
    reasons: tuple[ScoreReason, ...]
    kept: int | None
    since: datetime | None
    refreshed_at: datetime | None
    history: tuple[ScoreDay, ...]
