"""Counting people that touchpoints share, in one question to the analytics copy.

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
from gonfalon.audiences.segments.language import RuleInvalid
from gonfalon.audiences.segments.layout import DuckLayout
from gonfalon.audiences.segments.membership import Asker
from gonfalon.kit.clock import utcnow
from gonfalon.kit.engine import Engine
from gonfalon.kit.errors import Unavailable
from gonfalon.planning.calendar.collisions.model import Counted, Over, PeopleSet, Planned, Shared, Touch
from gonfalon.planning.calendar.rules import local_day, starts

WAIT_SECONDS = 30.0
QUESTION_SECONDS = 60.0
ADDRESSES = {"email": "email", "sms": "phone"}
"""Channels on which people are reached by consent, and where their address is."""
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
        """The number of a base, whose people are asked for by the SQL if they are not yet."""
        if what not in self.bases:
            number = self.bases[what] = len(self.bases)
            self.parts.append(f"select {number:d} as k, person_id from ({sql(number)}) m{number:d}")  # noqa: S608
        return self.bases[what]


async def count_people(ctx: Context, planned: Planned) -> Counted:
    """Sizes of all sets, people they share, and people above the contact limit; raises Unavailable without a copy."""
    engine = ctx.services.find(Engine)
    sets = list(dict.fromkeys(touch.people for touch in planned.touches if touch.people is not None))
    async with ctx.reading() as connection:
        asker = await Asker.of(ctx, connection)
        question, broken = _memberships(asker, sets, planned)
        copy = await asker.copy(WAIT_SECONDS) if question.parts else engine
    if copy is None:
        raise engine.away() if engine else Unavailable("engine_away", "There is no analytics copy to ask.")
    at = utcnow()
    known = Shared({}, {}, broken)
    if not question.parts:
        return Counted(known, Over(), at)
    touches = [touch for touch in planned.touches if touch.at and touch.people and touch.people not in broken]
    tables, selects = _shared_sql(question)
    if planned.limit is not None and touches:
        zone = ctx.zone
        today = starts(ctx.today, zone)
        table, select = _over_sql(planned.limit.messages, planned.limit.days)
        tables, selects = tables + table, selects + select
        question.params |= _touches(touches, {each: number for number, each in enumerate(sets)}, zone, today)
    rows = await copy.fetch(tables + selects, question.params, within=QUESTION_SECONDS)
    return Counted(*_read(rows, sets, touches, broken), at)


def _memberships(asker: Asker, sets: list[PeopleSet], planned: Planned) -> tuple[_Question, frozenset[PeopleSet]]:
    question, broken = _Question(), set()
    workspace = asker.ctx.workspace.id
    members: dict[UUID, tuple[str, Mapping[str, Any]] | None] = {}
    for number, each in enumerate(sets):
        if each.sent_by is not None:
            sent = question.base(each.sent_by, partial(_sent, question, each.sent_by, workspace))
            question.asked.append((number, sent, sent))
            continue
        assert each.audience_id is not None
        if each.audience_id not in members:
            members[each.audience_id] = _members(asker, planned, each.audience_id)
        asked = members[each.audience_id]
        if asked is None:
            broken.add(each)
            continue
        audience = question.base(each.audience_id, partial(_renamed, question, *asked))
        address = ADDRESSES.get(each.channel)
        if address is None or each.topic_id is None:
            question.asked.append((number, audience, audience))
            continue
        reached = partial(_reached, each.channel, address, each.topic_id, workspace)
        question.asked.append((number, audience, question.base((each.channel, each.topic_id), reached)))
    return question, frozenset(broken)


def _members(asker: Asker, planned: Planned, audience_id: UUID) -> tuple[str, Mapping[str, Any]] | None:
    """The question for an audience's members; None where it cannot be asked."""
    try:
        asked = asker.question(planned.rules[audience_id], _LAYOUT)
    except (RuleInvalid, KeyError):
        return None
    return asked.sql, asked.params


def _renamed(question: _Question, sql: str, params: Mapping[str, Any], number: int) -> str:
    """The SQL with parameters of names that no other one has. Values are bound, so no `$v1` is anything else."""
    question.params |= {f"s{number:d}_{key[1:]}": value for key, value in params.items()}
    return re.sub(r"\$v(\d+)\b", rf"$s{number:d}_\1", sql)


