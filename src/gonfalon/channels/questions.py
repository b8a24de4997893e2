"""The words of the launch check: a question that was answered, how the answer counts, where to put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Level(StrEnum):
    """How an answer counts."""

    OK = "ok"
    LOOK = "look"
    BLOCKING = "blocking"


class Place(StrEnum):
    """Where something is put right."""

    TOUCHPOINT = "touchpoint"
    AUDIENCE = "audience"
    TEMPLATE = "template"
    SENDERS = "senders"
    EMAIL_SETTINGS = "email_settings"
    GOAL = "goal"
    BUDGET = "budget"
    CAMPAIGN = "campaign"
    APPROVAL = "approval"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Fix:
    """Where to go: a place, and the id of the thing there if it is one of many."""

    place: Place
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One question answered.

    `code` is stable and says question and finding (`audience.empty`); `sentence` is the answer in English,
    `values` what a translation of it needs.
    """

    code: str
    level: Level
    sentence: str
    values: Mapping[str, Any] = field(default_factory=dict)
    fix: Fix | None = None

    @property
    def question(self) -> str:
        """What was asked: the part of the code before the dot."""
        return self.code.partition(".")[0]


def answer(code: str, level: Level, sentence: str, fix: Fix | None = None, **values: Any) -> Answer:
    """Make an answer, with what its translations need."""
    return Answer(code, level, sentence, values, fix)
