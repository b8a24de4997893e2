"""What visitors write, understood or refused; and what keeps a form from being opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from gonfalon.forms.answers.rules import OTHER_WORDS, is_worked, make_challenge, read_answers
from gonfalon.forms.definition import OTHER, FormDefinition
from gonfalon.forms.rules import attribute_values, find_problems, is_shown
from gonfalon.people.attributes.model import Attribute, AttributeType
from tests.forms.conftest import prove

OPTIONS = [{"value": "a", "label": "Ay"}, {"value": "b", "label": "Bee"}]
ROWS = [{"value": "x", "label": "X"}, {"value": "y", "label": "Y"}]


def define(*fields: dict[str, Any], **more: Any) -> FormDefinition:
    """A definition of one step; fields without a label get one."""
    return FormDefinition.model_validate(
        {
            "steps": [
                {
                    "fields": [
                        {"label": "?"} | each if each["kind"] not in ("hidden", "note") else each for each in fields
                    ]
                }
            ],
            "confirm": False,
            **more,
        }
    )


def flatten(fields: Mapping[str, Any]) -> dict[str, list[str]]:
    """What a page sends for these answers: texts, numbers, booleans, lists, and objects for matrices."""
    found: dict[str, list[str]] = {}
    for key, value in fields.items():
        match value:
            case None:
                continue
            case {"other": str(own)}:
                found |= {key: [OTHER], key + OTHER_WORDS: [own]}
            case Mapping():
                found |= {f"{key}__{row}": [_plain(chosen)] for row, chosen in value.items()}
            case list():
                found[key] = [OTHER if isinstance(each, Mapping) else _plain(each) for each in value]
                found[key + OTHER_WORDS] = [str(each.get(OTHER, "")) for each in value if isinstance(each, Mapping)]
            case _:
                found[key] = [_plain(value)]
    return found


def _plain(value: object) -> str:
    return ("yes" if value else "") if isinstance(value, bool) else str(value)


def read(field: dict[str, Any], posted: dict[str, Any]) -> Any:
    """The value of a field `f`, or the code of what is wrong with it."""
    found = read_answers(define({"id": "f"} | field), flatten(posted), "SE")
    return found.faults["f"].code if found.faults else found.values.get("f")


@pytest.mark.parametrize(
    ("field", "posted", "value"),
    [
        ({"kind": "text"}, {"f": "  two   words "}, "two words"),
        ({"kind": "text", "longest": 3}, {"f": "long"}, "long"),
        ({"kind": "text"}, {"f": "  "}, None),
        ({"kind": "text", "required": True}, {}, "required"),
        ({"kind": "text"}, {"f": "a\0b"}, "ab"),
        ({"kind": "long_text"}, {"f": "one\ntwo"}, "one\ntwo"),
        ({"kind": "email"}, {"f": "Ada@EXAMPLE.com"}, "ada@example.com"),
        ({"kind": "email"}, {"f": "ada@"}, "email"),
        ({"kind": "phone"}, {"f": "070-123 45 67"}, "+46701234567"),
        ({"kind": "phone"}, {"f": "12"}, "phone"),
        ({"kind": "number"}, {"f": "1 234,5"}, 1234.5),
        ({"kind": "number"}, {"f": "lots"}, "number"),
        ({"kind": "number"}, {"f": "1e400"}, "number"),
        ({"kind": "number", "whole": True}, {"f": "1.5"}, "whole"),
        ({"kind": "number", "least": 18}, {"f": "17"}, "small"),
        ({"kind": "number", "most": 99}, {"f": "100"}, "large"),
        ({"kind": "date"}, {"f": "2026-02-28"}, "2026-02-28"),
        ({"kind": "date"}, {"f": "2026-02-30"}, "date"),
        ({"kind": "date", "earliest": "2026-01-01"}, {"f": "2025-12-31"}, "early"),
        ({"kind": "date", "latest": "2026-01-01"}, {"f": "2026-01-02"}, "late"),
        ({"kind": "choice", "options": OPTIONS}, {"f": "a"}, "a"),
        ({"kind": "choice", "options": OPTIONS}, {"f": "c"}, "choice"),
        ({"kind": "choice", "options": OPTIONS}, {"f": ["a", "b"]}, "one"),
        ({"kind": "choice", "options": OPTIONS, "other": True}, {"f": {"other": "mine"}}, {"other": "mine"}),
        ({"kind": "choice", "options": OPTIONS, "other": True}, {"f": "other"}, "other"),
        ({"kind": "choice", "options": OPTIONS}, {"f": "other"}, "choice"),
        ({"kind": "choices", "options": OPTIONS}, {"f": ["b", "a", "b"]}, ["b", "a"]),
        ({"kind": "choices", "options": OPTIONS, "most": 1}, {"f": ["b", "a"]}, "many"),
        ({"kind": "scale"}, {"f": "5"}, 5),
        ({"kind": "scale"}, {"f": "6"}, "choice"),
        ({"kind": "scale"}, {"f": "٥"}, "choice"),
        ({"kind": "nps"}, {"f": 0}, 0),
        ({"kind": "nps"}, {"f": "11"}, "choice"),
        ({"kind": "matrix", "rows": ROWS, "options": OPTIONS}, {"f": {"x": "a"}}, {"x": "a"}),
        ({"kind": "matrix", "rows": ROWS, "options": OPTIONS, "required": True}, {"f": {"x": "a"}}, "rows"),
        ({"kind": "matrix", "rows": ROWS, "options": OPTIONS}, {"f": {"x": "z"}}, "choice"),
        ({"kind": "tick"}, {"f": True}, True),
        ({"kind": "tick"}, {"f": False}, None),
        ({"kind": "tick", "required": True}, {}, "tick"),
    ],
)
def test_what_is_written_is_understood_or_refused(field: dict[str, Any], posted: dict[str, Any], value: Any) -> None:
    assert read(field, posted) == value


@pytest.mark.parametrize(
    ("compare", "values", "given", "shown"),
    [
        ("is", ["a"], "a", True),
        ("is", ["A"], "a", True),
        ("is", ["a", "b"], ["b"], True),
        ("is", ["a"], None, False),
        ("is_not", ["a"], None, True),
        ("is_not", ["a"], ["a", "b"], False),
        ("is", ["other"], {"other": "x"}, True),
        ("is", ["yes"], True, True),
        ("answered", [], 0, True),
        ("answered", [], None, False),
        ("not_answered", [], None, True),
        ("at_least", ["3"], 3, True),
        ("at_least", ["3"], 2.9, False),
        ("at_least", ["3"], None, False),
        ("at_most", ["3"], 4, False),
    ],
)
def test_conditions(compare: str, values: list[str], given: Any, shown: bool) -> None:
    condition = (
        define(
            {"kind": "text", "id": "a"},
            {"kind": "text", "id": "b", "show_if": {"field": "a", "compare": compare, "values": values}},
        )
        .steps[0]
        .fields[1]
        .show_if
    )  # type: ignore[union-attr]
    assert is_shown(condition, {} if given is None else {"a": given}) is shown


def test_what_is_not_asked_is_not_taken_and_not_missed() -> None:
    form = define(
        {"kind": "tick", "id": "more"},
        {"kind": "text", "id": "why", "required": True, "show_if": {"field": "more", "values": ["yes"]}},
        {"kind": "text", "id": "deep", "required": True, "show_if": {"field": "why", "compare": "answered"}},
    )
    assert read_answers(form, {"why": ["sent all the same"]}, "SE").values == {}
    assert set(read_answers(form, {"more": ["yes"]}, "SE").faults) == {"why"}
    assert set(read_answers(form, {"more": ["yes"], "why": ["x"]}, "SE").faults) == {"deep"}


def an_attribute(key: str, type_: AttributeType, choices: tuple[str, ...] = ()) -> Attribute:
    """An attribute of a workspace."""
    return Attribute(1, key, key.title(), type_, choices, "", datetime(2026, 1, 1, tzinfo=UTC))


ATTRIBUTES = {
    "name": an_attribute("name", AttributeType.TEXT),
    "size": an_attribute("size", AttributeType.CHOICE, ("Ay", "Bee")),
    "age": an_attribute("age", AttributeType.NUMBER),
}


@pytest.mark.parametrize(
    ("fields", "more", "problem"),
    [
        ([], {}, ("form_empty", "")),
        ([{"kind": "note", "id": "n"}], {}, ("form_empty", "")),
        ([{"kind": "email", "id": "e"}], {"confirm": True}, ("confirm_needs_email", "")),
        ([{"kind": "email", "id": "e"}, {"kind": "email", "id": "f"}], {}, ("field_twice", "f")),
        ([{"kind": "text", "id": "a"}, {"kind": "text", "id": "a"}], {}, ("id_twice", "a")),
        ([{"kind": "text", "id": "a", "attribute": "gone"}], {}, ("attribute_gone", "a")),
        ([{"kind": "text", "id": "a", "attribute": "age"}], {}, ("attribute_unfit", "a")),
        ([{"kind": "text", "id": "a", "attribute": "name"}, {"kind": "text", "id": "b", "attribute": "name"}], {},
         ("attribute_twice", "b")),
        ([{"kind": "choice", "id": "a", "attribute": "size", "options": [{"value": "c", "label": "Sea"}]}], {},
         ("choices_unfit", "a")),
        ([{"kind": "text", "id": "a", "show_if": {"field": "b", "values": ["x"]}}, {"kind": "text", "id": "b"}], {},
         ("condition_broken", "a")),
        ([{"kind": "choice", "id": "a", "options": OPTIONS},
          {"kind": "text", "id": "b", "show_if": {"field": "a", "values": ["gone"]}}], {}, ("condition_broken", "b")),
        ([{"kind": "email", "id": "e"}, {"kind": "consent", "id": "c", "topics": [9]}], {}, ("topic_gone", "c")),
        ([{"kind": "phone", "id": "p"}, {"kind": "consent", "id": "c", "topics": [1]}], {},
         ("consent_needs_address", "c")),
        ([{"kind": "text", "id": "a"}], {"tags": ["x"]}, ("nobody_named", "")),
        ([{"kind": "email", "id": "e"}], {"list_id": "6dbc2a4e-8f43-4c0a-9b0a-6f3f1f0c6f10"}, ("list_gone", "")),
    ],
)  # fmt: skip
def test_what_keeps_a_form_from_being_opened(
    fields: list[dict[str, Any]], more: dict[str, Any], problem: tuple[str, str]
) -> None:
    found = find_problems(define(*fields, **more), ATTRIBUTES, {1}, set())
    assert [(each.code, each.field) for each in found] == [problem]


def test_attributes_get_what_people_read() -> None:
    form = define(
        {"kind": "choice", "id": "s", "attribute": "size", "options": OPTIONS},
        {"kind": "choices", "id": "n", "attribute": "name", "options": OPTIONS, "other": True},
    )
    assert attribute_values(form, {"s": "b", "n": ["a", {"other": "mine"}]}) == {"size": "Bee", "name": "Ay, mine"}


@pytest.mark.parametrize(
    "damage",
    [
        {"steps": []},
        {"steps": [{"fields": [{"kind": "text", "id": "A b", "label": "x"}]}]},
        {"steps": [{"fields": [{"kind": "script", "id": "a", "label": "x"}]}]},
        {"thanks": {"address": "javascript:alert(1)"}},
        {"thanks": {"address": "http://plain.example"}},
        {"accent": "red;}"},
        {"language": "tlh"},
        {"title": "a\0b"},
    ],
)
def test_a_damaged_definition_is_refused(damage: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FormDefinition.model_validate(damage)


def test_the_work_holds_for_its_form_and_for_some_hours() -> None:
    now = datetime(2026, 11, 30, 12, tzinfo=UTC)
    challenge = make_challenge(b"k" * 32, "form", now)
    proof = prove(challenge)
    assert is_worked(b"k" * 32, "form", challenge, proof, now + timedelta(hours=3))
    assert not is_worked(b"k" * 32, "form", challenge, proof, now + timedelta(hours=5))
    assert not is_worked(b"k" * 32, "form", challenge, proof, now - timedelta(hours=1))
    assert not is_worked(b"k" * 32, "other", challenge, proof, now)
    assert not is_worked(b"x" * 32, "form", challenge, proof, now)
    assert not is_worked(b"k" * 32, "form", challenge, proof + "0", now)
    for damaged in ("", "1", ".", "9" * 40 + ".x", "−1.x"):
        assert not is_worked(b"k" * 32, "form", damaged, proof, now)
