"""Who belongs to an audience: counted, listed, compared and written down.

The analytics copy answers for everybody, after it has caught up with what is committed now;
PostgreSQL answers for a handful of people, and for everybody where there is no copy.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

import duckdb
import psycopg
import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.copying import ROWS as COPY_ROWS
from gonfalon.kit.copying import copy_integers
from gonfalon.kit.db import raw
from gonfalon.kit.engine import Engine, Snapshot
from gonfalon.kit.errors import Unavailable
from gonfalon.kit.sql import statement
from gonfalon.people.offers import Addressed

from .. import store
from ..model import ChannelReach, Count, Overlap
from . import reach
from .check import check
from .columnar import DuckLayout
from .compile import Question, compile_flags, compile_rule
from .language import AllOf, Catalogue, Not, Rule
from .layout import Layout, PostgresLayout

# one column of integers is copied in no time, and only a result that is not lazy takes parameters this fast
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

log = structlog.get_logger("gonfalon.audiences")

SAMPLE = 8
LIVE_WAIT_SECONDS = 2.0
SNAPSHOT_WAIT_SECONDS = 60.0
QUESTION_SECONDS = 30.0
POSTGRES_MILLISECONDS = 5_000
_PACKAGE = "gonfalon.audiences"
_POSTGRES, _DUCKDB = PostgresLayout(), DuckLayout()


@dataclass
class AudienceQuery:
    """Asks rules of one workspace. ``catalogue`` and ``connection`` are of one transaction."""

    ctx: Context
    connection: AsyncConnection
    catalogue: Catalogue
    _snapshot: Snapshot | None = None

    @classmethod
    async def of(cls, ctx: Context, connection: AsyncConnection) -> AudienceQuery:
        """Make one with what the workspace has declared at this moment."""
        return cls(ctx, connection, await store.load_catalogue(connection, ctx.workspace.id))

    def question(self, rule: Rule, layout: Layout, people: Sequence[int] | None = None) -> Question:
        """Return the rule as a question to an engine; raises RuleInvalid when it cannot be asked."""
        check(rule, self.catalogue)
        return compile_rule(
            rule,
            workspace=self.ctx.workspace.id,
            catalogue=self.catalogue,
            moment=store.moment_of(self.ctx),
            layout=layout,
            people=people,
        )

    def flags(self, rules: Sequence[Rule], layout: Layout) -> Question:
        """Return which of these rules mean each person: columns ``f0``, ``f1`` …"""
        for rule in rules:
            check(rule, self.catalogue)
        moment = store.moment_of(self.ctx)
        return compile_flags(
            rules, workspace=self.ctx.workspace.id, catalogue=self.catalogue, moment=moment, layout=layout
        )

    async def ask(self, question: Callable[[Layout], Question]) -> list[Any]:
        """Return the rows of a question about everybody, from whoever can answer."""
        engine = await self.copy(LIVE_WAIT_SECONDS)
        asked = question(_POSTGRES if engine is None else _DUCKDB)
        if engine is None:
            return await self._in_postgres(asked.sql, asked.params)
        return await engine.fetch(asked.sql, asked.params, within=QUESTION_SECONDS)

    async def copy(self, within: float) -> Engine | None:
        """Return the analytics copy, up to date with this transaction's view; None when it cannot be had in time."""
        engine = self.ctx.services.find(Engine)
        if engine is None or not engine.status().usable:
            return None
        try:
            if self._snapshot is None:
                self._snapshot = Snapshot(await store.present_snapshot(self.connection))
            await engine.reached(self._snapshot, within)
        except Unavailable as problem:
            log.warning("copy_not_used", problem=problem.sentence)
            return None
        return engine

    async def count(self, rule: Rule, *, sample: int = SAMPLE) -> Count:
        """Return total, reach per channel and topic, and the ids of some members."""
        engine = await self.copy(LIVE_WAIT_SECONDS)
        if engine is None:
            rows, some = await self._count_in_postgres(rule, sample)
            return Count(*self.added_up(rows), some, "postgresql")
        question = self.question(rule, _DUCKDB)
        counted = self.counting(question, _DUCKDB)
        first = f"select person_id from ({question.sql}) order by person_id limit {sample:d}"  # noqa: S608

        def ask(cursor: duckdb.DuckDBPyConnection) -> tuple[list[Any], tuple[int, ...]]:
            some = cursor.execute(first, question.params).fetchall() if sample else []
            return cursor.execute(counted.sql, counted.params).fetchall(), tuple(row[0] for row in some)

        rows, some = await engine.ask(ask, within=QUESTION_SECONDS)
        return Count(*self.added_up(rows), some, "copy")

    async def total(self, rule: Rule) -> int:
        """Return how many people the rule means."""
        engine = await self.copy(LIVE_WAIT_SECONDS)
        layout = _POSTGRES if engine is None else _DUCKDB
        question = self.question(rule, layout)
        sql = f"select count(*) from ({question.sql}) m"  # noqa: S608
        if engine is None:
            return int((await self._in_postgres(sql, question.params))[0][0])
        return int((await engine.fetch(sql, question.params, within=QUESTION_SECONDS))[0][0])

    async def total_among(self, rule: Rule, people: Sequence[int]) -> int:
        """Return how many of these people the rule means. They may be many: their ids go to the engine as one value."""
        engine = await self.copy(LIVE_WAIT_SECONDS)
        layout = _POSTGRES if engine is None else _DUCKDB
        question = self.question(rule, layout)
        asked = {**question.params, "among": list(people)}
        sql = f"select count(*) from ({question.sql}) m where m.person_id in (select unnest("  # noqa: S608
        if engine is None:
            return int((await self._in_postgres(sql + "%(among)s::bigint[]))", asked))[0][0])
        return int((await engine.fetch(sql + "$among::bigint[]))", asked, within=QUESTION_SECONDS))[0][0])

    async def overlap(self, first: Rule, second: Rule) -> Overlap:
        """Return how many people two rules share."""
        both = await self.total(AllOf(rules=(first, second)))
        return Overlap(
            first_only=await self.total(AllOf(rules=(first, Not(rule=second)))),
            both=both,
            second_only=await self.total(AllOf(rules=(second, Not(rule=first)))),
        )

    async def page(self, rule: Rule, after: int, limit: int) -> list[int]:
        """Return the next members by id."""
        engine = await self.copy(LIVE_WAIT_SECONDS)
        question = self.question(rule, _POSTGRES if engine is None else _DUCKDB)
        sql = f"select person_id from ({question.sql}) m where person_id > {after:d} order by person_id limit {limit:d}"  # noqa: S608
        if engine is None:
            return [row[0] for row in await self._in_postgres(sql, question.params)]
        return [row[0] for row in await engine.fetch(sql, question.params, within=QUESTION_SECONDS)]

    async def among(self, rule: Rule, people: Sequence[int]) -> set[int]:
        """Return which of these people the rule means right now, from PostgreSQL: an index look-up each."""
        if not people:
            return set()
        question = self.question(rule, _POSTGRES, people)
        return {row[0] for row in await self.connection.exec_driver_sql(question.sql, question.params)}

    async def write_members(self, rule: Rule, snapshot_id: int) -> int:
        """Write everybody whom the rule means into ``snapshot_members``; returns how many.

        From the copy: its ids come as one array of integers and go out as binary COPY, in the order
        of the primary key. Without the copy: one ``insert … select``.
        """
        engine = await self.copy(SNAPSHOT_WAIT_SECONDS)
        if engine is None:
            question = self.question(rule, _POSTGRES)
            sql = (
                f"insert into snapshot_members select %(snapshot)s, m.person_id from ({question.sql}) m"  # noqa: S608
                " order by m.person_id"
            )
            done = await self.connection.exec_driver_sql(sql, {**question.params, "snapshot": snapshot_id})
            return int(done.rowcount)
        question = self.question(rule, _DUCKDB)
        sql = f"select person_id from ({question.sql}) order by person_id"  # noqa: S608
        ids = await engine.ask(lambda cursor: integers(cursor, sql, question), within=SNAPSHOT_WAIT_SECONDS)
        await copy_members(await raw(self.connection), snapshot_id, ids)
        return len(ids) // 8

    def addresses(self, layout: Layout) -> str:
        """Return whom each channel has an address of: SQL with the columns `person_id`, `channel` and `address`."""
        return reach.addresses(layout, self.ctx.workspace.id, self.ctx.services.offered(Addressed), self.catalogue)

    def reachable(self, layout: Layout) -> str:
        """Return whom each channel and topic reaches now: SQL with `person_id`, `channel`, `topic_id` and `address`."""
        return reach.reachable(layout, self.ctx.workspace.id, self.ctx.services.offered(Addressed), self.catalogue)

    def counting(self, question: Question, layout: Layout) -> Question:
        """Return the question whom of the members each channel and topic reaches, as one statement."""
        # the fixed statement's names are filled in first: a rule's SQL must not be taken for a template
        template = layout.named(statement(_PACKAGE, "count_members"))
        sql = template.replace("{addresses}", self.addresses(layout)).replace("{members}", question.sql)
        return Question(sql, {**question.params, "workspace": self.ctx.workspace.id})

    def added_up(self, rows: Sequence[Any]) -> tuple[int, tuple[ChannelReach, ...]]:
        """Return total and reach from the rows of ``count_members``: every member in exactly one reason."""
        names = {topic: key for key, topic in self.catalogue.topics.items()}
        total = next(row[2] for row in rows if row[0] == "")
        addressed = {row[0]: (row[2], row[3]) for row in rows if row[1] == -1}
        consents = {(row[0], row[1]): (row[3], row[4]) for row in rows if row[1] > 0 and row[1] in names}
        for channel in self.ctx.services.offered(Addressed):
            if channel.sent_here:
                consents = {(channel.name, topic): (0, 0) for topic in names} | consents
        found = []
        for (channel_name, topic), (granted, withdrawn) in sorted(consents.items()):
            known, suppressed = addressed.get(channel_name, (0, 0))
            rest = known - suppressed - granted - withdrawn
            found.append(ChannelReach(channel_name, names[topic], granted, total - known, suppressed, withdrawn, rest))
        return total, tuple(found)

    async def _count_in_postgres(self, rule: Rule, sample: int) -> tuple[list[Any], tuple[int, ...]]:
        question = self.question(rule, _POSTGRES)
        counted = self.counting(question, _POSTGRES)
        rows = await self._in_postgres(counted.sql, counted.params)
        return rows, tuple(await self._some_in_postgres(question, sample)) if sample else ()

    async def _some_in_postgres(self, question: Question, sample: int) -> list[int]:
        sql = f"select person_id from ({question.sql}) m order by person_id limit {sample:d}"  # noqa: S608
        return [row[0] for row in await self._in_postgres(sql, question.params)]

    async def _in_postgres(self, sql: str, params: Mapping[str, object]) -> list[Any]:
        """The rows of a question about everybody from PostgreSQL, which is no place to scan millions of events.

        It gets a few seconds where a copy is being built that will answer at once; then Unavailable says how far it is.
        The limit stays for the rest of the (reading) transaction.
        """
        engine = self.ctx.services.find(Engine)
        if engine is not None and not engine.status().usable:
            await self.connection.exec_driver_sql(f"set local statement_timeout = {POSTGRES_MILLISECONDS:d}")
        try:
            return list(await self.connection.exec_driver_sql(sql, dict(params)))
        except OperationalError as error:
            if engine is None or not isinstance(error.orig, psycopg.errors.QueryCanceled):
                raise
            raise engine.away() from None


def integers(cursor: duckdb.DuckDBPyConnection, sql: str, question: Question) -> bytes:
    """Return a column of 64-bit integers as the bytes they are in memory (little-endian)."""
    return columns_of_integers(cursor, sql, question, 1)[0]


def columns_of_integers(
    cursor: duckdb.DuckDBPyConnection, sql: str, question: Question, columns: int
) -> tuple[bytes, ...]:
    """Return so many columns of 64-bit integers, none of them NULL, each as the bytes that it is in memory."""
    reader: Any = cursor.execute(sql, question.params).to_arrow_reader(COPY_ROWS)
    batches = list(reader)

    def joined(number: int) -> bytes:
        parts = ((batch.column(number), len(batch)) for batch in batches)
        return b"".join(part.buffers()[1].slice(part.offset * 8, rows * 8).to_pybytes() for part, rows in parts)

    return tuple(joined(number) for number in range(columns))


async def copy_members(
    connection: psycopg.AsyncConnection[Any],
    first: int,
    ids: bytes,
    into: LiteralString = "snapshot_members (snapshot_id, person_id)",
) -> None:
    """Write ``(first, id)`` rows by binary COPY; ``ids`` are little-endian 64-bit integers."""
    await copy_integers(connection, into, (first, ids))
