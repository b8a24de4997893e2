"""What the parts of answering know of each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from gonfalon.accounts.model import Workspace
from gonfalon.forms.answers.rules import Fault, Posted
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import FormKind


class Door(StrEnum):
    """Whether a form takes answers, and if not, why."""

    OPEN = "open"
    CLOSED = "closed"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Shown:
    """A form as visitors see it: its published version."""

    id: UUID
    workspace: Workspace
    name: str
    kind: FormKind
    number: int
    definition: FormDefinition
    door: Door


@dataclass(frozen=True, slots=True)
class Visit:
    """One sending of a form. key: made by the page, so that sending twice counts once.

    trapped: the field that people do not see was filled in. challenge and proof: see `rules.is_worked`.
    """

    key: UUID
    posted: Posted
    ip: str
    agent: str = ""
    page: str = ""
    anonymous_id: str = ""
    trapped: bool = False
    challenge: str = ""
    proof: str = ""


class Outcome(StrEnum):
    """What a visitor is told."""

    TAKEN = "taken"
    WAITING = "waiting"
    HELD = "held"
    REPEATED = "repeated"
    FAULTY = "faulty"
    CLOSED = "closed"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a visit. address: where the mail went that asks for confirmation."""

    outcome: Outcome
    faults: Mapping[str, Fault] = field(default_factory=dict)
    address: str = ""
