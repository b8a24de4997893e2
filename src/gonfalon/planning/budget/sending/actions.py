"""Enter what sent messages cost on the budget lines that pay for them."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter

from gonfalon.accounts.context import Context
from gonfalon.kit.errors import GonfalonError
from gonfalon.kit.log import log
from gonfalon.kit.money import to_decimal
from gonfalon.planning.budget.entries.actions import take_entries
from gonfalon.planning.budget.model import EntryDraft, EntryKind, Source
from gonfalon.planning.budget.sending.reading import SentCost, list_costs


async def enter_costs(ctx: Context) -> int:
    """Enter the messages of days that are over, once each, in the provider's currency; return how many entries.

    What no budget line pays for, or has no exchange rate, stays unentered and wants attention until it has.
    """
    costs = [each for each in await ctx.read(list_costs, ctx.today) if each.day.line_id is not None]
    entered = 0
    for campaign_id, of_campaign in groupby(costs, key=attrgetter("day.campaign_id")):
        drafts = [_draft(each) for each in of_campaign]
        try:
            taken = await take_entries(ctx, campaign_id, drafts, Source.CHANNEL, apply=True)
        except GonfalonError as error:  # an archived campaign keeps none of the others waiting
            log.warning("costs_not_entered", workspace=ctx.workspace.slug, campaign=str(campaign_id), why=error.code)
            continue
        entered += sum(each.state == "new" for each in taken)
    return entered


def _draft(cost: SentCost) -> EntryDraft:
    sent, price = cost.day, cost.price
    assert sent.line_id is not None
    one = to_decimal(price.amount, price.currency)
    return EntryDraft(
        line_id=sent.line_id,
        kind=EntryKind.MEDIA,
        day=sent.day,
        amount_minor=cost.amount_minor,
        currency=price.currency,
        reference=sent.name[:200],
        note=f"{sent.messages} × {one} {price.currency}",
        external_id=sent.external_id,
    )
