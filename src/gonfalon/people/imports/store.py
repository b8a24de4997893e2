"""Database calls of imports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

from sqlalchemy import delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, shaped
from gonfalon.kit.sql import statement
from gonfalon.people.imports.model import Detected, ImportState, Match, Plan, Progress, Result
from gonfalon.people.imports.outcomes import UNDOABLE, Example, Trial, Undo
from gonfalon.people.tables import erased_identities, import_changes, import_rejects, imports


@dataclass(frozen=True, slots=True)
class Import:
    """One import with everything known of it."""

    id: UUID
    file_name: str
    file_path: Path
    file_size: int
    state: ImportState
    detected: Detected
    plan: Plan | None
    progress: Progress
    result: Result
    error: str | None
    trial: Trial | None
    undo: Undo | None
    transaction: int | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def undoable_until(self) -> datetime | None:
        """Until when it can be undone; None when it cannot."""
        if self.transaction is None or self.finished_at is None or (self.undo and self.undo.state != "failed"):
            return None
        until = self.finished_at + UNDOABLE
        return until if until > utcnow() else None


@dataclass(frozen=True, slots=True)
class Judged:
    """Of the people an import made: who did or got something since (used), whose row alone changed (changed)."""

    used: int
    changed: int


@dataclass(frozen=True, slots=True)
class KeptReject:
    """A row that was not taken, or (taken) not whole: why, in which field, and its cells as JSON."""

    line: int
    taken: bool
    reason: str
    field: str
    raw: str


def _import(row: Any) -> Import:
    return Import(
        row.id,
        row.file_name,
        Path(row.file_path),
        row.file_size,
        ImportState(row.state),
        Detected.model_validate(row.detected),
        Plan.model_validate(row.plan) if row.plan else None,
        Progress.model_validate(row.progress),
        Result.model_validate(row.result),
        row.error,
        Trial.model_validate(row.trial) if row.trial else None,
        Undo.model_validate(row.undo) if row.undo else None,
        int(row.transaction) if row.transaction is not None else None,
        row.created_by,
        row.created_at,
        row.started_at,
        row.finished_at,
    )


async def add_import(ctx: Context, connection: AsyncConnection, **values: Any) -> Import:
    """Return a new import of an uploaded file."""
    made = await connection.execute(
        insert(imports)
        .values(workspace_id=ctx.workspace.id, state=ImportState.UPLOADED.value, **values)
        .returning(imports)
    )
    return _import(made.one())


async def find_import(connection: AsyncConnection, workspace_id: int, import_id: UUID, *, lock: bool = False) -> Import:
    """Return one import; raises NotFound. `lock` holds the row until the transaction ends."""
    query = select(imports).where(imports.c.id == import_id, imports.c.workspace_id == workspace_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("import_unknown", "There is no such import in this workspace.")
    return _import(row)


async def list_imports(ctx: Context, connection: AsyncConnection, page: PageRequest) -> list[Import]:
    """Return the newest first, one more than asked for if there are more."""
    query = select(imports).where(imports.c.workspace_id == ctx.workspace.id)
    if page.after:
        query = query.where(imports.c.id < page.after[0])  # ids are UUIDv7: in order of time
    rows = await connection.execute(query.order_by(imports.c.id.desc()).limit(page.fetch))
    return [_import(row) for row in rows]


async def change_import(connection: AsyncConnection, workspace_id: int, import_id: UUID, **values: Any) -> None:
    """Set columns of an import."""
    await connection.execute(
        update(imports).where(imports.c.id == import_id, imports.c.workspace_id == workspace_id).values(**values)
    )


async def note_progress(ctx: Context, connection: AsyncConnection, import_id: UUID, progress: Progress) -> ImportState:
    """Write how far a running import is; answers the state, which somebody may have changed."""
    noted = await connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.workspace_id == ctx.workspace.id)
        .values(progress=progress.model_dump(mode="json"))
        .returning(imports.c.state)
    )
    return ImportState(noted.scalar_one())


async def forget_abandoned(connection: AsyncConnection, workspace_id: int | None) -> list[Path]:
    """Delete uploads that nobody started within three days; the files that can go. None: of all workspaces."""
    gone = await connection.execute(
        delete(imports)
        .where(
            true() if workspace_id is None else imports.c.workspace_id == workspace_id,
            imports.c.state == ImportState.UPLOADED.value,
            imports.c.created_at < func.now() - func.make_interval(0, 0, 0, 3),
        )
        .returning(imports.c.file_path)
    )
    return [Path(path) for path in gone.scalars()]


_ANY = {
    "key": "coalesce('e:' || email, 'x:' || external_id, 'p:' || phone)",
    "own": "o.email_of",
    "claims": "(o.email is null or h.email is null)"
    " and (o.external_id is null or h.external_id is null or o.external_id_of = h.id)",
    "fresh": "(o.email is not null or (o.external_id is not null and o.external_id_of is null))",
}


def _matching(match: Match) -> dict[str, str]:
    """What the statements say of the identity that people are matched by."""
    if match is Match.ANY:
        return _ANY | {"match": match.value}
    column = match.value
    return {"match": column, "key": column, "own": f"o.{column}_of", "claims": f"h.{column} is null", "fresh": "true"}


async def run_step(connection: AsyncConnection, name: str, match: Match = Match.EMAIL, **params: Any) -> Any:
    """Run one of the merge's statements; the words in braces become those of how people are matched."""
    text = statement(__package__, name)
    for word, meaning in _matching(match).items():
        text = text.replace(f"{{{word}}}", meaning)
    return await connection.exec_driver_sql(text, params) if params else await connection.exec_driver_sql(text)


