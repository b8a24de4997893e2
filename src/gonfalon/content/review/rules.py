"""Pure: how a review goes from step to step. Whoever stores it writes down the course that comes out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final
from uuid import UUID

from gonfalon.approvals.model import Quorum
from gonfalon.content.review.model import (
    Course,
    Importance,
    ReviewAnswer,
    ReviewState,
    ReviewStepKind,
    Seat,
    Step,
    StepResult,
)
from gonfalon.kit.errors import Invalid

MOST_STEPS: Final = 12
MOST_SEATS: Final = 20
_ROUNDS: Final = {Importance.SMALL: 0, Importance.USUAL: 2, Importance.IMPORTANT: 3}


def usual_kinds(importance: Importance) -> tuple[ReviewStepKind, ...]:
    """Return the steps that are proposed: one look, or as many drafts as looks."""
    rounds = (ReviewStepKind.DRAFT, ReviewStepKind.REVIEW) * _ROUNDS[importance]
    return rounds or (ReviewStepKind.REVIEW,)


def check_steps(steps: Sequence[Step], asker: UUID | None, *, alone: bool) -> None:
    """Raise Invalid for steps that nobody could pass, or that the asker could pass alone.

    alone: the workspace has one member, who therefore reviews their own.
    """
    kinds = [each.kind for each in steps]
    if not kinds or kinds[-1] is not ReviewStepKind.REVIEW or len(kinds) > MOST_STEPS:
        raise Invalid("review_steps", f"End with a review step; a review has at most {MOST_STEPS}.", most=MOST_STEPS)
    if any((one, other) == (ReviewStepKind.DRAFT,) * 2 for one, other in pairwise(kinds)):
        raise Invalid("review_drafts", "Two drafts follow each other; put a review between them, or take one out.")
    for step in steps:
        _check_seats(step, asker, alone=alone)


def _check_seats(step: Step, asker: UUID | None, *, alone: bool) -> None:
    number = step.position + 1
    people = [each.user_id for each in step.seats]
    if step.kind is ReviewStepKind.DRAFT:
        if people:
            raise Invalid("review_draft_seats", "A draft is the author's turn; name reviewers in review steps.")
        return
    if not people or len(people) > MOST_SEATS:
        raise Invalid(
            "review_seats",
            f"Name between one and {MOST_SEATS} reviewers in step {number}.",
            step=number,
            most=MOST_SEATS,
        )
    stand_ins = [each.stand_in_id for each in step.seats if each.stand_in_id is not None]
    if len(set(people)) < len(people) or set(people) & set(stand_ins):
        raise Invalid(
            "review_seat_twice", f"Somebody has two places in step {number}; a stand-in is somebody else.", step=number
        )
    if not alone and asker is not None and asker in {*people, *stand_ins}:
        raise Invalid("review_own_seat", f"You ask for this, so somebody else looks in step {number}.", step=number)


def seats_for(step: Step, user_id: UUID, *, owner: bool) -> tuple[Seat, ...]:
    """Return the places that a member answers for: their own, else those they stand in for, else, as an owner, all
    that are waited for."""
    held = [each for each in step.seats if each.link_id is None]
    own = tuple(each for each in held if each.user_id == user_id)
    standing_in = tuple(each for each in held if each.stand_in_id == user_id)
    return own or standing_in or (tuple(held) if owner else ())


def passes(step: Step, version: int) -> bool:
    """Return whether the step's members have said yes to this version: one of them, or all.

    Somebody outside never passes a step: who makes a link could open it themselves.
    """
    held = [each for each in step.seats if each.link_id is None]
    yes = [each.said_yes(version) for each in held]
    return any(yes) if step.quorum is Quorum.ANY else bool(yes) and all(yes)


def hand_in(course: Course, version: int, by: str, now: datetime) -> Course:
    """Return the course after the author's draft was handed in."""
    done = replace(course.current, done_at=now, result=StepResult.HANDED_IN, version=version, done_by=by)
    return replace(_with(course, done), step=course.step + 1)


def take_answer(course: Course, seats: Collection[Seat], version: int, by: str, now: datetime) -> Course:
    """Return the course after seats of the open review step were answered, on the newest version.

    Changes lead to the next draft: the one that follows, or one more, after which the same reviewers look again.
    """
    ids = {(each.user_id, each.link_id): each for each in seats}
    kept = [ids.pop((each.user_id, each.link_id), each) for each in course.current.seats]
    step = replace(course.current, seats=(*kept, *ids.values()))
    if any(each.answer is ReviewAnswer.CHANGES for each in seats):
        done = replace(step, done_at=now, result=StepResult.CHANGES, version=version, done_by=by)
        return _to_draft(_with(course, done))
    if not passes(step, version):
        return _with(course, step)
    course = _with(course, replace(step, done_at=now, result=StepResult.YES, version=version, done_by=by))
    if course.step + 1 == len(course.steps):
        return replace(course, state=ReviewState.PASSED, passed_version=version)
    return replace(course, step=course.step + 1)


def reopen(course: Course, version: int) -> Course:
    """Return the course with one more last look where it had passed with an earlier version; else as it is."""
    if course.state is not ReviewState.PASSED or course.passed_version == version:
        return course
    last = course.steps[-1]
    steps = (*course.steps, _again(last, len(course.steps)))
    return replace(course, state=ReviewState.OPEN, steps=steps, step=len(course.steps))


def _to_draft(course: Course) -> Course:
    behind = course.step + 1
    if behind == len(course.steps) or course.steps[behind].kind is not ReviewStepKind.DRAFT:
        more = (Step(None, behind, ReviewStepKind.DRAFT), _again(course.current, behind + 1))
        rest = tuple(replace(each, position=each.position + 2) for each in course.steps[behind:])
        course = replace(course, steps=(*course.steps[:behind], *more, *rest))
    return replace(course, step=behind)


def _again(step: Step, position: int) -> Step:
    seats = tuple(Seat(None, each.user_id, each.stand_in_id) for each in step.seats if each.link_id is None)
    return Step(None, position, step.kind, step.quorum, step.days, seats=seats)


def _with(course: Course, step: Step) -> Course:
    steps = (*course.steps[: step.position], step, *course.steps[step.position + 1 :])
    return replace(course, steps=steps)
