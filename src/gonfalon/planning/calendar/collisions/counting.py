"""Count people that touchpoints share, in one question to the analytics copy.

What sets of people are made of is materialised once: the members of each audience, whom a channel reaches for a topic,
whom something was sent to. People who are in exactly the same of these are one row from then on (there are far fewer
such rows than people): which touchpoints hit them, pairs of those, and windows of the contact limit are counted on
those rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from gonfalon.accounts.context import Context
from gonfalon.audiences.segments.columnar import DuckLayout
from gonfalon.audiences.segments.language import RuleInvalid
from gonfalon.audiences.segments.membership import AudienceQuery
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.sql import statement
from gonfalon.people.offers import Addressed
from gonfalon.planning.calendar.collisions.model import Counted, Over, PeopleSet, Planned, Shared, Touch
from gonfalon.planning.calendar.rules import local_day, starts

WAIT_SECONDS = 30.0
QUESTION_SECONDS = 60.0
_DAY = 86_400_000_000
_LAYOUT = DuckLayout()


@dataclass
class _Question:
    """The parts of the one question, while it is put together.

    bases: a number for everything that sets are made of. asked: numbers of a set of the plan, and of the two bases
    that everybody in it is in (twice the same where there is only one).
    """

    parts: list[str] = field(default_factory=list)
    params: dict[str, Any] = field(default_factory=dict)
    bases: dict[object, int] = field(default_factory=dict)
    asked: list[tuple[int, int, int]] = field(default_factory=list)

    def base(self, what: object, sql: Callable[[int], str]) -> int:
        """Return the number of a base, whose people are asked for by the SQL if they are not yet."""
        if what not in self.bases:
            number = self.bases[what] = len(self.bases)
            self.parts.append(f"select {number:d} as k, person_id from ({sql(number)}) m{number:d}")  # noqa: S608
        return self.bases[what]


async def count_people(ctx: Context, planned: Planned) -> Counted:
    """Count sizes of all sets, people they share, and people above the contact limit; raises Unavailable without a
    copy.
    """
    engine = ctx.services.find(Engine)
    sets = list(dict.fromkeys(touch.people for touch in planned.touches if touch.people is not None))
    async with ctx.reading() as connection:
        query = await AudienceQuery.of(ctx, connection)
        question, broken = _memberships(query, sets, planned)
        copy = await query.copy(WAIT_SECONDS) if question.parts else engine
    if copy is None:
        raise engine.away() if engine else Unavailable("engine_away", "There is no analytics copy to ask.")
    at = utcnow()
    if not question.parts:
        return Counted(Shared({}, {}, broken), Over(), at)
    touches = []
    if planned.limit is not None:
        touches = [touch for touch in planned.touches if touch.at and touch.people and touch.people not in broken]
    params = {
        **question.params,
        **dict(zip(("asked", "base", "also"), map(list, zip(*question.asked, strict=True)), strict=True)),
        **_touches(touches, {each: number for number, each in enumerate(sets)}, ctx.zone, starts(ctx.today, ctx.zone)),
        "messages": planned.limit.messages if planned.limit else 0,
        "window": planned.limit.days * _DAY - 1 if planned.limit else 0,
    }
    sql = statement(__package__, "count_people").replace("{members}", " union all ".join(question.parts))
    rows = await copy.fetch(sql, params, within=QUESTION_SECONDS)
    return Counted(*_read(rows, sets, touches, broken), at)


def _memberships(
    query: AudienceQuery, sets: list[PeopleSet], planned: Planned
) -> tuple[_Question, frozenset[PeopleSet]]:
    question, broken = _Question(), set()
    workspace = query.ctx.workspace.id
    addressed = {each.name for each in query.ctx.services.offered(Addressed)}
    members: dict[UUID, tuple[str, Mapping[str, Any]] | None] = {}
    for number, each in enumerate(sets):
        if each.sent_by is not None:
            sent = question.base(each.sent_by, partial(_sent, question, each.sent_by, workspace))
            question.asked.append((number, sent, sent))
            continue
        assert each.audience_id is not None
        if each.audience_id not in members:
            members[each.audience_id] = _members(query, planned, each.audience_id)
        asked = members[each.audience_id]
        if asked is None:
            broken.add(each)
            continue
        audience = question.base(each.audience_id, partial(_renamed, question, *asked))
        if each.channel not in addressed or each.topic_id is None:
            question.asked.append((number, audience, audience))
            continue
        reached = partial(_reached, query.reachable(_LAYOUT), each.channel, each.topic_id)
        question.asked.append((number, audience, question.base((each.channel, each.topic_id), reached)))
    return question, frozenset(broken)


def _members(query: AudienceQuery, planned: Planned, audience_id: UUID) -> tuple[str, Mapping[str, Any]] | None:
    """Return the question for an audience's members; None where it cannot be asked."""
    try:
        asked = query.question(planned.rules[audience_id], _LAYOUT)
    except (RuleInvalid, KeyError):
        return None
    return asked.sql, asked.params


def _renamed(question: _Question, sql: str, params: Mapping[str, Any], number: int) -> str:
    """Return the SQL with parameters of names that no other one has. Values are bound, so no `$v1` is anything else."""
    question.params |= {f"s{number:d}_{key[1:]}": value for key, value in params.items()}
    return re.sub(r"\$v(\d+)\b", rf"$s{number:d}_\1", sql)


def _sent(question: _Question, touchpoint_id: UUID, workspace: int, number: int) -> str:
    """Return whom something was sent to, or waits to be sent to."""
    question.params[f"t{number:d}"] = str(touchpoint_id)
    return (
        f"select distinct person_id from messages where workspace_id = {workspace:d}"  # noqa: S608
        f" and touchpoint_id = $t{number:d}::uuid and state in ('accepted', 'unknown', 'queued', 'deferred')"
    )


def _reached(reachable: str, channel: str, topic_id: int, _: int) -> str:
    """Return those whom the channel, one of our own, reaches for the topic."""
    return f"select person_id from {reachable} r where channel = '{channel}' and topic_id = {topic_id:d}"  # noqa: S608


def _touches(
    touches: list[Touch], numbers: Mapping[PeopleSet, int], zone: ZoneInfo, today: datetime
) -> dict[str, list[Any]]:
    lanes: dict[str, int] = {}
    values: dict[str, list[Any]] = {name: [] for name in ("number", "people", "lane", "moment", "week", "ahead")}
    for number, touch in enumerate(touches):
        assert touch.at is not None
        assert touch.people is not None
        values["number"].append(number)
        values["people"].append(numbers[touch.people])
        values["lane"].append(lanes.setdefault(touch.channel, len(lanes)))
        values["moment"].append(_microseconds(touch.at))
        values["week"].append(_monday(local_day(touch.at, zone)).toordinal())
        values["ahead"].append(touch.at >= today)
    return values


def _microseconds(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _read(
    rows: list[tuple[Any, ...]], sets: list[PeopleSet], touches: list[Touch], broken: frozenset[PeopleSet]
) -> tuple[Shared, Over]:
    sizes = {each: 0 for each in sets if each not in broken}
    pairs: dict[frozenset[PeopleSet], int] = {}
    people, weeks, by_touch = 0, {}, {}
    for what, one, other, count in rows:
        match what:
            case 0 if one == other:
                sizes[sets[one]] = count
            case 0:
                pairs[frozenset((sets[one], sets[other]))] = count
            case 1:
                weeks[date.fromordinal(one)] = count
            case 2:
                by_touch[touches[one].id] = count
            case _:
                people = count
    return Shared(sizes, pairs, broken), Over(people, weeks, by_touch)
