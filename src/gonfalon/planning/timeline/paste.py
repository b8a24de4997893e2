"""Reading lines that were copied from a spreadsheet: pure, with what is wrong said line by line.

Columns: name, owner, duration, start, depends on, kind. A first line that names the columns (in any of our languages)
may put them in another order. Two spaces before a name put it one level deeper. Depends on: numbers of lines in what is
pasted (the first task is 1), each with kind and lag if needed: `3`, `3FS+2`, `4SS-1`; or names of lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from gonfalon.kit.errors import Invalid
from gonfalon.planning.timeline.model import TaskKind
from gonfalon.planning.timeline.rules import LONGEST_DURATION, LONGEST_LAG
from gonfalon.planning.timeline.schedule import LinkKind

MOST_LINES = 2_000
COLUMNS = ("name", "owner", "duration", "start", "depends", "kind")
_HEADS = {
    "name": ("name", "task", "task name", "nom", "tâche", "namn", "uppgift", "名称", "任务", "任务名称"),
    "owner": ("owner", "who", "responsible", "responsable", "qui", "ansvarig", "vem", "负责人"),
    "duration": ("duration", "days", "working days", "durée", "jours", "jours ouvrés", "varaktighet", "dagar",
                 "arbetsdagar", "längd", "工期", "天数", "工作日"),
    "start": ("start", "begins", "début", "börjar", "startdatum", "开始", "开始日期"),
    "depends": ("depends", "depends on", "waits for", "predecessors", "dépend de", "attend", "prédécesseurs",
                "beror på", "väntar på", "föregångare", "前置任务", "依赖"),
    "kind": ("kind", "type", "genre", "nature", "slag", "typ", "类型", "种类"),
}  # fmt: skip
_KINDS = {
    TaskKind.TASK: ("task", "tâche", "uppgift", "任务"),
    TaskKind.DELIVERABLE: ("deliverable", "livrable", "leverans", "leverabel", "交付物"),
    TaskKind.MILESTONE: ("milestone", "jalon", "milstolpe", "里程碑"),
}
_DAY = r"(?:d|day|days|j|jour|jours|dag|dagar|天|日)"
_WEEK = r"(?:w|week|weeks|sem|semaine|semaines|v|vecka|veckor|周)"
_DURATION = re.compile(rf"(\d{{1,5}})(?:[.,]0+)?\s*(?:(?P<day>{_DAY})|(?P<week>{_WEEK}))?\.?", re.IGNORECASE)
_DATES = (
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})/(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})"),
)
_DEPENDS = re.compile(r"(\d{1,5})\s*(FS|SS|FF|SF)?\s*(?:([+-])\s*(\d{1,4})\s*\w*)?", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A line as understood. `depends`: the line's number in what was pasted, kind of link, lag."""

    number: int
    depth: int
    name: str
    kind: TaskKind = TaskKind.TASK
    owner_id: UUID | None = None
    duration_days: int = 1
    not_before: date | None = None
    depends: list[tuple[int, LinkKind, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What cannot be read: where, a code, and what was written."""

    number: int
    column: str
    code: str
    value: str = ""


def read_lines(text: str, people: Mapping[str, UUID]) -> tuple[list[Line], list[Wrong]]:
    """The lines and what is wrong with them. `people`: members by lower-case name and email.

    Raises Invalid for more lines than are taken at once, or none.
    """
    rows = [row.rstrip("\r") for row in text.split("\n")]
    rows = [row for row in rows if row.strip()]
    if len(rows) > MOST_LINES + 1:
        raise Invalid(
            "paste_too_long",
            f"You pasted {len(rows):,} lines; at most {MOST_LINES:,} are taken at once. Paste them in parts.",
            lines=len(rows),
        )
    order = _header(rows[0].split("\t")) if rows else None
    if order is not None:
        rows = rows[1:]
    if not rows:
        raise Invalid("paste_empty", "There are no lines in what was pasted; copy the cells and paste again.")
    if len(rows) > MOST_LINES:
        raise Invalid("paste_too_long", f"At most {MOST_LINES:,} lines are taken at once.", lines=len(rows))
    lines: list[Line] = []
    wrong: list[Wrong] = []
    raw: list[str] = []
    for number, row in enumerate(rows, 1):
        cells = row.split("\t")
        if not order and cells[0] == "" and len(cells) > 1 and cells[1].strip():
            cells = [f"  {cells[1]}", *cells[2:]]  # an indented name in the second column
        value = {
            column: cells[at] if at < len(cells) else ""
            for column, at in (order or {column: at for at, column in enumerate(COLUMNS)}).items()
        }
        lines.append(_line(number, value, people, wrong))
        raw.append(value.get("depends", ""))
    _depths(lines)
    names: dict[str, int] = {}
    for line in lines:
        names.setdefault(line.name.casefold(), line.number)
    for line, written in zip(lines, raw, strict=True):
        _depends(line, written, names, len(lines), wrong)
    return lines, wrong


def _header(cells: list[str]) -> dict[str, int] | None:
    found = {}
    for at, cell in enumerate(cells):
        word = cell.strip().casefold()
        for column, words in _HEADS.items():
            if word in words and column not in found:
                found[column] = at
    return found if "name" in found and (len(found) > 1 or len(cells) == 1) else None


def _line(number: int, value: dict[str, str], people: Mapping[str, UUID], wrong: list[Wrong]) -> Line:
    written = value["name"].replace("\x00", "")
    name = " ".join(written.split())
    line = Line(number, (len(written) - len(written.lstrip(" \u3000"))) // 2, name[:200])
    if not name:
        wrong.append(Wrong(number, "name", "name_missing"))
    elif len(name) > 200:
        wrong.append(Wrong(number, "name", "name_long", name[:60]))
    if owner := value.get("owner", "").strip():
        line.owner_id = people.get(owner.casefold())
        if line.owner_id is None:
            wrong.append(Wrong(number, "owner", "owner_unknown", owner[:100]))
    if duration := value.get("duration", "").strip():
        match = _DURATION.fullmatch(duration)
        days = int(match.group(1)) * (5 if match.group("week") else 1) if match else -1
        if days < 0 or days > LONGEST_DURATION:
            code = "duration_negative" if duration.startswith(("-", "−")) else "duration_unreadable"
            wrong.append(Wrong(number, "duration", "duration_long" if days > 0 else code, duration[:40]))
        else:
            line.duration_days = days
    if start := value.get("start", "").strip():
        line.not_before = _day(start)
        if line.not_before is None:
            wrong.append(Wrong(number, "start", "day_unreadable", start[:40]))
    if word := value.get("kind", "").strip():
        found = next((kind for kind, words in _KINDS.items() if word.casefold() in words), None)
        if found is None:
            wrong.append(Wrong(number, "kind", "kind_unknown", word[:40]))
        line.kind = found or line.kind
    if line.kind is TaskKind.MILESTONE or not line.duration_days:
        line.kind, line.duration_days = TaskKind.MILESTONE, 0
    return line


def _day(text: str) -> date | None:
    for pattern in _DATES:
        if match := pattern.fullmatch(text):
            try:
                day = date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                return None
            return day if 1970 <= day.year <= 2200 else None
    return None


def _depths(lines: list[Line]) -> None:
    """Nobody is more than one level below the line before: spreadsheets indent as they like."""
    before = -1
    for line in lines:
        line.depth = before = min(line.depth, before + 1)


def _depends(line: Line, written: str, names: dict[str, int], count: int, wrong: list[Wrong]) -> None:
    for part in re.split(r"[;,]", written):
        word = part.strip()
        if not word:
            continue
        kind, lag, number = LinkKind.FINISH_START, 0, names.get(word.casefold(), 0)
        if match := None if number else _DEPENDS.fullmatch(word):
            number = int(match[1])
            kind = LinkKind(match[2].lower()) if match[2] else kind
            lag = int(match[4]) * (-1 if match[3] == "-" else 1) if match[4] else 0
        if number == line.number:
            wrong.append(Wrong(line.number, "depends", "depends_on_itself", word[:60]))
        elif not 1 <= number <= count or abs(lag) > LONGEST_LAG:
            wrong.append(Wrong(line.number, "depends", "depends_unknown", word[:60]))
        elif number not in (known for known, _, _ in line.depends):
            line.depends.append((number, kind, lag))
