"""Read lines that were copied from a spreadsheet: pure, with what is wrong said line by line.

Columns: name, owner, duration, start, depends on, kind. A line that names the columns (in any of our languages, or as
Asana, Trello, monday.com, Jira and Microsoft Project call them) may put them in another order, and there may be an end
and a due date. Two spaces before a name put it one level deeper. Depends on: numbers of lines in what is
pasted (the first task is 1), each with kind and lag if needed: `3`, `3FS+2`, `4SS-1`; or names of lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from gonfalon.kit.cells import Unreadable
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import Order
from gonfalon.planning.sheets import (
    Sheet,
    SheetReading,
    WrongCell,
    cells_of,
    guessed,
    in_order,
    order_of,
    read_date,
    read_sheet,
    words,
)
from gonfalon.planning.timeline.model import LONGEST_DURATION, TaskKind
from gonfalon.planning.timeline.rules import LONGEST_LAG
from gonfalon.planning.timeline.schedule import LinkKind

MOST_LINES = 2_000
COLUMNS = ("name", "owner", "duration", "start", "depends", "kind")
_HEADS = {
    "name": ("name", "task", "task name", "card name", "summary", "title", "item", "nom", "tâche", "nom de la tâche",
             "namn", "uppgift", "uppgiftsnamn", "aufgabe", "vorgang", "vorgangsname", "titel", "titre", "名称",
            "任务",
             "任务名称", "标题", "任务名", "tarea", "nombre", "nombre de tarea", "attività", "nome", "tarefa",
            "taak", "taaknaam", "opgave", "oppgave",
             "zadanie", "nazwa", "úkol", "název", "görev", "задача", "название", "タスク", "タスク名", "作業",
            "件名", "작업", "업무",
             "任務", "任務名稱"),
    "owner": ("owner", "who", "assignee", "assigned to", "responsible", "person", "people", "members",
            "resource names",
              "responsable", "qui", "assigné à", "personne", "ansvarig", "vem", "tilldelad", "wer", "zuständig",
              "verantwortlich", "负责人", "执行人", "经办人", "responsable de tarea", "responsabile", "responsável",
            "verantwoordelijke", "ansvarlig", "odpowiedzialny",
              "osoba", "sorumlu", "ответственный", "исполнитель", "担当", "担当者", "담당자", "負責人"),
    "duration": ("duration", "days", "working days", "durée", "jours", "jours ouvrés", "varaktighet", "dagar",
                 "arbetsdagar", "längd", "dauer", "tage", "arbeitstage", "工期", "天数", "工作日", "duración",
            "días", "durata", "giorni", "duração", "dias", "duur", "dagen", "varighed", "varighet", "czas trwania",
                 "dni", "trvání", "süre", "длительность", "дни", "期間", "日数", "기간"),
    "start": ("start", "starts", "begins", "start date", "from", "first day", "timeline start", "planned start",
              "début", "date de début", "du", "premier jour", "börjar", "startdatum", "från", "första dag", "beginn",
              "anfang", "开始", "开始日期", "开始时间", "inicio", "fecha de inicio", "inizio", "data inizio",
            "início", "begin", "begindatum", "startdato",
              "początek", "data rozpoczęcia", "začátek", "başlangıç", "начало", "дата начала", "開始", "開始日",
            "시작", "시작일",
              "開始日期"),
    "end": ("end", "ends", "end date", "finish", "finish date", "to", "until", "last day", "timeline end",
            "planned end", "fin", "date de fin", "au", "dernier jour", "slut", "slutar", "slutdatum", "till",
            "sista dag", "ende", "enddatum", "结束", "结束日期", "结束时间", "完成日期", "完成时间", "fecha de fin",
            "fine", "data fine", "fim", "término", "einde", "einddatum",
            "slutdato", "koniec", "data zakończenia", "konec", "bitiş", "окончание", "дата окончания", "конец",
            "終了",
            "終了日", "종료", "종료일", "結束日期"),
    "due": ("due", "due date", "due on", "deadline", "échéance", "date d’échéance", "date limite", "förfaller",
            "förfallodatum", "deadline den", "fällig", "fälligkeitsdatum", "frist", "截止", "截止日期", "到期日",
            "vencimiento", "fecha límite", "scadenza", "prazo", "vervaldatum", "termin", "termín", "срок", "期限",
            "期日", "締切",
            "마감일"),
    "depends": ("depends", "depends on", "waits for", "predecessors", "blocked by", "dependencies", "dependency",
                "blocked by dependencies", "dépend de", "attend", "prédécesseurs", "bloqué par", "beror på",
                "väntar på", "föregångare", "vorgänger", "wartet auf", "前置任务", "依赖", "predecesoras",
            "predecessori", "predecessoras", "voorafgaande taken", "poprzedniki", "předchůdci",
                "предшественники", "先行タスク", "선행 작업"),
    "kind": ("kind", "type", "genre", "nature", "slag", "typ", "art", "类型", "种类"),
}  # fmt: skip
_KNOWN = words(_HEADS)
_KINDS = {
    TaskKind.TASK: ("task", "tâche", "uppgift", "任务"),
    TaskKind.DELIVERABLE: ("deliverable", "livrable", "leverans", "leverabel", "交付物"),
    TaskKind.MILESTONE: ("milestone", "jalon", "milstolpe", "里程碑"),
}
_DAY = (
    r"(?:d|dy|days?|j|jours?|dag|dagar|dager|dage|dagen|t|tage?|día|días|dia|dias|giorn[oi]|dni|dzień|den|dny|gün|день|дня|"
    r"дней|天|日|个工作日|個工作日|工作日|営業日|일)"
)
_WEEK = (
    r"(?:w|wks?|weeks?|sem|semaines?|semanas?|settiman[ae]|v|vecka|veckor|uge|uger|uke|uker|weken|wochen?|tydz|tygodni|"
    r"týden|týdny|hafta|недел[яиь]|周|個週|週|週間|주)"
)
_DURATION = re.compile(rf"(\d{{1,5}})(?:[.,]0+)?\s*(?:(?P<day>{_DAY})|(?P<week>{_WEEK}))?[.?]?", re.IGNORECASE)
_LINKS = {"fs": "fs", "ss": "ss", "ff": "ff", "sf": "sf", "ea": "fs", "aa": "ss", "ee": "ff", "ae": "sf", "fd": "fs",
          "dd": "ss", "df": "sf", "fc": "fs", "cc": "ss", "cf": "sf"}  # fmt: skip
"""Kinds of links as Microsoft Project calls them in English, German, French and Spanish."""
_DEPENDS = re.compile(r"(\d{1,5})\s*([A-Z]{2})?\s*(?:([+-])\s*(\d{1,4})\s*\w*)?", re.IGNORECASE)


@dataclass(slots=True)
class PastedTask:
    """A line as understood. `depends`: the line's number in what was pasted, kind of link, lag.

    duration_days: None where nothing is said of it; then it follows from the first and the last day.
    """

    number: int
    depth: int
    name: str
    kind: TaskKind = TaskKind.TASK
    owner_id: UUID | None = None
    duration_days: int | None = None
    not_before: date | None = None
    ends_on: date | None = None
    deadline: date | None = None
    depends: list[tuple[int, LinkKind, int]] = field(default_factory=list)


def read_lines(
    text: str, people: Mapping[str, UUID], usual: Order
) -> tuple[list[PastedTask], list[WrongCell], SheetReading]:
    """Read the lines, what is wrong with them and how they were read. `people`: members by lower-case name and email.

    usual: the order of days where the columns leave it open. Raises Invalid for more lines than are taken at once, or
    none.
    """
    sheet = _sheet(text)
    if len(sheet.rows) > MOST_LINES:
        raise Invalid(
            "paste_too_long",
            f"You pasted {len(sheet.rows):,} lines; at most {MOST_LINES:,} are taken at once. Paste them in parts.",
            lines=len(sheet.rows),
            most=MOST_LINES,
        )
    if not sheet.rows:
        raise Invalid("paste_empty", "There are no lines in what was pasted; copy the cells and paste again.")
    days = [cell for name in ("start", "end", "due") for cell in sheet.column(name)]
    order = order_of(days, usual)
    lines: list[PastedTask] = []
    wrong: list[WrongCell] = []
    for number, cells in sheet.rows:
        lines.append(_line(number, cells, sheet, people, order, wrong))
    _depths(lines)
    names: dict[str, int] = {}
    numbers = {line.number for line in lines}
    for line in lines:
        names.setdefault(line.name.casefold(), line.number)
    for line, written in zip(lines, sheet.column("depends"), strict=True):
        _depends(line, written, names, numbers, wrong)
    return lines, wrong, SheetReading(tuple(sheet.unread), order if guessed(days, order) else None)


def _sheet(text: str) -> Sheet:
    """Return the lines below a head that names columns; else in the order of COLUMNS."""
    table = cells_of(text)
    others = frozenset(_HEADS) - {"name"}
    alone = all(len(row) == 1 for row in table)
    if named := read_sheet(table, _KNOWN, [frozenset({"name"})] if alone else [frozenset({"name"}), others]):
        return named
    table = cells_of(text, "\t")
    for row in table:
        if row[0] == "" and len(row) > 1 and row[1].strip():
            row[:2] = [f"  {row[1]}"]  # an indented name in the second column
    return in_order(table, COLUMNS)


def _line(
    number: int, cells: Sequence[str], sheet: Sheet, people: Mapping[str, UUID], order: Order, wrong: list[WrongCell]
) -> PastedTask:
    at = sheet.columns["name"]
    written = cells[at].replace("\x00", "") if at < len(cells) else ""
    name = " ".join(written.split())
    line = PastedTask(number, (len(written) - len(written.lstrip(" \u3000"))) // 2, name[:200])
    if not name:
        wrong.append(WrongCell(number, "name", "name_missing"))
    elif len(name) > 200:
        wrong.append(WrongCell(number, "name", "name_long", name[:60]))
    if owner := sheet.cell(cells, "owner"):
        line.owner_id = people.get(owner.casefold())
        if line.owner_id is None:
            wrong.append(WrongCell(number, "owner", "owner_unknown", owner[:100]))
    if duration := sheet.cell(cells, "duration"):
        _duration(line, duration, wrong)
    days: dict[str, date | None] = {}
    for column in ("start", "end", "due"):
        if said := sheet.cell(cells, column):
            try:
                days[column] = read_date(said, order)
            except Unreadable as problem:
                wrong.append(WrongCell(number, column, problem.code, said[:40]))
    line.not_before, line.ends_on, line.deadline = (days.get(column) for column in ("start", "end", "due"))
    last = line.ends_on or line.deadline
    if line.not_before and last and last < line.not_before:
        wrong.append(WrongCell(number, "end", "days_reversed", f"{line.not_before} – {last}"))
    if word := sheet.cell(cells, "kind"):
        found = next((kind for kind, words in _KINDS.items() if word.casefold() in words), None)
        if found is None:
            wrong.append(WrongCell(number, "kind", "kind_unknown", word[:40]))
        line.kind = found or line.kind
    if line.kind is TaskKind.MILESTONE or line.duration_days == 0:
        line.kind, line.duration_days = TaskKind.MILESTONE, 0
    return line


def _duration(line: PastedTask, written: str, wrong: list[WrongCell]) -> None:
    match = _DURATION.fullmatch(written)
    days = int(match.group(1)) * (5 if match.group("week") else 1) if match else -1
    if days < 0 or days > LONGEST_DURATION:
        code = "duration_negative" if written.startswith(("-", "−")) else "duration_unreadable"
        wrong.append(WrongCell(line.number, "duration", "duration_long" if days > 0 else code, written[:40]))
    else:
        line.duration_days = days


def _depths(lines: list[PastedTask]) -> None:
    """Put nobody more than one level below the line before: spreadsheets indent as they like."""
    before = -1
    for line in lines:
        line.depth = before = min(line.depth, before + 1)


def _depends(
    line: PastedTask, written: str, names: Mapping[str, int], numbers: Collection[int], wrong: list[WrongCell]
) -> None:
    for part in re.split(r"[;,]", written):
        word = part.strip()
        if not word:
            continue
        kind, lag, number = LinkKind.FINISH_START, 0, names.get(word.casefold(), 0)
        match = None if number else _DEPENDS.fullmatch(word)
        if match and (match[2] or "fs").lower() in _LINKS:
            number = int(match[1])
            kind = LinkKind(_LINKS[match[2].lower()]) if match[2] else kind
            lag = int(match[4]) * (-1 if match[3] == "-" else 1) if match[4] else 0
        if number == line.number:
            wrong.append(WrongCell(line.number, "depends", "depends_on_itself", word[:60]))
        elif number not in numbers or abs(lag) > LONGEST_LAG:
            wrong.append(WrongCell(line.number, "depends", "depends_unknown", word[:60]))
        elif number not in (known for known, _, _ in line.depends):
            line.depends.append((number, kind, lag))
