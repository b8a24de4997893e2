"""Database calls of imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.kit.errors import Invalid, NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.sql import statement
from gonfalon.people.imports.model import Detected, ImportState, Match, Plan, Progress, Result
from gonfalon.people.tables import import_rejects, imports


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
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


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
        row.created_by,
        row.created_at,
        row.started_at,
        row.finished_at,
    )


async def add_import(connection: AsyncConnection, workspace_id: int, **values: Any) -> Import:
    """A new import of an uploaded file."""
    made = await connection.execute(
        insert(imports).values(workspace_id=workspace_id, state=ImportState.UPLOADED.value, **values).returning(imports)
    )
    return _import(made.one())


async def find_import(connection: AsyncConnection, workspace_id: int, import_id: UUID, *, lock: bool = False) -> Import:
    """One import; raises NotFound. `lock` holds the row until the transaction ends."""
    query = select(imports).where(imports.c.id == import_id, imports.c.workspace_id == workspace_id)
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    if row is None:
        raise NotFound("import_unknown", "There is no such import in this workspace.")
    return _import(row)


async def list_imports(connection: AsyncConnection, workspace_id: int, page: PageRequest) -> list[Import]:
    """The newest first, one more than asked for if there are more."""
    query = select(imports).where(imports.c.workspace_id == workspace_id)
    if page.after:
        try:
            last = UUID(str(page.after[0]))
        except (ValueError, IndexError) as error:
            raise foreign_cursor() from error
        query = query.where(imports.c.id < last)  # ids are UUIDv7: in order of time
    rows = await connection.execute(query.order_by(imports.c.id.desc()).limit(page.limit + 1))
    return [_import(row) for row in rows]


async def change_import(connection: AsyncConnection, workspace_id: int, import_id: UUID, **values: Any) -> None:
    """Sets columns of an import."""
    await connection.execute(
        update(imports).where(imports.c.id == import_id, imports.c.workspace_id == workspace_id).values(**values)
    )


async def note_progress(
    connection: AsyncConnection, workspace_id: int, import_id: UUID, progress: Progress
) -> ImportState:
    """Writes how far a running import is; answers the state, which somebody may have changed."""
    noted = await connection.execute(
        update(imports)
        .where(imports.c.id == import_id, imports.c.workspace_id == workspace_id)
        .values(progress=progress.model_dump(mode="json"))
        .returning(imports.c.state)
    )
    return ImportState(noted.scalar_one())


async def forget_abandoned(connection: AsyncConnection, workspace_id: int) -> list[Path]:
    """Deletes uploads that nobody started within three days; the files that can go."""
    gone = await connection.execute(
        delete(imports)
        .where(
            imports.c.workspace_id == workspace_id,
            imports.c.state == ImportState.UPLOADED.value,
            imports.c.created_at < func.now() - func.make_interval(0, 0, 0, 3),
        )
        .returning(imports.c.file_path)
    )
    return [Path(path) for path in gone.scalars()]


async def execute(connection: AsyncConnection, name: str, match: Match = Match.EMAIL, **params: Any) -> Any:
    """Runs one of the merge's statements; {match} in it becomes the column that people are matched by."""
    text = statement(__package__, name).replace("{match}", match.value)
    return await connection.exec_driver_sql(text, params) if params else await connection.exec_driver_sql(text)


async def refused_lines(connection: AsyncConnection) -> dict[int, tuple[str, str]]:
    """Reason and field of the lines that the merge refused: their cells are not in the stage."""
    rows = await connection.exec_driver_sql(
        "select line, reason, field from import_rows where reason is not null and raw is null"
    )
    return {row.line: (row.reason, row.field or "") for row in rows}


async def rejects_after(
    connection: AsyncConnection, workspace_id: int, import_id: UUID, line: int, limit: int
) -> list[Any]:
    """Rejected rows of an import behind a line, in the file's order."""
    rows = await connection.execute(
        select(import_rejects.c.line, import_rejects.c.reason, import_rejects.c.field, import_rejects.c.raw)
        .where(
            import_rejects.c.import_id == import_id,
            import_rejects.c.workspace_id == workspace_id,
            import_rejects.c.line > line,
        )
        .order_by(import_rejects.c.line)
        .limit(limit)
    )
    return list(rows)


def line_of(page: PageRequest) -> int:
    """The line after which a page of rejected rows begins; raises Invalid for another list's cursor."""
    match page.after:
        case None:
            return 0
        case (int() as line,):
            return line
    raise foreign_cursor()


def foreign_cursor() -> Invalid:
    """The answer to a cursor that is not of this list."""
    return Invalid("cursor_invalid", "This page link belongs to another list; open the list again from its start.")
