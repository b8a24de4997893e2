"""What an import is made of. The plan and what was detected are kept as JSON, so they are frozen Pydantic models."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gonfalon.kit.days import check_day
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.model import Channel, Existing


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
    """Its cells say who may be written to; as many columns as say so, the strictest counts."""
    CONSENT_DATE = "consent_date"
    """When they agreed; of several the latest counts."""
    TAGS = "tags"
    COMPANY = "company"
    """The company that the person belongs to, by its name or key; made where there is none."""
    SKIP = "skip"


class Answer(StrEnum):
    """What a cell says about writing to the person, the mildest first."""

    GRANTED = "granted"
    """Yes, or nothing against it."""
    OPEN = "open"
    """Neither yes nor no: nothing is recorded."""
    REFUSED = "refused"
    BOUNCED = "bounced"
    """The address is dead: it is suppressed."""
    BLOCKED = "blocked"
    """Refused for good, or complained: refused and suppressed."""


class Encoding(StrEnum):
    """The encodings a file can be read in; other names of the same one are taken too."""

    UTF_8 = "utf-8"
    UTF_8_SIG = "utf-8-sig"
    UTF_16 = "utf-16"
    UTF_16_LE = "utf-16-le"
    UTF_16_BE = "utf-16-be"
    UTF_32 = "utf-32"
    CP1252 = "cp1252"
    LATIN_1 = "iso8859-1"
    LATIN_9 = "iso8859-15"
    MAC_ROMAN = "mac-roman"
    CP850 = "cp850"
    CP437 = "cp437"
    CP1250 = "cp1250"
    LATIN_2 = "iso8859-2"
    CP852 = "cp852"
    MAC_LATIN2 = "mac-latin2"
    CP1251 = "cp1251"
    KOI8_R = "koi8-r"
    CP866 = "cp866"
    CYRILLIC = "iso8859-5"
    MAC_CYRILLIC = "mac-cyrillic"
    CP1253 = "cp1253"
    CP1254 = "cp1254"
    CP857 = "cp857"
    CP1255 = "cp1255"
    CP1256 = "cp1256"
    ARABIC = "iso8859-6"
    CP1257 = "cp1257"
    CP1258 = "cp1258"
    CP874 = "cp874"
    GB18030 = "gb18030"
    BIG5 = "big5"
    CP932 = "cp932"
    EUC_JP = "euc_jp"
    ISO_2022_JP = "iso2022_jp"
    CP949 = "cp949"

    @classmethod
    def _missing_(cls, value: object) -> Encoding | None:
        """The one that another name means: windows-1252, latin1, shift_jis, gbk."""
        if not isinstance(value, str) or len(value) > 40:
            return None
        try:
            name = codecs.lookup(value).name
        except (LookupError, ValueError):
            return None
        wider = {"ascii": "utf-8", "gbk": "gb18030", "gb2312": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949",
                 "big5hkscs": "big5", "utf-16": "utf-16", "utf-32": "utf-32"}  # fmt: skip
        wanted = wider.get(name, name)
        return next((each for each in cls if codecs.lookup(each.value).name == codecs.lookup(wanted).name), None)


class Match(StrEnum):
    """By which of its identities a row finds the person it means. Every row needs it."""

    EMAIL = "email"
    EXTERNAL_ID = "external_id"
    PHONE = "phone"
    ANY = "any"
    """By whichever of them the row has: address before id, id before number. No row needs a particular one."""


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True)


class Unfolded(_Kept):
    """A column whose cells are JSON objects, and the members of theirs that are columns of their own, at the end."""

    column: Annotated[int, Field(ge=0, le=2000)]
    keys: Annotated[list[str], Field(max_length=100)]


@dataclass(frozen=True, slots=True)
class Opened:
    """What a workbook holds: the names of its sheets with rows, the one that was taken, and its merged cells."""

    sheets: tuple[str, ...] = ()
    sheet: str = ""
    merged: int = 0


class Reading(_Kept):
    """How the file's bytes become rows.

    skip: rows before the header (titles, a line `sep=;`). groups: the last of them names groups of columns, as in
    "Name" above "First" and "Last". sheet: which one of a workbook, by name; "" the likeliest. merged: how many of its
    cells are merged with the one above, and have its value.
    """

    encoding: Encoding = Encoding.UTF_8
    delimiter: Literal[",", ";", "\t", "|"] = ","
    header: bool = True
    skip: Annotated[int, Field(ge=0, le=100)] = 0
    groups: bool = False
    sheet: str = Field(default="", max_length=200)
    merged: Annotated[int, Field(ge=0, le=10**9)] = 0
    unfolded: Annotated[list[Unfolded], Field(max_length=20)] = []


class Meaning(_Kept):
    """A text of a column about permission ("" the empty cell), how many cells have it, and what it is taken for.

    sure: whether the text is one that is known to mean so; others are left open.
    """

    text: str
    count: int
    answer: Answer
    sure: bool = True


HintChannel = Literal["email", "sms", "phone", ""]
"""Which channel a column speaks of; "" all of them."""


class Hint(_Kept):
    """What a column says about permission. otherwise: what texts are taken for that are not listed."""

    channel: HintChannel
    meanings: list[Meaning]
    otherwise: Answer


class DetectedColumn(_Kept):
    """A column of the file: its name (made up where the file has none), first values, and what they look like.

    format: order of a date (ymd, dmy, mdy), decimal mark of a number (point, comma), else "". doubtful: the cells can
    be read in both orders or with both marks, and `format` is the workspace's ("" where it has none: somebody must
    choose). consent: what it says about permission, null where it says nothing of it.
    """

    index: int
    name: str
    samples: list[str]
    type: AttributeType
    format: str = ""
    choices: list[str] = []
    doubtful: bool = False
    consent: Hint | None = None


class ColumnPlan(_Kept):
    """What becomes of one column.

    `attribute` is the key of an existing attribute; label, type and choices make a new one. `format` as detected.
    Of a consent column: `answers` what its texts mean ("" the empty cell, "*" any other), `channel` which it is about
    ("" all, null that of the import's consent). no_consent: somebody has looked, and the column says nothing of
    permission whatever it seems to. rule: whose value counts where both have one, "" as the plan says.
    """

    column: Annotated[int, Field(ge=0, le=2000)]
    to: Target
    attribute: str = Field(default="", max_length=63)
    label: str = Field(default="", max_length=120)
    type: AttributeType = AttributeType.TEXT
    choices: Annotated[list[str], Field(max_length=200)] = []
    format: Literal["", "ymd", "dmy", "mdy", "point", "comma"] = ""
    answers: Annotated[dict[Annotated[str, Field(max_length=80)], Answer], Field(max_length=100)] = {}
    channel: HintChannel | None = None
    no_consent: bool = False
    rule: Literal["", "overwrite", "fill"] = ""


class ConsentPlan(_Kept):
    """The permission that everybody in the file gave: where it was given, when, and under which words.

    With columns mapped to consent, only rows that say yes in all of them carry it. Those that say no are recorded as a
    refusal, unless the person has agreed since `at`; open ones say nothing.
    """

    channel: Channel = Channel.EMAIL
    topic_ids: Annotated[list[int], Field(min_length=1, max_length=100)]
    at: Annotated[datetime, AfterValidator(check_day)]
    origin: Annotated[str, Field(min_length=1, max_length=500)]
    wording: str = Field(default="", max_length=10_000)


class Plan(_Kept):
    """Everything that decides what an import does. country: ISO code of numbers written without +.

    create: whether who is not known is taken in. lists: fixed lists that everybody taken in is put on.

    refusals_only: nobody's consent is recorded, but what the columns of consent say against writing to people is.
    """

    columns: Annotated[list[ColumnPlan], Field(min_length=1, max_length=500)]
    match: Match
    existing: Existing = Existing.OVERWRITE
    create: bool = True
    lists: Annotated[list[UUID], Field(max_length=20)] = []
    tags: Annotated[list[str], Field(max_length=50)] = []
    consent: ConsentPlan | None = None
    refusals_only: bool = False
    country: str = Field(default="", max_length=2)


class Warning_(_Kept):
    """Something about the file that somebody should look at: a stable code, and what its sentence names."""

    code: str
    values: dict[str, str] = {}


class Detected(_Kept):
    """What the file looks like, and a plan that would do. sheets: a workbook's. rows: null when unknown."""

    reading: Reading
    sheets: list[str] = []
    rows: int | None = None
    columns: list[DetectedColumn]
    warnings: list[Warning_] = []
    suggested: Plan | None = None


class PreviewRow(_Kept):
    """A row exactly as it would be stored, or the reason it would be rejected.

    With `taken`, reason and field tell of a cell that is left out of a row that is taken.
    """

    line: int
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None
    attributes: dict[str, str | int | float | bool] = {}
    tags: list[str] = []
    consent: Answer = Answer.GRANTED
    taken: bool = True
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
    (a person and a topic) became granted and withdrawn. suppressed: addresses that bounced or are blocked. left_open:
    people whose consent the file leaves open. listed: people newly on the plan's lists.
    joined: people newly in a company. incomplete: rows that were taken without a cell, by_reason of what.
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
    suppressed: int = 0
    left_open: int = 0
    listed: int = 0
    joined: int = 0
    incomplete: int = 0
    incomplete_by_reason: dict[str, int] = {}
    new_attributes: list[str] = []
    nothing_changed: bool = False
    seconds: float = 0.0
