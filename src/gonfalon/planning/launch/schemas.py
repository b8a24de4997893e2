"""Shapes of the launch check."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.channels.questions import Level, Place
from gonfalon.kit.schemas import Name
from gonfalon.planning.launch.model import Check, LaunchReach


class LaunchIn(BaseModel):
    """How a touchpoint is launched."""

    freeze: bool = Field(
        default=False,
        description="Take the audience now. Else it is taken when sending begins: whoever is in it then gets it.",
    )


class SilentIn(BaseModel):
    """What a draft to those who did not click is called, and its audience."""

    name: Name
    audience: Name


class FixOut(BaseModel):
    """Where something is put right."""

    model_config = ConfigDict(from_attributes=True)
    place: Place
    id: UUID | None


class AnswerOut(BaseModel):
    """One question answered. `code` is `question.finding` and stable; `values` is what a translation needs."""

    question: str
    code: str
    level: Level
    sentence: str = Field(description="In English.")
    values: dict[str, Any]
    fix: FixOut | None


class LaunchCheck(BaseModel):
    """The launch check of a touchpoint as it was at `version`."""

    version: int
    ready: bool = Field(description="Nothing is blocking.")
    sentence: str = Field(description="“X of Y people will get it; …”, in English.")
    reach: LaunchReach | None
    answers: list[AnswerOut]


def check_out(check: Check) -> LaunchCheck:
    """Return the launch check as the API shows it."""
    reach = None
    if check.reach is not None:
        reach = LaunchReach(
            audience=check.reach.audience, reachable=check.reach.reachable, withheld=dict(check.reach.withheld)
        )
    return LaunchCheck(
        version=check.version,
        ready=not check.blocking,
        sentence=check.sentence,
        reach=reach,
        answers=[
            AnswerOut(
                question=answer.question,
                code=answer.code,
                level=answer.level,
                sentence=answer.sentence,
                values=dict(answer.values),
                fix=None if answer.fix is None else FixOut.model_validate(answer.fix),
            )
            for answer in check.answers
        ],
    )
