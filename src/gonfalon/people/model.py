"""Words that every part of the people room uses."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person that needs their permission."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"
