"""Forward pass (earliest dates), backward pass (slack), critical path.

The critical path method (Kelley and Walker 1959) on working-day calendars, with the four link kinds of the precedence
diagram method and lags. Cost: one pass each over jobs and links, with a binary search per link.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gonfalon.accounts.workdays.model import Beyond, WorkingDays
from gonfalon.planning.timeline.schedule.graph import Graph, build
from gonfalon.planning.timeline.schedule.model import Dated, Job, Key, Link, Schedule

_NEVER = 2 * date.max.toordinal() + 1


def schedule(jobs: Sequence[Job], links: Sequence[Link], calendars: Sequence[WorkingDays]) -> Schedule:
    """Return the earliest dates of all jobs that keep every link, day and parent; nothing begins before the calendars
    do.

    Raises CycleFound, GroupLink, Beyond (more than fifty years), ValueError for a negative duration.
    """
    for job in jobs:
        if job.duration < 0:
            raise ValueError(f"{job.name} has a negative duration")
    if not jobs:
        return Schedule()
    run = _Run(jobs, build(jobs, links), calendars)
    run.forward()
    run.backward()
    return run.result()


class _Run:
    """One scheduling: points (see model.py) by job number."""

    def __init__(self, jobs: Sequence[Job], graph: Graph, calendars: Sequence[WorkingDays]) -> None:
        self.jobs = jobs
        self.graph = graph
        self.calendars = calendars
        size = len(jobs)
        self.start = [0] * size
        self.finish = [0] * size
        self.bound = [0] * size
        self.late_start = [_NEVER] * size
        self.late_finish = [_NEVER] * size
        self.slack: list[int | None] = [None] * size
        self.end = 0

    def forward(self) -> None:
        """Place every job as early as its links, its parent and its own day let it."""
        count, children = self.graph.count, self.graph.children
        for node in self.graph.order:
            if node >= count:
                self._close_group(node - count)
                continue
            try:
                self._begin(node, bool(children[node]))
            except Beyond as beyond:
                raise Beyond(beyond.last, self.jobs[node].name) from beyond
        self.end = max((f for f, job in zip(self.finish, self.jobs, strict=True) if not job.dropped), default=0)

    def _begin(self, n: int, group: bool) -> None:
        job = self.jobs[n]
        calendar = self.calendars[job.calendar]
        lower, finish_lower = 0, 0
        for a, from_finish, to_finish, lag in self.graph.arriving[n]:
            point = self.finish[a] if from_finish else self.start[a]
            if lag:
                point = calendar.shifted(point, lag)
            if to_finish:
                finish_lower = max(finish_lower, point)
            elif point > lower:
                lower = point
        self.bound[n] = max(lower, finish_lower)
        if job.fixed is not None and not group:
            self._place_fixed(n, job.fixed)
            return
        if (up := self.graph.parent[n]) >= 0:
            lower = max(lower, self.start[up])
        if not group or job.not_before is not None:  # a group's children begin on days of their own calendars
            first = calendar.begin if job.not_before is None else max(calendar.begin, job.not_before.toordinal())
            lower = max(lower, 2 * calendar.at(calendar.first_from(first)))
        if group or job.dropped or job.duration == 0:
            self.start[n] = self.finish[n] = max(lower, finish_lower)
            return
        number = calendar.start_at(lower)
        if finish_lower:
            number = max(number, calendar.first_from(finish_lower >> 1) - job.duration + 1)
        self.start[n] = 2 * calendar.at(number)
        self.finish[n] = 2 * calendar.at(number + job.duration - 1) + 1

    def _place_fixed(self, n: int, days: tuple[date, date]) -> None:
        first, last = days
        self.start[n], self.finish[n] = 2 * first.toordinal(), 2 * last.toordinal() + 1
        if self.jobs[n].duration == 0:
            # What leads to a fixed day may use that day; what begins it begins with it.
            point = self.finish[n] if self.graph.arriving[n] else self.start[n]
            self.start[n] = self.finish[n] = point

    def _close_group(self, n: int) -> None:
        """Let a group span its children; dropped ones only when there are no others."""
        children = self.graph.children[n]
        counted = [c for c in children if not self.jobs[c].dropped] or children
        self.start[n] = min(self.start[c] for c in counted)
        self.finish[n] = max(self.finish[c] for c in counted)

    def backward(self) -> None:
        """Return how late everything may be: the project's end, deadlines and fixed days hold."""
        count = self.graph.count
        for node in reversed(self.graph.order):
            n = node - count if node >= count else node
            if node >= count:
                self.late_finish[n] = self._latest_finish(n)
            elif self.graph.children[n]:
                # What holds a group does not reach a fixed day within it: that one answers only to its own links.
                moved = [c for c in self.graph.children[n] if self.jobs[c].fixed is None or self.graph.children[c]]
                self.late_start[n] = min((self.late_start[c] for c in moved), default=_NEVER)
            else:
                self._latest(n)

    def _latest_finish(self, n: int, *, point: bool = False) -> int:
        """Return the latest end; of a `point` in time, which may be the start or the end of its day, the latest of
        both.
        """
        job, up = self.jobs[n], self.graph.parent[n]
        late = self.end if up < 0 else self.late_finish[up]
        if job.deadline is not None:
            late = min(late, 2 * job.deadline.toordinal() + 1)
        for b, from_finish, to_finish, lag in self.graph.leaving[n]:
            if from_finish or point:
                late = min(late, self._limit(b, to_finish, lag, start=point))
        return late

    def _limit(self, b: int, to_finish: bool, lag: int, *, start: bool = True, end: bool = True) -> int:
        """Return the latest point from which the successor b is not made late: the start of a day, its end, or
        either."""
        late = self.late_finish[b] if to_finish else self.late_start[b]
        if lag == 0 or late == _NEVER:
            return late
        calendar = self.calendars[self.jobs[b].calendar]
        limit = 2 * calendar.begin - 2
        try:
            if start and (number := calendar.last_until(late >> 1) - lag) >= 0:
                limit = 2 * calendar.at(number)
            if end:
                following = calendar.last_until((late - 1) >> 1) - lag + 1
                limit = max(limit, (2 * calendar.at(following) if following >= 0 else 2 * calendar.begin) - 1)
        except Beyond:
            return _NEVER
        return limit

    def _latest(self, n: int) -> None:
        job = self.jobs[n]
        calendar = self.calendars[job.calendar]
        if job.done:
            return  # nothing can be late for what is done
        if job.fixed is not None:
            self.late_start[n], self.late_finish[n] = self.start[n], self.finish[n]
            if self.graph.arriving[n]:
                slack = _elapsed(calendar, self.start[n]) - _elapsed(calendar, self.bound[n])
                # Over days off alone no working day is lost, but the fixed day is missed all the same.
                self.slack[n] = min(slack, -1) if self.bound[n] > self.start[n] else slack
            return
        if job.dropped or job.duration == 0:
            late = self._latest_finish(n, point=True)
            self.late_start[n] = self.late_finish[n] = late
            if not job.dropped:
                self.slack[n] = _elapsed(calendar, late) - _elapsed(calendar, self.start[n])
            return
        late = self._latest_finish(n)
        late_start = _NEVER
        for b, from_finish, to_finish, lag in self.graph.leaving[n]:
            if not from_finish:
                late_start = min(late_start, self._limit(b, to_finish, lag, end=False))
        number = calendar.last_until((late - 1) >> 1) - job.duration + 1
        if late_start != _NEVER:
            number = min(number, calendar.last_until(late_start >> 1))
        self.slack[n] = number - calendar.first_from(self.start[n] >> 1)
        # Before the first working day there are no numbers: any earlier point says "too late" just as well.
        self.late_start[n] = 2 * calendar.at(number) if number >= 0 else 2 * (calendar.begin + number)
        ends = number + job.duration - 1
        self.late_finish[n] = 2 * calendar.at(ends) + 1 if ends >= 0 else 2 * (calendar.begin + ends) + 1

    def result(self) -> Schedule:
        """Return the dates of all jobs."""
        dates: dict[Key, Dated] = {}
        for n, job in enumerate(self.jobs):
            first, last = self.start[n] >> 1, self.finish[n] >> 1
            late = 0
            calendar = self.calendars[job.calendar]
            if job.deadline is not None and not job.dropped and last > job.deadline.toordinal():
                late = calendar.between(date.fromordinal(job.deadline.toordinal() + 1), date.fromordinal(last)) or 1
            slack = self.slack[n]
            if job.fixed is not None and slack is not None and slack < 0:
                late = max(late, -slack)
            dates[job.key] = Dated(date.fromordinal(first), date.fromordinal(last), slack, late)
        counted = [n for n, job in enumerate(self.jobs) if not job.dropped]
        if not counted:
            return Schedule(dates)
        return Schedule(
            dates,
            date.fromordinal(min(self.start[n] for n in counted) >> 1),
            date.fromordinal(max(self.finish[n] for n in counted) >> 1),
        )


def _elapsed(calendar: WorkingDays, point: int) -> int:
    """Return how many working days lie wholly before the point."""
    return calendar.last_until((point - 1) >> 1) + 1
