"""A score gives everybody the same points, whoever counts: PostgreSQL, the analytics copy, and a slow evaluator."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import floor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gonfalon.audiences.segments.columnar import DuckLayout
from gonfalon.audiences.segments.language import dump, parse
from gonfalon.audiences.segments.layout import Layout, PostgresLayout
from gonfalon.scores.definition import BehaviourRule, ConditionRule, ScoreCategory, ScoreRule
from gonfalon.scores.points import compile_points, totalled
from tests.audiences import comparing, trees, world
from tests.audiences.test_engines_agree import MOMENT, ONE, Engines, engines

__all__ = ["engines"]

LAYOUTS: tuple[Layout, ...] = (PostgresLayout(), DuckLayout())


@st.composite
def conditions(draw: st.DrawFn) -> ConditionRule:
    points, category = draw(st.integers(-50, 50)), draw(st.sampled_from(ScoreCategory))
    return ConditionRule(points=points, category=category, when=dump(draw(trees.rules())))


@st.composite
def behaviours(draw: st.DrawFn) -> BehaviourRule:
    what = draw(st.sampled_from(["event", "event", "opened", "clicked"]))
    return BehaviourRule(
        points=draw(st.integers(-50, 50)),
        category=draw(st.sampled_from(ScoreCategory)),
        what=what,
        name=draw(st.sampled_from(world.EVENTS)) if what == "event" else "",
        where=draw(trees._where()) if what == "event" else (),
        each=draw(st.booleans()),
        most=draw(st.sampled_from([1, 7, 20, 1000])),
        half_life=draw(st.sampled_from([None, 1, 3, 30, 365])),
    )


def times_of(rule: BehaviourRule, person: world.Person, at: datetime) -> list[datetime]:
    """When somebody did it, by looking at each thing that they did."""
    if rule.what == "event":
        did = [
            when
            for name, when, properties, _ in person.events
            if name == rule.name and all(world.property_holds(each, properties) for each in rule.where)
        ]
    else:
        kind = {"opened": "open", "clicked": "click"}[rule.what]
        did = [
            when for *_, hits in person.messages for found, verdict, when in hits if (found, verdict) == (kind, "human")
        ]
    return [when for when in did if when <= at]


def points_of(rule: ScoreRule, person: world.Person, at: datetime) -> int:
    if isinstance(rule, ConditionRule):
        return rule.points if world.holds(parse(rule.when), person) else 0
    worth = [
        1.0 if rule.half_life is None else 0.5 ** ((at - when) / timedelta(days=rule.half_life))
        for when in times_of(rule, person, at)
    ]
    if not worth:
        return 0
    size = floor(min(abs(rule.points) * (sum(worth) if rule.each else max(worth)), rule.most) + 0.5 + 1e-9)
    return -size if rule.points < 0 else size


def asked(engines: Engines, rules: list[ScoreRule], layout: Layout, *, total: bool = False, **more: Any) -> list[Any]:
    question = compile_points(rules, workspace=ONE, catalogue=world.CATALOGUE, moment=MOMENT, layout=layout, **more)
    question = totalled(rules, question) if total else question
    ask = engines.ask_rows_of_postgres if layout.dialect == "postgres" else engines.ask_rows_of_duckdb
    return sorted(tuple(row) for row in ask(question.sql, question.params))


def everybody(engines: Engines) -> list[world.Person]:
    return [person for person in engines.people if person.workspace == ONE and not person.erased]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rules=st.lists(conditions() | behaviours(), max_size=5), days=st.sampled_from([0, 0, 3, 40]))
def test_every_engine_gives_the_points_of_the_slow_evaluator(
    engines: Engines, rules: list[ScoreRule], days: int
) -> None:
    at = comparing.NOW - timedelta(days=days)
    expected = []
    for person in everybody(engines):
        sums = dict.fromkeys(ScoreCategory, 0)
        for rule in rules:
            sums[rule.category] += points_of(rule, person, at)
        expected.append((person.id, sums[ScoreCategory.FIT], sums[ScoreCategory.ENGAGEMENT]))
    for layout in LAYOUTS:
        assert asked(engines, rules, layout, total=True, at=at) == expected, layout.dialect


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.dialect)
def test_one_person_is_given_what_everybody_is_given(engines: Engines, layout: Layout) -> None:
    rules: list[ScoreRule] = [
        BehaviourRule(points=7, what="event", name=world.EVENTS[0], half_life=3),
        BehaviourRule(points=2, what="clicked", each=False, half_life=30),
        ConditionRule(points=5, when={"kind": "identity", "identity": "email"}),
    ]
    by_person = {row[0]: row for row in asked(engines, rules, layout)}
    some = [person.id for person in everybody(engines)][:20]
    assert {row[0]: row for row in asked(engines, rules, layout, people=some)} == {id_: by_person[id_] for id_ in some}
    for person in everybody(engines)[:20]:
        _, points, times, last, *_ = by_person[person.id]
        did = times_of(rules[0], person, comparing.NOW)  # type: ignore[arg-type]
        assert (times or 0) == len(did)
        assert points == points_of(rules[0], person, comparing.NOW)
        assert (last is None) == (not did)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.dialect)
def test_what_was_long_ago_is_worth_nothing_and_ends_nothing(engines: Engines, layout: Layout) -> None:
    """A half-life of a day after years: PostgreSQL calls such powers an underflow."""
    rules: list[ScoreRule] = [BehaviourRule(points=1000, most=1000, what="event", name=world.EVENTS[0], half_life=1)]
    later = comparing.NOW + timedelta(days=20_000)
    assert {points for _, points, *_ in asked(engines, rules, layout, at=later)} == {0}
