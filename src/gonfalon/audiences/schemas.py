"""Request and response shapes of audiences."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from .intents.schemas import Intents
from .model import AudienceKind, AudienceMember, ChannelReach
from .segments.language import Op, ValueType

RuleJson = Annotated[
    dict[str, Any],
    Field(
        description="A rule tree; see the reference of audience rules.",
        examples=[{"kind": "all", "rules": [{"kind": "attribute", "key": "area", "op": "is", "value": "Urban"}]}],
    ),
]


class AudienceIn(BaseModel):
    """An audience to be made. A segment has a rule, a list has none."""

    kind: AudienceKind = AudienceKind.SEGMENT
    name: str
    description: str = ""
    rule: RuleJson | None = None


class AudienceChange(BaseModel):
    """The whole new state of an audience; ``version`` is the one that was read."""

    version: int
    name: str
    description: str = ""
    rule: RuleJson | None = None


class FaultOut(BaseModel):
    """Why a rule cannot be asked: a stable ``reason`` and the ``values`` in its sentence, for other languages."""

    reason: str
    values: dict[str, str | int]
    sentence: str


class AudienceOut(BaseModel):
    """An audience. ``broken`` says why its rule can no longer be asked, ``fault`` for programs; empty when it can."""

    id: UUID
    kind: AudienceKind
    name: str
    description: str
    rule: RuleJson | None
    version: int
    broken: str
    fault: FaultOut | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    archived_at: datetime | None


class DuplicateIn(BaseModel):
    """What the copy is called."""

    name: str


class RuleIn(BaseModel):
    """A rule that need not be saved."""

    rule: RuleJson


class CountOut(BaseModel):
    """How many people a rule means now. ``engine`` is who answered: ``copy`` or ``postgresql``."""

    total: int
    reach: list[ChannelReach]
    sample: list[AudienceMember]
    engine: str


class AudienceCount(BaseModel):
    """How many people a saved audience means and reaches now."""

    id: UUID
    total: int
    reach: list[ChannelReach]


class OverlapIn(BaseModel):
    """Two audiences to be compared."""

    first: UUID
    second: UUID


class ListAddIn(BaseModel):
    """Who is to be put on a list: by person id, by key (email or own id, as in a CSV column), by rule."""

    people: Annotated[list[int], Field(max_length=100_000)] = []
    keys: Annotated[list[str], Field(max_length=100_000)] = []
    rule: RuleJson | None = None


class ListAdded(BaseModel):
    """How many are new on the list, and how many of the given keys found nobody."""

    added: int
    missing: int


class ListRemoveIn(BaseModel):
    """Who is to be taken off a list."""

    people: Annotated[list[int], Field(max_length=100_000)]


class ListRemoved(BaseModel):
    """How many were on the list."""

    removed: int


class SnapshotOut(BaseModel):
    """A membership that was written down."""

    id: int
    size: int
    taken_at: datetime


class AttributeWord(BaseModel):
    """An attribute that rules may speak of, with the operators that fit it."""

    key: str
    label: str
    type: ValueType
    choices: list[str]
    operators: list[Op]


class TopicWord(BaseModel):
    """A topic that people consent to."""

    key: str
    name: str


class CampaignWord(BaseModel):
    """A campaign whose messages rules may speak of."""

    id: UUID
    name: str


class ScoreWord(BaseModel):
    """A score that rules may ask for, with its stages."""

    id: UUID
    name: str
    stages: list[str]


class Vocabulary(BaseModel):
    """What a rule builder offers in this workspace."""

    attributes: list[AttributeWord]
    tags: list[str]
    events: list[str]
    topics: list[TopicWord]
    campaigns: list[CampaignWord]
    scores: list[ScoreWord]
    channels: list[str]
    intents: Intents


class ValueCount(BaseModel):
    """A value that people have, and how many of them."""

    value: str
    people: int


class CopyStatus(BaseModel):
    """How the analytics copy is: ``state``, since when it is known to equal the truth, what is wrong."""

    state: str
    usable: bool
    at: datetime | None
    problem: str
