"""What pages of the playbook are."""

from __future__ import annotations

from enum import StrEnum


class PageKind(StrEnum):
    """What a page is for."""

    DEFINITION = "definition"
    GLOSSARY = "glossary"
    MESSAGES = "messages"
    BRAND = "brand"
    CHECKLIST = "checklist"
    LESSONS = "lessons"
    OTHER = "other"


class Place(StrEnum):
    """Beside what a page is shown."""

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


MOST_TEXT = 200_000
MOST_TAGS = 20
STARTERS: dict[str, tuple[PageKind, tuple[Place, ...]]] = {
    "glossary": (PageKind.GLOSSARY, (Place.CAMPAIGN,)),
    "brief": (PageKind.CHECKLIST, (Place.BRIEF,)),
    "messages": (PageKind.MESSAGES, (Place.BRIEF, Place.CONTENT)),
    "goals": (PageKind.DEFINITION, (Place.GOAL,)),
    "brand": (PageKind.BRAND, (Place.CONTENT,)),
    "launch": (PageKind.CHECKLIST, (Place.TOUCHPOINT,)),
    "retrospective": (PageKind.LESSONS, (Place.RETROSPECTIVE,)),
}
"""The ready-made pages: what each is, and where it is shown. Their words: `starters/<language>/<name>.md`."""
