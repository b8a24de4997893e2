"""Nothing is too long to be read at once: files, functions, style sheets."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE, FUNCTION, STYLES = 400, 75, 200
MADE = {"schema.d.ts", "words.d.ts"}
"""Written by a program."""
UNSPLIT = {"canvas.module.css"}
"""Still to be split."""


def files(*kinds: str) -> list[Path]:
    """The sources of these kinds, the tests among them. Migrations are what once happened, and stay as they are."""
    places = [ROOT / name for name in ("src", "tests", "benchmarks", "sdk/web/src", "web/src", "web/build")]
    return [path for place in places for kind in kinds for path in place.rglob(f"*.{kind}") if path.name not in MADE]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    assert [str(path) for path in files("py", "ts", "tsx", "mjs") if lines(path) > FILE] == []
    assert [str(path) for path in files("css") if lines(path) > STYLES and path.name not in UNSPLIT] == []


def test_no_function_is_longer_than_one_page() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in files("py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (node.end_lineno or 0) - node.lineno >= FUNCTION
    ]
    assert long == []
