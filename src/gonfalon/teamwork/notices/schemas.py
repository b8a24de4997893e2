"""Shapes of notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from gonfalon.teamwork.model import Delivery, NoticeKind, ThingKind

MOST_COUNTED = 100


class ThingRef(BaseModel):
    """A thing, and the campaign it belongs to."""

    kind: ThingKind
    id: UUID
    title: str
    campaign_id: UUID | None


class NoticeOut(BaseModel):
    """One thing a member was told. `values`: the parameters of its kind's sentence; `campaign`: its name."""

    id: int
    kind: NoticeKind
    thing: ThingRef
    campaign: str | None
    actor: str
    values: dict[str, Any]
    created_at: datetime
    read_at: datetime | None


class UnreadOut(BaseModel):
    """How many notices are unread; 100 stands for 100 or more."""

    count: int


class NoticeState(BaseModel):
    """Whether a notice is read."""

    read: bool


class ReadAll(BaseModel):
    """Everything up to this notice is read."""

    up_to: int = Field(ge=0, le=2**63 - 1)


class DeliveryOut(BaseModel):
    """How notices of a kind reach one by mail, and how they would if nothing had been chosen."""

    kind: NoticeKind
    delivery: Delivery
    usual: Delivery


class DeliveryIn(BaseModel):
    """How notices of a kind shall come by mail."""

    delivery: Delivery
