"""Orders and bills over HTTP."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from gonfalon.accounts.auth import Ctx
from gonfalon.accounts.model import Permission
from gonfalon.kit.paging import ById, Page
from gonfalon.planning.budget import store as budget
from gonfalon.planning.budget.entries import actions, store
from gonfalon.planning.budget.entries.reading import ImportDefaults, read_entries
from gonfalon.planning.budget.entries.schemas import (
    ReversalIn,
    SpendEntered,
    SpendImportIn,
    SpendImportOut,
    SpendImportRow,
)
from gonfalon.planning.budget.model import EntryDraft, EntryKind, ListedEntry, Source
from gonfalon.planning.campaigns.store import see_campaign
from gonfalon.planning.sheets import WrongCell, order_in

router = APIRouter(tags=["budget"])
_PATH = "/workspaces/{workspace}/campaigns/{campaign_id}/budget/entries"


@router.get(_PATH, operation_id="list_spend_entries")
async def list_entries(campaign_id: UUID, ctx: Ctx, page: ById, line_id: UUID | None = None) -> Page[ListedEntry]:
    """Return orders, bills and what took them back, the newest first."""
    ctx.require(Permission.CAMPAIGNS_READ)
    async with ctx.reading() as connection:
        await see_campaign(ctx, connection, campaign_id)
        rows = await store.list_entries(ctx, connection, campaign_id, page, line_id)
    return page.as_read(rows)


@router.post(_PATH, operation_id="record_spend_entry", status_code=201)
async def record_entry(campaign_id: UUID, body: EntryDraft, ctx: Ctx) -> SpendEntered:
    """Enter an order or a bill. With an `external_id` that is entered already, answers that entry's id.

    409 `approval_needed` for an order while the budget waits for its approval.
    """
    source = Source.API if ctx.actor.kind == "key" else Source.MANUAL
    return SpendEntered(id=await actions.record_entry(ctx, campaign_id, body, source))


@router.post(_PATH + "/import", operation_id="import_spend_entries")
async def import_entries(campaign_id: UUID, body: SpendImportIn, ctx: Ctx) -> SpendImportOut:
    """Read a CSV of bills or media spend, at most 5,000 rows; with `apply` enters those that can be, each once."""
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.reading() as connection:
        lines = await budget.list_lines(ctx, connection, campaign_id)
    found = read_entries(
        body.text,
        {line.name.casefold(): line.id for line in lines},
        ImportDefaults(
            ctx.workspace.currency, order_in(ctx), body.line_id, EntryKind(body.kind) if body.kind else None
        ),
    )
    drafts = [draft for _, draft in found.rows]
    taken = await actions.take_entries(ctx, campaign_id, drafts, Source.CSV, apply=body.apply)
    wrong = list(found.wrong)
    rows = []
    for (number, draft), each in zip(found.rows, taken, strict=True):
        rows.append(SpendImportRow.model_validate(_row(number, draft, each.state)))
        if each.problem is not None:
            code = each.problem.code
            column = "currency" if code == "rate_missing" else "external" if code.startswith("external") else "amount"
            value = draft.currency or "" if column == "currency" else ""
            wrong.append(WrongCell(number=number, column=column, code=code, value=value))
    return SpendImportOut(
        rows=rows,
        wrong=sorted(wrong, key=lambda each: each.number),
        total=found.total,
        new=sum(each.state == "new" for each in taken),
        known=sum(each.state == "known" for each in taken),
        applied=body.apply,
        reading=found.reading,
    )


@router.post(_PATH + "/{entry_id}/reversal", operation_id="reverse_spend_entry", status_code=201)
async def reverse_entry(campaign_id: UUID, entry_id: UUID, body: ReversalIn, ctx: Ctx) -> SpendEntered:
    """Take an entry back by a counter-entry; both stay to be seen."""
    return SpendEntered(id=await actions.reverse_entry(ctx, campaign_id, entry_id, body.reason))


def _row(number: int, draft: object, state: str) -> dict[str, object]:
    names = ("line_id", "kind", "day", "amount_minor", "currency", "supplier", "reference")
    return {"number": number, "state": state} | {name: getattr(draft, name) for name in names}
