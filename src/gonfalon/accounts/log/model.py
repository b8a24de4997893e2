"""What the account log tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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
class LoggedLine:
    """What happened, and how often from the same place within the hour. who: a member, or (by_key) an API key."""

    id: int
    kind: LogKind
    who: str
    by_key: bool
    detail: str
    ip: str
    user_agent: str
    count: int
    since: datetime
    at: datetime
