"""Pure decisions on lessons."""

from __future__ import annotations

from datetime import date, timedelta
from urllib.parse import urlsplit

from gonfalon.kit.errors import Invalid
from gonfalon.planning.goals.rules import LARGEST
from gonfalon.planning.playbook.lessons.model import EvidenceKind, LessonDraft, LessonEffect, LessonEvidence

KEPT = timedelta(days=365)
"""How long a lesson holds unless somebody says otherwise."""
LONGEST_KEPT = timedelta(days=3660)
WARNED = timedelta(days=30)
"""How long before it expires its owner is told."""


def check_effect(effect: LessonEffect) -> None:
    """Raise Invalid for an effect whose numbers contradict each other."""
    given = [value for value in (effect.value, effect.low, effect.high) if value is not None]
    if any(not value.is_finite() or abs(value) > LARGEST for value in given):
        raise Invalid("lesson_number", "The effect is not a number that can be counted to.")
    if (effect.low is None) != (effect.high is None):
        raise Invalid("lesson_range", "A range has two ends: give both the lowest and the highest value, or none.")
    if effect.low is not None and effect.high is not None and not effect.low <= effect.value <= effect.high:
        raise Invalid(
            "lesson_range", "The range must go from the lowest to the highest value, with the effect between them."
        )


def check_evidence(evidence: LessonEvidence) -> None:
    """Raise Invalid for evidence that leads nowhere."""
    if evidence.kind is EvidenceKind.LINK:
        parts = urlsplit(evidence.url.strip())
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Invalid("lesson_evidence", "The evidence must be an address that begins with http:// or https://.")
    elif evidence.id is None:
        raise Invalid("lesson_evidence", "Choose what the evidence is: a campaign, its report or a touchpoint.")


def check_lesson(lesson: LessonDraft, today: date) -> date:
    """Return the day it expires; raises Invalid for what is no lesson."""
    if not lesson.title.strip():
        raise Invalid("title_missing", "Say the finding in a sentence.")
    if lesson.effect is not None:
        check_effect(lesson.effect)
    if lesson.evidence is not None:
        check_evidence(lesson.evidence)
    expires_on = lesson.expires_on or today + KEPT
    if expires_on > today + LONGEST_KEPT:
        raise Invalid("lesson_expiry", "A lesson holds for at most ten years; choose a day on which it is looked at.")
    return expires_on


def check_published(lesson: LessonDraft, today: date) -> None:
    """Raise Invalid for a lesson that others cannot rely on yet."""
    if not lesson.change.strip():
        raise Invalid("lesson_change", "Say what was done differently before you publish the lesson.")
    if lesson.evidence is None:
        raise Invalid("lesson_evidence", "Say where the numbers can be looked at before you publish the lesson.")
    if check_lesson(lesson, today) <= today:
        raise Invalid("lesson_expired", "The day on which this lesson expires is over; choose a later one.")
