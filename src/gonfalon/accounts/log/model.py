"""What the account log tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field


class LogKind(StrEnum):
    """What happened at the door."""

    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGN_IN_LIMITED = "sign_in_limited"
    """too many tries; whoever it was had to wait"""
    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    PASSWORD_RESET = "password_reset"  # noqa: S105
    """by a link"""
    REQUEST_DENIED = "request_denied"
    """somebody signed in, or a key, asked for what their role does not include"""


@dataclass(frozen=True, slots=True)
class LogLine:
    """What happened, and how often from the same place within the hour. who: a member, or (by_key) an API key."""

    id: int
    kind: LogKind
    who: Annotated[str, Field(description="The member's name, or the API key's.")]
    by_key: bool
    detail: Annotated[str, Field(description="What was refused: a permission or a code.")]
    ip: str
    user_agent: str
    count: int
    since: datetime
    at: datetime
