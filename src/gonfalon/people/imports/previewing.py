"""The first rows of a file as they would be stored. Blocking, pure."""

from __future__ import annotations

import json
from pathlib import Path

from gonfalon.people.imports import files
from gonfalon.people.imports.model import PreviewRow
from gonfalon.people.imports.recipe import SEVERITY, Recipe
from gonfalon.people.imports.rows import NULL, STAGE_COLUMNS, staged_line

PREVIEWED = 20


def preview(path: Path, recipe: Recipe) -> list[PreviewRow]:
    """Return the first 20 rows exactly as they would be stored: read back from the very lines that COPY would get."""
    shown: list[PreviewRow] = []
    with files.open_body(path, recipe.reading) as (rows, _):
        for row in rows:
            shown.append(_previewed(staged_line(row, recipe)))
            if len(shown) >= PREVIEWED:
                break
    return shown


def _previewed(line: str) -> PreviewRow:
    cells = [None if cell == NULL else _unescaped(cell) for cell in line.rstrip("\n").split("\t")]
    found = dict(zip(STAGE_COLUMNS, cells, strict=True))
    reason = found["reason"]
    return PreviewRow(
        line=int(found["line"] or 0),
        email=None if reason else found["email"],
        phone=None if reason else found["phone"],
        external_id=None if reason else found["external_id"],
        attributes=json.loads(found["attributes"] or "{}"),
        tags=json.loads(found["tags"] or "[]"),
        consent=SEVERITY[int(found["answer"] or 0)],
        taken=not reason,
        reason=reason or found["note"] or "",
        field=found["field"] or "",
    )


def _unescaped(cell: str) -> str:
    if "\\" not in cell:
        return cell
    letters = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    parts = cell.split("\\\\")
    return "\\".join(
        "".join(letters[bit[0]] + bit[1:] if index else bit for index, bit in enumerate(part.split("\\")))
        for part in parts
    )
