"""The interface has words, in every language, for whatever the server names by a code."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gonfalon.accounts.log.model import LogKind
from gonfalon.entry.codes import audit_actions, codes
from gonfalon.kit.words import LANGUAGES, Message, parse
from gonfalon.planning.calendar.moves.model import MoveKind
from gonfalon.teamwork.model import NoticeKind
from tests.architecture.source import tree

ROOT = Path(__file__).parents[2]
WEB = ROOT / "web" / "src"
ROOMS = sorted((ROOT / "src/gonfalon").rglob("words/en.json"))


def problems(language: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((WEB / f"problems/messages/{language}.json").read_text(encoding="utf-8"))
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_code_has_its_words(language: str) -> None:
    """Those with a dot name items of a list that the error carries."""
    assert {key for key in problems(language) if "." not in key} == set(codes())


def test_the_interface_says_in_english_what_the_api_says() -> None:
    """Where a code has one sentence: the words of other languages are made from the English ones."""
    words = problems("en")
    said = {
        code.name: next(iter(code.sentences)).replace("'", "’")
        for code in codes().values()
        if len(code.sentences) == 1 and not any("…" in sentence or not sentence for sentence in code.sentences)
    }
    assert len(said) > 200
    plain = {name: re.sub(r"\{(\w+), number[^{}]*\}", r"{\1}", words[name]) for name in said}
    assert {name: text for name, text in plain.items() if text != said[name] and ", select," not in text} == {}


def arguments(message: Message) -> set[str]:
    """Every value that a message names, however deep."""
    found: set[str] = set()
    for piece in message:
        if not isinstance(piece, str):
            found |= {piece[0]}.union(*(arguments(case) for case in piece[2].values()))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_an_error_name_only_what_it_carries(language: str) -> None:
    carried = {code.name: set().union(*code.sentences.values()) for code in codes().values()}
    words = {name: text for name, text in problems(language).items() if name in carried and "**" not in carried[name]}
    assert {name: text for name, text in words.items() if not arguments(parse(text)) <= carried[name]} == {}


@pytest.mark.parametrize("file", ROOMS, ids=lambda file: file.parents[1].name)
def test_the_words_of_a_room_are_whole_in_every_language(file: Path) -> None:
    """The same keys, none without words, and the same values in each."""
    texts = {language: json.loads(file.with_name(f"{language}.json").read_text("utf-8")) for language in LANGUAGES}
    shapes = {
        language: {key: arguments(parse(text)) for key, text in words.items() if text.strip()}
        for language, words in texts.items()
    }
    assert len(ROOMS) > 5
    assert all(shape == shapes["en"] for shape in shapes.values())
    assert shapes["en"].keys() == texts["en"].keys()


def calls_of(file: Path, words: dict[str, str]) -> Iterator[tuple[str, set[str], int]]:
    """Calls that say one of the words: `words("key", …)`, `say(language, "key", …)`: the key, its values, the line."""
    for call in (node for path in file.parents[1].rglob("*.py") for node in ast.walk(tree(path))):
        if not isinstance(call, ast.Call) or not re.search(r"(?i)\b_?(say|words)\b", ast.unparse(call.func)):
            continue
        key = next((each.value for each in call.args[:2] if isinstance(each, ast.Constant)), None)
        if key in words and all(each.arg for each in call.keywords):
            yield str(key), {str(each.arg) for each in call.keywords}, call.lineno


@pytest.mark.parametrize("file", ROOMS, ids=lambda file: file.parents[1].name)
def test_a_call_gives_a_word_what_it_says(file: Path) -> None:
    """As the compiler sees to it in the interface; calls that put keys or values together are left out."""
    words = json.loads(file.read_text("utf-8"))
    wrong = [
        f"{key} in line {line} is given {sorted(given)}"
        for key, given, line in calls_of(file, words)
        if given != arguments(parse(words[key]))
    ]
    assert wrong == []


def named(kind: str, language: str) -> dict[str, str]:
    """The words that any room has for what the server calls by a name of this kind."""
    files = WEB.rglob(f"messages/{language}.json")
    rooms = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return {
        key.removeprefix(f"{kind}."): text for room in rooms for key, text in room.items() if key.startswith(f"{kind}.")
    }


FORMED = {f"member.{kind.value}" for kind in (LogKind.PASSWORD_CHANGED, LogKind.PASSWORD_RESET)}
FORMED |= {f"{of}{state}" for of in ("consent.", "people.consent_") for state in ("granted", "withdrawn")}
FORMED |= {f"{kind.value}.rescheduled" for kind in MoveKind}
"""Actions that are put together of parts."""
PAST = {"goal.deleted", "touchpoint.deleted", "template_plan.deleted"}
"""Actions that older versions wrote down."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_audit_action_has_its_words(language: str) -> None:
    words = {name for name in named("audit", language) if "." in name}
    assert words == audit_actions() | FORMED | PAST


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notice_has_its_words(language: str) -> None:
    """A kind that tells of several things has a second sentence."""
    assert {name.removesuffix(".many") for name in named("notice", language)} == set(NoticeKind)
