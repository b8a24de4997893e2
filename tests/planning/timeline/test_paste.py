"""Lines pasted from a spreadsheet."""

from __future__ import annotations

from uuid import UUID

import pytest

from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order
from gonfalon.planning.sheets import SheetReading, WrongCell
from gonfalon.planning.timeline import paste
from gonfalon.planning.timeline.paste import PastedTask
from gonfalon.planning.timeline.schedule import LinkKind

ANNA = UUID(int=1)
PEOPLE = {"anna berg": ANNA, "anna@example.com": ANNA}


def read(text: str, usual: Order = "dmy") -> tuple[list[PastedTask], list[WrongCell], SheetReading]:
    return paste.read_lines(text, PEOPLE, usual)


def test_columns_in_order_with_indents_and_links() -> None:
    text = "Poster\t\t\t\t\n  Copy\tAnna Berg\t2w\t2030-03-04\t\r\n"
    text += "  Print\tanna@example.com\t3 days\t4.3.2030\t2SS+1; Poster\n\n"
    lines, wrong, _ = read(text)
    assert [(line.name, line.depth, line.duration_days) for line in lines] == [
        ("Poster", 0, None),
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
    lines, wrong, _ = read(f"{head}\n2030年3月4日\t海报\t4天")
    assert (lines[0].name, lines[0].duration_days, str(lines[0].not_before)) == ("海报", 4, "2030-03-04")
    assert wrong == []


def test_every_line_says_what_is_wrong_with_it() -> None:
    text = "A\tBob\t-3\t31.2.2030\t1\nB\t\tsoon\t\t9\n\tAnna Berg\t99999"
    _, wrong, _ = read(text)
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
        read("A\n" * 10_000)
    assert refused.value.code == "paste_too_long"
    assert len(read("A\n" * 2_000)[0]) == 2_000
    with pytest.raises(Invalid, match="no lines"):
        read(" \n\n")


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
    lines, wrong, _ = read(text)
    assert wrong == []
    assert [(line.kind, line.duration_days) for line in lines] == [("task", 3), ("deliverable", 5), ("milestone", 0)]
    assert lines[0].owner_id == ANNA
    assert [[number for number, _, _ in line.depends] for line in lines] == [[], [1], [2]]


def test_a_kind_that_there_is_not() -> None:
    _, wrong, _ = read("Page\t\t5\t\t\tsaga")
    assert [(one.column, one.code, one.value) for one in wrong] == [("kind", "kind_unknown", "saga")]


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("Task\tWer\tTage\tStart\nBrief\tAnna Berg\t3\t1.3.2027", []),
        ("Task ID\tTask Name\tAssignee\tStart Date\tDue Date\tTags\n"
         "7\tBrief\tanna@example.com\t2027-03-01\t2027-03-03\tx",
         ["Task ID", "Tags"]),
        ("Summary,Issue Type,Assignee,Start date,Due date\nBrief,Story,Anna Berg,01/Mar/27,2027-03-03", ["Issue Type"]),
        ("Launch board\n\nName\tPerson\tStatus\tTimeline - Start\tTimeline - End\n"
         "Brief\tAnna Berg\tStuck\t2027-03-01\t2027-03-03",
         ["Status"]),
        ("Task Name\tDuration\tStart\tFinish\tResource Names\nBrief\t3 days\tMon 3/1/27\t3/3/27\tAnna Berg", []),
        ("任务名称\t执行人\t开始日期\t截止日期\t状态\nBrief\tAnna Berg\t2027/3/1\t2027/3/3\t进行中", ["状态"]),
        ("タスク名\t担当者\t開始日\t終了日\nBrief\tAnna Berg\t2027年3月1日\t2027年3月3日", []),
        ("Zadanie\tOdpowiedzialny\tPoczątek\tKoniec\nBrief\tAnna Berg\t01.03.2027\t03.03.2027", []),
        ("Tarea\tResponsable\tInicio\tFin\tDuración\nBrief\tAnna Berg\t01/03/2027\t03/03/2027\t3 días", []),
        ("Задача\tИсполнитель\tНачало\tСрок\nBrief\tAnna Berg\t1 марта 2027 г.\t03.03.2027", []),
        ("Uppgiftsnamn\tTilldelad\tStartdatum\tFörfallodatum\nBrief\tAnna Berg\t2027-03-01\t2027-03-03", []),
        ("Nom de la tâche\tAssigné à\tDate de début\tÉchéance\nBrief\tAnna Berg\t01/03/2027\t03/03/2027", []),
    ],
)  # fmt: skip
def test_other_tools_name_columns_their_own_way(text: str, unread: list[str]) -> None:
    lines, wrong, how = read(text, "mdy" if "Mon 3/1" in text else "dmy")
    assert wrong == []
    assert [(line.name, line.owner_id) for line in lines] == [("Brief", ANNA)]
    last = lines[0].ends_on or lines[0].deadline
    assert (str(lines[0].not_before), str(last or "2027-03-03")) == ("2027-03-01", "2027-03-03")
    assert list(how.unread) == unread


def test_the_column_decides_the_order_of_days_else_the_workspace() -> None:
    head = "Task\tStart\n"
    assert str(read(head + "A\t3/4/2027", "mdy")[0][0].not_before) == "2027-03-04"
    assert read(head + "A\t3/4/2027", "mdy")[2].order == "mdy"
    assert str(read(head + "A\t3/4/2027\nB\t25/4/2027", "mdy")[0][0].not_before) == "2027-04-03"
    assert read(head + "A\t25/4/2027")[2].order is None, "nothing to say where there is one way to read it"


def test_a_last_day_before_the_first_is_said() -> None:
    _, wrong, _ = read("Task\tStart\tEnd\nA\t2027-03-10\t2027-03-01")
    assert [(one.column, one.code) for one in wrong] == [("end", "days_reversed")]


@pytest.mark.parametrize(
    ("head", "line", "days", "link"),
    [
        ("Vorgangsname\tDauer\tVorgänger", "2 Wochen\t1EA+2 Tage", 10, ("fs", 2)),
        ("Nom\tDurée\tPrédécesseurs", "3j\t1DD", 3, ("ss", 0)),
        ("Task Name\tDuration\tPredecessors", "2 wks\t1FS-1 day", 10, ("fs", -1)),
        ("任务名称\t工期\t前置任务", "5 个工作日\t1", 5, ("fs", 0)),
    ],
)
def test_durations_and_links_as_microsoft_project_says_them(
    head: str, line: str, days: int, link: tuple[str, int]
) -> None:
    lines, wrong, _ = read(f"{head}\nBrief\t\t\nDesign\t{line}")
    assert (wrong, lines[1].duration_days) == ([], days)
    assert [(kind.value, lag) for _, kind, lag in lines[1].depends] == [link]
