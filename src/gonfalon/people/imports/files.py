"""Files as they come: recognised, decoded, read row by row in constant memory. Blocking: run it in a thread."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gonfalon.kit.errors import Invalid
from gonfalon.people.imports.encodings import wide
from gonfalon.people.imports.model import Encoding, Reading, Unfolded
from gonfalon.people.imports.workbooks import is_workbook

SAMPLE = 262_144
MAX_FIELD = 131_072
"""A longer field is a quotation mark that was never closed."""
DELIMITERS = (",", ";", "\t", "|")

_SEP = re.compile(r'\ufeff?"?sep=(.)"?\s*', re.IGNORECASE)
_FOREIGN = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
)
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf")

csv.field_size_limit(MAX_FIELD)


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row and the line of the file it begins at; fields None: broken quotation marks."""

    line: int
    fields: list[str] | None


def check_kind(path: Path) -> str:
    """Return "csv" or "xlsx" by the file's first bytes; raises Invalid, saying what it is, for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"):
        raise Invalid("import_file_empty", "The file is empty; export it again and check that it holds rows.")
    if head.startswith(b"PK"):
        if not is_workbook(path):
            raise _foreign("an OpenDocument sheet" if _OPEN_DOCUMENT in head else "a compressed file (zip)")
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid("import_file_foreign", "This is an old Excel file (.xls); save it as .xlsx or CSV and try again.")
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise _foreign(name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:9].lower().startswith(_MARKUP):
        raise _foreign("a web page or another document")
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and wide(head) is None and _binary(head):
        raise _foreign("not a text file")
    return "csv"


def _foreign(name: str) -> Invalid:
    return Invalid("import_file_foreign", f"This is {name}, not a list of people; choose a CSV or Excel (.xlsx) file.")


def _binary(head: bytes) -> bool:
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return odd > len(head) / 20


def detect_delimiter(text: str) -> str:
    """Return the delimiter that a line `sep=;` names, else the one that gives the most columns in the most constant
    way."""
    best, most = ",", 0.0
    first, _, rest = text.partition("\n")
    if named := _SEP.fullmatch(first):
        if named[1] in DELIMITERS:
            return named[1]
        text = rest
    for delimiter in DELIMITERS:
        widths: list[int] = []
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for fields in reader:
                if fields:
                    widths.append(len(fields))
                if len(widths) >= 200:
                    break
        except csv.Error:
            pass
        if not widths:
            continue
        width = max(set(widths), key=widths.count)
        score = widths.count(width) / len(widths) * (width - 1) ** 0.5
        if width > 1 and score > most:
            best, most = delimiter, score
    return best


def sample_text(path: Path, encoding: Encoding) -> str:
    """Return the beginning of the file, whole lines, for looking at."""
    with open_text(path, encoding) as (text, _):
        found = text.read(SAMPLE // 2)
    cut = max(found.rfind("\n"), found.rfind("\r"))
    return found[: cut + 1] if cut > 0 and len(found) == SAMPLE // 2 else found


@contextmanager
def open_text(path: Path, encoding: Encoding) -> Iterator[tuple[IO[str], io.FileIO]]:
    """Return the decoded file and the bare one below, whose `tell` says how far reading is.

    Bytes that don't fit the encoding come as lone surrogates, so that a row with them can be told apart.
    Raises Invalid for a file that cannot be in that encoding.
    """
    errors = "replace" if encoding.value.startswith("utf-16") or encoding.value == "utf-32" else "surrogateescape"
    with (
        io.FileIO(path) as bare,
        io.BufferedReader(bare, 1_048_576) as buffer,
        io.TextIOWrapper(buffer, encoding=encoding.value, errors=errors, newline="") as text,
    ):
        try:
            yield text, bare
        except UnicodeEncodeError:
            raise
        except UnicodeError as error:
            raise Invalid(
                "import_encoding_wrong",
                f"The file is not written in {encoding.value.upper()}; choose another one.",
                encoding=encoding.value.upper(),
            ) from error


def read_rows(text: IO[str], delimiter: str) -> Iterator[Row]:
    """Return rows with the line each begins at, without blank ones and a line `sep=;`; broken quotes don't end the
    reading."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            for fields in reader:
                if any(cell and not cell.isspace() for cell in fields) and not (
                    line == 1 and _SEP.fullmatch(delimiter.join(fields))
                ):
                    yield Row(line, fields)
                line = reader.line_num + 1
            return
        except csv.Error:
            yield Row(line, None)
            line = reader.line_num + 1


@contextmanager
def open_rows(path: Path, reading: Reading) -> Iterator[tuple[Iterator[Row], io.FileIO]]:
    """Return all rows of the file (the header among them) and the bare file, for progress."""
    with open_text(path, reading.encoding) as (text, bare):
        yield read_rows(text, reading.delimiter), bare


@contextmanager
def open_body(path: Path, reading: Reading) -> Iterator[tuple[Iterator[Row], io.FileIO]]:
    """Return the rows that hold people: without what stands before the header, and without the header."""
    with open_rows(path, reading) as (rows, bare):
        for _ in range(reading.skip + (1 if reading.header else 0)):
            next(rows, None)
        yield rows, bare


def unfold(fields: list[str], width: int, unfolded: list[Unfolded]) -> list[str]:
    """Return a row of `width` cells with the members of its JSON cells behind them."""
    more: list[str] = []
    for each in unfolded:
        members = json_object(fields[each.column]) if each.column < width else None
        more += [_member(members.get(key)) if members else "" for key in each.keys]
    return fields + more


def json_object(cell: str) -> dict[str, object] | None:
    """Return the JSON object a cell is; None for everything else."""
    if cell[:1] != "{" and cell.strip()[:1] != "{":
        return None
    try:
        found = json.loads(cell)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _member(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False)
