"""Notices as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gonfalon.teamwork.model import NoticeKind, ThingNamed


@dataclass(frozen=True, slots=True)
class Notice:
    """What a member was told. actor: their present name; campaign: its name; values: of the kind's sentence."""

    id: int
    kind: NoticeKind
    thing: ThingNamed
    campaign: str | None
    actor: str
    values: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None
