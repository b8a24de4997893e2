"""The definition of a form: steps of fields, and what happens with an answer. Plain data, no HTML and no SQL.

Conditions look at fields further up only, so that a form can be read from top to bottom, by people and by programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gonfalon.kit.days import Day
from gonfalon.kit.schemas import clean_text
from gonfalon.people.model import Channel

MOST_STEPS = 10
MOST_FIELDS = 60
MOST_OPTIONS = 60
OTHER = "other"
"""The value of the option that visitors write themselves."""


Key = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,39}$", description="Unique in the form; never shown")]
Line = Annotated[str, Field(max_length=200), AfterValidator(clean_text)]
Label = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(clean_text)]
Words = Annotated[str, Field(max_length=5_000), AfterValidator(clean_text)]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Compare(StrEnum):
    """How a condition looks at an earlier answer."""

    IS = "is"
    IS_NOT = "is_not"
    ANSWERED = "answered"
    NOT_ANSWERED = "not_answered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class FormCondition(_Node):
    """Shows a field only where an earlier field's answer is so. Several values: any of them."""

    field: Key
    compare: Compare = Compare.IS
    values: tuple[Line, ...] = Field(default=(), max_length=MOST_OPTIONS)


class _Asked(_Node):
    """What every field has."""

    id: Key
    label: Label
    help: Words = ""
    required: bool = False
    show_if: FormCondition | None = None


class TextField(_Asked):
    """One line or several lines of text; kept in a text attribute."""

    kind: Literal["text", "long_text"] = "text"
    attribute: str | None = None
    longest: int = Field(default=1_000, ge=1, le=5_000)


class EmailField(_Asked):
    """The visitor's address; whoever it belongs to is the person who answers."""

    kind: Literal["email"] = "email"


class PhoneField(_Asked):
    """The visitor's number."""

    kind: Literal["phone"] = "phone"


class NumberField(_Asked):
    """A number between two bounds."""

    kind: Literal["number"] = "number"
    attribute: str | None = None
    least: float | None = None
    most: float | None = None
    whole: bool = False


class DateField(_Asked):
    """A day between two bounds."""

    kind: Literal["date"] = "date"
    attribute: str | None = None
    earliest: Day | None = None
    latest: Day | None = None


class FormOption(_Node):
    """Something to choose. tag: what people who chose it are tagged with."""

    value: Key
    label: Label
    tag: Line = ""


class ChoiceField(_Asked):
    """One of several options (`choice`) or any number of them (`choices`); `other` lets visitors write their own."""

    kind: Literal["choice", "choices"] = "choice"
    attribute: str | None = None
    options: tuple[FormOption, ...] = Field(min_length=1, max_length=MOST_OPTIONS)
    other: bool = False
    most: int | None = Field(default=None, ge=1, le=MOST_OPTIONS, description="How many may be chosen")
    menu: bool = Field(default=False, description="As a list that opens, for many options")


class ScaleField(_Asked):
    """A step on a scale: any (`scale`), or 0 to 10 for “how likely would you recommend us” (`nps`)."""

    kind: Literal["scale", "nps"] = "scale"
    attribute: str | None = None
    least: int = Field(default=1, ge=0, le=1)
    most: int = Field(default=5, ge=2, le=10)
    low: Line = ""
    high: Line = ""


class MatrixField(_Asked):
    """One of the same options for each of several lines."""

    kind: Literal["matrix"] = "matrix"
    rows: tuple[FormOption, ...] = Field(min_length=1, max_length=20)
    options: tuple[FormOption, ...] = Field(min_length=2, max_length=10)


class TickField(_Asked):
    """A box to tick; kept in a yes/no attribute. Required means: it must be ticked."""

    kind: Literal["tick"] = "tick"
    attribute: str | None = None


class ConsentField(_Asked):
    """A box that gives consent to topics on a channel; its label is the wording that is kept as proof. Never ticked
    beforehand."""

    kind: Literal["consent"] = "consent"
    channel: Channel = Channel.EMAIL
    topics: tuple[int, ...] = Field(min_length=1, max_length=50)


class HiddenField(_Node):
    """What the address of the page says under a name (`?source=fair`), never shown."""

    kind: Literal["hidden"] = "hidden"
    id: Key
    parameter: Annotated[str, Field(pattern="^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
    attribute: str | None = None


class NoteField(_Node):
    """Words between the fields."""

    kind: Literal["note"] = "note"
    id: Key
    title: Line = ""
    text: Words = ""
    show_if: FormCondition | None = None


Asked = (
    TextField
    | EmailField
    | PhoneField
    | NumberField
    | DateField
    | ChoiceField
    | ScaleField
    | MatrixField
    | TickField
    | ConsentField
)
"""The fields that a visitor answers."""
AnyField = Annotated[Asked | HiddenField | NoteField, Field(discriminator="kind")]


class FormStep(_Node):
    """A page of the form."""

    title: Line = ""
    fields: tuple[AnyField, ...] = Field(default=(), max_length=MOST_FIELDS)


class FormThanks(_Node):
    """What a visitor sees afterwards: words, or another address (https)."""

    title: Line = ""
    text: Words = ""
    address: Annotated[str, Field(max_length=2_000, pattern="^(https://[^\\s\\x00]+)?$")] = ""


class FormMail(_Node):
    """A mail to the visitor once the answer counts, in plain words."""

    subject: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(clean_text)]
    text: Annotated[str, Field(min_length=1, max_length=5_000), AfterValidator(clean_text)]


class FormDefinition(_Node):
    """A whole form.

    confirm: an answer counts only after the visitor has confirmed it by a mail (double opt-in). mail: what a visitor is
    sent once it counts. tags and list_id: what people who answered get. most: how many answers are taken. closes_on:
    the last day, in the workspace's zone. once_each: one answer of each person counts. sites: hosts that may show the
    form inside their pages; none: any.
    """

    language: Literal["en", "fr", "sv", "zh"] = "en"
    title: Line = ""
    intro: Words = ""
    steps: tuple[FormStep, ...] = Field(default=(FormStep(),), min_length=1, max_length=MOST_STEPS)
    button: Line = ""
    thanks: FormThanks = FormThanks()
    confirm: bool = True
    mail: FormMail | None = None
    tags: tuple[Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean_text)], ...] = Field(
        default=(), max_length=20
    )
    list_id: UUID | None = None
    most: int | None = Field(default=None, ge=1, le=10_000_000)
    closes_on: Day | None = None
    once_each: bool = False
    sites: tuple[Annotated[str, Field(min_length=1, max_length=253)], ...] = Field(default=(), max_length=50)
    accent: Annotated[str, Field(pattern="^(#[0-9a-fA-F]{6})?$", description="Colour of buttons")] = ""

    def fields(self) -> Iterator[Asked | HiddenField | NoteField]:
        """Return all fields in their order."""
        for step in self.steps:
            yield from step.fields

    def asked(self) -> Iterator[Asked]:
        """Return the fields that a visitor answers, in their order."""
        return (each for each in self.fields() if not isinstance(each, HiddenField | NoteField))
