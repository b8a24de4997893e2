"""What a request for one of our links or pixels is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class HitKind(StrEnum):
    """What was asked for."""

    open = "open"
    click = "click"
    page = "page"
    """The page for leaving: whoever asks for it together with links is a machine. In no number of its own."""


class Verdict(StrEnum):
    """Who is thought to have made the request."""

    human = "human"
    likely_machine = "likely_machine"
    machine = "machine"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the rule that gave it; the raw hit is kept, so that later rules can judge it anew."""

    verdict: Verdict
    rule: str
    version: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One request, as it came."""

    workspace_id: int
    kind: HitKind
    message_id: int
    link_set_id: int | None
    link_number: int | None
    at: datetime
    method: str
    ip: str
    user_agent: str
    judgement: Judgement
