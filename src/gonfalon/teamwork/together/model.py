"""What happened around things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A line of the audit trail, or a comment with its words. source and key: together unique."""

    at: datetime
    source: str
    key: str
    actor: str
    action: str
    thing_kind: str | None
    thing_id: str | None
    title: str | None
    body: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CampaignActivity:
    """How much happened in a campaign, and how many people took part."""

    campaign_id: UUID
    name: str
    changes: int
    comments: int
    people: int
