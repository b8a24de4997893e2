"""Tell somebody who has read a timeline only what is different in it by now.

Slack and what is critical follow from the whole plan, so nothing stored says which rows an edit changes. What was
answered is remembered by a sign of each row instead, in the process that answers; whoever comes with a token that is
not remembered any more gets the whole timeline again.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from gonfalon.accounts.context import Context

MOST_ROWS = 100_000
"""So many rows and links of earlier answers are remembered, in about 25 MB."""

Ends = tuple[UUID, UUID]
"""A link's predecessor and successor."""
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class TimelineState:
    """A timeline as rows of JSON: tasks in the order of the list with the ids they have, links with their ends."""

    ids: list[UUID]
    tasks: list[bytes]
    ends: list[Ends]
    links: list[bytes]


@dataclass(frozen=True, slots=True)
class Signs:
    """An answer that was given, with hashes in place of its rows. A row's own id is in it, so no two are alike."""

    order: list[int]
    tasks: frozenset[int]
    links: dict[int, Ends]
    token: str
    """What the reader comes back with. The same answer has the same token, whoever reads it."""

    @classmethod
    def of(cls, answer: TimelineState) -> Signs:
        """Return the signs of an answer."""
        tasks, links = tuple(map(hash, answer.tasks)), tuple(map(hash, answer.links))
        return cls(
            [id.int for id in answer.ids],
            frozenset(tasks),
            dict(zip(links, answer.ends, strict=True)),
            f"{hash((tasks, links)) & (1 << 64) - 1:016x}",
        )

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.order) + len(self.links)


@dataclass
class Memory:
    """The last answers of all campaigns."""

    given: OrderedDict[tuple[UUID, str], Signs] = field(default_factory=OrderedDict)
    rows: int = 0

    def tell(self, campaign_id: UUID, head: dict[str, Any], now: TimelineState, since: str | None) -> bytes:
        """Return the JSON of a TimelineOut, or of TimelineChanges where the answer with the token `since` is
        remembered.
        """
        signs = Signs.of(now)
        before = self.given.get((campaign_id, since)) if since else None
        self._keep((campaign_id, signs.token), signs)
        tasks, links = now.tasks, now.links
        if before is not None:
            head = head | {"since": since, **_differences(before, signs, now)}
            tasks = [row for row in tasks if hash(row) not in before.tasks]
            links = [row for row in links if hash(row) not in before.links]
        lists = {"tasks": [msgspec.Raw(row) for row in tasks], "links": [msgspec.Raw(row) for row in links]}
        return _encode(head | {"token": signs.token} | lists)

    def _keep(self, key: tuple[UUID, str], signs: Signs) -> None:
        if key not in self.given:
            self.given[key] = signs
            self.rows += signs.size
        self.given.move_to_end(key)
        while self.rows > MOST_ROWS and len(self.given) > 1:
            _, forgotten = self.given.popitem(last=False)
            self.rows -= forgotten.size


def memory_of(ctx: Context) -> Memory:
    """Return the process's one memory."""
    memory = ctx.services.find(Memory)
    if memory is None:
        memory = Memory()
        ctx.services.put(Memory, memory)
    return memory


def _differences(before: Signs, signs: Signs, now: TimelineState) -> dict[str, Any]:
    """Return what leads from the order and the links of before to those of now."""
    was, order = before.order, signs.order
    first, most = 0, min(len(was), len(order))
    while first < most and was[first] == order[first]:
        first += 1
    last = 0
    while last < most - first and was[-1 - last] == order[-1 - last]:
        last += 1
    return {
        "order": {"at": first, "gone": len(was) - first - last, "ids": now.ids[first : len(order) - last]},
        "gone_links": [
            {"predecessor_id": ends[0], "successor_id": ends[1]}
            for sign, ends in before.links.items()
            if sign not in signs.links
        ],
    }
