"""What pages of the playbook are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gonfalon.planning.playbook.pages.rules import excerpt


class PageKind(StrEnum):
    """What a page is for."""

    DEFINITION = "definition"
    GLOSSARY = "glossary"
    MESSAGES = "messages"
    BRAND = "brand"
    CHECKLIST = "checklist"
    LESSONS = "lessons"
    OTHER = "other"


class PagePlace(StrEnum):
    """The screen next to which a playbook page is shown."""

    CAMPAIGN = "campaign"
    GOAL = "goal"
    BRIEF = "brief"
    BUDGET = "budget"
    TIMELINE = "timeline"
    TOUCHPOINT = "touchpoint"
    CONTENT = "content"
    AUDIENCE = "audience"
    APPROVAL = "approval"
    RETROSPECTIVE = "retrospective"


STARTERS: dict[str, tuple[PageKind, tuple[PagePlace, ...]]] = {
    "glossary": (PageKind.GLOSSARY, (PagePlace.CAMPAIGN,)),
    "brief": (PageKind.CHECKLIST, (PagePlace.BRIEF,)),
    "messages": (PageKind.MESSAGES, (PagePlace.BRIEF, PagePlace.CONTENT)),
    "goals": (PageKind.DEFINITION, (PagePlace.GOAL,)),
    "brand": (PageKind.BRAND, (PagePlace.CONTENT,)),
    "launch": (PageKind.CHECKLIST, (PagePlace.TOUCHPOINT,)),
    "retrospective": (PageKind.LESSONS, (PagePlace.RETROSPECTIVE,)),
}
"""The ready-made pages: what each is, and where it is shown. Their words: `starters/<language>/<name>.md`."""


@dataclass(frozen=True, slots=True)
class PlaybookPage:
    """A page as it stands."""

    id: UUID
    title: str
    kind: PageKind
    body: str
    tags: tuple[str, ...]
    applies: tuple[PagePlace, ...]
    for_guests: bool
    version: int
    updated_at: datetime
    updated_by: str

    @property
    def excerpt(self) -> str:
        """Its first words."""
        return excerpt(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPage(PlaybookPage):
    """A page in a list, with the beginning of its body and what the list is sorted by."""

    rank: int
    sorted_title: str


@dataclass(frozen=True, slots=True)
class PageVersion:
    """What a page said at a version."""

    version: int
    title: str
    body: str
    by: str
    at: datetime
