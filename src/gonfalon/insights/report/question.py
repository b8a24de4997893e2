"""The report's questions to the analytics copy. Every value is bound; only SQL of the catalogue is put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from gonfalon.audiences.segments.layout import ATTRIBUTE_PREFIX
from gonfalon.insights.report import rules
from gonfalon.insights.report.effects import of_campaign
from gonfalon.insights.report.facts import PACKAGE, make_facts
from gonfalon.insights.report.groups import compare, overlap, visits_told
from gonfalon.insights.report.model import (
    Bucket,
    Cell,
    Effect,
    LinkResult,
    Missing,
    ReportGroup,
    ReportMoment,
    Side,
    Step,
    Unconverted,
    Withheld,
)
from gonfalon.insights.report.plan import CampaignPlan
from gonfalon.kit.sql import statement
from gonfalon.metrics.catalogue import COUNTED, behind
from gonfalon.tracking.orders import REVERSALS

T = TypeVar("T")
_EACH = ", ".join(f'{how.each} as "{key}"' for key, how in COUNTED.items())
_MERGED = ", ".join(how.merged(f'"{key}"') + f' as "{key}"' for key, how in COUNTED.items())
_ROWS = ", ".join(how.rows for how in COUNTED.values())
_ALL = ", ".join(how.all(f'"{key}"') for key, how in COUNTED.items())
MOST_VALUES = 20
MOST_STEPS = 5_000
RANGES = 5
QUARTER = 15 * 60


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in a campaign, and what its messages caused."""

    counts: Mapping[str, int] | None
    effect: Effect | Missing
    visits: bool


def count_campaigns(cursor: duckdb.DuckDBPyConnection, plans: Sequence[CampaignPlan]) -> dict[UUID, Counted]:
    """Return what is counted in each of several campaigns, in one pass."""
    make_facts(cursor, plans)
    pairs = [(str(touchpoint), str(plan.id)) for plan in plans for touchpoint in plan.reported]
    rows = cursor.execute(
        f"select campaign, {_ALL} from (select t.campaign, f.person_id, {_EACH} from facts f"  # noqa: S608 - our own SQL
        " join (select unnest($touchpoints::uuid[]) as touchpoint, unnest($campaigns::uuid[]) as campaign) t"
        " on t.touchpoint = f.touchpoint_id group by t.campaign, f.person_id) group by campaign",
        {"touchpoints": [pair[0] for pair in pairs], "campaigns": [pair[1] for pair in pairs]},
    ).fetchall()
    counts = {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}
    visits = visits_told(cursor, plans[0].workspace_id)
    held = [plan for plan in plans if counts.get(plan.id, {}).get("held_out")]
    groups = compare(cursor, held, sorted({plan.attribution.conversion_event for plan in held})) if held else {}
    return {
        plan.id: Counted(
            counts.get(plan.id),
            of_campaign(plan, groups[plan.id], overlap(cursor, plan)) if plan.id in groups else Missing.NO_CONTROL,
            visits,
        )
        for plan in plans
    }


