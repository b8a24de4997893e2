"""Keeps the members of live audiences as they are: what is written is followed, and who it is about is judged again.

What decides about somebody is their rows and the question that is asked of them. When the question is another one than
last time (its rule, the day, the events of a family), everybody is asked; otherwise only people of whom anything was
written since, all at once for all audiences of the workspace.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context, system_context
from gonfalon.accounts.store import workspace_by_id
from gonfalon.kit.engine import Engine, Snapshot
from gonfalon.kit.locks import is_first
from gonfalon.kit.log import log
from gonfalon.kit.services import Services
from gonfalon.kit.tending import tended

from ..segments.check import check
from ..segments.columnar import DuckLayout
from ..segments.compile import Question, compile_rule
from ..segments.language import Catalogue, Member, Rule, RuleInvalid, parse
from ..segments.layout import PostgresLayout
from ..segments.moment import Moment
from ..store import load_catalogue, moment_of, present_snapshot
from . import store
from .model import Cause, Filling, LiveAudience
from .rules import MOST_TOUCHED, cause_of, fingerprint, stepped

PAUSE = 1.0
LONGEST_REST = 300.0
"""So many seconds later what goes on failing is tried again."""
COPY_SECONDS = 30.0
FILL_SECONDS = 300.0
MOST_ASKED = 1_000
"""So many people are named in a question to PostgreSQL, where there is no copy."""


@dataclass
class Prepared:
    """The questions of a workspace's live audiences, as long as nothing that they are made of changes."""

    catalogue: Catalogue
    moment: Moment
    versions: dict[UUID, int]
    questions: dict[UUID, Question] = field(default_factory=dict)
    fingerprints: dict[UUID, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """Until when a workspace that failed is left alone, and for how long that is, in seconds."""

    until: float
    pause: float


class Refresher:
    """Refreshes the live audiences of every workspace, one workspace after the other; a fault stays in its own."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._prepared: dict[int, Prepared] = {}
        self._rests: dict[int, Rest] = {}

    async def run(self) -> None:
        """Refresh for ever."""
        while True:
            await self.refresh_all()
            await asyncio.sleep(PAUSE)

    async def refresh_all(self) -> None:
        """Refresh every workspace's; one that failed rests, twice as long each time."""
        async with self._services.db.reading() as connection:
            ids = await store.live_workspaces(connection)
        for workspace_id in ids:
            rest = self._rests.get(workspace_id, Rest(0.0, PAUSE))
            if monotonic() < rest.until:
                continue
            try:
                await self.refresh(workspace_id)
                self._rests.pop(workspace_id, None)
            except Exception as error:  # whatever it is, the others go on
                pause = min(2 * rest.pause, LONGEST_REST)
                self._rests[workspace_id] = Rest(monotonic() + pause, pause)
                log.warning("live_audiences_failing", workspace=workspace_id, within=pause, problem=str(error)[:500])

    async def refresh(self, workspace_id: int) -> None:
        """Count in everything that was written before the call, in one transaction."""
        engine = self._services.find(Engine)
        if engine is not None and not engine.status().usable:
            return
        async with self._services.db.transaction() as connection:
            if not await is_first(connection, "live audiences", workspace_id):
                return
            seen = await store.seen_up_to(connection, workspace_id)
            now = await present_snapshot(connection)
            ctx = system_context(self._services, await workspace_by_id(connection, workspace_id))
            lives = await store.live_in(connection, workspace_id)
            prepared = await self._prepare(ctx, connection, lives)
            asked = [each for each in lives if each.id in prepared.questions]
            stale = [each for each in asked if each.filled_question != prepared.fingerprints[each.id]]
            touched: list[int] = []
            if seen is not None and seen != now and len(stale) < len(asked):
                touched = await store.touched_since(connection, workspace_id, seen, MOST_TOUCHED + 1)
            if len(touched) > MOST_TOUCHED or seen is None:
                stale, touched = asked, []
            if engine is not None and (stale or touched):
                await engine.reached(Snapshot(now), COPY_SECONDS)
            rest = [each for each in asked if each not in stale]
            if touched and rest:
                await self._judge(ctx, connection, prepared, rest, touched)
            for each in stale:
                await self._judge(ctx, connection, prepared, [each], None)
            if stale or touched or seen != now:
                await store.set_seen(connection, workspace_id, now, [each.id for each in asked])

    async def _judge(
        self,
        ctx: Context,
        connection: AsyncConnection,
        prepared: Prepared,
        asked: Sequence[LiveAudience],
        touched: Sequence[int] | None,
    ) -> None:
        """Make the members of audiences those whom their questions mean, of all people or of some."""
        fillings = []
        for each in asked:
            question = prepared.fingerprints[each.id]
            cause = Cause.PERSON if question == each.filled_question else cause_of(each, question)
            fillings.append(Filling(each.id, cause, question, each.version))
        questions = [prepared.questions[each.id] for each in asked]
        workspace = ctx.workspace.id
        engine = self._services.find(Engine)
        if engine is None:
            few = touched if touched is None or len(touched) <= MOST_ASKED else None
            rules = [_rule_of(each) for each in asked]
            narrow = [_compiled(each, ctx, prepared, PostgresLayout(), few) for each in rules]
            await store.lay_out_asked(connection, narrow)
            touched = few
        else:
            found = await engine.ask(
                lambda cursor: store.found_in_copy(cursor, workspace, questions, touched), within=FILL_SECONDS
            )
            await store.lay_out_found(connection, found)
        changed = await store.apply_found(connection, workspace, fillings, touched)
        for filling in fillings if touched is None else ():
            await store.note_filled(connection, filling)
            log.info("live_audience_filled", audience=str(filling.audience_id), changed=changed)

    async def _prepare(self, ctx: Context, connection: AsyncConnection, lives: Sequence[LiveAudience]) -> Prepared:
        """Compile the audiences' questions, unless they would be the ones of last time."""
        catalogue = await load_catalogue(connection, ctx.workspace.id)
        moment = stepped(moment_of(ctx))
        versions = {each.id: each.version for each in lives}
        known = self._prepared.get(ctx.workspace.id)
        if known and (known.versions, known.moment, known.catalogue) == (versions, moment, catalogue):
            return known
        made = Prepared(catalogue, moment, versions)
        for each in lives:
            try:
                rule = _rule_of(each)
                check(rule, catalogue)
                made.questions[each.id] = _compiled(rule, ctx, made, DuckLayout(), None)
            except RuleInvalid:  # its page says what is wrong with it; the members stay as they were
                continue
            made.fingerprints[each.id] = fingerprint(made.questions[each.id])
            await asyncio.sleep(0)  # others have their turn: two hundred questions take half a second
        self._prepared[ctx.workspace.id] = made
        return made


def _rule_of(audience: LiveAudience) -> Rule:
    return Member(audience=audience.id) if audience.rule is None else parse(audience.rule)


def _compiled(
    rule: Rule,
    ctx: Context,
    prepared: Prepared,
    layout: DuckLayout | PostgresLayout,
    people: Sequence[int] | None,
) -> Question:
    return compile_rule(
        rule,
        workspace=ctx.workspace.id,
        catalogue=prepared.catalogue,
        moment=prepared.moment,
        layout=layout,
        people=people,
    )


@asynccontextmanager
async def live_memberships(services: Services) -> AsyncIterator[Refresher]:
    """Keep live audiences as they are for as long as the block runs."""
    refresher = Refresher(services)
    async with tended(live_audiences=refresher.run):
        yield refresher
