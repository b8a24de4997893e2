"""What a new form begins with: the usual fields of its kind, in the workspace's language."""

from __future__ import annotations

from functools import partial
from typing import Any

from gonfalon.forms.definition import (
    ChoiceField,
    ConsentField,
    EmailField,
    FormDefinition,
    FormOption,
    FormStep,
    ScaleField,
    TextField,
    TickField,
)
from gonfalon.forms.model import FormKind
from gonfalon.forms.words import say


def begin(kind: FormKind, language: str, workspace: str, topic: int) -> FormDefinition:
    """Make the definition that a new form of this kind begins with. topic: what its consent is asked for."""
    words = partial(say, language)
    email = EmailField(id="email", label=words("start.email"), required=True)
    consent = ConsentField(id="consent", label=words("start.consent", workspace=workspace), topics=(topic,))
    made: dict[str, Any] = {"language": language}
    match kind:
        case FormKind.FORM:
            name = TextField(id="first_name", label=words("start.first_name"), attribute="first_name", longest=100)
            made |= {"title": words("start.form_title"), "button": words("start.form_button")}
            made["steps"] = (FormStep(fields=(email, name, consent.model_copy(update={"required": True}))),)
        case FormKind.SURVEY:
            made |= {"title": words("start.survey_title"), "confirm": False}
            made["steps"] = (FormStep(fields=_questions(language)),)
        case FormKind.CONTEST:
            entry = TextField(kind="long_text", id="entry", label=words("start.contest_entry"), required=True)
            rules = TickField(id="conditions", label=words("start.contest_rules"), required=True)
            made |= {"title": words("start.contest_title"), "button": words("start.contest_button"), "once_each": True}
            made["steps"] = (FormStep(fields=(entry, email, rules, consent)),)
    return FormDefinition(**made)


def _questions(language: str) -> tuple[ScaleField | TextField | ChoiceField, ...]:
    """Make five questions, one for each trait worth knowing: loyalty, reason, need, channel, objection.

    They suggest no answer, and where answers are given there is room for another one.
    """
    words = partial(say, language)

    def options(*keys: str) -> tuple[FormOption, ...]:
        return tuple(FormOption(value=key, label=words(f"start.{key}")) for key in keys)

    return (
        ScaleField(
            kind="nps",
            id="recommend",
            label=words("start.survey_nps"),
            low=words("start.survey_low"),
            high=words("start.survey_high"),
            required=True,
        ),
        TextField(kind="long_text", id="reason", label=words("start.survey_reason")),
        TextField(id="need", label=words("start.survey_goal")),
        ChoiceField(
            id="heard",
            label=words("start.survey_learn"),
            options=options("friend", "search", "social", "press"),
            other=True,
        ),
        ChoiceField(
            kind="choices",
            id="doubts",
            label=words("start.survey_decide"),
            options=options("price", "trust", "effort", "nothing"),
            other=True,
        ),
    )
