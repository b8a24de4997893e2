"""Record an entry, take in many, and reverse a wrong one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.approvals.model import Subject, SubjectKind
from gonfalon.approvals.subjects import check_approved
from gonfalon.kit.errors import Conflict, GonfalonError, Invalid
from gonfalon.kit.ids import new_id
from gonfalon.kit.money import check_currency
from gonfalon.planning.budget import rules, store
from gonfalon.planning.budget.approval import check_orders
from gonfalon.planning.budget.entries import store as entries
from gonfalon.planning.budget.model import BudgetSettings, EntryDraft, EntryKind, Source, SpendEntry
from gonfalon.planning.budget.store import Rates
from gonfalon.planning.campaigns.model import Campaign
from gonfalon.planning.campaigns.store import lock_campaign

FARTHEST = timedelta(days=3660)


async def record_entry(ctx: Context, campaign_id: UUID, draft: EntryDraft, source: Source) -> UUID:
    """Enter an order or a bill; return its id. With an external id that is there already, nothing changes.

    Raises Conflict for an order while the campaign's budget needs an approval (`approval_needed`) or beyond what of it
    is planned (`order_beyond_plan`), and for an external id of something else (`external_id_taken`).
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state, draft.kind)
        line = await store.find_line(ctx, connection, draft.line_id, campaign_id)
        known = await entries.by_external_id(ctx, connection, [draft.external_id] if draft.external_id else [])
        booking = await load_booking(ctx, connection, campaign_id, [draft])
        row = booking.values(ctx, draft, source)
        if known:
            return same_entry(known[draft.external_id or ""], row).id
        if draft.kind is EntryKind.COMMITMENT:
            await check_approved(ctx, connection, Subject(SubjectKind.BUDGET, campaign_id))
        await entries.insert_entries(connection, [row])
        await store.recount(ctx, connection, [draft.line_id])
        if draft.kind is EntryKind.COMMITMENT:
            await check_orders(ctx, connection, campaign_id, [draft.line_id])
        await ctx.audit(
            connection,
            "spend.recorded",
            "campaign",
            campaign_id,
            campaign.name,
            line=str(line.id),
            line_name=line.name,
            **_told(row),
        )
    entry_id: UUID = row["id"]
    return entry_id


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one draft of many: written, known already, or why not."""

    draft: EntryDraft
    state: str
    problem: GonfalonError | None = None


async def take_entries(
    ctx: Context, campaign_id: UUID, drafts: list[EntryDraft], source: Source, *, apply: bool
) -> list[Taken]:
    """Take in many entries at once: those that can be, each exactly once; `apply` False only looks.

    A draft that cannot be entered stops none of the others; orders that go beyond a plan which needs an approval stop
    all (`order_beyond_plan`). Every draft has an external id.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state)
        refused = await _orders_refused(ctx, connection, campaign, drafts)
        booking = await load_booking(ctx, connection, campaign_id, drafts)
        known = await entries.by_external_id(ctx, connection, [draft.external_id or "" for draft in drafts])
        taken: list[Taken] = []
        rows: dict[str, dict[str, Any]] = {}
        for draft in drafts:
            key = draft.external_id or ""
            try:
                row = booking.values(ctx, draft, source)
                if key in known:
                    same_entry(known[key], row)
                    taken.append(Taken(draft, "known"))
                elif key in rows:
                    raise Conflict("external_id_twice", "The same number stands in the file twice.")
                elif refused and draft.kind is EntryKind.COMMITMENT:
                    raise refused
                else:
                    rows[key] = row
                    taken.append(Taken(draft, "new"))
            except GonfalonError as problem:
                taken.append(Taken(draft, "wrong", problem))
        if apply and rows:
            for start in range(0, len(rows), 1000):
                await entries.insert_entries(connection, list(rows.values())[start : start + 1000])
            await store.recount(ctx, connection, {row["line_id"] for row in rows.values()})
            orders = {row["line_id"] for row in rows.values() if row["kind"] == EntryKind.COMMITMENT.value}
            await check_orders(ctx, connection, campaign_id, orders)
            await ctx.audit(
                connection,
                "spend.imported",
                "campaign",
                campaign_id,
                campaign.name,
                entries=len(rows),
                known=sum(each.state == "known" for each in taken),
                wrong=sum(each.state == "wrong" for each in taken),
                counted_minor=sum(row["counted_minor"] for row in rows.values() if row["kind"] != "commitment"),
            )
    return taken


