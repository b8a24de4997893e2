"""What other rooms may know of touchpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from gonfalon.planning.model import Named, TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints.rules import link_tags
from gonfalon.tracking.links.utm import Utm


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A touchpoint as it is stored."""

    id: UUID
    campaign_id: UUID
    name: str
    channel: TouchpointChannel
    audience_id: UUID | None
    template_id: UUID | None
    sender_identity_id: UUID | None
    topic_id: int | None
    send_at: datetime | None
    per_hour: int | None
    holdout_percent: int
    utm: Mapping[str, str] | None
    note: str
    budget_line_id: UUID | None
    code: str
    launched_at: datetime | None
    launched_by: str
    template_version: int | None
    launch_problem: Mapping[str, str] | None
    done_on: date | None
    done_by: str
    reached: int | None
    cost_minor: int | None
    told_conversions: int | None
    told_revenue_minor: int | None
    archived_at: datetime | None
    version: int
    updated_at: datetime
    updated_by: str


@dataclass(frozen=True, slots=True)
class Topic:
    """The consent topic that is asked for."""

    id: int
    name: str
    key: str
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class TouchpointView(Touchpoint):
    """A touchpoint with what it is made of, and how its sending stands."""

    state: TouchpointState
    state_reason: str
    finished_at: datetime | None
    campaign_name: str
    audience: Named | None
    audience_archived_at: datetime | None
    template: Named | None
    sender_identity: Named | None
    sender_description: str | None
    topic: Topic | None
    budget_line: Named | None
    workspace_slug: str
    sent_here: bool
    sent_utm: Mapping[str, str] | None

    @property
    def tags(self) -> Utm:
        """What its links carry: as it was launched, or as it would be launched now."""
        if self.sent_utm is not None:
            return Utm(**self.sent_utm)
        return link_tags(
            self.utm,
            workspace=self.workspace_slug,
            channel=self.channel,
            campaign=self.campaign_name,
            touchpoint=self.name,
        )

    @property
    def link_tags(self) -> dict[str, str]:
        """The same as parameters of a link."""
        return self.tags.parameters()


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