async def told_lines(connection: AsyncConnection) -> dict[int, tuple[str, str, bool]]:
    """Return reason, field, and whether they are taken, of lines that the merge tells of: their cells are not in the
    stage."""
    rows = await connection.exec_driver_sql(
        "select line, coalesce(reason, note) as reason, field, reason is null as taken from import_rows"
        " where (reason is not null or note is not null) and raw is null"
    )
    return {row.line: (row.reason, row.field or "", row.taken) for row in rows}


async def rejects_after(
    ctx: Context, connection: AsyncConnection, import_id: UUID, line: int, limit: int
) -> list[KeptReject]:
    """Return rejected rows of an import behind a line, in the file's order."""
    return await all_of(
        connection,
        select(
            import_rejects.c.line,
            import_rejects.c.taken,
            import_rejects.c.reason,
            import_rejects.c.field,
            import_rejects.c.raw,
        )
        .where(
            import_rejects.c.import_id == import_id,
            import_rejects.c.workspace_id == ctx.workspace.id,
            import_rejects.c.line > line,
        )
        .order_by(import_rejects.c.line)
        .limit(limit),
        KeptReject,
    )


async def analyze(connection: AsyncConnection, *tables: LiteralString) -> None:
    """Let the planner know how large the tables are now."""
    await connection.exec_driver_sql(f"analyze {', '.join(tables)}")


async def somebody_was_erased(connection: AsyncConnection, workspace_id: int) -> bool:
    """Return whether the workspace keeps hashes of erased people."""
    found = await connection.execute(
        select(erased_identities.c.hash).where(erased_identities.c.workspace_id == workspace_id).limit(1)
    )
    return found.first() is not None


async def count_new(connection: AsyncConnection) -> int:
    """Return how many people of the stage are to be inserted."""
    counted = await connection.exec_driver_sql("select count(*) from import_people where is_new and fault is null")
    return int(counted.scalar_one())


async def count_edits(connection: AsyncConnection) -> int:
    """Return how many known people are to be changed."""
    counted = await connection.exec_driver_sql("select count(*) from import_edits")
    return int(counted.scalar_one())


async def count_statements(connection: AsyncConnection, answer: str, **params: Any) -> tuple[int, int]:
    """Return how many states of consent would be granted and withdrawn. answer: which column of the stage says so."""
    text = statement(__package__, "count_statements").replace("{answer}", answer)
    counted = (await connection.exec_driver_sql(text, params)).one()
    return counted.granted, counted.refused


async def first_changes(connection: AsyncConnection, tags: Sequence[str], most: int) -> list[Example]:
    """Return the first people that the import changes, then those it makes. tags: of everybody in the file."""
    rows = await run_step(connection, "show_changes", tags=list(tags), most=most)
    return [Example.model_validate(dict(row._mapping)) for row in rows]


async def judge_created(connection: AsyncConnection, workspace_id: int, found: Import) -> Judged:
    """Find whom the import made, for `delete_created`; how many of them are touched since."""
    await run_step(
        connection, "judge_created",
        workspace_id=workspace_id, transaction=str(found.transaction), made_at=found.finished_at,
    )  # fmt: skip
    rows = await connection.exec_driver_sql(
        "select count(*) filter (where used) as used, count(*) filter (where changed and not used) as changed"
        " from undo_created"
    )
    return shaped(rows, Judged)[0]


async def count_refusals(connection: AsyncConnection, workspace_id: int, found: Import) -> int:
    """Return how many refusals of an import still stand."""
    rows = await connection.exec_driver_sql(
        "select count(*) from consents where xid = %(transaction)s::text::xid8 and workspace_id = %(workspace_id)s"
        " and state = 'withdrawn'",
        {"transaction": str(found.transaction), "workspace_id": workspace_id},
    )
    return int(rows.scalar_one())


async def forget_changes(ctx: Context, connection: AsyncConnection, import_id: UUID) -> None:
    """Delete what an import changed, once it is undone."""
    await connection.execute(
        delete(import_changes).where(
            import_changes.c.import_id == import_id, import_changes.c.workspace_id == ctx.workspace.id
        )
    )


async def forget_old_changes(connection: AsyncConnection) -> None:
    """Delete what imports changed, of all workspaces, that are too old to be undone."""
    old = select(imports.c.id).where(imports.c.finished_at < utcnow() - UNDOABLE)
    await connection.execute(delete(import_changes).where(import_changes.c.import_id.in_(old)))


async def count_undecided(connection: AsyncConnection) -> int:
    """Return how many people of the stage say neither yes nor no."""
    counted = await connection.exec_driver_sql(
        "select count(*) from import_people where fault is null and answer in (1, 3)"
    )
    return int(counted.scalar_one())
