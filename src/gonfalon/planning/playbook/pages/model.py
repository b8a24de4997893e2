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


class PagePlace(StrEnum):
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
