"""The questions behind figures: one statement each, for the copy and for PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from ..segments.compile import Question
from ..segments.language import Catalogue, ValueType
from ..segments.layout import Layout, PostgresLayout

_COMMON = 40
"""So many of the commonest values of an attribute are looked at."""


def combinations(flags: Question, count: int) -> Question:
    """Return how many people there are for each combination of flags: ``bits`` (the n-th flag is worth 2^n) and
    ``people``."""
    bits = " + ".join(f"case when f{number} then {1 << number} else 0 end" for number in range(count)) or "0"
    return Question(
        f"select {bits} as bits, count(*) as people from ({flags.sql}) f group by 1 order by 1",  # noqa: S608
        flags.params,
    )


def traits(members: Question, catalogue: Catalogue, layout: Layout, workspace: int) -> Question:
    """Return what members and everybody have: ``kind``, ``key``, ``value``, ``members`` and ``everybody``.

    The first row says how many there are of both. Values of choices, texts and yes or no; tags; events.
    """
    params = dict(members.params)
    people, mine = layout.people_table(workspace), f"p.workspace_id = {workspace:d} and p.erased_at is null"
    parts = ["select '' as kind, '' as key, '' as value, count(m.person_id) as members, count(*) as everybody from b"
             " left join m on m.person_id = b.id"]  # fmt: skip
    for number, (key, kind) in enumerate(sorted(catalogue.attributes.items())):
        if kind not in (ValueType.CHOICE, ValueType.TEXT, ValueType.BOOLEAN):
            continue
        column = exp.cast(layout.attribute(key, kind), "text").sql(dialect=layout.dialect, identify=True)
        name = f"key{number}"
        params[name] = key
        parts.append(
            f"(select 'attribute', {layout.named(f'%({name})s')}, {column}, count(m.person_id), count(*)"  # noqa: S608
            f" from {people} p left join m on m.person_id = p.id where {mine} and {column} is not null"
            f" group by 3 order by 4 desc, 3 limit {_COMMON})"
        )
    parts.append(
        "(select 'tag', '', t.tag, count(m.person_id), count(*) from (select p.id, unnest(p.tags) as tag"  # noqa: S608
        f" from {people} p where {mine}) t left join m on m.person_id = t.id"
        f" group by 3 order by 4 desc, 3 limit {_COMMON})"
    )
    parts.append(
        "(select 'event', '', e.name, count(distinct m.person_id), count(distinct e.person_id) from ("  # noqa: S608
        f"{_did(layout, workspace)}) e join b on b.id = e.person_id left join m on m.person_id = e.person_id"
        f" group by 3 order by 4 desc, 3 limit {_COMMON})"
    )
    sql = (
        f"with m as materialized ({members.sql}), b as (select p.id from {people} p where {mine}) "  # noqa: S608
        + " union all ".join(parts)
    )
    return Question(sql, params)


def _did(layout: Layout, workspace: int) -> str:
    """Who did what at all; the copy keeps that ready."""
    tables: Sequence[str] = ("events",) if isinstance(layout, PostgresLayout) else ("events_latest", "events_new")
    return " union all ".join(
        f"select name, person_id from {table} where workspace_id = {workspace:d}"  # noqa: S608
        for table in tables
    )
