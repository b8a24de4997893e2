"""Pure decisions on campaigns."""

from __future__ import annotations

from datetime import date

from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.planning.campaigns.model import Need, Stage, StageFacts
from gonfalon.planning.model import CampaignState as S

STAGES = tuple(Stage)
DEEPEST = 4
"""Levels of campaigns within campaigns."""

_MOVES: dict[S, frozenset[S]] = {
    S.PLANNED: frozenset({S.RUNNING, S.ARCHIVED}),
    S.RUNNING: frozenset({S.ENDED, S.ARCHIVED}),
    S.ENDED: frozenset({S.RUNNING, S.ARCHIVED}),
    S.ARCHIVED: frozenset({S.PLANNED, S.RUNNING, S.ENDED}),
}


def check_dates(starts_on: date | None, ends_on: date | None) -> None:
    """Raise Invalid when a campaign would end before it begins."""
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid("campaign_dates", "The campaign ends before it begins; move one of the two dates.")


def check_move(present: S, wanted: S, *, sending: bool, ends_on: date | None, today: date) -> None:
    """Raise Conflict for a change of state that makes no sense. `sending`: messages still wait to leave."""
    if wanted is present:
        return
    if wanted not in _MOVES[present]:
        raise Conflict(
            "campaign_state",
            f"A campaign that is {present.value} cannot become {wanted.value}.",
            present=present.value,
            wanted=wanted.value,
        )
    if sending and wanted in (S.ENDED, S.ARCHIVED, S.PLANNED):
        raise Conflict("campaign_sending", "Messages of this campaign still wait to be sent; cancel them first.")
    if wanted is S.RUNNING and ends_on is not None and ends_on < today:
        raise Conflict(
            "campaign_over",
            f"The campaign's last day was {ends_on.isoformat()}; move that date first.",
            day=ends_on.isoformat(),
        )


def stage_of(present: Stage, wanted: S) -> Stage:
    """Return the stage of a campaign that somebody starts, ends, reopens or archives.

    An archived one keeps its stage.
    """
    if wanted is S.ARCHIVED or present.state is wanted:
        return present
    return {S.PLANNED: Stage.PLAN, S.RUNNING: Stage.LAUNCH, S.ENDED: Stage.LEARN}[wanted]


def needs(stage: Stage, facts: StageFacts) -> tuple[Need, ...]:
    """Return what the stage asks for before it is left, in the order one would see to it.

    The last stage is not left: what it asks for is what makes a campaign complete.
    """
    match stage:
        case Stage.PLAN:
            return (
                Need("leader", facts.has_leader),
                Need("goal", facts.has_goal),
                Need("dates", facts.has_dates),
                Need("budget", facts.budget_lines > 0),
            )
        case Stage.AUDIENCE:
            return (
                Need("touchpoints", facts.touchpoints > 0),
                Need("audiences", facts.without_audience == 0, facts.without_audience),
            )
        case Stage.CREATE:
            return (
                Need("touchpoints", facts.touchpoints > 0),
                Need("content", facts.without_content == 0, facts.without_content),
            )
        case Stage.LAUNCH:
            return (
                Need("launched", facts.unlaunched == 0, facts.unlaunched),
                Need("sent", not facts.sending),
            )
        case Stage.LEARN:
            return (Need("retrospective", facts.looked_back),)


def check_stage(present: Stage, wanted: Stage, asked: tuple[Need, ...], reason: str) -> None:
    """Raise Conflict for a step forward while something asked for is missing and no reason is given.

    Going back needs nothing; a step forward passes one stage at a time, so that each is looked at.
    """
    ahead = STAGES.index(wanted) - STAGES.index(present)
    if ahead <= 0:
        return
    if ahead > 1:
        following = STAGES[STAGES.index(present) + 1]
        raise Conflict(
            "stage_skipped",
            f"A campaign in {present.value} goes on to {following.value} next.",
            present=present.value,
            following=following.value,
        )
    missing = [need.code for need in asked if not need.met]
    if missing and not reason.strip():
        raise Conflict(
            "stage_needs",
            f"Before leaving {present.value}, see to: {', '.join(missing)}. To go on without, say why.",
            missing=missing,
            present=present.value,
        )
