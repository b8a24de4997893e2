"""ICU messages of the server: what is read, what is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gonfalon.kit.words import LANGUAGES, Spoken, fill, load_words, parse


def say(text: str, language: str = "en", **values: object) -> str:
    return fill(parse(text), values, language)


def test_values_are_put_in_as_they_are() -> None:
    assert say("{who} saved “{ what }”.", who="Ada", what="{x} #") == "Ada saved “{x} #”."
    assert say("# of {n, number}", n=3) == "# of 3"


def test_a_choice_takes_the_case_or_the_other() -> None:
    text = "{state, select, done {Done by {who}} other {Open}}"
    assert [say(text, state=state, who="Ada") for state in ("done", "late")] == ["Done by Ada", "Open"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", ["no day", "1 day", "0.5 days"]), ("fr", ["no day", "1 day", "0.5 day"])]
)
def test_plurals_follow_the_language(language: str, said: list[str]) -> None:
    text = "{n, plural, =0 {no day} one {# day} other {# days}}"
    assert [say(text, language, n=n) for n in (0, 1, 0.5)] == said


def test_the_number_of_a_plural_reaches_the_choices_inside() -> None:
    text = "{n, plural, other {{late, select, yes {# late} other {# here}}}}"
    assert say(text, n=2, late="yes") == "2 late"


@pytest.mark.parametrize("text", ["{", "{n", "}", "a } b", "{n, plural, one {x}", "{n, date}", "{a b}"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"“|substring"):
        parse(text)


def test_a_missing_value_is_a_fault_of_the_caller() -> None:
    words = Spoken({"led": "led by {name}"})
    words.language = "en"
    with pytest.raises(KeyError):
        words("led")


def test_words_lie_beside_the_module(tmp_path: Path) -> None:
    for language in LANGUAGES:
        (tmp_path / f"{language}.json").write_text(json.dumps({"ask": f"{language}: {{who}} ?"}), encoding="utf-8")
    words = load_words(str(tmp_path / "__init__.py"))
    assert words["sv"]("ask", who="Ada") == "sv: Ada ?"
