"""What a persona is, and what is measured of the people it describes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gonfalon.kit.schemas import clean_text
from gonfalon.teamwork.model import MemberName

Short = Annotated[str, Field(max_length=300), AfterValidator(clean_text)]
Line = Annotated[str, Field(min_length=1, max_length=300), AfterValidator(clean_text)]
Lines = Annotated[list[Line], Field(max_length=10)]


class PersonaJourney(BaseModel):
    """What the buyer wants to know in each stage of a decision, and how long the decision usually takes."""

    model_config = ConfigDict(extra="forbid")

    awareness: Short = ""
    consideration: Short = ""
    purchase: Short = ""
    after: Short = ""
    duration: Short = ""


class Portrait(BaseModel):
    """The described buyer. `age` to `region` are demographics, `formats` and `tone` preferences in content."""

    model_config = ConfigDict(extra="forbid")

    age: Short = ""
    job: Short = ""
    company_size: Short = ""
    region: Short = ""
    goals: Lines = []
    pains: Lines = []
    triggers: Lines = []
    journey: PersonaJourney = PersonaJourney()
    channels: Lines = []
    formats: Lines = []
    tone: Short = ""
    criteria: Lines = []
    message: Short = ""


class MemberFigures(BaseModel):
    """What people did: of how many it is told, and how many of them did it in the last 90 days.

    clicked: a link of a message. value_minor: what they bought for in the last year, returns not taken off.
    """

    people: int
    active: int
    bought: int
    clicked: int
    value_minor: int


class TraitShare(BaseModel):
    """How large a part of the people has a value of an attribute (`key`), a tag, or has done an event."""

    kind: str
    key: str
    value: str
    share: float


class PersonaMeasure(BaseModel):
    """The figures of a persona's people on a day, beside what makes them different from everybody."""

    on: date
    figures: MemberFigures
    traits: list[TraitShare] = []


class DriftOf(StrEnum):
    """What can drift: the number of people, a part of them (0 to 1), or money per person."""

    PEOPLE = "people"
    ACTIVE = "active"
    BOUGHT = "bought"
    CLICKED = "clicked"
    VALUE = "value"
    TRAIT = "trait"


class Drift(BaseModel):
    """One way in which the people differ from those of the last review.

    before, after: people, parts (0 to 1), or minor units per person. kind, key, value: of a trait.
    """

    of: DriftOf
    before: float
    after: float
    kind: str = ""
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class PersonaAudience:
    """The audience of a persona; archived ones are no longer counted."""

    id: UUID
    name: str
    archived: bool


@dataclass(frozen=True, slots=True)
class Persona:
    """A described buyer.

    size: people of its audience as last counted, None before the first count or without an audience.
    measured_on: when its drifts were last looked for; None: not yet. due_on: when it is to be looked at again.
    """

    id: UUID
    name: str
    summary: str
    audience: PersonaAudience | None
    owner: MemberName | None
    portrait: Portrait
    size: int | None
    drifts: tuple[Drift, ...]
    measured_on: date | None
    reviewed_on: date | None
    due_on: date
    overdue: bool
    notes: int
    version: int
    created_at: datetime
    updated_at: datetime
    updated_by: str
    archived_at: datetime | None


class NoteKind(StrEnum):
    """Where a finding comes from."""

    INTERVIEW = "interview"
    SURVEY = "survey"
    CRM = "crm"
    ANALYTICS = "analytics"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonaNote:
    """A finding of research with its evidence: a sentence, an address, a name of a file."""

    id: UUID
    kind: NoteKind
    finding: str
    evidence: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class PersonaFigures:
    """What is measured of a persona's people now, of everybody, and of the people on earlier days.

    now: None where the persona has no audience that can be asked. before: what it was compared with; None before the
    first measure.
    """

    now: PersonaMeasure | None
    everybody: MemberFigures | None
    before: PersonaMeasure | None
    drifts: tuple[Drift, ...]
    days: tuple[MeasuredDay, ...]


@dataclass(frozen=True, slots=True)
class MeasuredDay:
    """The figures of one day."""

    day: date
    figures: MemberFigures


@dataclass(frozen=True, slots=True)
class StageCounts:
    """How many of a persona's people are in each stage, by the furthest they have come in the last 90 days.

    None: the persona has no audience that can be asked.
    """

    persona_id: UUID
    awareness: int | None
    consideration: int | None
    purchase: int | None
    quiet: int | None
