"""Database calls of scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.versions import known
from gonfalon.audiences.segments.compile import Question
from gonfalon.kit.copying import copy_integers
from gonfalon.kit.db import raw
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import run, statement
from gonfalon.people.tables import people
from gonfalon.tracking.collector.model import STAGE_REACHED
from gonfalon.tracking.collector.store import raise_events

from .definition import ScoreStage
from .model import MoveCause, Score, Scored, ScoreDay, ScoreMove, StageDay
from .tables import person_scores, score_days, score_history, score_moves, scores

_PERSON = (people.c.email, people.c.external_id, people.c.attributes)


async def list_scores(connection: AsyncConnection, workspace_id: int, *, archived: bool | None = False) -> list[Score]:
    """Return the scores of a workspace by name; archived: None for all."""
    rows = await run(connection, __package__, "list_scores", workspace=workspace_id, score=None, archived=archived)
    return shaped(rows, Score)


async def find_score(connection: AsyncConnection, workspace_id: int, score_id: UUID, *, lock: bool = False) -> Score:
    """Return one score, archived ones included; raises NotFound. lock: hold its row until the transaction ends."""
    if lock:
        mine = (scores.c.id == score_id) & (scores.c.workspace_id == workspace_id)
        await connection.execute(select(scores.c.id).where(mine).with_for_update())
    rows = await run(connection, __package__, "list_scores", workspace=workspace_id, score=score_id, archived=None)
    return known(next(iter(shaped(rows, Score)), None), "score")


async def set_score(connection: AsyncConnection, workspace_id: int, score_id: UUID, **values: Any) -> None:
    """Change columns that saving by version does not guard: the state, and of which moment the points are."""
    mine = (scores.c.id == score_id) & (scores.c.workspace_id == workspace_id)
    await connection.execute(update(scores).where(mine).values(**values))


async def running_scores(connection: AsyncConnection) -> list[tuple[UUID, int]]:
    """Return the scores that are counted, with their workspaces."""
    return [(row.id, row.workspace_id) for row in await run(connection, __package__, "running_scores")]


async def lay_out_copied(connection: AsyncConnection, found: Sequence[bytes]) -> None:
    """Put points that the copy answered, in three columns, where ``apply_found`` reads them."""
    await _make_found(connection)
    if found[0]:
        await copy_integers(await raw(connection), "score_found (person_id, fit, engagement)", found)
    await connection.exec_driver_sql("analyze score_found")


async def lay_out_asked(connection: AsyncConnection, question: Question) -> None:
    """Do the same by PostgreSQL, where there is no copy."""
    await _make_found(connection)
    sql = statement(__package__, "lay_out_points").replace("{points}", question.sql)
    await connection.exec_driver_sql(sql, question.params)


async def _make_found(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql(
        "create temp table if not exists score_found (person_id bigint, fit bigint, engagement bigint)"
        " on commit delete rows"
    )
    await connection.exec_driver_sql("truncate score_found")


async def apply_found(
    connection: AsyncConnection,
    workspace_id: int,
    score_id: UUID,
    stages: Sequence[ScoreStage],
    *,
    cause: MoveCause,
    now: datetime,
    day: date,
) -> None:
    """Make everybody's points what was laid out, and note whose total and whose stage is another one."""
    await run(
        connection,
        __package__,
        "apply_found",
        workspace=workspace_id,
        score=score_id,
        names=[stage.name for stage in stages],
        limits=[stage.at_least for stage in stages],
        cause=cause.value,
        now=now,
        day=day,
    )


async def risen_at(connection: AsyncConnection, workspace_id: int, score_id: UUID, at: datetime) -> dict[str, int]:
    """Return how many people rose into each stage when the score was counted at this instant."""
    c = score_moves.c
    query = (
        select(c.stage, func.count().label("people"))
        .where(
            c.workspace_id == workspace_id,
            c.score_id == score_id,
            c.at == at,
            c.rose,
            c.cause == MoveCause.PERSON.value,
        )
        .group_by(c.stage)
    )
    return {row.stage: row.people for row in await connection.execute(query)}


async def raise_risen(
    connection: AsyncConnection, workspace_id: int, score: Score, stages: Sequence[str], at: datetime
) -> int:
    """Raise an event for who rose into one of these stages when the score was counted at this instant."""
    happened = statement(__package__, "risen_people")
    values = {"score": score.id, "score_name": score.name, "stages": list(stages), "at": at}
    return await raise_events(connection, workspace_id, STAGE_REACHED, happened, **values)


async def totals_of(connection: AsyncConnection, workspace_id: int, score_id: UUID) -> dict[int, int]:
    """Return how many people have which total."""
    rows = await run(connection, __package__, "count_totals", workspace=workspace_id, score=score_id)
    return {row.total: row.people for row in rows}


