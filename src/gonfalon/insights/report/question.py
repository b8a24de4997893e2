"""The report's questions to the analytics copy. Every value is bound; only SQL of the catalogue is put together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import duckdb

from gonfalon.audiences.segments.layout import ATTRIBUTE_PREFIX
from gonfalon.insights.metrics.catalogue import COUNTED, behind
from gonfalon.insights.report import rules
from gonfalon.insights.report.model import (
    Bucket,
    CampaignPlan,
    Cell,
    EventRate,
    Group,
    LinkRow,
    Moment,
    Side,
    Step,
    Withheld,
)
from gonfalon.kit.sql import statement
from gonfalon.planning.model import Basis

T = TypeVar("T")
_PACKAGE = "gonfalon.insights.report"
_MEASURES = ", ".join(how.measure for how in COUNTED.values())
MOST_VALUES = 20
MOST_STEPS = 5_000
RANGES = 5
QUARTER = 15 * 60


def make_facts(cursor: duckdb.DuckDBPyConnection, plans: Sequence[CampaignPlan]) -> None:
    """Makes `credit` and `facts` of the launched touchpoints of all these campaigns of one workspace."""
    rivals = {rival.touchpoint_id: rival for plan in plans for rival in plan.rivals}.values()
    events = sorted({rival.event for rival in rivals}) or [""]
    base = {
        "workspace": plans[0].workspace_id,
        "reported": [str(touchpoint) for plan in plans for touchpoint in plan.launched],
    }
    cursor.execute(
        statement(_PACKAGE, "make_credit"),
        base
        | {
            "currency": plans[0].currency,
            "rivals": [str(rival.touchpoint_id) for rival in rivals],
            "events": [rival.event for rival in rivals],
            "first_event": events[0],
            "last_event": events[-1],
            "by_click": [rival.basis is Basis.CLICK for rival in rivals],
            "days": [rival.days for rival in rivals],
        },
    )
    unsubscribed = [message for plan in plans for message in plan.unsubscribed]
    cursor.execute(statement(_PACKAGE, "make_facts"), base | {"unsubscribed": unsubscribed})


def count_campaigns(cursor: duckdb.DuckDBPyConnection, plans: Sequence[CampaignPlan]) -> dict[UUID, dict[str, int]]:
    """What is counted in each of several campaigns, in one pass; those without messages are left out."""
    make_facts(cursor, plans)
    pairs = [(str(touchpoint), str(plan.id)) for plan in plans for touchpoint in plan.launched]
    rows = cursor.execute(
        f"select t.campaign, {_MEASURES} from facts f"  # noqa: S608 - SQL of our own, values bound
        " join (select unnest($touchpoints::uuid[]) as id, unnest($campaigns::uuid[]) as campaign) t"
        " on t.id = f.touchpoint_id group by t.campaign",
        {"touchpoints": [pair[0] for pair in pairs], "campaigns": [pair[1] for pair in pairs]},
    ).fetchall()
    return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}


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
        """What is counted, by touchpoint; None is the whole campaign, where people count once."""
        rows = self._select(f"touchpoint_id, {_MEASURES}", "group by grouping sets ((touchpoint_id), ())", {})
        return {row[0]: dict(zip(COUNTED, row[1:], strict=True)) for row in rows}

    def reasons(self) -> dict[UUID, tuple[Withheld, ...]]:
        """How the messages of each touchpoint stand, by state and reason; adds up to its audience."""
        rows = self._rows(
            "select touchpoint_id, state, reason, count(*) from facts group by all order by 1, 4 desc, 2, 3"
        )
        found: dict[UUID, tuple[Withheld, ...]] = {}
        for touchpoint, state, reason, count in rows:
            found[touchpoint] = (*found.get(touchpoint, ()), Withheld(state, reason, count))
        return found

    def foreign_conversions(self) -> int:
        """Conversions whose amount is in another currency and is in no sum."""
        return int(self._rows("select coalesce(sum(foreign_conversions), 0) from facts")[0][0])

    def links(self) -> tuple[LinkRow, ...]:
        """Every link of the launched touchpoints, those nobody clicked included."""
        counted = {
            (row[0], row[1]): row[2:]
            for row in self._rows(statement(_PACKAGE, "count_links"), {"workspace": self.plan.workspace_id})
        }
        found = []
        for link in self.plan.links:
            numbers = counted.pop((link.touchpoint_id, link.number), (0, 0, 0, 0, 0))
            found.append(LinkRow(link.touchpoint_id, link.number, link.url, link.label, *numbers))
        for (touchpoint, number), numbers in counted.items():  # a link that differs by person is not stored
            if number is not None:
                found.append(LinkRow(touchpoint, number, "", "", *numbers))
        return tuple(found)

    def groups(self) -> tuple[Group, ...]:
        """Both sides of each touchpoint's comparison, with the same events on both."""
        rows = self._rows(
            statement(_PACKAGE, "compare_groups"),
            {
                "workspace": self.plan.workspace_id,
                "window": self.plan.attribution.days,
                "currency": self.plan.currency,
            },
        )
        sizes = {(row[0], row[1]): row[3] for row in rows if row[2] == ""}
        rates = {(row[0], row[1], row[2]): row[3:] for row in rows if row[2] != ""}
        popular: dict[str, int] = {}
        for (_, _, event), (people, _, _) in rates.items():
            popular[event] = popular.get(event, 0) + people
        events = rules.shown_events(popular, self.plan.attribution.conversion_event)
        found = []
        for (touchpoint, side), size in sorted(sizes.items(), key=lambda item: (str(item[0][0]), item[0][1])):
            listed = []
            for event in events:
                people, count, amount = rates.get((touchpoint, side, event), (0, 0, 0))
                share, each = rules.per(people, size), rules.per(amount, size)
                listed.append(EventRate(event, people, count, amount, share, each))
            found.append(Group(touchpoint, Side(side), size, tuple(listed)))
        return tuple(found)

    def moments(
        self, step: Step, since: datetime, zone: ZoneInfo, touchpoint: UUID | None = None
    ) -> tuple[Moment, ...]:
        """What happened when, in steps of the workspace's time that are not empty, the last 5,000."""
        rows = self._rows(
            statement(_PACKAGE, "count_moments"),
            {
                "workspace": self.plan.workspace_id,
                "step": min(step.seconds, QUARTER),
                "since": since.astimezone(UTC).replace(tzinfo=None),
                "touchpoint": touchpoint,
            },
        )
        moments = (Moment(row[0].replace(tzinfo=UTC), *row[1:]) for row in rows)
        return rules.by_step(moments, step, zone)[-MOST_STEPS:]

    def breakdown(self, attribute: str, kind: str, touchpoint: UUID | None) -> list[tuple[Bucket, dict[str, int]]]:
        """What is counted, for each bucket of a declared attribute's values. Every message is in exactly one."""
        buckets = self._buckets(attribute, kind, touchpoint)
        found = []
        for bucket in buckets:
            condition, params = _in_bucket(bucket, attribute, kind, buckets)
            rest = f"{self._join()} where {_of(touchpoint)} and {condition}"
            row = self._select(_MEASURES, rest, params | _touchpoint(touchpoint))[0]
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
        """Ids of the people behind a figure, ascending, after one of them; all the rest without a limit."""
        rest, params = self._behind(cell, kind)
        most = "" if limit is None else f"limit {limit:d}"
        rows = self._select(
            "distinct f.person_id", f"{rest} and f.person_id > $after order by 1 {most}", params | {"after": after}
        )
        return [row[0] for row in rows]

    def count_people(self, cell: Cell, kind: str) -> int:
        """How many people are behind a figure."""
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
                    "and e.person_id = f.person_id and e.at >= f.ended_at and e.at <= f.ended_at + to_days($window))"
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
    """A question for `Engine.ask`."""
    return lambda cursor: question(Facts(cursor, plan))


_SIDES = {
    Side.SENT_TO: "f.state in ('accepted', 'rejected', 'unknown')",
    Side.HELD_OUT: "f.state = 'withheld' and f.reason = 'holdout'",
}
_CLICKED = (
    "exists (select 1 from hits h where h.message_id = f.id and h.kind = 'click' and h.verdict = 'human' "
    "and h.link_number = $link)"
)
_EARNED = "exists (select 1 from credit c where c.message_id = f.id and c.link_number = $link)"
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
