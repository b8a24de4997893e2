"""What a brief is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from gonfalon.planning.model import CampaignState


class Section(StrEnum):
    """Where in the brief a passage stands. `MESSAGE` passages stand below an `AUDIENCE` passage."""

    OBJECTIVE = "objective"
    AUDIENCE = "audience"
    MESSAGE = "message"
    VALUE_PROPOSITION = "value_proposition"
    CALL_TO_ACTION = "call_to_action"
    TIMING = "timing"
    OWNED = "owned"
    PAID = "paid"
    EARNED = "earned"
    HYPOTHESIS = "hypothesis"
    MANDATORY = "mandatory"

    @property
    def repeats(self) -> bool:
        """Whether a brief may have several such passages."""
        return self in _LISTS


_LISTS = frozenset({Section.AUDIENCE, Section.MESSAGE, Section.HYPOTHESIS, Section.MANDATORY})
SINGLES = tuple(section for section in Section if not section.repeats)
MOST_PASSAGES = 200
MOST_TEXT = 20_000


class MessageKind(StrEnum):
    """What a message variant starts from."""

    MOTIVATION = "motivation"
    OBJECTION = "objection"
    TRIGGER = "trigger"


def single_id(campaign_id: UUID, section: Section) -> UUID:
    """Return the id of a passage that every brief has once: known before anybody has written it, so that two who begin
    it at the same moment write the same passage.
    """
    return uuid5(campaign_id, section.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One passage of a brief, as it is now."""

    id: UUID
    campaign_id: UUID
    section: Section
    parent_id: UUID | None
    audience_id: UUID | None
    audience_name: str | None = None
    kind: MessageKind | None
    position: int
    text: str
    version: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class BriefChange:
    """A text of a passage that was saved once."""

    id: int
    passage_id: UUID
    section: Section
    version: int
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BriefVersion:
    """A kept version of the whole brief. passages: where they were asked for."""

    number: int
    note: str
    by: str
    created_at: datetime
    passages: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class SimilarPassage:
    """A passage of another campaign's brief that is about the same things."""

    campaign_id: UUID
    campaign_name: str
    campaign_state: CampaignState
    section: Section
    text: str
