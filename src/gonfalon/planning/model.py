"""Values of planning that may cross its door."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    """What a campaign is for."""

    ACQUISITION = "acquisition"
    MONETISATION = "monetisation"
    ENGAGEMENT = "engagement"


class CampaignState(StrEnum):
    """Where a campaign stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"
    ARCHIVED = "archived"


class Basis(StrEnum):
    """Which touch earns a conversion: a person's click, or the delivery alone."""

    CLICK = "click"
    DELIVERY = "delivery"


class Resource(StrEnum):
    """What a budget line pays for."""

    STAFF = "staff"
    CONTRACTOR = "contractor"
    MEDIA = "media"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Attribution:
    """A conversion is an event of this name, at most `days` days after the touch of the chosen basis."""

    basis: Basis = Basis.CLICK
    days: int = 7
    conversion_event: str = "Order Completed"