async def reverse_entry(ctx: Context, campaign_id: UUID, entry_id: UUID, reason: str) -> UUID:
    """Reverse an entry by a counter-entry of today; return that one's id. Both stay to be seen.

    Raises Conflict for one that is reversed already, or is itself a counter-entry.
    """
    ctx.require(Permission.CAMPAIGNS_WRITE)
    if not reason.strip():
        raise Invalid("reason_missing", "Say why the entry is taken back.")
    async with ctx.transaction() as connection:
        campaign = await lock_campaign(ctx, connection, campaign_id)
        rules.check_open(campaign.state)
        before = await entries.find_entry(ctx, connection, campaign_id, entry_id)
        line = await store.find_line(ctx, connection, before.line_id, campaign_id)
        if before.reverses_id is not None or before.kind is EntryKind.ADJUSTMENT:
            raise Conflict("entry_is_reversal", "This entry cannot be taken back; enter the right amount instead.")
        row = reversal_of(ctx, before, reason.strip())
        if not await entries.insert_entries(connection, [row]):
            raise Conflict("entry_reversed", "This entry is taken back already.")
        await store.recount(ctx, connection, [before.line_id])
        await ctx.audit(
            connection,
            "spend.reversed",
            "campaign",
            campaign_id,
            campaign.name,
            line=str(line.id),
            line_name=line.name,
            reversed=str(entry_id),
            reason=reason.strip(),
            **_told(row),
        )
    reversal: UUID = row["id"]
    return reversal


def reversal_of(ctx: Context, before: SpendEntry, note: str) -> dict[str, Any]:
    """Return the columns of the counter-entry of today that takes an entry back."""
    copied = {name: value for name, value in asdict(before).items() if name != "created_at"}
    amounts = ("net_minor", "gross_minor", "home_net_minor", "home_gross_minor", "counted_minor")
    return copied | {
        "id": new_id(),
        "day": ctx.today,
        "note": note,
        "source": Source.MANUAL.value,
        # Two who take it back at once: the second finds this id taken.
        "external_id": f"reversal:{before.id}",
        "reverses_id": before.id,
        "entered_by": ctx.actor.name,
        **{name: -getattr(before, name) for name in amounts},
    }


