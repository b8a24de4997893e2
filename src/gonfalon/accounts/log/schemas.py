"""Shapes of the account log."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from gonfalon.accounts.log.model import LogKind


class LogLine(BaseModel):
    """What happened, how often from the same place within the hour."""

    id: int
    kind: LogKind
    who: str = Field(description="The member's name, or the API key's.")
    by_key: bool
    detail: str = Field(description="What was refused: a permission or a code.")
    ip: str
    user_agent: str
    count: int
    since: datetime
    at: datetime
