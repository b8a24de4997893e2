"""The scheduling engine against a naive oracle on random graphs, and the cases that people ask about."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from gonfalon.accounts.workdays.model import Beyond, WorkingDays
from gonfalon.planning.timeline.schedule import CycleFound, GroupLink, Job, Link, LinkKind, schedule
from tests.planning.timeline.oracle import Days, naive

MONDAY = date(2024, 2, 26)  # the leap day is the Thursday of this week
WEEK = (0, 1, 2, 3, 4)


def working(begin: date = MONDAY, weekdays: tuple[int, ...] = WEEK, off: tuple[date, ...] = ()) -> WorkingDays:
    return WorkingDays(begin, weekdays, lambda year: [day for day in off if day.year == year])


def dates(jobs: list[Job], links: list[Link] | None = None, *calendars: WorkingDays) -> dict[object, tuple[str, str]]:
    plan = schedule(jobs, links or [], calendars or (working(),))
    return {key: (str(at.starts_on), str(at.ends_on)) for key, at in plan.dates.items()}


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[Job], list[Link], list[Days], list[WorkingDays]]:
    """Graphs without circles: links and parents point from lower to higher numbers, and not across a family."""
    count = draw(st.integers(1, 12))
    days, calendars = [], []
    for _ in range(2):
        weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
        off = {MONDAY + timedelta(days=n) for n in draw(st.sets(st.integers(0, 60), max_size=12))}
        days.append(Days(MONDAY, weekdays, off))
        calendars.append(working(MONDAY, tuple(weekdays), tuple(off)))
    parents: list[int | None] = [None]
    parents.extend(draw(st.one_of(st.none(), st.integers(0, n - 1))) for n in range(1, count))
    groups = {p for p in parents if p is not None}
    maybe = st.one_of(st.none(), st.none(), st.integers(0, 40).map(lambda n: MONDAY + timedelta(days=n)))
    jobs = []
    for n in range(count):
        duration = draw(st.integers(0, 6))
        fixed = draw(maybe) if duration == 0 and n not in groups else None
        jobs.append(
            Job(n, f"Job {n}", duration, parents[n], draw(st.integers(0, 1)) if n not in groups else 0,
                not_before=draw(maybe), deadline=draw(maybe), fixed=fixed and (fixed, fixed))
        )  # fmt: skip

    def family(n: int | None) -> set[int]:
        found = set()
        while n is not None:
            found.add(n)
            n = parents[n]
        return found

    links = []
    for a, b in draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=14)):
        if a in family(b) or b in family(a):
            continue
        free = a not in groups and b not in groups
        kind = draw(st.sampled_from(LinkKind)) if free else LinkKind.FINISH_START
        link = Link(a, b, kind, draw(st.integers(-4, 4)))
        try:
            schedule(jobs, [*links, link], calendars)
        except CycleFound:
            continue
        links.append(link)
    return jobs, links, days, calendars


def place(day: date, end: bool) -> int:
    return 2 * day.toordinal() + end


@given(plans())
@settings(max_examples=200, deadline=None)
def test_dates_are_those_of_the_oracle(plan: tuple[list[Job], list[Link], list[Days], list[WorkingDays]]) -> None:
    jobs, links, days, calendars = plan
    note(f"{jobs}\n{links}\n{[(d.weekdays, sorted(d.off)) for d in days]}")
    expected = {key: (start[0], finish[0]) for key, (start, finish) in naive(jobs, links, days).items()}
    found = {key: (at.starts_on, at.ends_on) for key, at in schedule(jobs, links, calendars).dates.items()}
    assert found == expected


@given(plans())
@settings(max_examples=100, deadline=None)
def test_slack_is_how_long_one_can_wait(plan: tuple[list[Job], list[Link], list[Days], list[WorkingDays]]) -> None:
    """Delay one job by exactly its slack: nothing is late. By a day more: the end, a deadline or a fixed day is."""
    jobs, links, days, calendars = plan
    note(f"{jobs}\n{links}\n{[(d.weekdays, sorted(d.off)) for d in days]}")
    groups = {job.parent for job in jobs}
    before = naive(jobs, links, days)
    end = max(finish for _, finish in before.values())
    result = schedule(jobs, links, calendars)

    def late(delayed: dict[object, date]) -> bool:
        after = naive(jobs, links, days, delayed)
        if max(finish for _, finish in after.values()) > end:
            return True
        if any(job.deadline and after[job.key][1][0] > job.deadline for job in jobs):
            return True
        for link in links:
            if jobs[link.successor].fixed is not None:  # type: ignore[index]
                from_end = link.kind in (LinkKind.FINISH_START, LinkKind.FINISH_FINISH)
                bound = days[jobs[link.successor].calendar].moved(after[link.predecessor][from_end], link.lag)  # type: ignore[index]
                if bound > after[link.successor][0]:
                    return True
        return False

    if late({}):
        assert any(at.slack is not None and at.slack < 0 for at in result.dates.values()) or any(
            at.late for at in result.dates.values()
        )
        return
    for job in jobs:
        if job.key in groups or job.fixed is not None or job.duration == 0:
            continue
        slack = result.dates[job.key].slack
        assert slack is not None
        assert slack >= 0
        mine = days[job.calendar]
        day = before[job.key][0][0]
        for _ in range(slack):
            day = mine.next(day + timedelta(days=1))
        assert not late({job.key: day}), (job, slack)
        assert late({job.key: mine.next(day + timedelta(days=1))}), (job, slack)


def test_a_fixed_day_is_missed_over_days_off_too() -> None:
    saturday, monday = date(2024, 3, 2), date(2024, 3, 4)
    jobs = [Job("a", "A", 0, not_before=saturday), Job("b", "B", 0, fixed=(saturday, saturday))]
    found = schedule(jobs, [Link("a", "b")], (working(),)).dates
    assert (found["a"].starts_on, found["b"].starts_on, found["b"].late) == (monday, saturday, 1)


def test_a_chain_skips_weekends_holidays_and_counts_the_leap_day() -> None:
    jobs = [Job("a", "A", 3), Job("b", "B", 2), Job("c", "C", 1)]
    links = [Link("a", "b"), Link("b", "c")]
    assert dates(jobs, links) == {
        "a": ("2024-02-26", "2024-02-28"),
        "b": ("2024-02-29", "2024-03-01"),
        "c": ("2024-03-04", "2024-03-04"),
    }
    assert dates(jobs, links, working(off=(date(2024, 2, 29), date(2024, 3, 4))))["c"] == ("2024-03-06", "2024-03-06")


def test_a_milestone_stands_where_the_work_before_it_ends() -> None:
    jobs = [Job("a", "A", 5), Job("m", "M", 0), Job("b", "B", 1), Job("start", "Start", 0)]
    found = dates(jobs, [Link("a", "m"), Link("m", "b")])
    assert found["m"] == ("2024-03-01", "2024-03-01")
    assert found["b"] == ("2024-03-04", "2024-03-04")
    assert found["start"] == ("2024-02-26", "2024-02-26")


@pytest.mark.parametrize(
    ("kind", "lag", "expected"),
    [
        ("fs", 0, ("2024-03-04", "2024-03-05")),
        ("fs", 2, ("2024-03-06", "2024-03-07")),
        ("fs", -2, ("2024-02-29", "2024-03-01")),
        ("fs", -9, ("2024-02-26", "2024-02-27")),
        ("ss", 1, ("2024-02-27", "2024-02-28")),
        ("ff", 0, ("2024-02-29", "2024-03-01")),
        ("ff", 1, ("2024-03-01", "2024-03-04")),
        ("sf", 4, ("2024-02-29", "2024-03-01")),
    ],
)
def test_the_four_kinds_with_lag(kind: str, lag: int, expected: tuple[str, str]) -> None:
    jobs = [Job("a", "A", 5), Job("b", "B", 2)]
    assert dates(jobs, [Link("a", "b", LinkKind(kind), lag)])["b"] == expected


def test_circles_are_named() -> None:
    jobs = [Job("a", "Copy", 1), Job("b", "Design", 1), Job("c", "Print", 1)]
    with pytest.raises(CycleFound) as found:
        schedule(jobs, [Link("a", "b"), Link("b", "c"), Link("c", "a")], [working()])
    names = found.value.names
    assert names[0] == names[-1]
    assert sorted(names[1:]) == ["Copy", "Design", "Print"]
    steps = set(itertools.pairwise(names))
    assert steps == {("Copy", "Design"), ("Design", "Print"), ("Print", "Copy")}
    with pytest.raises(CycleFound) as alone:
        schedule(jobs, [Link("a", "a")], [working()])
    assert alone.value.names == ["Copy", "Copy"]


def test_a_child_cannot_wait_for_its_family_nor_a_family_for_itself() -> None:
    jobs = [Job("p", "Poster", 0), Job("c", "Draft", 1, parent="p"), Job("d", "Print", 1, parent="c")]
    for link in (Link("p", "c"), Link("c", "p"), Link("d", "p"), Link("p", "d")):
        with pytest.raises(CycleFound):
            schedule(jobs, [link], [working()])
    with pytest.raises(CycleFound):
        schedule([replace(jobs[0], parent="d"), *jobs[1:]], [], [working()])


def test_a_group_spans_its_children_and_holds_them_back() -> None:
    jobs = [
        Job("a", "A", 2),
        Job("g", "Group", 0, not_before=date(2024, 2, 27)),
        Job("x", "X", 1, parent="g"),
        Job("y", "Y", 2, parent="g"),
        Job("b", "B", 1),
    ]
    found = dates(jobs, [Link("a", "g"), Link("x", "y"), Link("g", "b")])
    assert found["g"] == ("2024-02-28", "2024-03-01")
    assert found["x"] == ("2024-02-28", "2024-02-28")
    assert found["b"] == ("2024-03-04", "2024-03-04")
    with pytest.raises(GroupLink):
        schedule(jobs, [Link("a", "g", LinkKind.FINISH_FINISH)], [working()])


def test_a_fixed_day_stays_and_says_how_late_its_work_is() -> None:
    jobs = [Job("a", "A", 5), Job("launch", "Launch", 0, fixed=(date(2024, 2, 29), date(2024, 2, 29)))]
    plan = schedule(jobs, [Link("a", "launch")], [working()])
    assert plan.dates["launch"].ends_on == date(2024, 2, 29)
    assert plan.dates["launch"].late == 1
    assert plan.dates["a"].slack == -1
    assert plan.dates["a"].critical


def test_done_work_stays_where_it_was_and_dropped_work_hands_on() -> None:
    jobs = [
        Job("a", "A", 3, fixed=(date(2024, 2, 26), date(2024, 3, 5)), done=True),
        Job("x", "X", 9, dropped=True),
        Job("b", "B", 1),
    ]
    plan = schedule(jobs, [Link("a", "x"), Link("x", "b")], [working()])
    assert str(plan.dates["b"].starts_on) == "2024-03-06"
    assert plan.dates["a"].slack is None
    assert plan.dates["x"].slack is None


def test_a_missed_deadline_counts_working_days_and_makes_critical() -> None:
    jobs = [Job("a", "A", 6, deadline=date(2024, 2, 29)), Job("z", "Z", 20)]
    at = schedule(jobs, [], [working()]).dates["a"]
    assert (at.late, at.slack, at.critical) == (2, -2, True)


def test_fifty_years_are_enough_and_more_is_refused_by_name() -> None:
    ten = 10 * 261
    jobs = [Job(n, f"Decade {n}", ten) for n in range(6)]
    links = [Link(n, n + 1) for n in range(5)]
    assert schedule(jobs[:5], links[:4], [working()]).ends_on is not None
    with pytest.raises(Beyond) as beyond:
        schedule(jobs, links, [working()])
    assert beyond.value.name == "Decade 5"
    with pytest.raises(ValueError, match="negative"):
        schedule([Job("a", "A", -1)], [], [working()])


def test_nobody_works_on_no_day() -> None:
    with pytest.raises(Beyond):
        schedule([Job("a", "A", 1)], [], [working(weekdays=())])
