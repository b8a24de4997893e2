"""Shapes of collisions."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.planning.calendar.collisions.model import Collision, CollisionFix, Touch


class CollisionTouchpoint(BaseModel):
    """A touchpoint that collides. `people`: how many it hits; null while that is being counted."""

    id: UUID
    name: str
    campaign_id: UUID
    campaign: str
    channel: str
    day: date | None
    at: datetime | None
    launched: bool
    audience_id: UUID | None
    audience: str
    people: int | None


class CollisionOut(BaseModel):
    """Two touchpoints that hit `people` of the same people, `days` days apart; `one` is the earlier.

    `fixes`: the cheapest first.
    """

    one: CollisionTouchpoint
    other: CollisionTouchpoint
    days: int
    people: int
    fixes: list[CollisionFix]


class OverWeek(BaseModel):
    """How many people get more than allowed by a message of the week of this Monday."""

    week: date
    people: int


class OverTouchpoint(BaseModel):
    """How many people get more than allowed by this touchpoint."""

    id: UUID
    people: int


class OverLimit(BaseModel):
    """People above the contact limit of so many messages in so many days on a channel. Null: it is being counted."""

    messages: int
    days: int
    people: int | None
    weeks: list[OverWeek]
    touchpoints: list[OverTouchpoint]


class UnknownTouchpoint(BaseModel):
    """A touchpoint of which nobody can say whom it hits. `reason`: no_audience, or audience_broken."""

    id: UUID
    name: str
    campaign_id: UUID
    day: date | None
    reason: str


class CollisionsOut(BaseModel):
    """Where planned touchpoints hit the same people fewer than `days` days apart.

    `at`: when people were counted last; null with `computing` while that is done for the first time. `computing`: a
    newer count is on its way, so ask again in a moment. `sets`: how many sets of people are compared.
    """

    computing: bool
    at: datetime | None
    sets: int
    days: int
    collisions: list[CollisionOut]
    total: int = Field(description="How many pairs collide; the list holds those with most people.")
    over: OverLimit | None = Field(description="Null: the workspace has no contact limit, or you see a part only.")
    unknown: list[UnknownTouchpoint]
    left_out: int = Field(description="Touchpoints too far in the future to be looked at together.")

    @staticmethod
    def pair(found: Collision, sizes: dict[UUID, int | None]) -> CollisionOut:
        """Return one collision as the API shows it."""
        return CollisionOut(
            one=_touch(found.one, sizes),
            other=_touch(found.other, sizes),
            days=found.days,
            people=found.people,
            fixes=list(found.fixes),
        )


def _touch(touch: Touch, sizes: dict[UUID, int | None]) -> CollisionTouchpoint:
    return CollisionTouchpoint(
        id=touch.id,
        name=touch.name,
        campaign_id=touch.campaign_id,
        campaign=touch.campaign,
        channel=touch.channel,
        day=touch.day,
        at=touch.at,
        launched=touch.launched,
        audience_id=touch.audience_id,
        audience=touch.audience,
        people=sizes.get(touch.id),
    )


class TrimIn(BaseModel):
    """Leave out of this touchpoint's audience everybody who is in the other one's."""

    touchpoint_id: UUID
    other_id: UUID


class TrimOut(BaseModel):
    """The new audience that the touchpoint goes to."""

    audience_id: UUID
    audience: str
