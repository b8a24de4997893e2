"""What other rooms may know of touchpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gonfalon.planning.model import TouchpointChannel


@dataclass(frozen=True, slots=True)
class TouchpointDraft:
    """What is planned of a touchpoint. channel None: the one it has; utm: own link tags, None for no tags at all."""

    name: str
    channel: TouchpointChannel | None = None
    audience_id: UUID | None = None
    template_id: UUID | None = None
    sender_identity_id: UUID | None = None
    topic_id: int | None = None
    send_at: datetime | None = None
    per_hour: int | None = None
    holdout_percent: int = 0
    utm: Mapping[str, str] | None = field(default_factory=dict[str, str])
    note: str = ""
    budget_line_id: UUID | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What is known of a touchpoint that was carried out elsewhere; None: not known, or as it was.

    reached: people. cost_minor: in the workspace's currency. budget_line_id: what pays for it.
    told_conversions, told_revenue_minor: results beyond those that events tell of.
    """

    on: date
    reached: int | None = None
    cost_minor: int | None = None
    told_conversions: int | None = None
    told_revenue_minor: int | None = None
    budget_line_id: UUID | None = None
