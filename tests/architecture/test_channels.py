"""A channel is a thing one adds: whoever sends, counts, plans or reports says no channel's name."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from gonfalon.entry.rooms import ROOMS
from gonfalon.people.offers import Addressed

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gonfalon"
ROOMS_WITHOUT = ("delivery", "audiences", "planning", "insights")
NAMES = {offer.name for room in ROOMS for offer in room.offers if isinstance(offer, Addressed)}
PYTHON = sorted(path for room in ROOMS_WITHOUT for path in (SOURCE / room).rglob("*.py"))
SQL = sorted(path for room in ROOMS_WITHOUT for path in (SOURCE / room).rglob("*.sql"))
OTHER_WORDS = {
    "audiences/segments/language.py": "an identity of people, as rules ask about it",
    "audiences/segments/conditions.py": "the same",
    "audiences/sentences/grammar.py": "the same, as one types it",
    "audiences/copied.py": "identities of people, as the copy holds them",
    "insights/report/csv.py": "identities of people, as headings",
    "planning/campaigns/schemas.py": "a type of campaign",
    "planning/model.py": "the ways of reaching people that a plan knows, most of them carried out elsewhere",
    "planning/channelplan/checklists.py": "what to look at, for each of those ways",
    "planning/campaigns/model.py": "a type of campaign",
    "planning/campaigns/types.py": "what campaigns of a type deliver",
    "planning/tables/campaigns.py": "a type of campaign",
    "planning/tables/touchpoints.py": "what rows are from before there was a choice",
    "planning/playbook/templates/ready/plans.py": "ready-made plans",
    "planning/playbook/templates/schemas.py": "what plans that were saved without one mean",
}
"""Files in which such a word means something else, and what."""


def test_there_are_channels_to_look_for() -> None:
    assert {"email", "sms"} <= NAMES


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_channel_is_named_or_imported(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = [
        node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and re.match(r"gonfalon\.channels\.(?!contract$|offers$|questions$|store$)", node.module or "")
    ]
    assert imported == [], "ask for what rooms offer: gonfalon.channels.offers"
    if str(path.relative_to(SOURCE)) in OTHER_WORDS:
        return
    named = [
        node.lineno
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and node.value in NAMES)
        or (isinstance(node, ast.Attribute) and node.attr.isupper() and node.attr.lower() in NAMES)
    ]
    assert named == [], f"lines {named} of {path.name} name a channel"


@pytest.mark.parametrize("path", SQL, ids=lambda p: str(p.relative_to(SOURCE)))
def test_no_statement_names_a_channel(path: Path) -> None:
    named = [name for name in NAMES if f"'{name}'" in re.sub(r"--[^\n]*", "", path.read_text())]
    assert named == [], "join the views `addresses` and `reachable_people`"


def test_what_is_left_out_is_there() -> None:
    assert all((SOURCE / name).exists() for name in OTHER_WORDS)
