"""Shapes of imports; the plan, what was detected, progress and result are those of model.py."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from gonfalon.people.imports.model import Detected, ImportState, Plan, PreviewRow, Progress, Result


class ImportOut(BaseModel):
    """An import with everything known of it. error: one sentence, when it failed; nothing was changed then."""

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
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportPreview(BaseModel):
    """The first rows exactly as they would be stored."""

    rows: list[PreviewRow]


class RejectOut(BaseModel):
    """A row that was not taken: its line in the file, why (code and sentence), the column at fault, its cells."""

    line: int
    reason: str
    sentence: str
    field: str
    cells: list[str]
