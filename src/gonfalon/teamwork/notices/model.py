"""Notices as they are stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gonfalon.teamwork.model import NoticeKind, ThingRef


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing a member was told. `values`: the parameters of its kind's sentence; `campaign`: its name."""

    id: int
    kind: NoticeKind
    thing: ThingRef
    campaign: str | None
    actor: str
    values: Mapping[str, Any]
    created_at: datetime
    read_at: datetime | None
