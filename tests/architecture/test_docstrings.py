"""A docstring of what others call begins with a verb, and so names what is done to what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PYTHON, found, tree

VERBS = frozenset(Path(__file__).with_name("verbs.txt").read_text(encoding="utf-8").split())
"""Add the verb that says it best, as a command: Return, not Returns."""


def functions(module: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Public functions, and public methods of public classes. A property is a noun, and what is nested is private."""
    places: list[ast.Module | ast.ClassDef] = [module]
    places += [node for node in ast.walk(module) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in (each for place in places for each in place.body):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_called(node):
            yield node


def _is_called(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return not node.name.startswith("_") and not any("property" in ast.unparse(each) for each in node.decorator_list)


def test_a_docstring_begins_with_a_verb() -> None:
    said = {
        path: [
            f"{node.name}: {text.splitlines()[0]}"
            for node in functions(tree(path))
            if (text := ast.get_docstring(node)) and text.split()[0].rstrip(":,.;") not in VERBS
        ]
        for path in PYTHON
    }
    assert found(said) == {}
