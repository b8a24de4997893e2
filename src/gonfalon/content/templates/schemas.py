"""Shapes of the templates API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.content.blocks import MailTree, write_mail
from gonfalon.content.render import Source
from gonfalon.content.render.model import TemplateProblem
from gonfalon.content.templates.model import Check, Gap, Sample, Template


class SourceOut(BaseModel):
    """An email as written: MJML or HTML with Liquid. `text` replaces the text part made from it."""

    model_config = ConfigDict(from_attributes=True)

    subject: str = Field(default="", max_length=1_000)
    preheader: str = Field(default="", max_length=1_000)
    body: str = Field(default="", max_length=500_000)
    text: str = Field(default="", max_length=500_000)


class SourceIn(SourceOut):
    """An email as written, or as blocks: `blocks` then stand for `body`, which is made of them."""

    blocks: MailTree | None = None

    def source(self) -> Source:
        """Return as the rendering takes it; NUL, which no database text can hold, is dropped."""
        body = self.body if self.blocks is None else write_mail(self.blocks)
        parts = (self.subject, body, self.preheader, self.text)
        return Source(*(part.replace("\0", "") for part in parts))


class BlocksIn(BaseModel):
    """A source to be opened as blocks."""

    body: str = Field(default="", max_length=500_000)


class TemplateLink(BaseModel):
    """A link; `dynamic` ones differ by person."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    destination: str
    label: str
    dynamic: bool


class FieldOut(BaseModel):
    """A field the template takes; `guarded` if it says what happens without it."""

    model_config = ConfigDict(from_attributes=True)

    path: str
    guarded: bool
    part: str
    line: int | None


class TemplateCheck(BaseModel):
    """What is known about a source."""

    sendable: bool
    problems: list[TemplateProblem]
    links: list[TemplateLink]
    fields: list[FieldOut]
    html_bytes: int

    @classmethod
    def of(cls, check: Check) -> TemplateCheck:
        """Make it of the room's own shape."""
        return cls(
            sendable=check.sendable,
            problems=check.problems,
            links=[TemplateLink.model_validate(each) for each in check.links],
            fields=[FieldOut.model_validate(each) for each in check.uses],
            html_bytes=check.html_bytes,
        )


class GapsIn(SourceIn):
    """A source and whose fields to look at: a snapshot, a fixed list, or everybody."""

    snapshot_id: int | None = None
    list_id: UUID | None = None


class GapOut(BaseModel):
    """`missing` of `people` have nothing in a field that is printed without a default."""

    model_config = ConfigDict(from_attributes=True)

    field: str
    missing: int
    people: int

    @classmethod
    def of(cls, gap: Gap) -> GapOut:
        """Make it of the room's own shape."""
        return cls.model_validate(gap)


class PreviewIn(SourceIn):
    """A source and as whom to see it; without a person it is a made-up one, the usual or a difficult one."""

    person_id: int | None = None
    sample: Sample = Sample.USUAL


class TemplatePreview(BaseModel):
    """A rendered message. Show `html` only in a sandboxed frame. `gaps` were missing for this person."""

    subject: str
    preheader: str
    html: str
    text: str
    gaps: list[str]


class TemplateIn(SourceIn):
    """A new template: from a starter, or from its own source."""

    name: str = Field(default="", max_length=200)
    starter: str = Field(default="", max_length=64)


class TemplateSave(SourceIn):
    """A changed template; `version` is the one it was made from."""

    name: str = Field(max_length=200)
    version: int


class CopyIn(BaseModel):
    """The name of a copy."""

    name: str = Field(max_length=200)


class RestoreIn(BaseModel):
    """`version` is the newest one that was seen."""

    version: int


class StarterOut(BaseModel):
    """A template to begin with, and how it looks."""

    key: str
    name: str
    description: str
    subject: str
    html: str


class VersionOut(BaseModel):
    """A saved version."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    subject: str
    saved_by: str
    created_at: datetime


class TemplateRow(BaseModel):
    """A template in a list."""

    id: UUID
    name: str
    channel: str
    version: int
    subject: str
    sendable: bool
    saved_by: str
    updated_at: datetime
    archived_at: datetime | None

    @classmethod
    def of(cls, template: Template) -> TemplateRow:
        """Make it of the room's own shape."""
        return cls(**_common(template))


class TemplateOut(TemplateRow):
    """A template with its content and what was found when it was saved."""

    created_at: datetime
    preheader: str
    body: str
    text: str
    problems: list[TemplateProblem]

    @classmethod
    def of(cls, template: Template) -> TemplateOut:
        """Make it of the room's own shape."""
        return cls(
            **_common(template),
            created_at=template.created_at,
            preheader=template.source.preheader,
            body=template.source.body,
            text=template.source.text,
            problems=template.checks,
        )


def _common(template: Template) -> dict[str, object]:
    return {
        "id": template.id,
        "name": template.name,
        "channel": template.channel,
        "version": template.version,
        "subject": template.source.subject,
        "sendable": not any(check["level"] == "error" for check in template.checks),
        "saved_by": template.saved_by,
        "updated_at": template.updated_at,
        "archived_at": template.archived_at,
    }
