"""Shapes of touchpoints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from gonfalon.kit.days import Day, Moment
from gonfalon.kit.schemas import MinorUnits, Name, Version, clean_text
from gonfalon.planning.model import Named, TouchpointChannel, TouchpointState
from gonfalon.planning.touchpoints.rules import LONGEST_TAG

Tag = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TAG)]


LONGEST_CODE = 60
_CODE = "Voucher code; orders whose `coupon` (or `discount_code`, `promo_code` …) is it are credited to the touchpoint"


class LinkTags(BaseModel):
    """UTM parameters of a touchpoint's links, which other people's analytics read; an empty one takes the usual value.

    A parameter that a link has already is never changed.
    """

    source: Tag = ""
    medium: Tag = ""
    campaign: Tag = ""
    content: Tag = ""


class LaunchProblem(BaseModel):
    """Why a launch came to nothing. `code` is stable, as in the answers of the API."""

    code: str
    sentence: str = Field(description="In English.")


class TouchpointValues(BaseModel):
    """What is planned of a touchpoint. Template, sender, topic, pace, holdout and tags are of what Gonfalon sends."""

    name: Name
    note: Annotated[str, Field(max_length=5000, description="What it says or shows"), AfterValidator(clean_text)] = ""
    budget_line_id: Annotated[UUID | None, Field(description="The line of the campaign's budget that pays for it")] = (
        None
    )
    code: Annotated[
        str, StringConstraints(strip_whitespace=True, max_length=LONGEST_CODE), Field(description=_CODE)
    ] = ""
    audience_id: UUID | None = None
    template_id: UUID | None = None
    sender_identity_id: UUID | None = None
    topic_id: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    send_at: Moment | None = None
    per_hour: Annotated[int | None, Field(ge=1, le=10_000_000, description="Pace; none: as fast as it goes")] = None
    holdout_percent: Annotated[int, Field(ge=0, le=100, description="Share that gets nothing, to compare with")] = 0
    utm: Annotated[LinkTags | None, Field(description="Null: links are not tagged")] = LinkTags()


class TouchpointIn(TouchpointValues):
    """A planned contact. What is not decided yet may be left out until launch; no `send_at` means at launch."""

    channel: Annotated[TouchpointChannel | None, Field(description="Left out: the first that Gonfalon sends")] = None


class TouchpointName(BaseModel):
    """Another name for a touchpoint, as it was at `version`."""

    name: Name
    version: Version


class TouchpointSave(TouchpointValues):
    """A touchpoint's new values."""

    channel: Annotated[TouchpointChannel | None, Field(description="Left out: stays as it is")] = None
    version: Version


class TouchpointCopy(BaseModel):
    """What the copy is called."""

    name: Name


class TouchpointDone(BaseModel):
    """That a touchpoint was carried out elsewhere, and what is known of it."""

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


class TopicRef(BaseModel):
    """The consent topic that is asked for."""

    id: int
    name: str


class TouchpointOut(BaseModel):
    """A touchpoint with what it is made of."""

    id: UUID
    campaign_id: UUID
    name: str
    channel: TouchpointChannel
    sent_here: bool = Field(
        description="Whether Gonfalon sends it; else it is carried out elsewhere and marked as done"
    )
    state: TouchpointState
    state_reason: str
    campaign_name: str
    audience: Named | None
    template: Named | None
    template_version: int | None
    sender_identity: Named | None
    topic: TopicRef | None
    send_at: datetime | None
    per_hour: int | None
    holdout_percent: int
    utm: LinkTags | None
    link_tags: dict[str, str] = Field(description="What is added to its links: `utm_…` names and values.")
    launched_at: datetime | None
    launched_by: str
    launch_problem: LaunchProblem | None
    note: str
    budget_line: Named | None
    done_on: date | None
    done_by: str
    reached: int | None
    cost_minor: int | None
    code: str
    told_conversions: int | None
    told_revenue_minor: int | None
    finished_at: datetime | None
    version: int
    updated_at: datetime
    updated_by: str
