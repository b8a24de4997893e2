"""What a brief is made of."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID, uuid5


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
    """The id of a passage that every brief has once: known before anybody has written it, so that two who begin it
    at the same moment write the same passage."""
    return uuid5(campaign_id, section.value)
