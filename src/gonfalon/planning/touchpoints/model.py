"""What other rooms may know of touchpoints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from gonfalon.kit.days import Day, Moment
from gonfalon.kit.schemas import MinorUnits, Name, Version, clean_text
from gonfalon.planning.model import Named, TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints.rules import LONGEST_TAG, link_tags
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


Tag = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TAG)]
LONGEST_CODE = 60
_CODE = "Voucher code; orders whose `coupon` (or `discount_code`, `promo_code` …) is it are credited to the touchpoint"


@dataclass(frozen=True, slots=True)
class LinkTags:
    """UTM parameters of a touchpoint's links, which other people's analytics read; an empty one takes the usual value.

    A parameter that a link has already is never changed.
    """

    source: Tag = ""
    medium: Tag = ""
    campaign: Tag = ""
    content: Tag = ""


@dataclass(frozen=True, slots=True)
class TouchpointDraft:
    """What is planned of a touchpoint. Template, sender, topic, pace, holdout and tags are of what Gonfalon sends."""

    name: Name
    channel: Annotated[
        TouchpointChannel | None,
        Field(description="Left out: the one it has; of a new one, the first that Gonfalon sends"),
    ] = None
    audience_id: UUID | None = None
    template_id: UUID | None = None
    sender_identity_id: UUID | None = None
    topic_id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    send_at: Moment | None = None
    per_hour: Annotated[int | None, Field(ge=1, le=10_000_000, description="Pace; none: as fast as it goes")] = None
    holdout_percent: Annotated[int, Field(ge=0, le=100, description="Share that gets nothing, to compare with")] = 0
    utm: Annotated[LinkTags | None, Field(description="Null: links are not tagged")] = LinkTags()
    note: Annotated[str, Field(max_length=5000, description="What it says or shows"), AfterValidator(clean_text)] = ""
    budget_line_id: Annotated[UUID | None, Field(description="The line of the campaign's budget that pays for it")] = (
        None
    )
    code: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=LONGEST_CODE), Field(description=_CODE)
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointSave(TouchpointDraft):
    """A touchpoint's new values."""

    version: Version


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchpointDone:
    """That a touchpoint was carried out elsewhere, and what is known of it; null: not known, or as it was."""

    on: Day
    reached: Annotated[int | None, Field(ge=0, le=10**12, description="People it reached; null: not known")] = None
    cost_minor: Annotated[MinorUnits | None, Field(description="Entered as spent on the touchpoint's budget line")] = (
        None
    )
    told_conversions: Annotated[
        int | None, Field(ge=0, le=10**9, description="Conversions that no event tells of, a sale at the counter say")
    ] = None
    told_revenue_minor: Annotated[MinorUnits | None, Field(description="What those conversions brought")] = None
    budget_line_id: Annotated[UUID | None, Field(description="What pays for it; left out, it stays as it is")] = None
    version: Version
