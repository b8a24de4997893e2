"""What a score is made of: rules that give points, and the stages that its totals are sorted into."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gonfalon.audiences.schemas import RuleJson
from gonfalon.audiences.segments.language import Property, dump, parse
from gonfalon.kit.schemas import clean_text

MOST_POINTS = 1_000
MOST_RULES = 50
MOST_STAGES = 8

Points = Annotated[int, Field(ge=-MOST_POINTS, le=MOST_POINTS, description="Negative ones are taken off.")]
Short = Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean_text)]


class ScoreCategory(StrEnum):
    """What points say of somebody: who they are, or what they do."""

    FIT = "fit"
    ENGAGEMENT = "engagement"


class Part(BaseModel):
    """A part of a definition: frozen, and nothing in it that does not belong there."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ConditionRule(Part):
    """Points for everybody whom a condition in the language of audiences means."""

    kind: Literal["condition"] = "condition"
    category: ScoreCategory = ScoreCategory.FIT
    points: Points
    when: RuleJson


class BehaviourRule(Part):
    """Points for what somebody did: an event by its name, an opened or a clicked message.

    ``each``: every time counts; otherwise the last time alone. ``half_life``: after so many days what happened is worth
    half, after twice as many a quarter; without one it keeps its worth. ``most``: more points than these the rule never
    gives (or takes off), however often it happened.
    """

    kind: Literal["behaviour"] = "behaviour"
    category: ScoreCategory = ScoreCategory.ENGAGEMENT
    points: Points
    what: Literal["event", "opened", "clicked"]
    name: Annotated[str, Field(max_length=200), AfterValidator(clean_text)] = ""
    where: Annotated[tuple[Property, ...], Field(max_length=10)] = ()
    each: bool = True
    most: Annotated[int, Field(ge=1, le=MOST_POINTS)] = 100
    half_life: Annotated[int, Field(ge=1, le=3_650, description="days")] | None = None

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.what == "event" and not self.name.strip():
            raise ValueError("say which event gives points")
        return self


ScoreRule = Annotated[ConditionRule | BehaviourRule, Field(discriminator="kind")]


class ScoreStage(Part):
    """Who has at least so many points and fewer than the next stage asks for; the first has no limit below."""

    name: Short
    at_least: Annotated[int, Field(ge=-100_000, le=100_000)] | None = None
    raise_event: Annotated[bool, Field(description="Whether an event is raised for who rises into it.")] = False
    tell: Annotated[UUID | None, Field(description="The member who is told of those who rise into it.")] = None


class ScoreDefinition(Part):
    """The rules and stages of a score."""

    rules: Annotated[tuple[ScoreRule, ...], Field(max_length=MOST_RULES)] = ()
    stages: Annotated[tuple[ScoreStage, ...], Field(min_length=1, max_length=MOST_STAGES)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        first, *limits = [stage.at_least for stage in self.stages]
        if first is not None:
            raise ValueError("the first stage has no limit: everybody below the second is in it")
        if None in limits or any(later <= earlier for earlier, later in pairwise(each or 0 for each in limits)):
            raise ValueError("every stage needs more points than the one before it")
        if len({stage.name.strip().casefold() for stage in self.stages}) < len(self.stages):
            raise ValueError("two stages have the same name")
        return self


def dumped(definition: ScoreDefinition) -> dict[str, Any]:
    """Return the JSON form in which a definition is kept: every condition with all its fields."""
    rules = [
        rule.model_copy(update={"when": dump(parse(rule.when))}) if isinstance(rule, ConditionRule) else rule
        for rule in definition.rules
    ]
    return definition.model_copy(update={"rules": tuple(rules)}).model_dump(mode="json")
