"""What other rooms may know of templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from gonfalon.content.render import FieldUse, Link, Source, TemplateProblem


class Sample(StrEnum):
    """Made-up people to see a mail as: the usual one, and those whom mails are broken by."""

    USUAL = "usual"
    NAMELESS = "nameless"
    LONG = "long"
    CHINESE = "chinese"
    RIGHT_TO_LEFT = "right_to_left"


@dataclass(frozen=True, slots=True)
class Template:
    """A template with the content of its newest version."""

    id: UUID
    name: str
    channel: str
    version: int
    source: Source
    checks: list[dict[str, Any]]
    saved_by: str
    updated_at: datetime
    created_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version; its content is asked for separately."""

    number: int
    subject: str
    saved_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """How many of `people` lack a field that the template prints without a default."""

    field: str
    missing: int
    people: int


@dataclass(frozen=True, slots=True)
class Check:
    """What is known about a source: problems (errors stop a launch), links, fields and size."""

    problems: tuple[TemplateProblem, ...]
    links: tuple[Link, ...] = ()
    uses: tuple[FieldUse, ...] = ()
    html_bytes: int = 0

    @property
    def sendable(self) -> bool:
        """Whether nothing stops it from being sent."""
        return not any(problem.level == "error" for problem in self.problems)
