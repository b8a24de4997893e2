"""Words that every part of the people room uses."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """A way to reach a person that needs their permission."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class Existing(StrEnum):
    """What happens to people who are known already."""

    FILL = "fill"
    """Only what is not known of them yet is taken from the file."""
    OVERWRITE = "overwrite"
    """The file's values replace theirs; empty cells leave theirs."""
    SKIP = "skip"
    """They stay as they are."""
