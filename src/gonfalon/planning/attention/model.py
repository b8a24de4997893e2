"""What the day's reminders and the list of open problems look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gonfalon.planning.model import TouchpointChannel
from gonfalon.teamwork.model import NoticeKind


@dataclass(frozen=True, slots=True)
class DueTask:
    """An open task, and which notice of it its owner is still to get."""

    id: UUID
    name: str
    owner_id: UUID
    campaign_id: UUID
    campaign: str
    due: date
    notice: NoticeKind


@dataclass(frozen=True, slots=True)
class WatchedCampaign:
    """What attention looks at of a campaign itself."""

    id: UUID
    state: str
    starts_on: date | None
    leader_id: UUID | None


@dataclass(frozen=True, slots=True)
class WatchedTouchpoint:
    """A touchpoint with what became of its launch. state: of its dispatch, if it has one."""

    id: UUID
    campaign_id: UUID
    name: str
    channel: TouchpointChannel
    audience_id: UUID | None
    template_id: UUID | None
    send_at: datetime | None
    launched_at: datetime | None
    launch_problem: object
    done_on: date | None
    state: str | None
