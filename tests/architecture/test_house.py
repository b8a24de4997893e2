"""What else keeps the house as it is: subjects of commits, sizes of what is copied, one reader of cells."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import PYTHON, SOURCE, named, text

ROOT = Path(__file__).parents[2]
HOOK = ROOT / "deploy" / "hooks" / "commit-msg"


@pytest.mark.parametrize(
    ("subject", "taken"),
    [
        ("planning/budget: Enter what sent messages cost", True),
        ("Merge branch 'main'", True),
        ("budget: No chart of nothing.", False),
        ("timeline: Cards move at once; charts: Open where the work is", False),
        ("kit: enter", False),
        ("Fix things", False),
        (f"kit: S{'o' * 70}", False),
    ],
)
def test_a_commits_subject_is_readable(tmp_path: Path, subject: str, taken: bool) -> None:
    message = tmp_path / "message"
    message.write_text(f"{subject}\n\nA body; with whatever it says.\n", encoding="utf-8")
    asked = subprocess.run(["bash", HOOK, message], capture_output=True, check=False)
    assert (asked.returncode == 0) is taken, asked.stderr


def test_a_channel_is_a_small_thing() -> None:
    assert text(ROOT / "tests" / "channels" / "toy.py").count("\n") < 150


def test_style_sheets_dress_one_thing() -> None:
    long = {
        path.name: lines
        for path in (ROOT / "web" / "src").rglob("*.css")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 200
    }
    assert long == {}, "split it by what it dresses"


def test_cells_of_spreadsheets_are_read_by_one_parser() -> None:
    """Headings, amounts and days of imports, budgets, tasks and bills: the faults of real files taught it once."""
    own = {SOURCE / "kit" / "cells.py", SOURCE / "kit" / "moments.py", SOURCE / "kit" / "days.py"}
    sheets = [path for path in PYTHON if path.stem in ("paste", "sheets", "values", "bulk") and path not in own]
    offenders = [named(path) for path in sheets if re.search(r"\bstrptime\(|\b_DATES\b", text(path))]
    assert offenders == [], "use kit/cells.py"
