"""Shapes of imports; the plan, what was detected, progress and result are those of model.py."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from gonfalon.people.imports.model import Detected, ImportState, Plan, PreviewRow, Progress, Result
from gonfalon.people.imports.outcomes import Trial, Undo


class ImportOut(BaseModel):
    """An import with everything known of it. error: one sentence, when it failed; nothing was changed then.

    undoable_until: null when it cannot be undone (any more).
    """

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    file_name: str
    file_size: int
    state: ImportState
    detected: Detected
    plan: Plan | None
    progress: Progress
    result: Result
    error: str | None
    trial: Trial | None
    undo: Undo | None
    undoable_until: datetime | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportPreview(BaseModel):
    """The first rows exactly as they would be stored; keys: of each column's attribute, by its index."""

    rows: list[PreviewRow]
    keys: dict[int, str]


class RejectOut(BaseModel):
    """A row that was not taken: its line in the file, why (code and sentence), the column at fault, its cells.

    taken: it was, but for the cells of that column.
    """

    line: int
    taken: bool
    reason: str
    sentence: str
    field: str
    cells: list[str]
