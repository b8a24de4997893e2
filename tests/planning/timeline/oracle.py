"""Scheduling as a child would do it: try a day, see whether somebody complains, try the next day."""

from __future__ import annotations

from datetime import date, timedelta

from gonfalon.planning.timeline.schedule import Job, Link, LinkKind

DAY = timedelta(days=1)
Place = tuple[date, bool]
"""A day, and whether its end is meant."""


class Days:
    """A calendar asked one day at a time."""

    def __init__(self, begin: date, weekdays: set[int], off: set[date]) -> None:
        self.begin, self.weekdays, self.off = begin, weekdays, off

    def works(self, day: date) -> bool:
        return day >= self.begin and day.weekday() in self.weekdays and day not in self.off

    def next(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    def moved(self, place: Place, lag: int) -> Place:
        day, end = place
        if lag == 0:
            return place
        first = self.next(self.begin)
        if end:
            while day > first and not self.works(day):
                day -= DAY
        else:
            day = self.next(day)
        if end and day < first:
            # No working day has passed yet: the first one is a step away.
            day = first
            lag -= 1
            if lag < 0:
                return (self.begin, False)
        while lag > 0:
            day = self.next(day + DAY)
            lag -= 1
        while lag < 0 and day > first:
            day -= DAY
            while not self.works(day):
                day -= DAY
            lag += 1
        return (self.begin, False) if end and lag < 0 else (day, end)

    def last_of(self, first: date, duration: int) -> date:
        day = self.next(first)
        for _ in range(duration - 1):
            day = self.next(day + DAY)
        return day


def _earliest(job: Job, days: Days, waits: bool, delayed: date | None) -> tuple[Place, Place]:
    """Where a job would be if no other held it."""
    if job.fixed is not None:
        first, last = job.fixed
        if job.duration == 0:
            point = (first, waits)
            return point, point
        return (first, False), (last, True)
    day = days.next(max(days.begin, job.not_before or days.begin))
    if delayed is not None:
        day = days.next(max(day, delayed))
    if job.duration == 0:
        return (day, False), (day, False)
    return (day, False), (days.last_of(day, job.duration), True)


def naive(
    jobs: list[Job], links: list[Link], calendars: list[Days], delayed: dict[object, date] | None = None
) -> dict[object, tuple[Place, Place]]:
    """Earliest (start, finish) of every job, found by moving whoever is violated a little later, until nobody is.

    `delayed` gives further days before which a job must not begin.
    """
    by_key = {job.key: job for job in jobs}
    children: dict[object, list[Job]] = {}
    for job in jobs:
        if job.parent is not None:
            children.setdefault(job.parent, []).append(job)
    incoming: dict[object, list[Link]] = {}
    for link in links:
        incoming.setdefault(link.successor, []).append(link)
    place: dict[object, tuple[Place, Place]] = {}

    def span(key: object) -> tuple[Place, Place]:
        below = [place[child.key] for child in children[key]]
        return min(start for start, _ in below), max(finish for _, finish in below)

    def held(job: Job) -> tuple[list[Place], list[Place]]:
        """The places before which the job must not start, and must not finish: links of it and of its ancestors."""
        starts: list[Place] = []
        ends: list[Place] = []
        one: Job | None = job
        while one is not None:
            days = calendars[one.calendar]
            for link in incoming.get(one.key, []):
                start, finish = place[link.predecessor]
                end = link.kind in (LinkKind.FINISH_START, LinkKind.FINISH_FINISH)
                to_end = link.kind in (LinkKind.FINISH_FINISH, LinkKind.START_FINISH)
                (ends if to_end else starts).append(days.moved(finish if end else start, link.lag))
            if one is not job and one.not_before is not None:
                starts.append((days.next(max(one.not_before, days.begin)), False))
            one = None if one.parent is None else by_key[one.parent]
        return starts, ends

    leaves = [job for job in jobs if job.key not in children]
    for job in leaves:
        place[job.key] = _earliest(
            job, calendars[job.calendar], bool(incoming.get(job.key)), (delayed or {}).get(job.key)
        )
    groups = [job for job in reversed(jobs) if job.key in children]  # children come after their parents in `jobs`
    changed = True
    while changed:
        changed = False
        for group in groups:
            place[group.key] = span(group.key)
        for job in leaves:
            if job.fixed is not None:
                continue
            days = calendars[job.calendar]
            starts, ends = held(job)
            start, finish = place[job.key]
            while any(start < bound for bound in starts) or any(finish < bound for bound in ends):
                changed = True
                if job.duration == 0:
                    start = finish = (start[0], True) if not start[1] else (start[0] + DAY, False)
                else:
                    start = (days.next(start[0] + DAY), False)
                    finish = (days.last_of(start[0], job.duration), True)
            place[job.key] = (start, finish)
    return place
