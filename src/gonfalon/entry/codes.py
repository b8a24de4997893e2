"""Collects the error codes and audit actions of the code, for the reference page and for tests of the words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gonfalon
from gonfalon.entry.conflicts import CONFLICTS
from gonfalon.kit.problems import STATUS

_STATUS = {kind.__name__: status for kind, status in STATUS.items()} | {"TemplateError": 422}
_FILES = sorted(Path(gonfalon.__file__).parent.rglob("*.py"))
_ACTION = re.compile(r"[a-z_]+\.[a-z_]+")
_RULE = "audience_rule_invalid"
"""The code of every `RuleInvalid`, whose first argument is the reason."""


@dataclass
class Code:
    """An error code: the statuses it is answered with, its sentences, and the values that it carries in each case.

    A sentence names carried values in braces; … stands for words that are not carried.
    """

    name: str
    statuses: set[int] = field(default_factory=set)
    sentences: dict[str, set[str]] = field(default_factory=dict)

    def add(self, status: int, sentence: str, values: set[str]) -> None:
        """Note one more place that raises the code."""
        self.statuses.add(status)
        self.sentences.setdefault(sentence, set()).update(values)


def codes() -> dict[str, Code]:
    """Return every code by its name, in alphabetical order."""
    found: dict[str, Code] = {}
    for name, status, sentence, values in _raised():
        found.setdefault(name, Code(name)).add(status, sentence, values)
    for name, sentence in CONFLICTS.values():
        found.setdefault(name, Code(name)).add(409, sentence, set())
    return dict(sorted(found.items()))


def audit_actions() -> set[str]:
    """Return every action of the audit trail that the code names; those put together of parts are not among them."""
    found: set[str] = set()
    for file in _FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _name(node) == "audit"]
        named = [call.args[1] for call in calls if len(call.args) > 1 and not isinstance(call.args[1], ast.JoinedStr)]
        # An action that is chosen further up is a text of the same module.
        places: list[ast.AST] = [tree] if any(isinstance(each, ast.Name) for each in named) else [*named]
        texts = {_text(node) for place in places for node in ast.walk(place) if isinstance(node, ast.expr)}
        found |= {text for text in texts if _ACTION.fullmatch(text)}
    return found


def _raised() -> Iterator[tuple[str, int, str, set[str]]]:
    for file in _FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield from _called(node)
            elif isinstance(node, ast.Dict):
                yield from _tabled(node)


def _called(call: ast.Call) -> Iterator[tuple[str, int, str, set[str]]]:
    """What one call raises: an error of ours, a problem answered by hand, a thing that is not there."""
    function = _name(call)
    texts = [_text(each) for each in call.args]
    if function == "RuleInvalid":
        yield _RULE, 422, _sentence(call, 1), _values(call)
    elif function in _STATUS and texts and texts[0]:
        yield texts[0], _STATUS[function], _sentence(call, 1), _values(call)
    elif function == "problem" and len(texts) > 2 and texts[1] and isinstance(call.args[0], ast.Constant):
        yield texts[1], int(ast.unparse(call.args[0])), _sentence(call, 2), _values(call)
    elif function in ("not_found", "known") and texts[-1]:
        yield _of_noun(texts[-1])
    elif function == "check_members":
        yield _of_member(texts[-1] or "owner")
    elif function == "check_reference" and texts[-1]:
        name, _, _, _ = _of_noun(texts[-1])
        yield name, 422, f"The chosen {texts[-1]} does not exist any more; choose another one.", set()


def _tabled(node: ast.Dict) -> Iterator[tuple[str, int, str, set[str]]]:
    """What `save_version` raises for a table, whose info names its noun."""
    for key, value in zip(node.keys, node.values, strict=True):
        if key is not None and _text(key) == "noun" and _text(value):
            yield _of_noun(_text(value))


def _of_noun(noun: str) -> tuple[str, int, str, set[str]]:
    return f"{noun.replace(' ', '_')}_unknown", 404, f"There is no such {noun} in this workspace.", set()


def _of_member(what: str) -> tuple[str, int, str, set[str]]:
    who = "They are not" if what == "member" else f"The {what} must be"
    return f"{what}_unknown", 422, f"{who} a member of this workspace; invite them first.", set()


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _name(call: ast.Call) -> str:
    return str(getattr(call.func, "attr", getattr(call.func, "id", "")))


def _values(call: ast.Call) -> set[str]:
    return {each.arg or "**" for each in call.keywords}


def _sentence(call: ast.Call, place: int) -> str:
    """The sentence with its values in braces; empty where another module writes it."""
    named = {ast.unparse(each.value): each.arg for each in call.keywords}

    def said(node: ast.expr) -> str:
        match node:
            case ast.Constant(value=str() as text):
                return text
            case ast.JoinedStr(values=parts):
                return "".join(map(said, parts))
            case ast.FormattedValue(value=value):
                name = named.get(ast.unparse(value))
                return f"{{{name}}}" if name else "…"
            case ast.BinOp(left=left, right=right):
                return said(left) + said(right)
            case _:
                return "…"

    sentence = said(call.args[place]) if len(call.args) > place else ""
    return "" if sentence == "…" else sentence
