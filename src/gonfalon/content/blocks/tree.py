"""The tree of a mail: rows of columns of blocks, version 1.

Texts are plain, with Liquid in them; `attributes` are MJML's own, so that nothing an author wrote is out of reach.
Every list and text has an end, and rows nest only so deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from gonfalon.content.blocks.theme import MailTheme
from gonfalon.content.blocks.words import closed

MOST_BLOCKS: Final = 1_000
MOST_LEVELS: Final = 6
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_SPACES: Final = re.compile(r"[ \t\n]+")


def clean(text: str) -> str:
    """Return the text without characters that no mail may hold."""
    return _CONTROL.sub("", text)


def one_line(text: str) -> str:
    """Return the text as HTML shows it: control characters gone, a run of blanks is one."""
    return _SPACES.sub(" ", clean(text))


def _classed(given: dict[str, str]) -> dict[str, str]:
    """Attributes without a class that says nothing."""
    tidy = {key: value.strip() if key == "css-class" else value for key, value in given.items()}
    return {key: value for key, value in tidy.items() if value or key != "css-class"}


Name = Annotated[str, Field(pattern=r"^[a-zA-Z][\w:.-]{0,59}$")]
Value = Annotated[str, Field(max_length=4_000), AfterValidator(lambda text: closed(one_line(text)))]
Attributes = Annotated[dict[Name, Value], Field(max_length=60), AfterValidator(_classed)]
Line = Annotated[str, Field(max_length=4_000), AfterValidator(lambda text: one_line(text).strip())]
Words = Annotated[str, Field(max_length=20_000), AfterValidator(one_line)]
Code = Annotated[str, Field(max_length=200_000), AfterValidator(lambda text: clean(text).strip())]


class _Node(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TextRun(_Node):
    """A stretch of words with one look: text, a value (Liquid, such as `{{ person.first_name }}`), or a line break."""

    kind: Literal["text", "value", "break"] = "text"
    text: Words = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    href: Value = ""
    link: Attributes = {}
    style: Value = ""

    @property
    def look(self) -> tuple[object, ...]:
        """Everything but the words."""
        return (self.bold, self.italic, self.underline, self.strike, self.href, tuple(self.link.items()), self.style)


def joined(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs in their one form: neighbours of one look together, no blanks at the ends of a line, nothing
    empty."""
    found: list[TextRun] = []
    for run in runs:
        begins = not found or found[-1].kind == "break" or (found[-1].kind == "text" and found[-1].text.endswith(" "))
        text = run.text.lstrip(" ") if run.kind == "text" and begins else run.text
        if run.kind == "break":
            _end(found)
            found.append(TextRun(kind="break"))
        elif run.kind == "text" and found and found[-1].kind == "text" and found[-1].look == run.look:
            found[-1] = found[-1].model_copy(update={"text": found[-1].text + text})
        elif text:
            found.append(run.model_copy(update={"text": text, "link": run.link if run.href else {}}))
    _end(found)
    return found


def _end(found: list[TextRun]) -> None:
    while found and found[-1].kind == "text":
        text = found[-1].text.rstrip(" ")
        if text == found[-1].text:
            return
        if text:
            found[-1] = found[-1].model_copy(update={"text": text})
            return
        found.pop()


Runs = Annotated[list[TextRun], Field(max_length=2_000), AfterValidator(joined)]


class TextParagraph(_Node):
    """A paragraph, or an item of a list; `line`: words that stand alone, without a paragraph's distance."""

    kind: Literal["line", "paragraph", "bullet", "number"] = "line"
    runs: Runs = []
    style: Value = ""


class _Block(_Node):
    id: str = Field(default="", max_length=40, description="A name that the editor gives; nothing is kept of it")
    attributes: Attributes = {}


class HeadingBlock(_Block):
    """A heading of level 1 to 3."""

    type: Literal["heading"] = "heading"
    level: Literal[1, 2, 3] = 1
    runs: Runs = []


class TextBlock(_Block):
    """Paragraphs and lists."""

    type: Literal["text"] = "text"
    paragraphs: Annotated[list[TextParagraph], Field(max_length=500)] = []

    @model_validator(mode="after")
    def _one_form(self) -> TextBlock:
        if len(self.paragraphs) > 1:
            for paragraph in self.paragraphs:
                paragraph.kind = "paragraph" if paragraph.kind == "line" else paragraph.kind
        for paragraph in self.paragraphs:
            paragraph.style = paragraph.style if paragraph.kind == "paragraph" else ""
        return self


class ImageBlock(_Block):
    """A picture; its address, words for it and link are attributes."""

    type: Literal["image"] = "image"


class ButtonBlock(_Block):
    """A button; where it leads is an attribute."""

    type: Literal["button"] = "button"
    runs: Runs = []


class DividerBlock(_Block):
    """A rule across the column."""

    type: Literal["divider"] = "divider"


class SpacerBlock(_Block):
    """Empty height."""

    type: Literal["spacer"] = "spacer"


class MailLink(_Node):
    """A name that leads somewhere."""

    label: Line = ""
    href: Value = ""


class SocialBlock(_Block):
    """Links to where else one is, as words: they show with images off, and ask no other company's server."""

    type: Literal["social"] = "social"
    links: Annotated[list[MailLink], Field(max_length=20)] = []


