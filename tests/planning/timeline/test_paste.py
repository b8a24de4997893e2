"""Lines pasted from a spreadsheet."""

from __future__ import annotations

from uuid import UUID

import pytest

from gonfalon.kit.errors import Invalid
from gonfalon.planning.timeline.paste import read_lines
from gonfalon.planning.timeline.schedule import LinkKind

ANNA = UUID(int=1)
PEOPLE = {"anna berg": ANNA, "anna@example.com": ANNA}


def test_columns_in_order_with_indents_and_links() -> None:
    text = "Poster\t\t\t\t\n  Copy\tAnna Berg\t2w\t2030-03-04\t\r\n"
    text += "  Print\tanna@example.com\t3 days\t4.3.2030\t2SS+1; Poster\n\n"
    lines, wrong = read_lines(text, PEOPLE)
    assert [(line.name, line.depth, line.duration_days) for line in lines] == [
        ("Poster", 0, 1),
        ("Copy", 1, 10),
        ("Print", 1, 3),
    ]
    assert lines[1].owner_id == lines[2].owner_id == ANNA
    assert str(lines[2].not_before) == str(lines[1].not_before) == "2030-03-04"
    assert lines[2].depends == [(2, LinkKind.START_START, 1), (1, LinkKind.FINISH_START, 0)]
    assert wrong == []


@pytest.mark.parametrize(
    "head", ["Start\tName\tDuration", "Début\tTâche\tDurée", "Börjar\tUppgift\tDagar", "开始日期\t任务名称\t工期"]
)
def test_a_head_in_any_language_puts_columns_in_order(head: str) -> None:
    lines, wrong = read_lines(f"{head}\n2030年3月4日\t海报\t4天", PEOPLE)
    assert (lines[0].name, lines[0].duration_days, str(lines[0].not_before)) == ("海报", 4, "2030-03-04")
    assert wrong == []


def test_every_line_says_what_is_wrong_with_it() -> None:
    text = "A\tBob\t-3\t31.2.2030\t1\nB\t\tsoon\t\t9\n\tAnna Berg\t99999"
    _, wrong = read_lines(text, PEOPLE)
    assert [(one.number, one.column, one.code) for one in wrong if one.column != "name"] == [
        (1, "owner", "owner_unknown"),
        (1, "duration", "duration_negative"),
        (1, "start", "day_unreadable"),
        (2, "duration", "duration_unreadable"),
        (3, "owner", "owner_unknown"),
        (1, "depends", "depends_on_itself"),
        (2, "depends", "depends_unknown"),
    ]


def test_ten_thousand_lines_are_refused_clearly() -> None:
    with pytest.raises(Invalid, match="10,000 lines; at most 2,000") as refused:
        read_lines("A\n" * 10_000, PEOPLE)
    assert refused.value.code == "paste_too_long"
    assert len(read_lines("A\n" * 2_000, PEOPLE)[0]) == 2_000
    with pytest.raises(Invalid, match="no lines"):
        read_lines(" \n\n", PEOPLE)


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("Name\tOwner\tWorking days\tWaits for\tKind", ("task", "deliverable", "milestone")),
        ("Nom\tResponsable\tJours ouvrés\tAttend\tNature", ("tâche", "livrable", "jalon")),
        ("Namn\tAnsvarig\tArbetsdagar\tVäntar på\tSlag", ("uppgift", "leverans", "milstolpe")),
        ("名称\t负责人\t工作日\t前置任务\t类型", ("任务", "交付物", "里程碑")),
    ],
)
def test_the_words_of_the_interface_are_understood(head: str, words: tuple[str, str, str]) -> None:
    task, deliverable, milestone = words
    text = f"{head}\nWrite\tAnna Berg\t3\t\t{task}\nPage\t\t5\t1\t{deliverable}\nLaunch\t\t2\t2\t{milestone}"
    lines, wrong = read_lines(text, PEOPLE)
    assert wrong == []
    assert [(line.kind, line.duration_days) for line in lines] == [("task", 3), ("deliverable", 5), ("milestone", 0)]
    assert lines[0].owner_id == ANNA
    assert [[number for number, _, _ in line.depends] for line in lines] == [[], [1], [2]]


def test_a_kind_that_there_is_not() -> None:
    _, wrong = read_lines("Page\t\t5\t\t\tsaga", PEOPLE)
    assert [(one.column, one.code, one.value) for one in wrong] == [("kind", "kind_unknown", "saga")]