class Facts:
    """The facts of a campaign's messages, made once on a cursor and asked several times."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, plan: CampaignPlan) -> None:
        self.plan = plan
        self._cursor = cursor
        make_facts(cursor, (plan,))

    def _rows(self, sql: str, params: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        return self._cursor.execute(sql, dict(params or {})).fetchall()

    def _select(self, what: str, rest: str, params: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        return self._rows(f"select {what} from facts f {rest}", params)  # noqa: S608 - SQL of our own, values bound

    def counts(self) -> dict[UUID | None, dict[str, int]]:
        """Return what is counted, by touchpoint; None is the whole campaign, where people count once."""
        lonely = self._rows("select count(person_id) = count(distinct person_id) from facts")[0][0]
        if lonely:  # nobody has two rows, so that rows are people
            rows = self._select(f"touchpoint_id, {_ROWS}", "group by grouping sets ((touchpoint_id), ())", {})
            return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}
        each = f"select touchpoint_id, person_id, {_EACH} from facts f group by all"  # noqa: S608
        parts = f"select touchpoint_id, {_ALL} from one group by touchpoint_id"  # noqa: S608
        people = f"select person_id, {_MERGED} from one group by person_id"  # noqa: S608
        whole = f"select null, {_ALL} from ({people}) having count(*) > 0"  # noqa: S608
        rows = self._rows(f"with one as materialized ({each}) {parts} union all {whole}")
        return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}

    def reasons(self) -> dict[UUID, tuple[Withheld, ...]]:
        """Return how the messages of each touchpoint stand, by state and reason; adds up to its audience."""
        rows = self._rows(
            "select touchpoint_id, state, reason, count(*) from facts where id is not null"
            " group by all order by 1, 4 desc, 2, 3"
        )
        found: dict[UUID, tuple[Withheld, ...]] = {}
        for touchpoint, state, reason, count in rows:
            found[touchpoint] = (*found.get(touchpoint, ()), Withheld(state, reason, count))
        return found

    def unconverted(self) -> tuple[Unconverted, ...]:
        """Return conversions whose amounts are in no sum, by currency, the commonest first."""
        rows = self._rows(
            "select unconverted, count(*) from credit where unconverted is not null and not void"
            " group by 1 order by 2 desc, 1"
        )
        return tuple(Unconverted(currency, count) for currency, count in rows)

    def unplaced_visits(self) -> int:
        """Return visits that name the campaign, but may be of more than one of its touchpoints."""
        asked = "select count(*) from visit where touchpoint_id is null and campaign_id = $campaign::uuid"
        return int(self._rows(asked, {"campaign": str(self.plan.id)})[0][0])

    def loose_reversals(self) -> int:
        """Return refunds and cancellations of the report's people that took nothing back: no such order, no such
        amount."""
        rows = self._rows(
            "select count(*) from events e where e.workspace_id = $workspace"
            " and e.person_id in (select person_id from facts)"
            " and (e.name in (select unnest($reversals::varchar[])) or (e.name = $event and e.amount_minor < 0))"
            " and e.id not in (select id from taken where whole or minor is not null)",
            {
                "workspace": self.plan.workspace_id,
                "reversals": list(REVERSALS),
                "event": self.plan.attribution.conversion_event,
            },
        )
        return int(rows[0][0])

    def links(self) -> tuple[LinkResult, ...]:
        """Return every link of the launched touchpoints, those nobody clicked included."""
        counted = {
            (row[0], row[1]): row[2:]
            for row in self._rows(statement(PACKAGE, "count_links"), {"workspace": self.plan.workspace_id})
        }
        found = []
        for link in self.plan.links:
            numbers = counted.pop((link.touchpoint_id, link.number), (0, 0, 0, 0, 0))
            found.append(LinkResult(link.touchpoint_id, link.number, link.url, link.label, *numbers))
        for (touchpoint, number), numbers in counted.items():  # a link that differs by person is not stored
            if number is not None:
                found.append(LinkResult(touchpoint, number, "", "", *numbers))
        return tuple(found)

    def groups(self) -> tuple[ReportGroup, ...]:
        """Return both sides of each touchpoint's comparison, with the same events on both."""
        return compare(self._cursor, (self.plan,))[self.plan.id]

    def visits_told(self) -> bool:
        """Return whether any site tells what brought its visitors."""
        return visits_told(self._cursor, self.plan.workspace_id)

    def effect(self, groups: Sequence[ReportGroup]) -> Effect | Missing:
        """Return what all messages caused together, or why that is not known."""
        return of_campaign(self.plan, groups, overlap(self._cursor, self.plan))

    def moments(
        self, step: Step, since: datetime, zone: ZoneInfo, touchpoint: UUID | None = None
    ) -> tuple[ReportMoment, ...]:
        """Return what happened when, in steps of the workspace's time that are not empty, the last 5,000."""
        rows = self._rows(
            statement(PACKAGE, "count_moments"),
            {
                "workspace": self.plan.workspace_id,
                "step": min(step.seconds, QUARTER),
                "since": since.astimezone(UTC).replace(tzinfo=None),
                "touchpoint": touchpoint,
            },
        )
        moments = (ReportMoment(row[0].replace(tzinfo=UTC), *row[1:]) for row in rows)
        return rules.by_step(moments, step, zone)[-MOST_STEPS:]

    def breakdown(self, attribute: str, kind: str, touchpoint: UUID | None) -> list[tuple[Bucket, dict[str, int]]]:
        """Return what is counted, for each bucket of a declared attribute's values. Every message is in exactly one."""
        buckets = self._buckets(attribute, kind, touchpoint)
        found = []
        for bucket in buckets:
            condition, params = _in_bucket(bucket, attribute, kind, buckets)
            rest = f"{self._join()} where {_of(touchpoint)} and {condition}"
            row = self._rows(
                f"select {_ALL} from (select f.person_id, {_EACH} from facts f {rest} group by f.person_id)",  # noqa: S608
                params | _touchpoint(touchpoint),
            )[0]
            found.append((bucket, dict(zip(COUNTED, row, strict=True))))
        return found

    def _buckets(self, attribute: str, kind: str, touchpoint: UUID | None) -> list[Bucket]:
        column = _shown(attribute, kind)
        rest = f"{self._join()} where {_of(touchpoint)}"
        params = _touchpoint(touchpoint)
        most_common = f"{rest} group by 1 order by 2 desc, 1 limit {MOST_VALUES + 2}"
        values = self._select(f"{column}, count(*)", most_common, params)
        unknown = [Bucket(unknown=True)] if any(value is None for value, _ in values) else []
        known = [value for value, _ in values if value is not None]
        if kind in ("number", "money") and len(known) > 12:
            shares = [part / RANGES for part in range(1, RANGES)]
            what = f"quantile_disc({column}, {shares}), count(*) filter (where {column} is null)"
            cuts = self._select(what, rest, params)[0]
            unknown = [Bucket(unknown=True)] if cuts[1] else []
            edges = sorted(set(cuts[0]))
            lows: list[float | None] = [None, *edges]
            highs: list[float | None] = [*edges, None]
            return [Bucket(low=low, high=high) for low, high in zip(lows, highs, strict=True)] + unknown
        if kind in ("number", "money"):
            known.sort()
        shown = [Bucket(value=_text(value)) for value in known[:MOST_VALUES]]
        other = [Bucket(other=True)] if len(known) > MOST_VALUES else []
        return shown + other + unknown

    def people(self, cell: Cell, kind: str, after: int, limit: int | None) -> list[int]:
        """Return ids of the people behind a figure, ascending, after one of them; all the rest without a limit."""
        rest, params = self._behind(cell, kind)
        most = "" if limit is None else f"limit {limit:d}"
        rows = self._select(
            "distinct f.person_id", f"{rest} and f.person_id > $after order by 1 {most}", params | {"after": after}
        )
        return [row[0] for row in rows]

    def orders(self, cell: Cell, people: Sequence[int]) -> dict[int, list[tuple[datetime, int]]]:
        """Return when and what people's credited conversions were, by person; nothing for figures that are of none."""
        if cell.side is not None or cell.metric not in _OF_ORDERS:
            return {}
        rows = self._rows(
            "select person_id, c.at, revenue_minor from credit c where not void"
            " and person_id in (select unnest($people::bigint[]))"
            " and ($touchpoint::uuid is null or touchpoint_id = $touchpoint::uuid) order by c.at, event_id",
            {"people": list(people), "touchpoint": None if cell.touchpoint_id is None else str(cell.touchpoint_id)},
        )
        found: dict[int, list[tuple[datetime, int]]] = {}
        for person, at, minor in rows:
            found.setdefault(person, []).append((at.replace(tzinfo=UTC), minor))
        return found

    def count_people(self, cell: Cell, kind: str) -> int:
        """Return how many people are behind a figure."""
        rest, params = self._behind(cell, kind)
        return int(self._select("count(distinct f.person_id)", rest, params)[0][0])

    def _behind(self, cell: Cell, kind: str) -> tuple[str, dict[str, Any]]:
        conditions = [_of(cell.touchpoint_id)]
        params = _touchpoint(cell.touchpoint_id)
        join = ""
        if cell.side is not None:
            conditions.append(_SIDES[cell.side])
            if cell.event:
                conditions.append(
                    "exists (select 1 from events e where e.workspace_id = $workspace and e.name = $event "
                    "and e.person_id = f.person_id and e.at >= f.ended_at and e.at <= f.ended_at + to_days($window) "
                    "and coalesce(e.amount_minor, 0) >= 0 "
                    "and not exists (select 1 from worth w where w.event_id = e.id and w.void))"
                )
                params |= {
                    "workspace": self.plan.workspace_id,
                    "event": cell.event,
                    "window": self.plan.attribution.days,
                }
        else:
            conditions.append(f"({behind(cell.metric) or 'false'})")
            if cell.reason is not None:
                conditions.append("f.reason = $reason")
                params["reason"] = cell.reason
            if cell.link is not None:
                conditions.append(_BY_LINK.get(cell.metric, _CLICKED))
                params["link"] = cell.link
        if cell.attribute is not None:
            join = self._join()
            buckets = self._buckets(cell.attribute, kind, cell.touchpoint_id) if cell.bucket.other else []
            condition, more = _in_bucket(cell.bucket, cell.attribute, kind, buckets)
            conditions.append(condition)
            params |= more
        return f"{join} where {' and '.join(conditions)}", params

    def _join(self) -> str:
        return f"left join people_{self.plan.workspace_id:d} p on p.id = f.person_id"


