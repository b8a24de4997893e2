"""What an import is made of. The plan and what was detected are kept as JSON, so they are frozen Pydantic models."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.model import Channel


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Phase(StrEnum):
    """What a running import is doing."""

    WAITING = "waiting"
    READING = "reading"
    MATCHING = "matching"
    SAVING = "saving"
    CONSENT = "consent"
    REPORTING = "reporting"
    DONE = "done"


class Target(StrEnum):
    """What a column of the file becomes."""

    EMAIL = "email"
    PHONE = "phone"
    EXTERNAL_ID = "external_id"
    ATTRIBUTE = "attribute"
    NEW_ATTRIBUTE = "new_attribute"
    CONSENT = "consent"
    SKIP = "skip"


class Match(StrEnum):
    """By which of its identities a row finds the person it means. Every row needs it."""

    EMAIL = "email"
    EXTERNAL_ID = "external_id"
    PHONE = "phone"


class Existing(StrEnum):
    """What happens to people who are known already."""

    FILL = "fill"
    """Only what is not known of them yet is taken from the file."""
    OVERWRITE = "overwrite"
    """The file's values replace theirs; empty cells leave theirs."""
    SKIP = "skip"
    """They stay as they are."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Reading(_Kept):
    """How the file's bytes become rows."""

    encoding: str = Field(default="utf-8", max_length=40)
    delimiter: Literal[",", ";", "\t", "|"] = ","
    header: bool = True


class DetectedColumn(_Kept):
    """A column of the file: its name (made up where the file has none), first values, and what they look like.

    format: order of a date (ymd, dmy, mdy), decimal mark of a number (point, comma), else "".
    """

    index: int
    name: str
    samples: list[str]
    type: AttributeType
    format: str = ""
    choices: list[str] = []


class ColumnPlan(_Kept):
    """What becomes of one column.

    `attribute` is the key of an existing attribute; label, type and choices make a new one. `format` as detected.
    """

    column: Annotated[int, Field(ge=0, le=2000)]
    to: Target
    attribute: str = Field(default="", max_length=63)
    label: str = Field(default="", max_length=120)
    type: AttributeType = AttributeType.TEXT
    choices: Annotated[list[str], Field(max_length=200)] = []
    format: Literal["", "ymd", "dmy", "mdy", "point", "comma"] = ""


class ConsentPlan(_Kept):
    """The permission that everybody in the file gave: where it was given, when, and under which words.

    With a column mapped to consent, only rows that say yes there carry it. Those that say no are recorded as a
    refusal, unless the person has agreed since `at`; empty cells say nothing.
    """

    channel: Channel = Channel.EMAIL
    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    at: datetime
    origin: Annotated[str, Field(min_length=1, max_length=500)]
    wording: str = Field(default="", max_length=10_000)


class Plan(_Kept):
    """Everything that decides what an import does. country: ISO code of numbers written without +."""

    columns: Annotated[list[ColumnPlan], Field(min_length=1, max_length=500)]
    match: Match
    existing: Existing = Existing.OVERWRITE
    tags: Annotated[list[str], Field(max_length=50)] = []
    consent: ConsentPlan | None = None
    country: str = Field(default="", max_length=2)
    reading: Reading = Reading()


class Warning_(_Kept):
    """Something about the file that somebody should look at: a stable code and a sentence."""

    code: str
    sentence: str


class Detected(_Kept):
    """What the file looks like, and a plan that would do."""

    reading: Reading
    columns: list[DetectedColumn]
    warnings: list[Warning_] = []
    suggested: Plan | None = None


class PreviewRow(_Kept):
    """A row exactly as it would be stored, or the reason it would be rejected. consent null: says nothing of it."""

    line: int
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    attributes: dict[str, str | int | float | bool] = {}
    consent: bool | None = True
    reason: str = ""
    field: str = ""


class Progress(_Kept):
    """How far a running import is: bytes and rows read."""

    phase: Phase = Phase.WAITING
    bytes: int = 0
    total_bytes: int = 0
    rows: int = 0


class Result(_Kept):
    """What an import did. rows = new + changed + unchanged + skipped + duplicates + rejected.

    duplicates: earlier lines about the same person (the last line counts). consents and refusals: how many states
    (a person and a topic) became granted and withdrawn.
    """

    rows: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    skipped: int = 0
    duplicates: int = 0
    rejected: int = 0
    rejected_by_reason: dict[str, int] = {}
    consents: int = 0
    refusals: int = 0
    new_attributes: list[str] = []
    nothing_changed: bool = False
    seconds: float = 0.0
