"""What a file looks like: encoding, delimiter, header, column types, and a plan that would do. Blocking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.languages import get_official_languages
from babel.numbers import get_decimal_symbol

from gonfalon.kit.cells import Mark, bare, joined_heads
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import month_first
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.imports import files, values
from gonfalon.people.imports.encodings import detect_encoding
from gonfalon.people.imports.headings import attribute_of, identity_of
from gonfalon.people.imports.looks import Look, guess_type
from gonfalon.people.imports.model import Detected, DetectedColumn, Opened, Reading, Unfolded, Warning_
from gonfalon.people.imports.permission import hint_of, is_consent_date
from gonfalon.people.imports.rules import MAX_COLUMNS, column_names, shown
from gonfalon.people.imports.suggest import suggest

FIRST_ROWS = 200
LOOKED_AT = 64 * 1024 * 1024
"""Bytes of a file that are looked at: more are known when they are imported."""
MOST_ROWS = 1_000_000
TITLES = 20


@dataclass(frozen=True, slots=True)
class WritingHabits:
    """What the workspace says about how its people write."""

    currency: str = "EUR"
    language: str = "en"
    country: str = ""

    @property
    def month_first(self) -> bool | None:
        """Whether they write the month before the day; None when nobody knows."""
        if self.country:
            return month_first(self.country)
        return None if self.language == "en" else False

    @property
    def mark(self) -> Mark:
        """Their decimal mark."""
        languages = get_official_languages(self.country) if self.country else ()
        for name in (f"{languages[0]}_{self.country}" if languages else "", self.language):
            try:
                return "comma" if get_decimal_symbol(Locale.parse(name)) == "," else "point"
            except (UnknownLocaleError, ValueError):
                continue
        return "point"


def detect(
    path: Path,
    attributes: Mapping[str, Attribute],
    habits: WritingHabits,
    given: Reading | None = None,
    opened: Opened | None = None,
) -> Detected:
    """Look at a CSV file. `given` (somebody's choice) is believed instead of detected. opened: its workbook.

    Raises Invalid, saying what to do, for a file that holds no rows.
    """
    warnings: list[Warning_] = []
    reading, first, mixed = _reading(path, habits, given)
    if mixed:
        warnings.append(Warning_(code="mixed_encodings"))
    if len(first) > MAX_COLUMNS:
        raise Invalid(
            "import_columns_many",
            f"The file has over {MAX_COLUMNS} columns; remove those not needed.",
            most=MAX_COLUMNS,
        )
    if opened and opened.sheets:
        reading = reading.model_copy(update={"sheet": opened.sheet, "merged": opened.merged})
        if len(opened.sheets) > 1:
            values_ = {"sheet": opened.sheet, "count": str(len(opened.sheets))}
            warnings.append(Warning_(code="sheet_chosen", values=values_))
        if opened.merged:
            warnings.append(Warning_(code="merged_cells", values={"count": str(opened.merged)}))
    reading = reading.model_copy(update={"unfolded": _json_columns(path, reading, len(first))})
    names, doubles, empty = column_names(first, reading.header)
    members = [key for each in reading.unfolded for key in each.keys]
    names, _, _ = column_names([*names, *members], True)
    if len(names) > MAX_COLUMNS:
        raise Invalid(
            "import_columns_many",
            f"The file has over {MAX_COLUMNS} columns; remove those not needed.",
            most=MAX_COLUMNS,
        )
    warnings += _head_warnings(reading, first, doubles, empty)
    looks = [Look(habits.currency) for _ in names]
    rows, whole = _look_at(path, reading, len(first), looks)
    if rows == 0:
        raise Invalid("import_file_empty", "The file holds a header but no rows.")
    columns = [_column(index, name, looks[index], habits) for index, name in enumerate(names)]
    suggested, more = suggest(columns, looks, attributes, habits.currency, habits.month_first, habits.mark, reading)
    if suggested is not None:
        suggested = suggested.model_copy(update={"country": habits.country})
    return Detected(
        reading=reading,
        sheets=list(opened.sheets) if opened else [],
        rows=rows if whole else None,
        columns=columns,
        warnings=[*warnings, *more],
        suggested=suggested,
    )


def _reading(path: Path, habits: WritingHabits, given: Reading | None) -> tuple[Reading, list[str], bool]:
    """How to read the file, its first row (the header, if any), and whether lines of another encoding are in it."""
    if given is None:
        encoding, mixed = detect_encoding(path, habits.language, habits.country)
        delimiter = files.detect_delimiter(files.sample_text(path, encoding))
        reading = Reading.model_validate({"encoding": encoding, "delimiter": delimiter})
    else:
        reading, mixed = given, False
    with files.open_rows(path, reading) as (found, _):
        rows: list[list[str]] = []
        for row in found:
            rows.append(row.fields or [])
            if len(rows) >= FIRST_ROWS:
                break
    if not any(rows):
        raise Invalid("import_file_empty", "The file holds no rows that can be read; check its quotation marks.")
    if given is None:
        skip = _titles(rows)
        groups = skip > 0 and _fills(rows[skip - 1], rows[skip]) and _names_groups(rows[skip - 1], rows[skip])
        if not groups and skip + 1 < len(rows) and _names_groups(rows[skip], rows[skip + 1]):
            groups, skip = True, skip + 1
        reading = reading.model_copy(update={"skip": skip, "groups": groups, "header": _has_header(rows[skip])})
    if reading.skip >= len(rows):
        raise Invalid("import_file_empty", "No rows are left behind those that are skipped; skip fewer.")
    first = rows[reading.skip]
    if reading.groups and reading.header and reading.skip:
        first = joined_heads(rows[reading.skip - 1], first)
    return reading, first, mixed


def _names_groups(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row names groups of columns and the next one the columns: it has gaps, and names none of its own."""
    if not (_has_header(upper) and _has_header(lower)):
        return False
    pairs = list(zip_longest(map(bare, upper), map(bare, lower), fillvalue=""))
    gaps = any(below and not above for above, below in pairs)
    named = [above for above, below in pairs if _is_known(below) and not _is_known(above)]
    return gaps and bool(named)


def _fills(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row names columns that the next one leaves without a name."""
    return any(above.strip() and not below.strip() for above, below in zip(upper, lower, strict=False))


def _is_known(name: str) -> bool:
    return bool(name) and (identity_of(name) is not None or attribute_of(name) != "")


def _titles(rows: Sequence[Sequence[str]]) -> int:
    """How many rows stand before the table: titles and notes fill one cell or two of a table of three and more."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows]
    body = sorted(filled)[len(filled) // 2]
    if body < 3:
        return 0
    for at, count in enumerate(filled[:TITLES]):
        if count > 2 or (count == 2 and body < 5) or any("@" in cell for cell in rows[at]):
            return at
    return 0


def _has_header(first: Sequence[str]) -> bool:
    """A first row with an address, a number or a date in it is data."""
    cells = [cell.strip() for cell in first if cell.strip()]
    for cell in cells:
        if "@" in cell:
            return False
        for convert in (values.as_number("point"), values.as_date("ymd")):
            try:
                if convert(cell):
                    return False
            except values.Rejected:
                continue
    return True


def _json_columns(path: Path, reading: Reading, width: int) -> list[Unfolded]:
    """Columns whose filled cells are all JSON objects, with the members that they have."""
    keys: dict[int, dict[str, None]] = {}
    with files.open_body(path, reading) as (rows, bare):
        for number, row in enumerate(rows):
            if row.fields is None or len(row.fields) < width:
                continue
            if number < FIRST_ROWS:
                for at in range(width):
                    if row.fields[at].lstrip()[:1] == "{":
                        keys.setdefault(at, {})
            elif not keys or bare.tell() > LOOKED_AT:
                break
            for at in list(keys):
                members = files.json_object(row.fields[at]) if row.fields[at].strip() else {}
                if members is None or len(keys[at]) > 100:
                    del keys[at]
                else:
                    keys[at].update(dict.fromkeys(key for key in members if key.strip() and len(key) <= 120))
    return [Unfolded(column=at, keys=list(found)[:100]) for at, found in sorted(keys.items()) if found]


def _look_at(path: Path, reading: Reading, width: int, looks: Sequence[Look]) -> tuple[int, bool]:
    """Shows every cell to its column's look; how many rows there are, and whether that was the whole file."""
    count = 0
    with files.open_body(path, reading) as (rows, bare):
        for row in rows:
            count += 1
            if row.fields is None:
                continue
            fields = row.fields
            if reading.unfolded and len(fields) >= width:
                fields = files.unfold(fields[:width], width, reading.unfolded)
            for look, cell in zip(looks, fields, strict=False):
                look.see(cell)
            if count % 1_000 == 0 and (count >= MOST_ROWS or bare.tell() > LOOKED_AT):
                return count, False
    return count, True


def _column(index: int, name: str, look: Look, habits: WritingHabits) -> DetectedColumn:
    type_, format_, doubtful = guess_type(look, habits.month_first, habits.mark)
    choices = look.choices() if type_.value == "text" else []
    days = bool(look.orders()) and type_.value == "date"
    return DetectedColumn.model_validate(
        {
            "index": index,
            "name": name,
            "samples": [shown(cell) for cell in look.samples],
            "type": "choice" if choices else type_,
            "format": format_,
            "choices": choices,
            "doubtful": doubtful,
            "consent": None if is_consent_date(name, days) else hint_of(name, look.cells()),
        }
    )


def _head_warnings(
    reading: Reading, first: Sequence[str], doubles: Sequence[str], empty: Sequence[int]
) -> list[Warning_]:
    found: list[Warning_] = []
    if reading.groups:
        found.append(Warning_(code="two_heads"))
    if reading.skip > reading.groups:
        found.append(Warning_(code="rows_skipped", values={"count": str(reading.skip - reading.groups)}))
    if doubles:
        found.append(Warning_(code="duplicate_headers", values={"columns": ", ".join(doubles[:3])}))
    if empty:
        found.append(Warning_(code="empty_headers", values={"count": str(len(empty))}))
    if len(first) == 1 and any(mark in first[0] for mark in ",;\t|"):
        found.append(Warning_(code="delimiter_doubtful"))
    return found
