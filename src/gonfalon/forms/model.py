"""What other rooms may know of forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from gonfalon.forms.definition import FormDefinition
from gonfalon.kit.schemas import Internal


class FormKind(StrEnum):
    """What a form is for; it decides the event that an answer raises and how its results read."""

    FORM = "form"
    SURVEY = "survey"
    CONTEST = "contest"


EVENTS = {
    FormKind.FORM: "Form Submitted",
    FormKind.SURVEY: "Survey Answered",
    FormKind.CONTEST: "Contest Entered",
}
"""The event that a taken answer raises, by the kind of form."""


class FormState(StrEnum):
    """Whether visitors can answer."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its newest definition.

    published: number of the version that visitors see; None before it was opened for the first time.
    changed: whether the definition differs from the published version. taken, waiting, held: how many answers count,
    wait for the visitor's click in a mail, and wait for a member's look.
    """

    id: UUID
    name: str
    kind: FormKind
    state: FormState
    definition: FormDefinition
    version: int
    published: int | None
    changed: bool
    taken: int
    waiting: int
    held: int
    answered_at: datetime | None
    updated_at: datetime
    updated_by: str
    created_at: datetime
    archived_at: datetime | None


class AnswerState(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    WAITING = "waiting"
    """Until the visitor confirms by the mail that they were sent."""
    HELD = "held"
    """Until a member has looked: it came without any sign of a person."""
    REFUSED = "refused"
    EXPIRED = "expired"
    """Never confirmed; what was written is deleted."""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What one visitor sent. values: by the field's id, as `read_answers` understood them."""

    id: int
    form_id: Internal[UUID]
    number: int
    person_id: int | None
    state: AnswerState
    values: dict[str, Any]
    source: dict[str, Any]
    at: datetime
    decided_at: datetime | None
    decided_by: str
