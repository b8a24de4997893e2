"""The product's source, read and parsed once for all tests that look at it."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gonfalon"
PYTHON = sorted(SOURCE.rglob("*.py"))
SQL = sorted(SOURCE.rglob("*.sql"))


def named(path: Path) -> str:
    """How a file is called in what a test says."""
    return str(path.relative_to(SOURCE))


@cache
def text(path: Path) -> str:
    """What is written in it."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """The same, parsed."""
    return ast.parse(text(path))


def found(faults: Mapping[Path, object]) -> dict[str, object]:
    """Files with what is wrong in them; without those in which nothing is."""
    return {named(path): fault for path, fault in faults.items() if fault}