def _sent(question: _Question, touchpoint_id: UUID, workspace: int, number: int) -> str:
    """Whom something was sent to, or waits to be sent to."""
    question.params[f"t{number:d}"] = str(touchpoint_id)
    return (
        f"select distinct person_id from messages where workspace_id = {workspace:d}"  # noqa: S608
        f" and touchpoint_id = $t{number:d}::uuid and state in ('accepted', 'unknown', 'queued', 'deferred')"
    )


def _reached(channel: str, address: str, topic_id: int, workspace: int, _: int) -> str:
    """Those whom the channel reaches for the topic: an address, consent, and no suppression."""
    return (
        f"select p.id as person_id from people_{workspace:d} p"  # noqa: S608
        f" join consents c on c.person_id = p.id and c.workspace_id = {workspace:d}"
        f" and c.channel = '{channel}' and c.topic_id = {topic_id:d} and c.state = 'granted'"
        f" where p.{address} is not null and p.{address} not in (select s.address from suppressions s"
        f" where s.workspace_id = {workspace:d} and s.channel = '{channel}' and s.address is not null)"
    )


def _shared_sql(question: _Question) -> tuple[str, str]:
    """The tables of the statement, and its rows 0: people in both of two sets, or (twice the same number) in one."""
    members = " union all ".join(question.parts)
    for name, numbers in zip(("asked", "base", "also"), zip(*question.asked, strict=True), strict=True):
        question.params[name] = list(numbers)
    tables = (
        # Of two people in as many sets, these are the same if their 64 bits are: by chance they are once in 10^19.
        f"with member as materialized ({members}),"  # noqa: S608
        " person as (select person_id, bit_xor(hash(k)) as sign, count(*) as sets from member group by person_id),"
        " alike as materialized (select row_number() over () as id, min(person_id) as person_id, count(*) as n"
        " from person group by sign, sets),"
        " trait as materialized (select alike.id, alike.n, member.k from alike join member using (person_id)),"
        " asked as (select unnest($asked::integer[]) as k, unnest($base::integer[]) as base,"
        " unnest($also::integer[]) as also),"
        " part as materialized (select one.id, one.n, asked.k from asked join trait one on one.k = asked.base"
        " join trait other on other.id = one.id and other.k = asked.also)"
    )
    return tables, (
        " select 0 as what, a.k as one, b.k as other, sum(a.n)::bigint as people"
        " from part a join part b on a.id = b.id and a.k <= b.k group by a.k, b.k"
    )


def _over_sql(messages: int, days: int) -> tuple[str, str]:
    """One more table, and rows for messages beyond the limit: by week (1), by touchpoint (2), and at all (3).

    The window of a message reaches back to just after the instant so many days before, as where sending counts.
    """
    table = (
        ", touch as (select unnest($number::integer[]) as number, unnest($people::integer[]) as k,"  # noqa: S608
        " unnest($lane::integer[]) as lane, unnest($at::bigint[]) as at, unnest($week::integer[]) as week,"
        " unnest($ahead::boolean[]) as ahead),"
        " crowd as (select part.id, part.n, touch.number, touch.week, touch.ahead, count(*) over ("
        f"partition by part.id, touch.lane order by touch.at range between {days * _DAY - 1:d} preceding"
        " and current row) as got from part join touch on touch.k = part.k),"
        f" over_limit as materialized (from crowd where ahead and got > {messages:d})"
    )
    return table, (
        " union all select 1, week, 0, sum(n)::bigint from (select distinct id, n, week from over_limit) group by week"
        " union all select 2, number, 0, sum(n)::bigint from over_limit group by number"
        " union all select 3, 0, 0, coalesce(sum(n), 0)::bigint from (select distinct id, n from over_limit)"
    )


def _touches(
    touches: list[Touch], numbers: Mapping[PeopleSet, int], zone: ZoneInfo, today: datetime
) -> dict[str, list[Any]]:
    lanes: dict[str, int] = {}
    values: dict[str, list[Any]] = {name: [] for name in ("number", "people", "lane", "at", "week", "ahead")}
    for number, touch in enumerate(touches):
        assert touch.at is not None
        assert touch.people is not None
        values["number"].append(number)
        values["people"].append(numbers[touch.people])
        values["lane"].append(lanes.setdefault(touch.channel, len(lanes)))
        values["at"].append(_microseconds(touch.at))
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
