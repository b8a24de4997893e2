"""Files as they come: recognised, decoded, read row by row in constant memory. Blocking: run it in a thread."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from charset_normalizer import from_bytes

from gonfalon.kit.errors import Invalid, TooLarge
from gonfalon.people.imports.model import Reading
from gonfalon.people.imports.rules import MAX_COLUMNS

SAMPLE = 262_144
VERIFIED = 64 * 1024 * 1024
"""So many bytes are checked for being UTF-8 before a file counts as UTF-8."""
MAX_FIELD = 131_072
"""A longer field is a quotation mark that was never closed."""
MAX_WORKBOOK = 400 * 1024 * 1024
MAX_WORKBOOK_RATIO = 200
MAX_WORKBOOK_PARTS = 2_000

_LEGACY = ["cp1252", "cp1250", "cp1251", "iso8859_15", "mac_roman", "gb18030", "big5", "shift_jis", "euc_kr"]
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
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"{\\rtf")

csv.field_size_limit(MAX_FIELD)


@dataclass(frozen=True, slots=True)
class Row:
    """The fields of a row and the line of the file it begins at; fields None: broken quotation marks."""

    line: int
    fields: list[str] | None


def check_kind(path: Path) -> str:
    """ "csv" or "xlsx" by the file's first bytes; raises Invalid, saying what it is, for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"):
        raise Invalid("import_file_empty", "The file is empty; export it again and check that it holds rows.")
    if head.startswith(b"PK"):
        if not _is_workbook(path):
            raise _foreign("a compressed file (zip)")
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid("import_file_foreign", "This is an old Excel file (.xls); save it as .xlsx or CSV and try again.")
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            raise _foreign(name)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:9].lower().startswith(_MARKUP):
        raise _foreign("a web page or another document")
    if not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _wide(head) and _binary(head):
        raise _foreign("not a text file")
    return "csv"


def _foreign(name: str) -> Invalid:
    return Invalid("import_file_foreign", f"This is {name}, not a list of people; choose a CSV or Excel (.xlsx) file.")


def _binary(head: bytes) -> bool:
    odd = sum(byte < 9 or 13 < byte < 32 for byte in head)
    return odd > len(head) / 20


def _wide(head: bytes) -> str:
    """UTF-16 without its mark: about half of the bytes are zero, all on one side."""
    even, uneven = head[0::2].count(0), head[1::2].count(0)
    if uneven > len(head) / 5 and even < len(head) / 50:
        return "utf-16-le"
    if even > len(head) / 5 and uneven < len(head) / 50:
        return "utf-16-be"
    return ""


def detect_encoding(path: Path) -> tuple[str, bool]:
    """The encoding to read the file with, and whether some bytes don't fit it (those rows will be rejected)."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig", _first_fault(file, head) is not None
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16", False
        wide = _wide(head)
        if wide:
            return wide, False
        fault = _first_fault(file, head)
        if fault is None:
            return "utf-8", False
        file.seek(max(0, fault - SAMPLE // 2))
        around = file.read(SAMPLE)
    if _mostly_utf8(around):
        return "utf-8", True
    best = from_bytes(around, cp_isolation=_LEGACY).best()
    return (best.encoding if best else "cp1252"), False


def _first_fault(file: IO[bytes], head: bytes) -> int | None:
    """Where the file stops being UTF-8, None if it is as far as was checked."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    part, done = head, 0
    while part:
        try:
            decoder.decode(part)
        except UnicodeDecodeError as error:
            return done + error.start
        done += len(part)
        part = file.read(1_048_576) if done < VERIFIED else b""
    return None


def _mostly_utf8(part: bytes) -> bool:
    """Whether there are more well-formed letters beyond ASCII than stray bytes."""
    text = part.decode("utf-8", "surrogateescape")
    stray = sum("\ud800" <= c <= "\udfff" for c in text)
    return sum(c > "\x7f" for c in text) - stray > stray


def detect_delimiter(text: str) -> str:
    """The delimiter that gives the most columns in the most constant way; "," for a file of one column."""
    best, most = ",", 0.0
    for delimiter in (",", ";", "\t", "|"):
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


def sample_text(path: Path, encoding: str) -> str:
    """The beginning of the file, whole lines, for looking at."""
    with open_text(path, encoding) as (text, _):
        found = text.read(SAMPLE // 2)
    cut = max(found.rfind("\n"), found.rfind("\r"))
    return found[: cut + 1] if cut > 0 and len(found) == SAMPLE // 2 else found


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[tuple[IO[str], io.FileIO]]:
    """The decoded file and the bare one below, whose `tell` says how far reading is.

    Bytes that don't fit the encoding come as lone surrogates, so that a row with them can be told apart.
    Raises Invalid for an encoding that does not exist.
    """
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    with io.FileIO(path) as bare, io.BufferedReader(bare, 1_048_576) as buffer:
        try:
            text = io.TextIOWrapper(buffer, encoding=encoding, errors=errors, newline="")
        except LookupError as error:
            raise Invalid("import_encoding_unknown", f"There is no encoding called “{encoding}”.") from error
        with text:
            yield text, bare


def read_rows(text: IO[str], delimiter: str) -> Iterator[Row]:
    """Rows with the line each begins at. Blank lines are left out; broken quotation marks don't end the reading."""
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            for fields in reader:
                if fields:
                    yield Row(line, fields)
                line = reader.line_num + 1
            return
        except csv.Error:
            yield Row(line, None)
            line = reader.line_num + 1


@contextmanager
def open_rows(path: Path, reading: Reading) -> Iterator[tuple[Iterator[Row], io.FileIO]]:
    """The file's rows (the header among them) and the bare file, for progress. Raises Invalid for a bad encoding."""
    with open_text(path, reading.encoding) as (text, bare):
        yield read_rows(text, reading.delimiter), bare


def _is_workbook(path: Path) -> bool:
    """Whether a zip is an Excel workbook; raises TooLarge when it would unpack to more than is accepted.

    Only the zip's directory is read: nothing is unpacked before the sizes are known.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Invalid("import_file_broken", "This Excel file is damaged; save it again and try once more.") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        return False
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    too_dense = unpacked > 10 * 1024 * 1024 and unpacked > packed * MAX_WORKBOOK_RATIO
    if len(parts) > MAX_WORKBOOK_PARTS or unpacked > MAX_WORKBOOK or too_dense:
        raise TooLarge("import_workbook_large", "This Excel file is too large when unpacked; save it as CSV instead.")
    return True


def workbook_to_csv(source: Path, target: Path) -> None:
    """Writes the first sheet that holds anything as UTF-8 CSV. Raises Invalid for a damaged or empty workbook."""
    from python_calamine import CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(str(source))
        sheets = [workbook.get_sheet_by_name(name) for name in workbook.sheet_names]
        sheet = next((each for each in sheets if each.height and each.width), None)
        if sheet is None:
            raise Invalid("import_file_empty", "This workbook holds no rows.")
        if sheet.width > MAX_COLUMNS:
            raise Invalid("import_columns_many", f"The sheet has over {MAX_COLUMNS} columns; remove those not needed.")
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            for row in sheet.iter_rows():
                writer.writerow([_cell(value) for value in row])
    except Invalid:
        raise
    except Exception as error:  # calamine raises several classes of its own for damaged files
        raise Invalid(
            "import_file_broken", "This Excel file is damaged or protected; save it again and try once more."
        ) from error


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    isoformat = getattr(value, "isoformat", None)
    return str(isoformat()) if isoformat else str(value)
