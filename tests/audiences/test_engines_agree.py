"""One rule, one answer: PostgreSQL, the analytics copy, ClickHouse and a slow evaluator agree."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import chdb.session
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings

from gonfalon.audiences.copied import FOLLOWED
from gonfalon.audiences.segments.check import check
from gonfalon.audiences.segments.columnar import ClickHouseLayout, DuckLayout
from gonfalon.audiences.segments.compile import Question, compile_rule
from gonfalon.audiences.segments.language import AllOf, Engagement, Identity, Lifecycle, Not, Rule, dump, parse
from gonfalon.audiences.segments.layout import Layout, PostgresLayout
from gonfalon.audiences.segments.membership import AudienceQuery
from gonfalon.audiences.segments.moment import Moment
from gonfalon.audiences.segments.reach import addresses, reachable
from gonfalon.kit.engine.source import Source
from gonfalon.kit.engine.store import Store
from gonfalon.people.addresses import EMAIL_ADDRESS, PHONE_NUMBER
from gonfalon.people.offers import Addressed

from . import clickhouse, comparing, trees, world
from .filling import fill

TREES = int(os.environ.get("GONFALON_TEST_TREES", "200"))
PEOPLE = int(os.environ.get("GONFALON_TEST_PEOPLE", "300"))
MOMENT = Moment(comparing.NOW, comparing.ZONE)
LEVELS = ("new", "member", "returning", "dormant")
STAGES = ("prospect", "first", "repeat", "lapsing", "lapsed")
ONE = 1
"""The workspace that is asked about; every third person belongs to another one."""

CONTEXT: Any = SimpleNamespace(workspace=SimpleNamespace(id=ONE), services=SimpleNamespace(offered=lambda kind: KNOWN))
NO_CONNECTION: Any = None

_settings = settings(
    max_examples=TREES, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


class Engines:
    """The same people in three engines."""

    def __init__(self, url: str, folder: Path) -> None:
        self.people = world.people_of(seed=7, count=PEOPLE)
        self.postgres = psycopg.connect(url, autocommit=True)
        fill(self.postgres, self.people)
        # half of the events reach the copy after its first load, so that its questions meet both old and new ones
        self.postgres.execute("create temp table later as select * from events where id % 2 = 0")
        self.postgres.execute("delete from events where id % 2 = 0")
        source = Source(url)
        self.store = Store(folder, FOLLOWED, "1GB", 2)
        with source.reading() as reading:
            self.store.load(reading, source.identity())
        self.postgres.execute("update later set xid = pg_current_xact_id(); insert into events select * from later")
        with source.reading() as reading:
            assert self.store.cursor is not None
            self.store.follow(reading, self.store.cursor)
        source.close()
        make: Any = chdb.session.Session  # chDB has no types
        self.clickhouse = make()
        clickhouse.fill(self.clickhouse, self.store.connection, ONE)

    def close(self) -> None:
        self.postgres.close()
        self.store.close()
        self.clickhouse.close()

    def ask_postgres(self, question: Question) -> list[int]:
        return [row[0] for row in self.postgres.execute(question.sql.encode(), question.params)]

    def ask_duckdb(self, question: Question) -> list[int]:
        return [row[0] for row in self.store.connection.execute(question.sql, question.params).fetchall()]

    def ask_rows_of_postgres(self, sql: str, params: Any = None) -> list[Any]:
        return self.postgres.execute(sql.encode(), params).fetchall()

    def ask_rows_of_duckdb(self, sql: str, params: Any = None) -> list[Any]:
        return self.store.connection.execute(sql, params).fetchall()

    def ask_clickhouse(self, question: Question) -> list[int]:
        return clickhouse.ask(self.clickhouse, question)


@pytest.fixture(scope="module")
def engines(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    found = Engines(make_database(), tmp_path_factory.mktemp("engine"))
    yield found
    found.close()


def _question(rule: Rule, layout: Layout, people: list[int] | None = None) -> Question:
    return compile_rule(rule, workspace=ONE, catalogue=world.CATALOGUE, moment=MOMENT, layout=layout, people=people)


def _once(ids: list[int]) -> set[int]:
    assert len(ids) == len(set(ids)), "a member is yielded once"
    return set(ids)


@_settings
@given(rule=trees.rules())
def test_postgres_duckdb_and_the_slow_evaluator_agree(engines: Engines, rule: Rule) -> None:
    check(rule, world.CATALOGUE)
    expected = world.members(rule, engines.people, ONE)
    assert _once(engines.ask_postgres(_question(rule, PostgresLayout()))) == expected
    assert _once(engines.ask_duckdb(_question(rule, DuckLayout()))) == expected


@settings(parent=_settings)
@given(rule=trees.often())
def test_counting_by_latest_events_agrees(engines: Engines, rule: Rule) -> None:
    check(rule, world.CATALOGUE)
    for asked in (rule, Not(rule=rule), AllOf(rules=(Identity(identity="email"), rule, rule))):
        expected = world.members(asked, engines.people, ONE)
        assert _once(engines.ask_postgres(_question(asked, PostgresLayout()))) == expected
        assert _once(engines.ask_duckdb(_question(asked, DuckLayout()))) == expected


@settings(parent=_settings, max_examples=max(TREES // 4, 10))
@given(rule=trees.habits())
def test_what_people_do_in_order_often_and_where_agrees(engines: Engines, rule: Rule) -> None:
    check(rule, world.CATALOGUE)
    everybody = AllOf(rules=(Identity(identity="email"), rule))
    expected = world.members(rule, engines.people, ONE)
    assert parse(dump(rule)) == rule
    assert _once(engines.ask_postgres(_question(rule, PostgresLayout()))) == expected
    assert _once(engines.ask_duckdb(_question(rule, DuckLayout()))) == expected
    assert _once(engines.ask_clickhouse(_question(rule, ClickHouseLayout()))) == expected
    with_email = {person.id for person in engines.people if person.id in expected and person.email is not None}
    assert _once(engines.ask_duckdb(_question(everybody, DuckLayout()))) == with_email


@pytest.mark.parametrize(("kind", "values"), [(Engagement, LEVELS), (Lifecycle, STAGES)])
def test_everybody_has_one_level_and_one_stage(engines: Engines, kind: Any, values: tuple[str, ...]) -> None:
    (field,) = kind.model_fields.keys() - {"kind"}
    found = [engines.ask_duckdb(_question(kind(**{field: value}), DuckLayout())) for value in values]
    assert sorted(person for people in found for person in people) == sorted(
        world.members(AllOf(), engines.people, ONE)
    )
    assert all(found), "this world has somebody at each"


def test_old_and_new_events_were_asked_by_latest(engines: Engines) -> None:
    for table in ("events_latest", "events_new"):
        assert engines.store.connection.execute(f"select count(*) > 50 from {table}").fetchone() == (True,)
    rule = parse({"kind": "event", "name": world.EVENTS[0], "at_least": 5})
    assert '"events"' not in _question(rule, DuckLayout()).sql
    rule = parse({"kind": "event", "name": world.EVENTS[0], "at_least": 6})
    assert '"events"' in _question(rule, DuckLayout()).sql


@settings(parent=_settings, max_examples=max(TREES // 5, 10))
@given(rule=trees.rules())
def test_clickhouse_agrees(engines: Engines, rule: Rule) -> None:
    expected = world.members(rule, engines.people, ONE)
    assert _once(engines.ask_clickhouse(_question(rule, ClickHouseLayout()))) == expected


@settings(parent=_settings, max_examples=max(TREES // 5, 10))
@given(rule=trees.rules())
def test_narrowing_to_a_few_people_changes_nothing_for_them(engines: Engines, rule: Rule) -> None:
    few = [person.id for person in engines.people[:25]]
    everybody = world.members(rule, engines.people, ONE)
    found = _once(engines.ask_postgres(_question(rule, PostgresLayout(), few)))
    assert found == everybody & set(few)


@settings(parent=_settings)
@given(rule=trees.rules())
def test_the_json_form_is_the_rule(rule: Rule) -> None:
    assert parse(dump(rule)) == rule


def test_values_never_become_sql(engines: Engines) -> None:
    for hostile in ("'; drop table people; --", "%s %(v0)sx $v0x {v0: Stringx}", 'evil"; --', "evil\\", "evil%_"):
        rule = parse(
            {
                "kind": "all",
                "rules": [
                    {"kind": "attribute", "key": "area", "op": "is_not", "value": hostile},
                    {"kind": "tag", "tag": hostile, "has": False},
                    {
                        "kind": "event",
                        "name": hostile,
                        "did": False,
                        "where": [{"property": hostile, "op": "contains", "value": hostile}],
                    },
                ],
            }
        )
        everybody = world.members(parse({"kind": "all", "rules": []}), engines.people, ONE)
        for layout, ask in (
            (PostgresLayout(), engines.ask_postgres),
            (DuckLayout(), engines.ask_duckdb),
            (ClickHouseLayout(), engines.ask_clickhouse),
        ):
            question: Any = _question(rule, layout)
            assert hostile not in question.sql
            assert _once(ask(question)) == everybody


KNOWN = (Addressed("email", EMAIL_ADDRESS), Addressed("sms", PHONE_NUMBER))


@pytest.mark.parametrize("layout", [PostgresLayout(), DuckLayout()], ids=lambda layout: layout.dialect)
def test_the_view_of_addresses_and_of_who_is_reached_is_the_same_everywhere(engines: Engines, layout: Layout) -> None:
    ask = {"postgres": engines.ask_rows_of_postgres, "duckdb": engines.ask_rows_of_duckdb}[layout.dialect]
    mine = [person for person in engines.people if person.workspace == ONE]
    found = ask(f"select person_id, channel, address from {addresses(layout, ONE, KNOWN, world.CATALOGUE)} a")
    assert sorted(found) == sorted((p.id, *each) for p in mine for each in world.addresses_of(p).items())
    topics = {number: key for key, number in world.CATALOGUE.topics.items()}
    reached = ask(
        f"select person_id, channel, topic_id, address from {reachable(layout, ONE, KNOWN, world.CATALOGUE)} r"
    )
    told = sorted((person, channel, topics[topic], address) for person, channel, topic, address in reached)
    assert told == sorted((p.id, *each) for p in mine for each in world.reachable(p))
    assert {channel for _, channel, _, _ in told} == {"email", "sms"}


@settings(parent=_settings, max_examples=max(TREES // 5, 10))
@given(rule=trees.rules())
async def test_who_is_counted_as_reached_is_who_the_view_reaches(engines: Engines, rule: Rule) -> None:
    """Every member counts once: reached, or for one reason not. Both engines say the same."""
    members = world.members(rule, engines.people, ONE)
    people = [person for person in engines.people if person.id in members]
    for layout, ask in (
        (PostgresLayout(), engines.ask_rows_of_postgres),
        (DuckLayout(), engines.ask_rows_of_duckdb),
    ):
        query = AudienceQuery(CONTEXT, NO_CONNECTION, world.CATALOGUE)
        counting = query.counting(_question(rule, layout), layout)
        total, reach = query.added_up(ask(counting.sql, counting.params))
        assert total == len(members)
        for each in reach:
            reached = [p for p in people if (each.channel, each.topic) in {found[:2] for found in world.reachable(p)}]
            assert each.reachable == len(reached)
            without = [p for p in people if each.channel not in world.addresses_of(p)]
            never = [p for p in people if each.channel in {channel for channel, _ in world.suppressed(p)}]
            assert (each.no_address, each.suppressed) == (len(without), len(never))
            parts = each.reachable, each.no_address, each.suppressed, each.unsubscribed, each.no_consent
            assert sum(parts) == total
            assert min(parts) >= 0
