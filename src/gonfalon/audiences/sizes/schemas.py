"""Response shapes of audiences' sizes."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel


class SizeOut(BaseModel):
    """How many people an audience had on a day of the workspace's zone."""

    day: date
    size: int
