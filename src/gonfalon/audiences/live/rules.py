"""Decide what of live audiences has to be asked of everybody, and what of some people only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

from ..segments.compile import Question
from ..segments.moment import Moment
from .model import Cause, LiveAudience

STEP = timedelta(minutes=5)
MOST_LIVE = 200
MOST_TOUCHED = 50_000
"""So many people are judged one by one; if more were changed, everybody is asked about."""


def stepped(moment: Moment) -> Moment:
    """Return the moment to the last five minutes: rules that count hours are asked again as often as that, not
    always."""
    return replace(moment, now=moment.now - (moment.now - moment.now.min.replace(tzinfo=moment.now.tzinfo)) % STEP)


def fingerprint(question: Question) -> str:
    """Return a hash of everything that an answer depends on beside people's rows: rule, days, other audiences, families
    …

    Its first half is of the words, its second of the values in them.
    """
    values = sorted((key, repr(value)) for key, value in question.params.items())
    return "".join(sha256(part.encode()).hexdigest()[:32] for part in (question.sql, repr(values)))


def cause_of(audience: LiveAudience, question: str) -> Cause | None:
    """Return why the members of an audience that everybody is asked about change; None where they are found first.

    The same rule in the same words with other values in them: other days.
    """
    if audience.filled_question is None:
        return None
    same = audience.filled_version == audience.version and audience.filled_question[:32] == question[:32]
    return Cause.TIME if same else Cause.RULE
