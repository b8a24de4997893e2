"""Shapes of the forms API."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from gonfalon.forms.actions import Checked
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import FormKind, FormState
from gonfalon.forms.rules import FormProblem
from gonfalon.kit.schemas import Name, Version


class FormIn(BaseModel):
    """A new form; without a definition it begins with the usual fields of its kind."""

    name: Name
    kind: FormKind = FormKind.FORM
    definition: FormDefinition | None = None


class FormSave(BaseModel):
    """A form as it is to be saved."""

    version: Version
    name: Name
    definition: FormDefinition


class FormOpen(BaseModel):
    """Which saved version visitors are to see."""

    version: Version


class FormCopy(BaseModel):
    """What a copy is called."""

    name: Name


class FormRow(BaseModel):
    """A form in a list."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    kind: FormKind
    state: FormState
    changed: bool = Field(description="Whether what was saved differs from what visitors see")
    taken: int = Field(description="Answers that count")
    waiting: int = Field(description="Answers that wait for the visitor's confirmation")
    held: int = Field(description="Answers that wait for a member's look")
    answered_at: datetime | None
    updated_at: datetime
    updated_by: str
    archived_at: datetime | None


class FormOut(FormRow):
    """A whole form, its address, and what stops it from being opened."""

    version: int
    published: int | None
    definition: FormDefinition
    created_at: datetime
    url: str
    problems: list[FormProblem]

    @classmethod
    def of(cls, checked: Checked, base: str) -> FormOut:
        """Return the form as the API shows it; base: the public address of the installation."""
        row = FormRow.model_validate(checked.form).model_dump()
        form = checked.form
        return cls(
            **row,
            version=form.version,
            published=form.published,
            definition=form.definition,
            created_at=form.created_at,
            url=f"{base}/forms/{form.id}",
            problems=list(checked.problems),
        )


class FormPreviewIn(BaseModel):
    """A definition to look at before it is saved."""

    name: Name = "–"
    definition: FormDefinition


class FormPreviewOut(BaseModel):
    """The page, for a frame that may run its script and send nothing."""

    html: str
