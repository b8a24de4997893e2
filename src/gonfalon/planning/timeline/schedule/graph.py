"""Find the order in which jobs can be dated, or the circle that makes it impossible.

Every job is a node; a group (a job with children) has a second one for its end, because its beginning holds its
children back and its end waits for them. Links go from a predecessor's end to a successor's beginning, so that circles
through parents are found like all others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gonfalon.planning.timeline.schedule.model import Job, Key, Link, LinkKind


class CycleFound(Exception):
    """Jobs wait for each other in a circle; `names` walks it and ends where it began."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(" → ".join(names))
        self.names = names


class GroupLink(Exception):
    """A group begins and ends with its children, so only finish-to-start links can hold it; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


Tie = tuple[int, bool, bool, int]
"""A link seen from one end: the job at its other, whether predecessor and successor are held at their finish, lag."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Jobs by number. Node `n` is job n; node `count + n` is the end of group n."""

    count: int
    parent: list[int]
    children: list[list[int]]
    arriving: list[list[Tie]]
    leaving: list[list[Tie]]
    order: list[int]


def build(jobs: Sequence[Job], links: Sequence[Link]) -> Graph:
    """Return the graph of the jobs in an order where everything comes after what it waits for.

    Links and parents outside of `jobs` are left out. Raises CycleFound or GroupLink.
    """
    count = len(jobs)
    number: dict[Key, int] = {job.key: n for n, job in enumerate(jobs)}
    parent = [-1 if job.parent is None else number.get(job.parent, -1) for job in jobs]
    children: list[list[int]] = [[] for _ in jobs]
    for n, up in enumerate(parent):
        if up >= 0:
            children[up].append(n)
    arriving: list[list[Tie]] = [[] for _ in jobs]
    leaving: list[list[Tie]] = [[] for _ in jobs]
    after: list[list[int]] = [[] for _ in range(2 * count)]
    waits = [0] * (2 * count)

    def edge(first: int, second: int) -> None:
        after[first].append(second)
        waits[second] += 1

    for n, up in enumerate(parent):
        if up >= 0:
            edge(up, n)
            edge(count + n if children[n] else n, count + up)
        if children[n]:
            edge(n, count + n)
    for link in links:
        a, b = number.get(link.predecessor, -1), number.get(link.successor, -1)
        if a < 0 or b < 0:
            continue
        if link.kind is not LinkKind.FINISH_START and (children[a] or children[b]):
            raise GroupLink(jobs[a if children[a] else b].name)
        kind = link.kind
        arriving[b].append((a, kind.from_finish, kind.to_finish, link.lag))
        leaving[a].append((b, kind.from_finish, kind.to_finish, link.lag))
        edge(count + a if children[a] else a, b)
    nodes = [n for n in range(2 * count) if n < count or children[n - count]]
    order = [n for n in nodes if waits[n] == 0]
    for node in order:  # grows while it is walked
        for following in after[node]:
            waits[following] -= 1
            if waits[following] == 0:
                order.append(following)
    if len(order) < len(nodes):
        raise CycleFound(_circle(jobs, after, waits))
    return Graph(count, parent, children, arriving, leaving, order)


def _circle(jobs: Sequence[Job], after: list[list[int]], waits: list[int]) -> list[str]:
    """Return the names along one circle among the nodes that still wait."""
    before: dict[int, int] = {}
    for node, following in enumerate(after):
        if waits[node]:
            for other in following:
                if waits[other]:
                    before.setdefault(other, node)
    # Every node that waits has one that it waits for: walking back must meet itself.
    node = next(node for node in before if waits[node])
    walked: dict[int, None] = {}
    while node not in walked:
        walked[node] = None
        node = before[node]
    path = list(walked)
    circle = [node, *reversed(path[path.index(node) :])]
    numbers: list[int] = []
    for one in circle:
        job = one % len(jobs)
        if not numbers or numbers[-1] != job:
            numbers.append(job)
    if len(numbers) == 1:
        numbers *= 2
    return [jobs[n].name for n in numbers]
