"""Telling somebody who has read a timeline only what is different in it by now.

Slack and what is critical follow from the whole plan, so nothing stored says which rows an edit changes. What was
answered is remembered by a sign of each row instead, in the process that answers; whoever comes with a token that is
not remembered any more gets the whole timeline again.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
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
class Answer:
    """A timeline as rows of JSON: tasks by id in the order of the list, links by their ends."""

    tasks: dict[UUID, bytes]
    links: dict[Ends, bytes]


@dataclass(frozen=True, slots=True)
class Signs:
    """An answer that was given, with a hash in place of each row."""

    tasks: dict[UUID, int]
    links: dict[Ends, int]

    @classmethod
    def of(cls, answer: Answer) -> Signs:
        """The signs of an answer."""
        return cls(
            {id: hash(row) for id, row in answer.tasks.items()}, {ends: hash(row) for ends, row in answer.links.items()}
        )

    @property
    def token(self) -> str:
        """What the reader comes back with. The same answer has the same token, whoever reads it."""
        return f"{hash((tuple(self.tasks.items()), tuple(self.links.items()))) & (1 << 64) - 1:016x}"

    @property
    def size(self) -> int:
        """How many rows it has."""
        return len(self.tasks) + len(self.links)


@dataclass
class Memory:
    """The last answers of all campaigns."""

    given: OrderedDict[tuple[UUID, str], Signs] = field(default_factory=OrderedDict)
    rows: int = 0

    def tell(self, campaign_id: UUID, head: dict[str, Any], now: Answer, since: str | None) -> bytes:
        """The JSON of a TimelineOut, or of TimelineChanges where the answer with the token `since` is remembered."""
        signs = Signs.of(now)
        token = signs.token
        before = self.given.get((campaign_id, since)) if since else None
        self._keep((campaign_id, token), signs)
        rows: dict[str, Iterable[bytes]] = {"tasks": now.tasks.values(), "links": now.links.values()}
        if before is not None:
            head = head | {"since": since, **_differences(before, signs)}
            rows = {
                "tasks": [row for id, row in now.tasks.items() if before.tasks.get(id) != signs.tasks[id]],
                "links": [row for ends, row in now.links.items() if before.links.get(ends) != signs.links[ends]],
            }
        lists = {name: [msgspec.Raw(row) for row in found] for name, found in rows.items()}
        return _encode(head | {"token": token} | lists)

    def _keep(self, key: tuple[UUID, str], signs: Signs) -> None:
        if key not in self.given:
            self.given[key] = signs
            self.rows += signs.size
        self.given.move_to_end(key)
        while self.rows > MOST_ROWS and len(self.given) > 1:
            _, forgotten = self.given.popitem(last=False)
            self.rows -= forgotten.size


def memory_of(ctx: Context) -> Memory:
    """The process's one memory."""
    memory = ctx.services.find(Memory)
    if memory is None:
        memory = Memory()
        ctx.services.put(Memory, memory)
    return memory


def _differences(before: Signs, now: Signs) -> dict[str, Any]:
    """What leads from the order and the links of before to those of now."""
    was, order = list(before.tasks), list(now.tasks)
    first, most = 0, min(len(was), len(order))
    while first < most and was[first] == order[first]:
        first += 1
    last = 0
    while last < most - first and was[-1 - last] == order[-1 - last]:
        last += 1
    return {
        "order": {"at": first, "gone": len(was) - first - last, "ids": order[first : len(order) - last]},
        "gone_links": [
            {"predecessor_id": ends[0], "successor_id": ends[1]}
            for ends, sign in before.links.items()
            if now.links.get(ends) != sign
        ],
    }
