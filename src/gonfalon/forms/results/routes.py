"""Results over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from gonfalon.accounts.auth import Ctx
from gonfalon.forms.results import actions, rules, store
from gonfalon.forms.results.model import FormResults
from gonfalon.kit.sheets import MARK, written

router = APIRouter(tags=["forms"], prefix="/workspaces/{workspace}/forms/{form_id}")


@router.get("/results", operation_id="get_form_results")
async def get_results(
    form_id: UUID,
    ctx: Ctx,
    by_field: Annotated[str, Query(max_length=40, description="Compare by the values of this field")] = "",
    by_event: Annotated[str, Query(max_length=200, description="Compare those who ever did this with others")] = "",
) -> FormResults:
    """Count what the answers say."""
    return await actions.count_results(ctx, form_id, by_field, by_event)


@router.post(
    "/answers/exports",
    operation_id="export_form_answers",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "The answers that count, the oldest first"}},
)
async def export_answers(form_id: UUID, ctx: Ctx) -> StreamingResponse:
    """Export the answers that count, a line each."""
    form = await actions.note_export(ctx, form_id)
    definition = form.definition

    async def lines() -> AsyncIterator[str]:
        yield MARK + written([["at", "person_id", "version", *rules.headings(definition)]])
        async with ctx.reading() as connection:
            async for part in store.stream_answers(ctx, connection, form_id):
                yield written(
                    [row.at.isoformat(), row.person_id, row.number, *rules.line(definition, row[3])] for row in part
                )

    return StreamingResponse(
        lines(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="answers-{form_id}.csv"'},
    )
