"""Shapes of trends."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field


class DayOut(BaseModel):
    """A day of the workspace's zone."""

    model_config = ConfigDict(from_attributes=True)

    day: date
    minor: int = Field(description="What orders brought, refunds taken off, in minor units")
    orders: int
    people: int = Field(description="People who agreed to email, at the end of the day")


class TrendsOut(BaseModel):
    """How the workspace came on in the last days, today included."""

    model_config = ConfigDict(from_attributes=True)

    currency: str
    days: list[DayOut]
    minor_before: int = Field(description="Revenue of as many days before")
    orders_before: int
    unconverted: int = Field(description="Orders in a currency without a rate: left out of the revenue")
    orders_ever: bool = Field(description="False: no order ever came, so revenue is not known")
    people_ever: bool = Field(description="False: nobody ever agreed to email")
