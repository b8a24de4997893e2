"""Database calls of personas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.kit.ids import new_id
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import run, statement

from ..segments.compile import Question
from ..segments.layout import Layout
from ..tables import persona_figures, persona_notes, personas
from .model import Drift, MeasuredDay, MemberFigures, Persona, PersonaMeasure, PersonaNote

_PACKAGE = "gonfalon.audiences.personas"


async def list_personas(
    ctx: Context,
    connection: AsyncConnection,
    *,
    archived: bool = False,
    audience: UUID | None = None,
    persona: UUID | None = None,
) -> list[Persona]:
    """Return the workspace's personas by name; those of one audience, or a single one."""
    rows = await run(
        connection, _PACKAGE, "list_personas", workspace=ctx.workspace.id, zone=ctx.workspace.time_zone,
        today=ctx.today, archived=archived, audience=audience, persona=persona,
    )  # fmt: skip
    return shaped(rows, Persona)


async def find_persona(ctx: Context, connection: AsyncConnection, persona_id: UUID) -> Persona:
    """Return a persona, archived or not; raises NotFound."""
    found = await list_personas(ctx, connection, persona=persona_id)
    return known(next(iter(found), None), "persona")


async def count_personas(connection: AsyncConnection, workspace_id: int) -> int:
    """Return how many are in use."""
    c = personas.c
    query = select(func.count()).where(c.workspace_id == workspace_id, c.archived_at.is_(None))
    return int(await connection.scalar(query) or 0)


async def set_archived(ctx: Context, connection: AsyncConnection, persona_id: UUID, *, archived: bool) -> None:
    """Take a persona out of use, or back."""
    mine = (personas.c.id == persona_id) & (personas.c.workspace_id == ctx.workspace.id)
    at = func.now() if archived else None
    await connection.execute(update(personas).where(mine).values(archived_at=at))


async def find_before(connection: AsyncConnection, workspace_id: int, persona_id: UUID) -> PersonaMeasure | None:
    """Return what a persona's people are compared with; None before the first measure."""
    c = personas.c
    kept = await connection.scalar(select(c.before).where(c.id == persona_id, c.workspace_id == workspace_id))
    return None if kept is None else PersonaMeasure.model_validate(kept)


async def keep_measure(
    connection: AsyncConnection, workspace_id: int, persona_id: UUID, measure: PersonaMeasure, drifts: Sequence[Drift]
) -> None:
    """Keep the figures of a day (a later measure of the day replaces them), and what has drifted."""
    figures = measure.figures.model_dump()
    made = upsert(persona_figures).values(
        persona_id=persona_id, day=measure.on, workspace_id=workspace_id, figures=figures
    )
    await connection.execute(
        made.on_conflict_do_update(index_elements=["persona_id", "day"], set_={"figures": figures})
    )
    told = [each.model_dump(mode="json") for each in drifts]
    mine = (personas.c.id == persona_id) & (personas.c.workspace_id == workspace_id)
    await connection.execute(update(personas).where(mine).values(drifts=told))


async def set_before(
    connection: AsyncConnection, workspace_id: int, persona_id: UUID, measure: PersonaMeasure | None
) -> None:
    """Compare the people with these from now on; None: with those of the next measure, of other people."""
    mine = (personas.c.id == persona_id) & (personas.c.workspace_id == workspace_id)
    kept = None if measure is None else measure.model_dump(mode="json")
    await connection.execute(update(personas).where(mine).values(before=kept, drifts=[]))
    if measure is None:
        c = persona_figures.c
        await connection.execute(
            delete(persona_figures).where(c.persona_id == persona_id, c.workspace_id == workspace_id)
        )


async def list_days(connection: AsyncConnection, workspace_id: int, persona_id: UUID, since: date) -> list[MeasuredDay]:
    """Return the figures since a day, by day."""
    c = persona_figures.c
    query = select(c.day, c.figures).where(c.workspace_id == workspace_id, c.persona_id == persona_id, c.day >= since)
    rows = (await connection.execute(query.order_by(c.day))).all()
    return [MeasuredDay(day, MemberFigures.model_validate(figures)) for day, figures in rows]


async def list_due(connection: AsyncConnection, now: datetime) -> list[tuple[int, UUID]]:
    """Return the personas to measure this week, as workspace and id."""
    return [(row.workspace_id, row.id) for row in await run(connection, _PACKAGE, "list_due", now=now)]


async def owned_workspaces(connection: AsyncConnection) -> list[int]:
    """Return the workspaces with personas that somebody owns. all workspaces: the task of every day."""
    c = personas.c
    query = select(c.workspace_id).where(c.owner_id.is_not(None), c.archived_at.is_(None)).distinct()
    return list((await connection.execute(query.order_by(c.workspace_id))).scalars())


def value_of(members: Question, layout: Layout, workspace_id: int, names: Sequence[str], since: datetime) -> Question:
    """Return the question what members bought for since a moment: one row of one number."""
    sql = layout.named(statement(_PACKAGE, "measure_value")).replace("{members}", members.sql)
    return Question(sql, {**members.params, "workspace": workspace_id, "names": sorted(names), "since": since})


async def list_notes(connection: AsyncConnection, workspace_id: int, persona_id: UUID) -> list[PersonaNote]:
    """Return the findings of a persona, the newest first."""
    c = persona_notes.c
    query = select(c.id, c.kind, c.finding, c.evidence, c.on, c.created_by.label("by")).where(
        c.workspace_id == workspace_id, c.persona_id == persona_id
    )
    return await all_of(connection, query.order_by(c.on.desc(), c.id.desc()), PersonaNote)


async def count_notes(connection: AsyncConnection, workspace_id: int, persona_id: UUID) -> int:
    """Return how many findings a persona has."""
    c = persona_notes.c
    query = select(func.count()).where(c.workspace_id == workspace_id, c.persona_id == persona_id)
    return int(await connection.scalar(query) or 0)


async def add_note(ctx: Context, connection: AsyncConnection, persona_id: UUID, values: dict[str, Any]) -> UUID:
    """Write a finding down; return its id."""
    note_id = new_id()
    await connection.execute(
        insert(persona_notes).values(
            id=note_id, workspace_id=ctx.workspace.id, persona_id=persona_id, created_by=ctx.actor.name, **values
        )
    )
    return note_id


async def delete_note(connection: AsyncConnection, workspace_id: int, persona_id: UUID, note_id: UUID) -> bool:
    """Delete a finding; return whether there was one."""
    c = persona_notes.c
    gone = await connection.execute(
        delete(persona_notes).where(c.id == note_id, c.persona_id == persona_id, c.workspace_id == workspace_id)
    )
    return bool(gone.rowcount)