class MenuBlock(_Block):
    """A row of links."""

    type: Literal["menu"] = "menu"
    links: Annotated[list[MailLink], Field(max_length=20)] = []


class TableBlock(_Block):
    """A table of words; `header`: its first row names the columns."""

    type: Literal["table"] = "table"
    header: bool = True
    rows: Annotated[list[Annotated[list[Runs], Field(max_length=12)]], Field(max_length=100)] = []


class MailProduct(_Node):
    """One product of a list."""

    src: Value = ""
    alt: Line = ""
    name: Line = ""
    note: Line = ""
    price: Line = ""
    href: Value = ""
    action: Line = ""


class ProductsBlock(_Block):
    """Products, one below the other, each with picture, name, price and link."""

    type: Literal["products"] = "products"
    items: Annotated[list[MailProduct], Field(max_length=30)] = []


class CouponBlock(_Block):
    """A code to use, what it gives and until when."""

    type: Literal["coupon"] = "coupon"
    label: Line = ""
    code: Line = ""
    note: Line = ""


class CountdownBlock(_Block):
    """Days left until a day, counted when the mail is sent. `after` is said once it is over."""

    type: Literal["countdown"] = "countdown"
    until: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] = "2030-01-01"
    label: Line = ""
    after: Line = ""


class VideoBlock(_Block):
    """A still of a video that leads to it: mail programs play none."""

    type: Literal["video"] = "video"
    src: Value = ""
    alt: Line = ""
    href: Value = ""
    label: Line = ""


class RawBlock(_Block):
    """MJML or HTML as it was written."""

    type: Literal["raw"] = "raw"
    code: Code = ""


class ConditionalBlock(_Block):
    """What only some people get: `condition` is Liquid's, such as `person.city == "Lyon"`."""

    type: Literal["conditional"] = "conditional"
    condition: Line = ""
    blocks: Annotated[list[Block], Field(max_length=200)] = []


class RepeatedBlock(_Block):
    """What is shown once for each item: `each` is Liquid's, such as `item in person.orders limit: 3`."""

    type: Literal["repeated"] = "repeated"
    each: Line = ""
    blocks: Annotated[list[Block], Field(max_length=200)] = []


Block = Annotated[
    HeadingBlock | TextBlock | ImageBlock | ButtonBlock | DividerBlock | SpacerBlock | SocialBlock | MenuBlock
    | TableBlock | ProductsBlock | CouponBlock | CountdownBlock | VideoBlock | ConditionalBlock | RepeatedBlock
    | RawBlock,
    Field(discriminator="type"),
]  # fmt: skip


class MailColumn(_Block):
    """One column of a section."""

    blocks: Annotated[list[Block], Field(max_length=200)] = []


class SectionRow(_Block):
    """A row across the mail with one to four columns."""

    type: Literal["section"] = "section"
    columns: Annotated[list[MailColumn], Field(max_length=12)] = []


class WrapperRow(_Block):
    """Sections on one ground."""

    type: Literal["wrapper"] = "wrapper"
    rows: Annotated[list[Row], Field(max_length=200)] = []


class ConditionalRows(_Block):
    """Rows that only some people get."""

    type: Literal["conditional_rows"] = "conditional_rows"
    condition: Line = ""
    rows: Annotated[list[Row], Field(max_length=200)] = []


class RepeatedRows(_Block):
    """Rows that are shown once for each item."""

    type: Literal["repeated_rows"] = "repeated_rows"
    each: Line = ""
    rows: Annotated[list[Row], Field(max_length=200)] = []


class SharedRow(_Block):
    """A row that is kept once for all mails: its number, and how it looks in this version."""

    type: Literal["shared"] = "shared"
    row: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")]
    rows: Annotated[list[Row], Field(max_length=50)] = []


Row = Annotated[
    SectionRow | WrapperRow | ConditionalRows | RepeatedRows | SharedRow | RawBlock, Field(discriminator="type")
]


class MailTree(_Node):
    """A whole mail. `theme` is how it looks; a mail that has a head of its own making keeps it in `head` instead."""

    version: Literal[1] = 1
    attributes: Attributes = {}
    title: Line = ""
    theme: MailTheme | None = None
    head: Code = ""
    body: Attributes = {}
    rows: Annotated[list[Row], Field(max_length=300)] = []

    @model_validator(mode="after")
    def _measured(self) -> MailTree:
        for count, (_, level) in enumerate(walk(self.rows), 1):
            if count > MOST_BLOCKS:
                raise ValueError(f"a mail has at most {MOST_BLOCKS} blocks")
            if level > MOST_LEVELS:
                raise ValueError(f"blocks stand in each other at most {MOST_LEVELS} deep")
        if self.theme is not None:
            self.head = ""
        else:
            self.title = ""
        return self


def walk(nodes: list[Row] | list[MailColumn] | list[Block], level: int = 1) -> Iterator[tuple[_Block, int]]:
    """Return every row, column and block with how deep it stands."""
    for node in nodes:
        yield node, level
        for inner in ("rows", "columns", "blocks"):
            held = getattr(node, inner, None)
            if held and not isinstance(node, TableBlock):
                yield from walk(held, level + 1)


for _model in (
    ConditionalBlock, RepeatedBlock, MailColumn, SectionRow, WrapperRow, ConditionalRows, RepeatedRows, SharedRow,
    MailTree,
):  # fmt: skip
    _model.model_rebuild()
