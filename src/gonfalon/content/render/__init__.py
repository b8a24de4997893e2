"""Rendering: a template is compiled once and then spliced for each person.

The door: `compile_email`, `CompiledEmail`, `RenderedEmail`, `TemplateProblem`, `TemplateError`, `Source`, `Style`.
"""

from gonfalon.content.render.email import CompiledEmail, RenderedEmail, compile_email
from gonfalon.content.render.encoding import QUOTED_PRINTABLE, UTF8, Encoding
from gonfalon.content.render.model import FieldUse, Link, Source, Style, TemplateError, TemplateProblem

__all__ = [
    "QUOTED_PRINTABLE",
    "UTF8",
    "CompiledEmail",
    "Encoding",
    "FieldUse",
    "Link",
    "RenderedEmail",
    "Source",
    "Style",
    "TemplateError",
    "TemplateProblem",
    "compile_email",
]