def ask(plan: CampaignPlan, question: Callable[[Facts], T]) -> Callable[[duckdb.DuckDBPyConnection], T]:
    """Return a question for `Engine.ask`."""
    return lambda cursor: question(Facts(cursor, plan))


_SIDES = {
    Side.SENT_TO: "f.state in ('accepted', 'rejected', 'unknown')",
    Side.HELD_OUT: "f.state = 'withheld' and f.reason = 'holdout'",
}
_OF_ORDERS = frozenset({"conversions", "converters", "conversion_rate", "revenue", "revenue_per_person"})
_CLICKED = (
    "exists (select 1 from hits h where h.message_id = f.id and h.kind = 'click' and h.verdict = 'human' "
    "and h.link_number = $link)"
)
_EARNED = "exists (select 1 from credit c where c.message_id = f.id and c.link_number = $link and not c.void)"
_BY_LINK = dict.fromkeys(("conversions", "converters", "conversion_rate", "revenue"), _EARNED)


def _of(touchpoint: UUID | None) -> str:
    return "true" if touchpoint is None else "f.touchpoint_id = $touchpoint::uuid"


def _touchpoint(touchpoint: UUID | None) -> dict[str, Any]:
    return {} if touchpoint is None else {"touchpoint": str(touchpoint)}


