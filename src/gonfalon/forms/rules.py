"""Pure decisions on forms: what stops one from being opened, and what a visitor's words mean."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any

from gonfalon.forms.definition import (
    OTHER,
    ChoiceField,
    Compare,
    ConsentField,
    DateField,
    EmailField,
    FormCondition,
    FormDefinition,
    HiddenField,
    NoteField,
    NumberField,
    PhoneField,
    ScaleField,
    TextField,
    TickField,
)
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.model import Channel

_TYPES: Mapping[type, frozenset[AttributeType]] = {
    TextField: frozenset({AttributeType.TEXT}),
    NumberField: frozenset({AttributeType.NUMBER}),
    DateField: frozenset({AttributeType.DATE}),
    ChoiceField: frozenset({AttributeType.TEXT, AttributeType.CHOICE}),
    ScaleField: frozenset({AttributeType.NUMBER}),
    TickField: frozenset({AttributeType.BOOLEAN}),
    HiddenField: frozenset({AttributeType.TEXT, AttributeType.CHOICE}),
}
"""Which types of attributes can keep a field's answers."""


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What stops a form from being opened. field: the id of the field it is about, "" for the form itself."""

    code: str
    field: str = ""
    details: Mapping[str, str] = dataclass_field(default_factory=dict)


def find_problems(
    form: FormDefinition, attributes: Mapping[str, Attribute], topics: Collection[int], lists: Collection[object]
) -> list[FormProblem]:
    """List what stops the form from being opened; the collections hold what the workspace has."""
    found: list[FormProblem] = []
    if next(form.asked(), None) is None:
        found.append(FormProblem("form_empty"))
    emails = [each for each in form.asked() if isinstance(each, EmailField)]
    phones = [each for each in form.asked() if isinstance(each, PhoneField)]
    found += [FormProblem("field_twice", extra.id) for extra in (*emails[1:], *phones[1:])]
    if form.confirm and not any(each.required and each.show_if is None for each in emails[:1]):
        found.append(FormProblem("confirm_needs_email"))
    if form.list_id is not None and form.list_id not in lists:
        found.append(FormProblem("list_gone"))
    if (form.list_id is not None or form.tags) and not (emails or phones):
        found.append(FormProblem("nobody_named"))
    return found + list(_field_problems(form, attributes, topics, bool(emails), bool(phones)))


def _field_problems(
    form: FormDefinition, attributes: Mapping[str, Attribute], topics: Collection[int], email: bool, phone: bool
) -> Iterator[FormProblem]:
    above: dict[str, Any] = {}
    kept: set[str] = set()
    for each in form.fields():
        if each.id in above:
            yield FormProblem("id_twice", each.id)
        condition = None if isinstance(each, HiddenField) else each.show_if
        if condition is not None and not _holds_together(condition, above):
            yield FormProblem("condition_broken", each.id)
        key = getattr(each, "attribute", None)
        if key is not None:
            attribute = attributes.get(key)
            if attribute is None:
                yield FormProblem("attribute_gone", each.id, {"attribute": key})
            elif attribute.type not in _TYPES[type(each)]:
                yield FormProblem("attribute_unfit", each.id, {"attribute": attribute.label})
            elif isinstance(each, ChoiceField) and not _choices_fit(each, attribute):
                yield FormProblem("choices_unfit", each.id, {"attribute": attribute.label})
            if key in kept:
                yield FormProblem("attribute_twice", each.id)
            kept.add(key)
        if isinstance(each, ConsentField):
            if not set(each.topics) <= set(topics):
                yield FormProblem("topic_gone", each.id)
            if not (phone if each.channel is Channel.SMS else email):
                yield FormProblem("consent_needs_address", each.id)
        above[each.id] = each


def _holds_together(condition: FormCondition, above: Mapping[str, Any]) -> bool:
    """Whether the condition looks at a field further up that can be answered so."""
    looked = above.get(condition.field)
    if looked is None or isinstance(looked, NoteField):
        return False
    if condition.compare in (Compare.ANSWERED, Compare.NOT_ANSWERED):
        return True
    if not condition.values:
        return False
    if isinstance(looked, ChoiceField) and condition.compare in (Compare.IS, Compare.IS_NOT):
        return set(condition.values) <= {option.value for option in looked.options} | {OTHER}
    return True


def _choices_fit(each: ChoiceField, attribute: Attribute) -> bool:
    if attribute.type is not AttributeType.CHOICE:
        return True
    return each.kind == "choice" and not each.other and {o.label for o in each.options} <= set(attribute.choices)


def is_shown(condition: FormCondition | None, values: Mapping[str, Any]) -> bool:
    """Return whether a field with this condition is asked, given the answers further up."""
    if condition is None:
        return True
    given = values.get(condition.field)
    if condition.compare is Compare.ANSWERED:
        return given is not None
    if condition.compare is Compare.NOT_ANSWERED:
        return given is None
    if condition.compare in (Compare.AT_LEAST, Compare.AT_MOST):
        return _compared(condition, given)
    said = {str(part).casefold() for part in _parts(given)}
    among = any(value.casefold() in said for value in condition.values)
    return among if condition.compare is Compare.IS else not among


def _compared(condition: FormCondition, given: Any) -> bool:
    try:
        bound, number = float(condition.values[0]), float(given)
    except (TypeError, ValueError, IndexError):
        return False
    return number >= bound if condition.compare is Compare.AT_LEAST else number <= bound


def _parts(given: Any) -> Sequence[Any]:
    """What an answer holds, as conditions compare it: the option chosen, each of several, yes or no."""
    match given:
        case None:
            return ()
        case bool():
            return ("yes" if given else "no",)
        case {"other": _}:
            return (OTHER,)
        case list():
            return [part for each in given for part in _parts(each)]
    return (given,)


def tags_of(form: FormDefinition, values: Mapping[str, Any]) -> list[str]:
    """Return the tags that an answer gives: the form's own, and those of the options chosen."""
    chosen = [
        option.tag
        for each in form.asked()
        if isinstance(each, ChoiceField)
        for option in each.options
        if option.tag and option.value in _parts(values.get(each.id))
    ]
    return list(dict.fromkeys([*form.tags, *chosen]))


def agreed(form: FormDefinition, values: Mapping[str, Any]) -> list[ConsentField]:
    """Return the consents that an answer gives."""
    return [each for each in form.asked() if isinstance(each, ConsentField) and values.get(each.id) is True]


def attribute_values(form: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of attributes by key, in the types that attributes take; what was not answered is left out."""
    found: dict[str, Any] = {}
    for each in form.fields():
        key, value = getattr(each, "attribute", None), values.get(each.id)
        if key is not None and value is not None:
            found[key] = _in_words(each, value)
    return found


def _in_words(each: object, value: Any) -> Any:
    """An answer as an attribute keeps it: of choices, the labels that people read."""
    if not isinstance(each, ChoiceField):
        return value
    labels = {option.value: option.label for option in each.options}
    parts = value if isinstance(value, list) else [value]
    return ", ".join(part[OTHER] if isinstance(part, dict) else labels.get(part, str(part)) for part in parts)


def event_properties(form: FormDefinition, form_id: object, name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Make the properties of an answer's event: the form, and each answer under its field's id, without addresses."""
    addresses = {each.id for each in form.asked() if isinstance(each, EmailField | PhoneField)}
    said = {
        key: value[OTHER] if isinstance(value, dict) and OTHER in value else value
        for key, value in values.items()
        if key not in addresses
    }
    return {**said, "form_id": str(form_id), "form": name}
