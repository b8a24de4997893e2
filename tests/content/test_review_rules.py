"""How a review goes from step to step, by any order of events."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.approvals.model import Quorum
from gonfalon.content.review import rules
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

NOW = datetime(2026, 11, 30, tzinfo=UTC)
ANN, BEN, CID, ASKER = (UUID(int=number) for number in range(1, 5))
DRAFT, REVIEW = ReviewStepKind.DRAFT, ReviewStepKind.REVIEW


def planned(kinds: tuple[ReviewStepKind, ...], quorum: Quorum = Quorum.ANY, *people: UUID) -> tuple[Step, ...]:
    return tuple(
        Step(None, at, kind, quorum, seats=tuple(Seat(None, one) for one in people) if kind is REVIEW else ())
        for at, kind in enumerate(kinds)
    )


def say(course: Course, who: UUID, answer: ReviewAnswer, version: int) -> Course:
    seats = rules.seats_for(course.current, who, owner=False)
    said = [replace(each, answer=answer, version=version, note="n") for each in seats]
    return rules.take_answer(course, said, version, "R", NOW)


EVENT = st.one_of(
    st.just("save"),
    st.just("hand in"),
    st.tuples(st.sampled_from([ANN, BEN]), st.sampled_from(list(ReviewAnswer))),
)


@given(st.sampled_from(Importance), st.sampled_from(Quorum), st.lists(EVENT, max_size=40))
def test_a_review_passes_only_by_enough_who_said_yes_to_that_very_version(
    importance: Importance, quorum: Quorum, events: list[object]
) -> None:
    course = Course(ReviewState.OPEN, planned(rules.usual_kinds(importance), quorum, ANN, BEN))
    version = 1
    said: dict[UUID, int] = {}
    for event in events:
        before = course
        if event == "save":
            version += 1
            course = rules.reopen(course, version)
        elif course.state is not ReviewState.OPEN:
            continue
        elif event == "hand in" and course.current.kind is DRAFT:
            course = rules.hand_in(course, version, "A", NOW)
        elif isinstance(event, tuple) and course.current.kind is REVIEW:
            course = say(course, *event, version)
        if course.step != before.step or course.state is not before.state:
            said = {}
        if isinstance(event, tuple) and course.step == before.step:
            said[event[0]] = version if event[1] is ReviewAnswer.YES else 0

        assert [each.position for each in course.steps] == list(range(len(course.steps)))
        assert course.steps[-1].kind is REVIEW, "the last word is a reviewer's"
        assert all(one.done_at is not None for one in course.steps[: course.step])
        if course.state is ReviewState.PASSED:
            last = course.steps[-1]
            yes = {each.user_id for each in last.seats if each.said_yes(version)}
            assert course.passed_version == version
            assert last.result is StepResult.YES
            assert yes == {ANN, BEN} if quorum is Quorum.ALL else yes, "a yes to an earlier version is none to this"
        else:
            assert course.current.done_at is None, "something can always be done next"
        for done in course.steps[: course.step]:
            if done.result is StepResult.CHANGES:
                assert course.steps[done.position + 1].kind is DRAFT, "who is asked for changes drafts next"


def test_a_yes_does_not_hold_for_the_next_version() -> None:
    course = Course(ReviewState.OPEN, planned((REVIEW,), Quorum.ALL, ANN, BEN))
    course = say(course, ANN, ReviewAnswer.YES, 1)
    course = say(course, BEN, ReviewAnswer.YES, 2)
    assert course.state is ReviewState.OPEN
    assert [each.user_id for each in course.current.waits_for(2)] == [ANN]
    assert say(course, ANN, ReviewAnswer.YES, 2).passed_version == 2


def test_somebody_outside_never_passes_a_step_alone_but_may_ask_for_changes() -> None:
    course = Course(ReviewState.OPEN, planned((REVIEW,), Quorum.ANY, ANN))
    outside = Seat(None, None, link_id=CID, answer=ReviewAnswer.YES, version=1)
    assert rules.take_answer(course, [outside], 1, "Outside", NOW).state is ReviewState.OPEN
    changed = rules.take_answer(course, [replace(outside, answer=ReviewAnswer.CHANGES)], 1, "Outside", NOW)
    assert [each.kind for each in changed.steps] == [REVIEW, DRAFT, REVIEW]
    assert [each.user_id for each in changed.steps[2].seats] == [ANN], "the link is asked again by hand"


def test_changes_in_the_last_look_lead_to_one_more_draft_with_the_same_reviewers() -> None:
    course = Course(ReviewState.OPEN, planned((REVIEW, REVIEW), Quorum.ANY, ANN))
    course = say(course, ANN, ReviewAnswer.CHANGES, 1)
    assert [each.kind for each in course.steps] == [REVIEW, DRAFT, REVIEW, REVIEW]
    assert course.step == 1


def test_nobody_is_asked_to_pass_their_own() -> None:
    steps = planned((REVIEW,), Quorum.ANY, ASKER)
    with pytest.raises(Invalid, match="somebody else"):
        rules.check_steps(steps, ASKER, alone=False)
    rules.check_steps(steps, ASKER, alone=True)
    for wrong in (
        (),
        planned((REVIEW, DRAFT), Quorum.ANY, ANN),
        planned((DRAFT, DRAFT, REVIEW), Quorum.ANY, ANN),
        planned((REVIEW,)),
        planned((REVIEW,), Quorum.ANY, ANN, ANN),
        planned((REVIEW,) * 13, Quorum.ANY, ANN),
    ):
        with pytest.raises(Invalid):
            rules.check_steps(wrong, ASKER, alone=False)


def test_a_member_answers_in_their_own_place_first() -> None:
    step = Step(None, 0, REVIEW, seats=(Seat(None, ANN), Seat(None, BEN, CID)))
    assert [each.user_id for each in rules.seats_for(step, ANN, owner=True)] == [ANN]
    assert [each.user_id for each in rules.seats_for(step, CID, owner=False)] == [BEN]
    assert rules.seats_for(step, ASKER, owner=False) == ()
    assert len(rules.seats_for(step, ASKER, owner=True)) == 2, "an owner stands in for everybody"
