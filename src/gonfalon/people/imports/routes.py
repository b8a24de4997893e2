"""Imports over HTTP."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.bodies import MEBIBYTE, accepts
from gonfalon.kit.numbers import read_whole
from gonfalon.kit.paging import ById, ByNumber, Page
from gonfalon.kit.sheets import MARK, written
from gonfalon.people.imports import actions, store, trials, undoing
from gonfalon.people.imports.model import Plan, Reading
from gonfalon.people.imports.outcomes import Undone
from gonfalon.people.imports.reasons import LEFT_OUT, REASONS
from gonfalon.people.imports.rules import MAX_FILE
from gonfalon.people.imports.schemas import ImportOut, ImportPreview, RejectOut

router = APIRouter(tags=["imports"], prefix="/workspaces/{workspace}/imports")
REJECTS_A_PART = 2_000
"""Bytes the upload takes: a little over a file's, so that our own sentence answers first."""


@router.post(
    "",
    operation_id="upload_import",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
@accepts(MAX_FILE + MEBIBYTE)
async def upload_import(
    request: Request, ctx: Ctx, file_name: Annotated[str, Query(max_length=255, description="What the file is called")]
) -> ImportOut:
    """Take a CSV or Excel file (the raw bytes as the body) and says what it looks like, with a plan that would do."""
    announced = request.headers.get("content-length", "")
    made = await actions.upload_import(ctx, file_name, request.stream(), read_whole(announced))
    return ImportOut.model_validate(made)


@router.get("", operation_id="list_imports")
async def list_imports(ctx: Ctx, page: ById) -> Page[ImportOut]:
    """Import, the newest first."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        found = await store.list_imports(ctx, connection, page)
    return page.of(found, ImportOut)


@router.get("/{import_id}", operation_id="get_import")
async def get_import(import_id: UUID, ctx: Ctx) -> ImportOut:
    """Return one import; ask again while it runs to show its progress."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        return ImportOut.model_validate(await store.find_import(connection, ctx.workspace.id, import_id))


@router.put("/{import_id}/reading", operation_id="read_import_differently")
async def read_differently(import_id: UUID, body: Reading, ctx: Ctx) -> ImportOut:
    """Look at the file again with another encoding, delimiter or header."""
    return ImportOut.model_validate(await actions.read_differently(ctx, import_id, body))


@router.post("/{import_id}/preview", operation_id="preview_import")
async def preview_import(import_id: UUID, body: Plan, ctx: Ctx) -> ImportPreview:
    """Return the first 20 rows exactly as the plan would store them, or why they would be rejected."""
    rows, keys = await actions.preview_import(ctx, import_id, body)
    return ImportPreview(rows=rows, keys=keys)


@router.post("/{import_id}/trial", operation_id="try_import", status_code=202)
async def try_import(import_id: UUID, body: Plan, ctx: Ctx) -> ImportOut:
    """Begin to find out what the plan would do, without doing it; `trial` of the import then says it."""
    return ImportOut.model_validate(await trials.start_trial(ctx, import_id, body))


@router.post("/{import_id}/undo/preview", operation_id="preview_import_undo")
async def preview_undo(import_id: UUID, ctx: Ctx) -> Undone:
    """Return what undoing the import would do and leave; nothing is changed."""
    return await undoing.preview_undo(ctx, import_id)


@router.post("/{import_id}/undo", operation_id="undo_import", status_code=202)
async def undo_import(import_id: UUID, ctx: Ctx) -> ImportOut:
    """Begin to undo an import of the last seven days; `undo` of the import then says what it did and left."""
    return ImportOut.model_validate(await undoing.start_undo(ctx, import_id))


@router.post("/{import_id}/start", operation_id="start_import", status_code=202)
async def start_import(import_id: UUID, body: Plan, ctx: Ctx) -> ImportOut:
    """Begin the import in the background. Starting twice imports once."""
    return ImportOut.model_validate(await actions.start_import(ctx, import_id, body))


@router.post("/{import_id}/cancel", operation_id="cancel_import")
async def cancel_import(import_id: UUID, ctx: Ctx) -> ImportOut:
    """End an import that waits or runs; nothing of it stays."""
    return ImportOut.model_validate(await actions.cancel_import(ctx, import_id))


@router.get("/{import_id}/rejects", operation_id="list_import_rejects")
async def list_rejects(import_id: UUID, ctx: Ctx, page: ByNumber) -> Page[RejectOut]:
    """Return rows that were not taken, or not whole, in the file's order."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        await store.find_import(connection, ctx.workspace.id, import_id)
        line = page.after[0] if page.after else 0
        rows = await store.rejects_after(ctx, connection, import_id, line, page.fetch)
    sentences = REASONS[ctx.workspace.language]
    items = [
        RejectOut(
            line=row.line,
            taken=row.taken,
            reason=row.reason,
            sentence=sentences[row.reason],
            field=row.field,
            cells=json.loads(row.raw),
        )
        for row in page.shown(rows)
    ]
    return Page(items=items, next_cursor=page.next_cursor(rows, "line"))


@router.get(
    "/{import_id}/rejects.csv",
    operation_id="download_import_rejects",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "The rejected rows with the reason of each."}},
)
async def download_rejects(import_id: UUID, ctx: Ctx) -> StreamingResponse:
    """Return the rejected rows as CSV: line, reason and column first, then the cells of the file."""
    ctx.require(Permission.PEOPLE_IMPORT)
    async with ctx.reading() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id)
    names = [column.name for column in found.detected.columns]
    return StreamingResponse(
        rejects_csv(ctx, import_id, names),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="rejected-{import_id}.csv"'},
    )


async def rejects_csv(ctx: Context, import_id: UUID, names: list[str]) -> AsyncIterator[str]:
    """Return the rejected rows as CSV text, a part at a time: line, reason and column, then the cells of the file."""
    language, line = ctx.workspace.language, 0

    def said(row: Any) -> str:
        reason = REASONS[language][row.reason]
        return LEFT_OUT[language].format(reason=reason) if row.taken else reason

    yield MARK + written([["line", "reason", "column", *names]])
    while True:
        async with ctx.reading() as connection:
            rows = await store.rejects_after(ctx, connection, import_id, line, REJECTS_A_PART)
        if not rows:
            return
        yield written([[row.line, said(row), row.field, *json.loads(row.raw)] for row in rows])
        line = rows[-1].line
