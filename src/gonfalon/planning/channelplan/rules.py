"""Find what is missing from a channel plan, and which ticks count. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from gonfalon.kit.errors import Invalid
from gonfalon.planning.channelplan.checklists import CHECKLISTS
from gonfalon.planning.channelplan.model import GapKind, PathStage, PlanGap
from gonfalon.planning.model import TouchpointChannel

MOST_SEGMENTS = 50
MOST_CONTACTS = 400


def gaps(segments: Mapping[UUID, bool], contacts: Iterable[tuple[UUID, PathStage]]) -> tuple[PlanGap, ...]:
    """Return what is missing, in the order of the segments.

    segments: whether the audience is archived, by id. contacts: segment and stage of each. Empty cells are no gaps of
    their own (the grid shows them); a segment that is never asked to buy is.
    """
    if not segments:
        return (PlanGap(GapKind.NOBODY),)
    stages: dict[UUID, set[PathStage]] = {segment: set() for segment in segments}
    for segment, stage in contacts:
        stages[segment].add(stage)
    found = []
    for segment, gone in segments.items():
        if gone:
            found.append(PlanGap(GapKind.AUDIENCE_GONE, segment))
        if not stages[segment]:
            found.append(PlanGap(GapKind.NOTHING, segment))
        elif PathStage.PURCHASE not in stages[segment]:
            found.append(PlanGap(GapKind.NO_PURCHASE, segment))
    return tuple(found)


def kept_ticks(channel: TouchpointChannel, ticked: Sequence[str]) -> list[str]:
    """Return the ticks that are of the channel's checklist, in its order: another channel asks for other things."""
    return [point.code for point in CHECKLISTS[channel] if point.code in ticked]


def check_segment(name: str, audience_id: UUID | None) -> None:
    """Raise Invalid for a segment that is nobody."""
    if not name.strip() and audience_id is None:
        raise Invalid("segment_nobody", "Choose an audience, or say in words who they are.")


def touchpoint_name(campaign: str, segment: str, content: str, longest: int = 200) -> str:
    """Return what a touchpoint made from a cell is called: the content and whom it is for, else the campaign."""
    named = " – ".join(part for part in (content.strip(), segment.strip()) if part)
    return (named or campaign)[:longest]
