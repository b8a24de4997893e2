"""Pure decisions on campaigns."""

from __future__ import annotations

from datetime import date

from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.model import CampaignState as S

_MOVES: dict[S, frozenset[S]] = {
    S.PLANNED: frozenset({S.RUNNING, S.ARCHIVED}),
    S.RUNNING: frozenset({S.ENDED, S.ARCHIVED}),
    S.ENDED: frozenset({S.RUNNING, S.ARCHIVED}),
    S.ARCHIVED: frozenset({S.PLANNED, S.RUNNING, S.ENDED}),
}


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Raises Invalid when a campaign would end before it begins."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("campaign_dates", "The campaign ends before it begins; move one of the two dates.")


def check_move(present: S, wanted: S, *, sending: bool, ends_on: date | None, today: date) -> None:
    """Raises Conflict for a change of state that makes no sense. `sending`: messages still wait to leave."""
    if wanted is present:
        return
    if wanted not in _MOVES[present]:
        raise Conflict("campaign_state", f"A campaign that is {present.value} cannot become {wanted.value}.")
    if sending and wanted in (S.ENDED, S.ARCHIVED, S.PLANNED):
        raise Conflict("campaign_sending", "Messages of this campaign still wait to be sent; cancel them first.")
    if wanted is S.RUNNING and ends_on is not None and ends_on < today:
        raise Conflict("campaign_over", f"The campaign's last day was {ends_on.isoformat()}; move that date first.")
