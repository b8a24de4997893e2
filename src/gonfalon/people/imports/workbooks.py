"""Excel workbooks: looked at before they are opened, and made a CSV file of in a process that may be ended."""

from __future__ import annotations

import csv
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import ParseError

from gonfalon.kit.confined import Confined, Overrun
from gonfalon.kit.errors import Invalid, TooLarge
from gonfalon.people.imports.headings import identity_of
from gonfalon.people.imports.model import Opened
from gonfalon.people.imports.sheets import Damaged, open_book

MAX_WORKBOOK = 400 * 1024 * 1024
MAX_WORKBOOK_RATIO = 200
MAX_WORKBOOK_PARTS = 2_000
MAX_SHEETS = 50
PEEKED = 50

_CHILDREN = Confined(children=1, seconds=150, megabytes=1_024)


def is_workbook(path: Path) -> bool:
    """Return whether a zip is an Excel workbook; raises TooLarge when it would unpack to more than is accepted.

    Only the zip's directory is read: nothing is unpacked before the sizes are known.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise Invalid("import_file_broken", "This Excel file is damaged; save it again and try once more.") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return False
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    too_dense = unpacked > 10 * 1024 * 1024 and unpacked > packed * MAX_WORKBOOK_RATIO
    if len(parts) > MAX_WORKBOOK_PARTS or unpacked > MAX_WORKBOOK or too_dense:
        raise TooLarge("import_workbook_large", "This Excel file is too large when unpacked; save it as CSV instead.")
    return True


def workbook_to_csv(source: Path, target: Path, sheet: str = "") -> Opened:
    """Write a sheet as UTF-8 CSV, the likeliest if none is named; cells merged with the one above have its value.

    Raises Invalid for a damaged or empty workbook, and for one that takes too much time or memory.
    """
    try:
        opened = _CHILDREN.run_here(convert, str(source), str(target), sheet)
    except Overrun as error:
        with suppress(FileNotFoundError):
            target.unlink()
        raise Invalid(
            "import_workbook_heavy", "This Excel file takes too much time or memory to read; save it as CSV instead."
        ) from error
    if not opened.sheets:
        raise Invalid("import_file_empty", "This workbook holds no rows.")
    return opened


def convert(source: str, target: str, wanted: str) -> Opened:
    """Return what `workbook_to_csv` does, in the child process."""
    try:
        book = open_book(source)
        peeks = {name: list(islice(book.rows(name), PEEKED)) for name in islice(book.sheets, MAX_SHEETS)}
        filled = [name for name, rows in peeks.items() if rows]
        if not filled:
            return Opened()
        chosen = wanted if wanted in filled else max(filled, key=lambda name: _likely(peeks[name]))
        width = _width(peeks[chosen])
        with open(target, "w", encoding="utf-8", errors="replace", newline="") as file:
            writer, merged = csv.writer(file), 0
            for row, of_others in book.filled_rows(chosen):
                writer.writerow(row + [""] * (width - len(row)))
                merged += of_others
        return Opened(tuple(filled), chosen, merged)
    except (Damaged, zipfile.BadZipFile, zlib.error, ParseError, KeyError, EOFError, NotImplementedError) as error:
        raise Invalid(
            "import_file_broken", "This Excel file is damaged or protected; save it again and try once more."
        ) from error


def _width(rows: Sequence[list[str]]) -> int:
    """How wide the table is: a cell that somebody left far away from it makes it no wider."""
    dense = [len(row) for row in rows if 4 * sum(map(bool, row)) >= len(row)]
    return max(dense, default=max(map(len, rows)))


def _likely(rows: Iterable[list[str]]) -> tuple[int, int, int]:
    """How much a sheet looks like a list of people: headings that identify them, addresses, rows."""
    listed = list(rows)
    heads = sum(identity_of(cell) is not None for row in listed[:5] for cell in row[:200] if len(cell) < 60)
    mails = sum("@" in cell for row in listed for cell in row[:200])
    return min(heads, 1) + min(mails, 2), mails, len(listed)
