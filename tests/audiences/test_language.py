"""What is refused, with which sentence, at which place; and what days a rule means."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from gonfalon.audiences.rules import references_of
from gonfalon.audiences.segments.check import check, expand
from gonfalon.audiences.segments.language import Calendar, Catalogue, Member, Op, RuleInvalid, Tag, ValueType, parse
from gonfalon.audiences.segments.moment import Moment

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
CATALOGUE = Catalogue(
    attributes={"area": ValueType.CHOICE, "score": ValueType.NUMBER, "born": ValueType.DATE, "vip": ValueType.BOOLEAN},
    choices={"area": frozenset({"Urban", "Rural"})},
    topics={"news": 1},
    audiences={A: Tag(tag="x"), B: Member(audience=C), C: None},
)


def attribute(key: str, op: str, *value: Any) -> dict[str, Any]:
    return {"kind": "attribute", "key": key, "op": op} | ({"value": value[0]} if value else {})


def deep(levels: int) -> dict[str, Any]:
    rule: dict[str, Any] = {"kind": "tag", "tag": "x"}
    for _ in range(levels):
        rule = {"kind": "not", "rule": rule}
    return rule


@pytest.mark.parametrize(
    ("rule", "place", "says"),
    [
        (None, "", "dictionary"),
        ([], "", "dictionary"),
        ({}, "", "what kind"),
        ({"kind": "sql", "where": "1=1"}, "", "does not exist"),
        ({"kind": "any", "rules": []}, "rules", "at least one condition"),
        ({"kind": "all", "rules": [{"kind": "tag"}]}, "rules[0].tag", "missing"),
        ({"kind": "tag", "tag": "x", "extra": 1}, "extra", "does not belong"),
        ({"kind": "tag", "tag": "a\0b"}, "tag", "pattern"),
        (attribute("gone", "known"), "key", "“gone” no longer exists"),
        ({"kind": "all", "rules": [{"kind": "not", "rule": attribute("gone", "known")}]}, "rules[0].rule.key", "gone"),
        (attribute("score", "contains", "1"), "op", "cannot be asked of a number"),
        (attribute("score", "is", "1"), "value", "number"),
        (attribute("score", "is", True), "value", "number"),
        (attribute("score", "is", float("nan")), "value", "number"),
        (attribute("score", "is"), "value", "number"),
        (attribute("score", "between", [2, 1]), "value", "lowest value is above"),
        (attribute("score", "between", [1]), "value", "lowest and the highest"),
        (attribute("score", "known", 1), "value", "takes no value"),
        (attribute("area", "is", "Suburban"), "value", "not one of the choices"),
        (attribute("area", "any_of", []), "value", "1 to 1,000"),
        (attribute("area", "any_of", ["Urban", 3]), "value", "text"),
        (attribute("area", "is", ""), "value", "1 to 500"),
        (attribute("born", "on", "2026-02-30"), "value", "YYYY-MM-DD"),
        (attribute("born", "in_last_days", -1), "value", "whole number of days"),
        (attribute("born", "in_last_days", 1.5), "value", "whole number of days"),
        (attribute("born", "anniversary_in_days", 367), "value", "0 to 366"),
        ({"kind": "consent", "channel": "email", "topic": "old"}, "topic", "“old” no longer exists"),
        ({"kind": "audience", "audience": str(UUID(int=9))}, "audience", "no longer exists"),
        ({"kind": "message", "what": "sent", "campaign": str(UUID(int=9))}, "campaign", "no longer exists"),
        ({"kind": "event", "name": "x", "at_least": 3, "at_most": 2}, "at_least", "above the greatest"),
        ({"kind": "event", "name": "x", "did": False, "at_least": 3}, "did", "takes no number"),
        ({"kind": "event", "name": "x", "within_days": 3, "since": "2026-01-01"}, "within_days", "not both"),
        ({"kind": "event", "name": "x", "since": "2026-01-02", "until": "2026-01-01"}, "since", "after the last"),
        (
            {
                "kind": "event",
                "name": "x",
                "where": [{"property": "a", "type": "number", "op": "contains", "value": 1}],
            },
            "where[0].op",
            "number",
        ),
        (attribute("born", "during", "this_decade"), "value", "period of the calendar"),
        ({"kind": "event", "name": "x", "calendar": "today", "within_days": 3}, "calendar", "not both"),
        ({"kind": "event", "name": "x", "which": "first"}, "which", "in which period"),
        (
            {"kind": "event", "name": "x", "which": "last", "within_days": 3, "at_least": 2},
            "which",
            "no number of times",
        ),
        (
            {"kind": "event", "name": "x", "measure": {"of": "sum", "op": "ge", "value": 0.5}},
            "measure.value",
            "minor units",
        ),
        (
            {
                "kind": "sequence",
                "first": {"name": "x"},
                "second": {"name": "y", "where": [{"property": "a[][]", "op": "known"}]},
            },
            "second.where[0].property",
            "items of a list",
        ),
        ({"kind": "rfm", "what": "recency", "at_least": 4, "at_most": 3}, "at_least", "lowest score"),
        (
            {"kind": "place", "latitude_key": "score", "longitude_key": "area", "latitude": 1, "longitude": 1, "km": 1},
            "longitude_key",
            "no number",
        ),
        (deep(13), "", "deeper than 12"),
        (deep(5000), "", "deeper than 12"),
        ({"kind": "all", "rules": [{"kind": "tag", "tag": "x"}] * 201}, "rules[200]", "at most 200"),
    ],
)
def test_faults_are_named_with_their_place(rule: Any, place: str, says: str) -> None:
    with pytest.raises(RuleInvalid) as refused:
        check(parse(rule), CATALOGUE)
    assert says in refused.value.sentence
    assert refused.value.place == place
    assert refused.value.details["place"] == place
    assert refused.value.details["reason"] == refused.value.reason


def test_an_audience_cannot_refer_to_itself() -> None:
    for rule in (Member(audience=A), Member(audience=B)):
        check(rule, CATALOGUE)
    with pytest.raises(RuleInvalid, match="itself"):
        check(Member(audience=A), CATALOGUE, own=A)
    with pytest.raises(RuleInvalid, match="itself"):
        check(Member(audience=B), CATALOGUE, own=C)
    circle = Catalogue(audiences={A: Member(audience=B), B: Member(audience=A)})
    with pytest.raises(RuleInvalid, match="circle"):
        expand(Member(audience=A), circle)


def test_what_is_broken_in_another_audience_is_said() -> None:
    other = Catalogue(audiences={A: parse(attribute("gone", "known"))})
    with pytest.raises(RuleInvalid, match="Another audience in this rule is broken: The attribute “gone”"):
        check(Member(audience=A), other)


def test_references_name_what_a_rule_needs() -> None:
    rule = parse(
        {"kind": "any", "rules": [
            attribute("score", "known"),
            {"kind": "not", "rule": {"kind": "audience", "audience": str(A)}},
            {"kind": "consent", "channel": "email", "topic": "news"},
            {"kind": "message", "what": "opened", "campaign": str(B)},
        ]}
    )  # fmt: skip
    assert references_of(rule) == ["attribute:score", f"audience:{A}", f"campaign:{B}", "topic:news"]


def test_days_are_days_of_the_zone() -> None:
    # 23:30 in Stockholm on the eve of the change to summer time, which makes the 29th 23 hours long
    moment = Moment(datetime(2026, 3, 28, 22, 30, tzinfo=UTC), ZoneInfo("Europe/Stockholm"))
    assert moment.today == date(2026, 3, 28)
    assert moment.start(date(2026, 3, 29)) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert moment.after(date(2026, 3, 29)) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert moment.days(Op.IN_LAST_DAYS, 2) == (date(2026, 3, 26), date(2026, 3, 28))
    assert moment.days(Op.IN_NEXT_DAYS, 2) == (date(2026, 3, 28), date(2026, 3, 30))


@pytest.mark.parametrize(("year", "kept"), [(2027, True), (2028, False)])
def test_leap_days_are_kept_on_the_28th_where_there_is_none(year: int, kept: bool) -> None:
    moment = Moment(datetime(year, 2, 28, 12, tzinfo=UTC), ZoneInfo("UTC"))
    assert ((2, 29) in set(moment.anniversaries(Op.ANNIVERSARY_IN_DAYS, 0))) is kept


def test_periods_of_the_calendar_begin_and_end_as_people_say() -> None:
    moment = Moment(datetime(2027, 1, 3, 23, 30, tzinfo=UTC), ZoneInfo("Europe/Stockholm"))  # Monday 4 January there
    days = {
        Calendar.TODAY: ("2027-01-04", "2027-01-04"),
        Calendar.YESTERDAY: ("2027-01-03", "2027-01-03"),
        Calendar.THIS_WEEK: ("2027-01-04", "2027-01-10"),
        Calendar.LAST_WEEK: ("2026-12-28", "2027-01-03"),
        Calendar.LAST_MONTH: ("2026-12-01", "2026-12-31"),
        Calendar.NEXT_MONTH: ("2027-02-01", "2027-02-28"),
        Calendar.LAST_QUARTER: ("2026-10-01", "2026-12-31"),
        Calendar.THIS_YEAR: ("2027-01-01", "2027-12-31"),
        Calendar.LAST_YEAR: ("2026-01-01", "2026-12-31"),
    }
    for period, (first, last) in days.items():
        assert moment.calendar(period) == (date.fromisoformat(first), date.fromisoformat(last))
    assert set(moment.anniversaries(Op.ANNIVERSARY_DURING, "next_month")) == {(2, day) for day in range(1, 30)}