async def newest_sizes(connection: AsyncConnection, workspace_id: int) -> dict[UUID, dict[str, int]]:
    """Return how many people are in each stage of every score of the workspace, as last counted."""
    c = score_days.c
    newest = (
        select(c.score_id, func.max(c.day).label("day"))
        .where(c.workspace_id == workspace_id)
        .group_by(c.score_id)
        .subquery()
    )
    query = select(c.score_id, c.stage, c.people).join(
        newest, (newest.c.score_id == c.score_id) & (newest.c.day == c.day)
    )
    found: dict[UUID, dict[str, int]] = {}
    for row in await connection.execute(query.where(c.workspace_id == workspace_id)):
        found.setdefault(row.score_id, {})[row.stage] = row.people
    return found


async def days_of(connection: AsyncConnection, workspace_id: int, score_id: UUID, since: date) -> list[StageDay]:
    """Return how many people were in each stage, day by day."""
    c = score_days.c
    query = select(c.day, c.stage, c.people).where(
        c.workspace_id == workspace_id, c.score_id == score_id, c.day >= since
    )
    return await all_of(connection, query.order_by(c.day, c.stage), StageDay)


async def people_of(
    connection: AsyncConnection, workspace_id: int, score_id: UUID, page: PageRequest, stage: str | None
) -> list[Scored]:
    """Return who has how many points, the most first; one more than the page holds. stage: only who is in it."""
    c = person_scores.c
    query = _with_person(
        select(c.person_id, *_PERSON, c.fit, c.engagement, c.total, c.stage, c.since), person_scores
    ).where(c.workspace_id == workspace_id, c.score_id == score_id)
    if stage is not None:
        query = query.where(c.stage == stage)
    if page.after:
        query = query.where(tuple_(c.total, c.person_id) < page.after)
    return await all_of(connection, query.order_by(c.total.desc(), c.person_id.desc()).limit(page.fetch), Scored)


async def moves_of(
    connection: AsyncConnection, workspace_id: int, score_id: UUID, page: PageRequest, stage: str | None
) -> list[ScoreMove]:
    """Return who went from one stage to another, the newest first; one more than the page holds. stage: into it."""
    c = score_moves.c
    query = _with_person(
        select(c.id, c.person_id, *_PERSON, c.before, c.stage, c.rose, c.total, c.cause, c.at), score_moves
    ).where(c.workspace_id == workspace_id, c.score_id == score_id)
    if stage is not None:
        query = query.where(c.stage == stage)
    if page.after:
        query = query.where(c.id < page.after[0])
    return await all_of(connection, query.order_by(c.id.desc()).limit(page.fetch), ScoreMove)


def _with_person(query: Select[Any], table: Any) -> Select[Any]:
    return query.join_from(table, people, people.c.id == table.c.person_id).where(people.c.erased_at.is_(None))


async def kept_of(connection: AsyncConnection, workspace_id: int, person_id: int) -> dict[UUID, Scored]:
    """Return what a person has of each score, as last counted."""
    c = person_scores.c
    query = _with_person(
        select(c.score_id, c.person_id, *_PERSON, c.fit, c.engagement, c.total, c.stage, c.since), person_scores
    ).where(c.workspace_id == workspace_id, c.person_id == person_id)
    rows = (await connection.execute(query)).mappings().all()
    return {row["score_id"]: Scored(**{key: row[key] for key in row if key != "score_id"}) for row in rows}


async def history_of(
    connection: AsyncConnection, workspace_id: int, person_id: int, since: date
) -> dict[UUID, list[ScoreDay]]:
    """Return the days on which a person's totals changed, by score."""
    c = score_history.c
    query = select(c.score_id, c.day, c.before, c.total, c.stage).where(
        c.workspace_id == workspace_id, c.person_id == person_id, c.day >= since
    )
    found: dict[UUID, list[ScoreDay]] = {}
    for row in await connection.execute(query.order_by(c.day)):
        found.setdefault(row.score_id, []).append(ScoreDay(row.day, row.before, row.total, row.stage))
    return found


async def people_in_short(
    connection: AsyncConnection, workspace_id: int, ids: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """Return what `Scored` says of people beside their points, by id."""
    query = select(people.c.id.label("person_id"), *_PERSON).where(
        people.c.workspace_id == workspace_id, people.c.id.in_(ids), people.c.erased_at.is_(None)
    )
    return {row["person_id"]: dict(row) for row in (await connection.execute(query)).mappings()}


async def first_row(connection: AsyncConnection, question: Question) -> Mapping[str, Any] | None:
    """Return the first row of a compiled question by its columns' names."""
    row = (await connection.exec_driver_sql(question.sql, question.params)).mappings().first()
    return None if row is None else {str(key): value for key, value in row.items()}


async def forget_people(connection: AsyncConnection, workspace_id: int, ids: Sequence[int]) -> None:
    """Delete people's points, and how they changed."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=list(ids))


async def delete_old(connection: AsyncConnection, before: datetime) -> int:
    """Forget how scores changed before an instant; return how many moves."""
    return (await run(connection, __package__, "delete_old", before=before)).rowcount