def _column(attribute: str) -> str:
    quoted = (ATTRIBUTE_PREFIX + attribute).replace('"', '""')
    return f'p."{quoted}"'


def _shown(attribute: str, kind: str) -> str:
    """The expression whose values are buckets: dates by year, the others as they are."""
    return f"strftime({_column(attribute)}, '%Y')" if kind == "date" else _column(attribute)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _in_bucket(bucket: Bucket, attribute: str, kind: str, shown: list[Bucket]) -> tuple[str, dict[str, Any]]:
    column = _shown(attribute, kind)
    if bucket.unknown:
        return f"{column} is null", {}
    if bucket.other:
        named = [_value(other.value, kind) for other in shown if other.value is not None]
        return f"{column} is not null and not list_contains($named, {column})", {"named": named}
    if bucket.value is not None:
        return f"{column} = $value", {"value": _value(bucket.value, kind)}
    conditions, params = [f"{column} is not null"], {}
    if bucket.low is not None:
        conditions.append(f"{column} > $low")
        params["low"] = bucket.low
    if bucket.high is not None:
        conditions.append(f"{column} <= $high")
        params["high"] = bucket.high
    return " and ".join(conditions), params


def _value(text: str | None, kind: str) -> object:
    if kind in ("number", "money"):
        try:
            return float(text or "")
        except ValueError:
            return float("nan")
    if kind == "boolean":
        return text == "true"
    return text or ""
