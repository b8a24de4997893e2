"""Everything that may want attention has a sentence in the interface."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_every_code_has_its_sentence() -> None:
    said = {
        key
        for file in (ROOT / "web/src/rooms/planning").rglob("messages/en.json")
        for key in re.findall(r'"attention\.([a-z_.]+)":', file.read_text())
    }
    codes = {
        code
        for name in ("attention.py", "attention/sources.py")
        for file in (ROOT / "src/gonfalon").rglob(name)
        for code in re.findall(r'"([a-z]+\.[a-z_]+|collision)"', file.read_text())
        if not code.startswith("gonfalon")
    }
    assert len(codes) > 20
    assert codes == said
