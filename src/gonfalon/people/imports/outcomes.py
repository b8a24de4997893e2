"""What an import would do, and what undoing it does: kept as JSON beside it, so they are frozen Pydantic models."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from gonfalon.people.imports.model import Plan, Result


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Example(_Kept):
    """A person as they are and as an import would leave them: only what it changes. person_id: null for a new one.

    before and after hold email, phone, external_id, attributes and tags (those added); null: nothing is known yet.
    """

    line: int
    person_id: int | None
    name: str
    before: dict[str, Any]
    after: dict[str, Any]


class Trial(_Kept):
    """What an import would do, found out without doing it. id: of this asking; a later one replaces it.

    state: running, finished or failed (error: one sentence). result counts as that of an import does; suppressed
    addresses and lists are not counted.
    """

    id: UUID
    plan: Plan
    state: Literal["running", "finished", "failed"] = "running"
    result: Result = Result()
    examples: list[Example] = []
    error: str = ""


class Undone(_Kept):
    """What undoing an import does, and what it leaves, by reason.

    removed: people it had made whom nobody has touched since. restored: known people of whom all is as before; partly:
    of whom something was changed since, which stays. consents: statements taken back, none of them a refusal. listed:
    people taken off its lists. unjoined: people taken out of companies. Left: made people who were changed
    (kept_changed) or did or got something (kept_used); identities that somebody else has by now (taken); refusals, and
    dead or blocked addresses, which only the person can take back; companies it made; attributes it declared.
    """

    removed: int = 0
    restored: int = 0
    partly: int = 0
    consents: int = 0
    listed: int = 0
    unjoined: int = 0
    kept_changed: int = 0
    kept_used: int = 0
    taken: int = 0
    refusals: int = 0
    suppressed: int = 0
    attributes: list[str] = []


class Undo(_Kept):
    """The undoing of an import: who asked, when, and what it did once it is finished (or failed: error says why)."""

    by: str
    at: datetime
    state: Literal["running", "finished", "failed"] = "running"
    result: Undone = Undone()
    error: str = ""


UNDOABLE = timedelta(days=7)
"""How long what an import changed is kept for undoing it."""