@dataclass(frozen=True, slots=True)
class Booking:
    """What entering depends on: rates, how the workspace counts, the campaign's lines and its open orders."""

    settings: BudgetSettings
    rates: Rates
    campaign_id: UUID
    lines: frozenset[UUID]
    orders: dict[UUID, UUID]

    def values(self, ctx: Context, draft: EntryDraft, source: Source) -> dict[str, Any]:
        """Return the columns of an entry; raises Invalid for what makes no sense, e.g. a currency without a rate."""
        if draft.line_id not in self.lines:
            raise Invalid("budget_line_unknown", "There is no such budget line in this campaign any more.")
        if draft.amount_minor == 0:
            raise Invalid("amount_missing", "Give an amount above nothing.")
        if draft.tax_rate < 0:
            raise Invalid("amount_negative", "A tax rate must not be negative.")
        if draft.kind is EntryKind.ADJUSTMENT:
            raise Invalid("entry_kind", "An adjustment is made by changing the line's total.")
        if draft.kind is EntryKind.CREDIT and draft.commitment_id is not None:
            raise Invalid("credit_settles", "A credit note settles no order; leave the order out.")
        if abs(draft.day - ctx.today) > FARTHEST:
            raise Invalid("entry_day", "That day is more than ten years away; look at the year.")
        currency = check_currency(draft.currency or ctx.workspace.currency)
        amount = rules.check_amount(draft.amount_minor)
        # A credit note is given by its amount, and lowers what was spent.
        sign = -1 if draft.kind is EntryKind.CREDIT else 1
        if draft.includes_tax:
            net, gross = rules.without_tax(amount, draft.tax_rate), amount
        else:
            net, gross = amount, rules.check_amount(rules.with_tax(amount, draft.tax_rate))
        rate = self.rates.at(currency, draft.day)
        home = ctx.workspace.currency
        home_net, home_gross = (rules.check_amount(rules.convert(each, currency, home, rate)) for each in (net, gross))
        entry_id = new_id()
        commitment_id = entry_id if draft.kind is EntryKind.COMMITMENT else draft.commitment_id
        if commitment_id not in (None, entry_id) and self.orders.get(commitment_id) != draft.line_id:
            raise Invalid("commitment_unknown", "There is no such order on this line; choose another one.")
        return {
            "id": entry_id,
            "workspace_id": ctx.workspace.id,
            "campaign_id": self.campaign_id,
            "line_id": draft.line_id,
            "kind": draft.kind.value,
            "day": draft.day,
            "currency": currency,
            "net_minor": sign * net,
            "gross_minor": sign * gross,
            "tax_rate": draft.tax_rate,
            "rate": rate,
            "home_net_minor": sign * home_net,
            "home_gross_minor": sign * home_gross,
            "counted_minor": sign * rules.counted(home_net, home_gross, self.settings.counts),
            "supplier": draft.supplier.strip(),
            "reference": draft.reference.strip(),
            "note": draft.note.strip(),
            "source": source.value,
            "external_id": draft.external_id or None,
            "commitment_id": commitment_id,
            "reverses_id": None,
            "entered_by": ctx.actor.name,
        }


async def load_booking(
    ctx: Context, connection: AsyncConnection, campaign_id: UUID, drafts: list[EntryDraft]
) -> Booking:
    """Load what entering the drafts depends on, in four questions however many they are."""
    lines = await store.list_lines(ctx, connection, campaign_id)
    asked = {draft.commitment_id for draft in drafts if draft.commitment_id is not None}
    orders = {}
    for commitment_id in asked:
        row = await entries.find_entry(ctx, connection, campaign_id, commitment_id)
        if row.kind is EntryKind.COMMITMENT and row.reverses_id is None:
            orders[row.id] = row.line_id
    currencies = {check_currency(draft.currency) for draft in drafts if draft.currency}
    return Booking(
        await store.load_settings(ctx, connection),
        await store.load_rates(ctx, connection, currencies),
        campaign_id,
        frozenset(line.id for line in lines),
        orders,
    )


def same_entry(known: SpendEntry, row: dict[str, Any]) -> SpendEntry:
    """Return the known entry, when the row says the same; raises Conflict when its external id is another entry's."""
    for name in ("campaign_id", "line_id", "kind", "day", "currency", "net_minor", "gross_minor"):
        if getattr(known, name) != row[name]:
            raise Conflict(
                "external_id_taken",
                f"Another entry has the number “{known.external_id}” already; entries are not changed: take that one "
                "back, and enter the right one under a new number.",
                entry=str(known.id),
                number=known.external_id,
            )
    return known


async def _orders_refused(
    ctx: Context, connection: AsyncConnection, campaign: Campaign, drafts: list[EntryDraft]
) -> GonfalonError | None:
    if not any(draft.kind is EntryKind.COMMITMENT for draft in drafts):
        return None
    try:
        rules.check_open(campaign.state, EntryKind.COMMITMENT)
        await check_approved(ctx, connection, Subject(SubjectKind.BUDGET, campaign.id))
    except GonfalonError as problem:
        return problem
    return None


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told = ("kind", "currency", "net_minor", "gross_minor", "counted_minor", "supplier", "reference", "source")
    return {"entry": str(row["id"]), "day": row["day"].isoformat()} | {name: row[name] for name in told}
