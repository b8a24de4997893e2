"""What the documentation names is there: files it links to, tests, commands, make targets, settings."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from typer.main import get_command

import gonfalon.entry.commands  # noqa: F401  (adds the commands of the rooms)
from gonfalon.entry.cli import cli
from gonfalon.entry.reference import pages
from gonfalon.kit.config import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
MAKE = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def commands() -> set[str]:
    listed = get_command(cli).commands  # type: ignore[attr-defined]
    return {f"{name} {inner}".strip() for name, one in listed.items() for inner in getattr(one, "commands", [""])}


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_names_what_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = " \n".join(re.findall(r"`([^`\n]+)`", text) + re.findall(r"```\w*\n(.*?)```", text, re.DOTALL))
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    broken = [each for each in links if "://" not in each and not (page.parent / each).exists()]
    assert broken == [], "links that lead nowhere"
    targets = set(re.findall(r"(?m)(?:^|`|\s)make ([a-z]+)", code))
    assert targets <= MAKE, "make targets that are not in the Makefile"
    said = re.findall(r"(?m)(?:^|[`/ ])gonfalon ([a-z-]+(?: [a-z-]+)?)", code)
    known = commands()
    heads = {command.split()[0] for command in known}
    unknown = [one for one in said if not ({one, one.split()[0]} & known or (one in heads))]
    assert unknown == [], "commands that are not there"
    settings = {f"GONFALON_{name.upper()}" for name in Settings.model_fields} | {"GONFALON_CHROMIUM"}
    assert set(re.findall(r"GONFALON_[A-Z_]+", code)) <= settings | TEST_SETTINGS


TEST_SETTINGS = {"GONFALON_TEST_DATABASE_URL"}


@pytest.mark.parametrize(("name", "text"), pages().items(), ids=list(pages()))
def test_generated_pages_are_what_the_code_says(name: str, text: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == text, "run: make docs"


def test_the_interfaces_types_are_what_the_api_says(tmp_path: Path) -> None:
    document = ROOT / "docs" / "reference" / "openapi.json"
    made = tmp_path / "schema.d.ts"
    subprocess.run(["node", ROOT / "web" / "build" / "api.mjs", document, made], check=True)
    assert made.read_text() == (ROOT / "web" / "src" / "api" / "schema.d.ts").read_text(), "run: make docs"


def test_tests_that_a_page_names_exist() -> None:
    """The table of bad input is a promise only as long as each of its tests is there."""
    page = ROOT / "docs" / "explanation" / "bad-input.md"
    missing = []
    for line in page.read_text(encoding="utf-8").splitlines():
        file = ""
        for found, test in re.findall(r"`(?:([\w/]+\.py)(?:::)?)?(test_\w+)?`", line):
            file = found or file
            path = ROOT / "tests" / file
            if not path.is_file() or (test and f"def {test}(" not in path.read_text(encoding="utf-8")):
                missing.append(f"{file}::{test}")
    assert missing == []
