"""The campaign report over HTTP."""

from __future__ import annotations

import asyncio
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response, StreamingResponse

from gonfalon.accounts.auth import Ctx
from gonfalon.insights.report import actions, csv, pdf
from gonfalon.insights.report.model import Cell, ReportMoment, Side, Step
from gonfalon.insights.report.schemas import (
    BreakdownRowOut,
    CellIn,
    KeyNumbersOut,
    PeopleBehind,
    ReportOut,
    key_numbers_out,
    person_behind,
    report_out,
)
from gonfalon.kit.days import Moment
from gonfalon.kit.paging import ById, ByNumber, Page, encode_cursor
from gonfalon.metrics.routes import Language

router = APIRouter(tags=["insights"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/report"


def cell(
    metric: Annotated[str, Query(max_length=40, description="Key in the metric catalogue")] = "audience",
    touchpoint_id: UUID | None = None,
    reason: Annotated[str | None, Query(max_length=32, description="Of withheld, failed or unknown messages")] = None,
    link: Annotated[
        int | None, Query(ge=0, le=32767, description="Of clicks and conversions; needs touchpoint_id")
    ] = None,
    attribute: Annotated[str | None, Query(max_length=63)] = None,
    value: Annotated[str | None, Query(max_length=1000)] = None,
    low: Annotated[float | None, Query(allow_inf_nan=False)] = None,
    high: Annotated[float | None, Query(allow_inf_nan=False)] = None,
    unknown: bool = False,
    other: bool = False,
    side: Annotated[Side | None, Query(description="People of the comparison instead of a metric")] = None,
    event: Annotated[str | None, Query(max_length=200, description="With `side`: those who had it")] = None,
) -> Cell:
    """Return which number of the report is meant."""
    return CellIn(
        metric=metric,
        touchpoint_id=touchpoint_id,
        reason=reason,
        link=link,
        attribute=attribute,
        value=value,
        low=low,
        high=high,
        unknown=unknown,
        other=other,
        side=side,
        event=event,
    ).cell()


@router.get("/workspaces/{workspace}/reports", operation_id="list_reports")
async def list_reports(
    ctx: Ctx,
    page: ById,
    q: Annotated[str, Query(max_length=200, description="Words in the campaign's name")] = "",
    campaign: Annotated[
        list[UUID] | None, Query(max_length=200, description="Only these, launched or not, without paging")
    ] = None,
) -> Page[KeyNumbersOut]:
    """Return every figure of each campaign as a whole, the newest first; without `campaign` those with something
    launched."""
    if campaign is not None:
        numbers, more = await actions.read_key_numbers(ctx, campaign), False
    else:
        numbers, more = await actions.list_reports(ctx, page.after[0] if page.after else None, page.limit, q)
    items = [key_numbers_out(each) for each in numbers]
    return Page(items=items, next_cursor=encode_cursor(items[-1].campaign_id) if more else None)


@router.get(_PATH, operation_id="get_report")
async def get_report(campaign_id: UUID, ctx: Ctx) -> ReportOut:
    """Return every figure of the campaign as of now."""
    return report_out(await actions.read_report(ctx, campaign_id))


@router.get(
    _PATH + "/pdf",
    operation_id="get_report_pdf",
    response_class=Response,
    responses={200: {"content": {"application/pdf": {}}}},
)
async def get_report_pdf(campaign_id: UUID, ctx: Ctx, language: Language | None = None) -> Response:
    """Return the report as a document to print or pass on."""
    report, series, step = await actions.read_printed(ctx, campaign_id)
    wanted = language or ctx.workspace.language
    document = await asyncio.to_thread(pdf.write, report, ctx.workspace, wanted, series, step)
    return _file(Response(document, media_type="application/pdf"), f"{report.plan.name}.pdf")


@router.get(
    _PATH + "/csv",
    operation_id="get_report_csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
)
async def get_report_csv(campaign_id: UUID, ctx: Ctx, language: Language | None = None) -> Response:
    """Return every figure of every touchpoint, of people held out and of the campaign, as a table for a spreadsheet."""
    report = await actions.read_report(ctx, campaign_id)
    made = csv.figures_file(report, language or ctx.workspace.language)
    return _file(Response(made, media_type="text/csv; charset=utf-8"), f"{report.plan.name}.csv")


@router.get(_PATH + "/breakdown", operation_id="get_report_breakdown")
async def get_report_breakdown(
    campaign_id: UUID,
    ctx: Ctx,
    attribute: Annotated[str, Query(max_length=63, description="Key of a declared attribute")],
    touchpoint_id: UUID | None = None,
) -> list[BreakdownRowOut]:
    """Return every figure for each part of an attribute's values; dates by year, many numbers in five ranges."""
    rows = await actions.read_breakdown(ctx, campaign_id, attribute, touchpoint_id)
    return [BreakdownRowOut(bucket=r.bucket, figures=dict(r.figures)) for r in rows]


@router.get(_PATH + "/series", operation_id="get_report_series")
async def get_report_series(
    campaign_id: UUID,
    ctx: Ctx,
    step: Step = Step.HOUR,
    since: Moment | None = None,
    touchpoint_id: UUID | None = None,
) -> list[ReportMoment]:
    """Return what happened when, by the workspace's clock; empty steps are left out.

    Without `since`: the last 3 hours, 14 days or 2 years.
    """
    moments = await actions.read_series(ctx, campaign_id, step, since or ctx.now - step.span, touchpoint_id)
    return list(moments)


@router.get(_PATH + "/people", operation_id="list_report_people")
async def list_report_people(
    campaign_id: UUID, ctx: Ctx, which: Annotated[Cell, Depends(cell)], page: ByNumber
) -> PeopleBehind:
    """Return the people behind one number of the report."""
    after = page.after[0] if page.after else 0
    rows, total, following, orders = await actions.list_people(ctx, campaign_id, which, after, page.limit)
    return PeopleBehind(
        items=[person_behind(row, orders.get(row.id, [])) for row in rows],
        next_cursor=None if following is None else encode_cursor(following),
        total=total,
    )


@router.post(
    _PATH + "/exports",
    operation_id="export_report_people",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}, "description": "A line per person, UTF-8."}},
)
async def export_report_people(campaign_id: UUID, body: CellIn, ctx: Ctx) -> Response:
    """Return the people behind one number of the report as a file; needs the permission to export people.

    A POST although it changes nothing but the audit trail: what leaves the product is written down.
    """
    which = body.cell()
    columns, slices = await actions.export_people(ctx, campaign_id, which)
    lines = csv.lines(columns, slices, ctx.workspace.currency)
    return _file(StreamingResponse(lines, media_type="text/csv; charset=utf-8"), f"{which.side or which.metric}.csv")


def _file(response: Response, name: str) -> Response:
    plain = "".join(letter if (letter.isascii() and letter.isalnum()) or letter in "-_. " else "_" for letter in name)
    response.headers["content-disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
