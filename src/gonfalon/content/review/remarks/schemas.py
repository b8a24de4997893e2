"""Shapes of remarks."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.content.review.model import ContentKind


class Device(StrEnum):
    """On which screen the place was chosen."""

    DESKTOP = "desktop"
    PHONE = "phone"


class PlaceIn(BaseModel):
    """A place in a version: a point, words, or both; neither: the whole version.

    `x` is a part of the width, `y` is in points from the top of the content as it is shown on the device.
    """

    version: int = Field(ge=1, le=2**31 - 1)
    device: Device = Device.DESKTOP
    x: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    y: Annotated[int, Field(ge=0, le=200_000)] | None = None
    quote: str = Field(default="", max_length=300)


class RemarkIn(PlaceIn):
    """A new remark: words as in a comment, and where they point."""

    kind: ContentKind
    content_id: UUID
    body: str = Field(description="At most 8,000 characters; `<@member id>` mentions somebody")


class PinOut(PlaceIn):
    """Where the comment of this id points."""

    model_config = ConfigDict(from_attributes=True)

    comment_id: UUID
