"""Which steps are needed, who may decide them, and what voids a yes. No database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonfalon.accounts.workdays.model import Week
from gonfalon.accounts.workdays.rules import working_days
from gonfalon.approvals import rules
from gonfalon.approvals.model import (
    ApprovalChange,
    ApproverKind,
    ApproverRef,
    Facts,
    Quorum,
    Risk,
    StepRule,
    SubjectKind,
    fingerprint_of,
)
from gonfalon.approvals.rules import Approver, Rule

LEGAL = ApproverRef(ApproverKind.GROUP, "legal")
DIRECTOR = ApproverRef(ApproverKind.ROLE, "owner")
ANNA, BO, CHI, DEE = (UUID(int=number) for number in range(1, 5))


def facts(**values: Any) -> Facts:
    return Facts(None, "It", values.pop("content", {}), **values)


@pytest.mark.parametrize(
    ("condition", "inside", "outside"),
    [
        ({"over_people": 10_000}, {"audience_size": 10_001}, {"audience_size": 10_000}),
        ({"over_minor": 500}, {"amount_minor": 501}, {"amount_minor": 500}),
        ({"channels": frozenset({"sms"})}, {"channel": "sms"}, {"channel": "email"}),
        ({"categories": frozenset({"acquisition"})}, {"category": "acquisition"}, {"category": ""}),
        (
            {"risks": frozenset({Risk.OVER_CONTACTED, Risk.MISSING_CONSENT})},
            {"risks": frozenset({Risk.MISSING_CONSENT})},
            {"risks": frozenset({Risk.FIRST_USE_OF_CHANNEL})},
        ),
    ],
)
def test_a_rule_applies_above_its_conditions(condition: Any, inside: Any, outside: Any) -> None:
    rule = Rule(SubjectKind.LAUNCH, (StepRule(LEGAL),), **condition)
    assert rules.applies(rule, SubjectKind.LAUNCH, facts(**inside))
    assert not rules.applies(rule, SubjectKind.LAUNCH, facts(**outside))
    assert not rules.applies(rule, SubjectKind.LAUNCH, facts())
    assert not rules.applies(rule, SubjectKind.BUDGET, facts(**inside))


def test_steps_of_all_rules_are_asked_once_and_the_stricter_wins() -> None:
    first = Rule(SubjectKind.LAUNCH, (StepRule(LEGAL, Quorum.ANY, 5), StepRule(DIRECTOR)))
    second = Rule(SubjectKind.LAUNCH, (StepRule(DIRECTOR, Quorum.ANY, 1), StepRule(LEGAL, Quorum.ALL, 2)))
    assert rules.needed([first, second], SubjectKind.LAUNCH, facts()) == (
        StepRule(LEGAL, Quorum.ALL, 2),
        StepRule(DIRECTOR, Quorum.ANY, 1),
    )


def test_stricter_rules_are_not_covered_by_an_earlier_yes() -> None:
    given_steps = (StepRule(LEGAL),)
    assert rules.covers(given_steps, (StepRule(LEGAL, days=1),))
    assert not rules.covers(given_steps, (StepRule(LEGAL, Quorum.ALL),))
    assert not rules.covers(given_steps, (StepRule(LEGAL), StepRule(DIRECTOR)))
    assert rules.covers((StepRule(LEGAL, Quorum.ALL),), (StepRule(LEGAL),))


def test_who_asks_never_decides_but_for_the_only_owner() -> None:
    seats = [Approver(ANNA), Approver(BO)]
    assert set(rules.approvers(seats, ANNA, False).deciders) == {BO}
    assert set(rules.approvers(seats, ANNA, False, [CHI]).deciders) == {BO}
    assert rules.approvers([Approver(ANNA)], ANNA, False) == rules.Approvers()
    assert rules.approvers([Approver(ANNA)], ANNA, False, [CHI]) == rules.Approvers(
        {CHI: frozenset({CHI})}, owners=True
    )
    assert rules.approvers([Approver(ANNA)], ANNA, False, [ANNA, CHI]) == rules.Approvers(
        {CHI: frozenset({CHI})}, owners=True
    )
    only = rules.Approvers({ANNA: frozenset({ANNA})}, alone=True, owners=True)
    assert rules.approvers([Approver(ANNA)], ANNA, False, [ANNA]) == only
    assert rules.approvers([], ANNA, False, [ANNA]) == only
    deputy = Approver(ANNA, deputies=frozenset({BO}))
    assert set(rules.approvers([deputy], ANNA, False).deciders) == {BO}
    assert rules.approvers([], ANNA, False) == rules.Approvers()


def test_an_owner_steps_in_where_somebody_joined_later_and_never_the_one_who_asked() -> None:
    seats = [Approver(BO)]
    assert set(rules.approvers(seats, ANNA, False, [CHI], joined=True).deciders) == {BO, CHI}
    assert set(rules.approvers(seats, CHI, False, [CHI], joined=True).deciders) == {BO}
    assert rules.is_done(seats, [{CHI}], Quorum.ANY, ANNA, False)


def test_facts_of_late_count_and_a_rule_that_was_just_changed_needs_an_owner() -> None:
    rule = Rule(SubjectKind.LAUNCH, (StepRule(LEGAL),), over_minor=500, categories=frozenset({"acquisition"}))
    assert not rules.applies(rule, SubjectKind.LAUNCH, facts(amount_minor=0, category="engagement", peak_minor=501))
    late = facts(amount_minor=0, category="engagement", peak_minor=501, lately=frozenset({"acquisition"}))
    assert rules.applies(rule, SubjectKind.LAUNCH, late)
    assert rules.with_owner((), (StepRule(LEGAL),)) == (rules.OWNER,)
    assert rules.with_owner((StepRule(DIRECTOR),), (StepRule(LEGAL),)) == (StepRule(DIRECTOR),)  # an owner's already
    assert rules.with_owner((StepRule(LEGAL, Quorum.ALL),), (StepRule(LEGAL),)) == (StepRule(LEGAL, Quorum.ALL),)
    assert rules.with_owner((StepRule(LEGAL),), (StepRule(LEGAL, Quorum.ALL),)) == (StepRule(LEGAL), rules.OWNER)


def test_stand_ins_decide_within_their_dates_or_when_it_is_overdue_or_their_member_left() -> None:
    away = Approver(ANNA, deputies=frozenset({BO}), others=frozenset({CHI}))
    assert set(rules.approvers([away], None, False).deciders) == {ANNA, BO}
    assert set(rules.approvers([away], None, True).deciders) == {ANNA, BO, CHI}
    left = Approver(ANNA, present=False, others=frozenset({CHI}))
    assert rules.approvers([left], None, False).deciders == {CHI: frozenset({ANNA})}
    assert rules.approvers([Approver(ANNA, present=False)], None, False) == rules.Approvers()


def test_all_means_every_seat_that_somebody_can_speak_for() -> None:
    seats = [Approver(ANNA, deputies=frozenset({CHI})), Approver(BO), Approver(DEE, present=False)]
    assert not rules.is_done(seats, [{ANNA}], Quorum.ALL, None, False)
    assert rules.is_done(seats, [{ANNA}, {BO}], Quorum.ALL, None, False)
    assert rules.is_done(seats, [{ANNA}], Quorum.ANY, None, False)
    assert not rules.is_done(seats, [], Quorum.ANY, None, False)
    assert rules.is_done(seats, [{ANNA}], Quorum.ALL, BO, False)  # who asked does not have to say yes
    assert not rules.is_done([Approver(DEE, present=False)], [], Quorum.ALL, None, False)


def test_a_difference_names_the_field_and_the_key_in_it() -> None:
    before = {"subject": "Old", "lines": {"Print": 5, "Media": 7}, "same": 1, "gone": True}
    after = {"subject": "New", "lines": {"Print": 6, "Media": 7, "Staff": 1}, "same": 1}
    assert rules.difference(before, after) == (
        ApprovalChange(("subject",), "Old", "New"),
        ApprovalChange(("lines", "Print"), 5, 6),
        ApprovalChange(("lines", "Staff"), None, 1),
        ApprovalChange(("gone",), True, None),
    )


@pytest.mark.parametrize(("now", "void"), [(100, False), (1, False), (110, False), (111, True), (None, False)])
def test_an_audience_may_grow_by_a_tenth(now: int | None, void: bool) -> None:
    changes = rules.voiding({}, fingerprint_of({}), 100, facts(audience_size=now))
    assert changes == ((ApprovalChange(("audience_size",), 100, now),) if void else ())


@pytest.mark.parametrize(
    ("days", "due"),
    [(None, None), (0, date(2026, 12, 18)), (1, date(2026, 12, 21)), (4, date(2026, 12, 24)), (5, date(2026, 12, 28))],
)
def test_a_deadline_counts_the_days_that_the_workspace_works(days: int | None, due: date | None) -> None:
    zone = ZoneInfo("Europe/Stockholm")
    opened = datetime(2026, 12, 18, 20, tzinfo=UTC)  # a Friday evening
    week = Week(days_off=frozenset({date(2026, 12, 25)}))
    end = None if due is None else datetime.combine(due, time(23, 59, 59), zone)
    assert rules.due_at(opened, days, zone, working_days(date(2026, 12, 18), week)) == end


def test_a_deadline_follows_the_countrys_holidays_and_its_own_week() -> None:
    zone = ZoneInfo("Europe/Stockholm")
    opened = datetime(2026, 12, 23, 8, tzinfo=UTC)
    swedish = working_days(date(2026, 12, 23), Week(country="SE"))  # 25 December is a Friday
    assert rules.due_at(opened, 2, zone, swedish) == datetime(2026, 12, 28, 23, 59, 59, tzinfo=zone)
    sundays = working_days(date(2026, 12, 23), Week(weekdays=(6,)))
    assert rules.due_at(opened, 2, zone, sundays) == datetime(2027, 1, 3, 23, 59, 59, tzinfo=zone)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
contents = st.dictionaries(st.sampled_from("abcd"), json, max_size=4)


@given(contents, contents)
def test_an_approval_holds_for_exactly_what_was_approved(one: dict[str, Any], other: dict[str, Any]) -> None:
    holds = rules.voiding(one, fingerprint_of(one), None, facts(content=other)) == ()
    assert holds == (fingerprint_of(one) == fingerprint_of(other))
    assert fingerprint_of(dict(reversed(one.items()))) == fingerprint_of(one)
