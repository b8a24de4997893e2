"""Shapes of notices."""

from __future__ import annotations

from pydantic import BaseModel, Field

from gonfalon.teamwork.model import Delivery, NoticeKind

MOST_COUNTED = 100


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
