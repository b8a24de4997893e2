"""Request and response shapes of sentences."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from ..schemas import FaultOut, RuleJson
from .words import LONGEST


class SentenceIn(BaseModel):
    """A rule as an English sentence, such as `bought twice since June and lives in Lyon`."""

    sentence: Annotated[str, Field(max_length=LONGEST)]


class ExpectedOut(BaseModel):
    """What could have stood there: a `word` itself, or a kind of thing with some of its names."""

    kind: str
    text: str
    names: list[str]


class UnclearOut(BaseModel):
    """Where a sentence cannot be read: characters `at` to `end` are `found` where something else was expected."""

    at: int
    end: int
    found: str
    expected: list[ExpectedOut]


class CompletionOut(BaseModel):
    """A text that may go on with the sentence, and what kind of thing it is."""

    kind: str
    text: str


class SentenceOut(BaseModel):
    """What a sentence says: the `rule`, and the sentence as it would be `said`; or why there is none.

    `completions` replace what stands from `from_character` on.
    """

    rule: RuleJson | None
    said: str | None
    unclear: UnclearOut | None
    invalid: FaultOut | None
    from_character: int
    completions: list[CompletionOut]


class SaidOut(BaseModel):
    """A rule as a sentence; null where the grammar has no words for it."""

    sentence: str | None
