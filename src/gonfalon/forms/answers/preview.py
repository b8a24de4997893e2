"""A form as visitors would see it, for the builder to show in a sandboxed frame."""

from __future__ import annotations

from uuid import UUID

from gonfalon.accounts.model import Workspace
from gonfalon.forms.answers.model import Door, Shown
from gonfalon.forms.answers.pages import View, form_page
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import FormKind


def preview(workspace: Workspace, name: str, definition: FormDefinition) -> str:
    """Draw a definition that need not be saved."""
    shown = Shown(UUID(int=0), workspace, name, FormKind.FORM, 0, definition, Door.OPEN)
    return form_page(View(shown, "", "", embedded=True))
