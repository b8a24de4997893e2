"""What the documentation names is there: files it links to, tests, commands, make targets, settings."""

from __future__ import annotations

import json
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


GUIDES = [page for page in PAGES if page.parent.name in ("howto", "tutorial") or page.name == "README.md"]
THEIRS = {
    "Bought womens", "Months since last order", "New customer", "Surburban", "Recent buyers", "Photographs", "Finance",
    "Import 64,000 rows", "Launch to 8,132 people", "Send … messages", "Confirm time", "Group Joined",
    "as they will be stored",
}  # fmt: skip
"""What guides set in italics that is no word of the interface: names that somebody gave, and buttons with a number."""


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_a_guide_speaks_of_the_interface_in_its_words(page: Path) -> None:
    files = [*(ROOT / "web/src").rglob("messages/en.json"), *(ROOT / "src/gonfalon").rglob("words/en.json")]
    words = "\n".join(word for file in files for word in json.loads(file.read_text(encoding="utf-8")).values())
    said = words.replace("’", "'").lower()
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [" ".join(each.split()) for each in re.findall(r"(?<![*\w])\*([^*\n][^*]*?)\*(?!\*)", text)]
    parts = [part.strip() for each in found if each not in THEIRS for part in each.split("→")]
    assert [part for part in parts if part != "⋯" and part.strip(" .…").replace("’", "'").lower() not in said] == []


TEST_SETTINGS = {"GONFALON_TEST_DATABASE_URL"}


def test_generated_pages_are_what_the_code_says() -> None:
    for name, text in pages().items():
        assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == text, f"{name}: run make docs"


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


LABELS = re.compile(r"(?<![*\w])\*([A-Z⋯][^*]+)\*(?![*\w])")
NAMES = {"Area", "Bought womens", "Confirm time", "Finance", "Group Joined", "Months since last order", "New customer"}
NAMES |= {"Photographs", "Recent buyers", "Surburban", "⋯"}
"""What guides write slanting though it is no label: names that people give, and words of files."""
GUIDES = [page for page in PAGES if page.parent.name in ("howto", "tutorial") or page.name == "README.md"]


@pytest.mark.parametrize("page", GUIDES, ids=named)
def test_buttons_and_pages_that_a_guide_names_are_there(page: Path) -> None:
    """*Settings → Email* and the like are words of the English interface, letter by letter; numbers may differ."""
    said = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "web" / "src").rglob("messages/en.json"))
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL).replace("**", "¤")
    parts = {part.strip() for label in LABELS.findall(text) for part in " ".join(label.split()).split("→")}
    assert {part for part in parts - NAMES if not re.search(pattern(part), said)} == set()


def pattern(label: str) -> str:
    """A whole text of the interface, or one form of a plural, with any number where the label has one."""
    words = re.sub(r"[\d,]*\d|…", "\0", label)
    return r'["{]' + re.escape(words).replace("\0", r'[^"\n]+') + r'(?:["}:]| [({])'
