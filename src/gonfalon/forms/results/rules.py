"""Pure: answers as lines of a spreadsheet."""

from __future__ import annotations

from typing import Any

from gonfalon.forms.definition import OTHER, ChoiceField, FormDefinition, HiddenField, MatrixField
from gonfalon.kit.sheets import Cell


def headings(form: FormDefinition) -> list[str]:
    """Name the columns of the answers, a matrix's lines each in one of their own."""
    found: list[str] = []
    for each in form.asked():
        if isinstance(each, MatrixField):
            found += [f"{each.label}: {row.label}" for row in each.rows]
        else:
            found.append(each.label)
    return found + [each.id for each in form.fields() if isinstance(each, HiddenField)]


def line(form: FormDefinition, values: dict[str, Any]) -> list[Cell]:
    """Put one answer's values under the headings, choices by the labels that visitors read."""
    found: list[Cell] = []
    for each in form.asked():
        value = values.get(each.id)
        if isinstance(each, MatrixField):
            labels = {option.value: option.label for option in each.options}
            chosen = value or {}
            found += [labels.get(chosen.get(row.value, ""), chosen.get(row.value)) for row in each.rows]
        elif isinstance(each, ChoiceField):
            labels = {option.value: option.label for option in each.options}
            parts = [] if value is None else value if isinstance(value, list) else [value]
            found.append("; ".join(p[OTHER] if isinstance(p, dict) else labels.get(p, p) for p in parts) or None)
        else:
            found.append(value)
    return found + [values.get(each.id) for each in form.fields() if isinstance(each, HiddenField)]
