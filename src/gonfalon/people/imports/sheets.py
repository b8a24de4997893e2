"""The cells of an Excel workbook (ECMA-376) as its sheets show them: codes with their zeros, long numbers with all of
their digits, days as days. Rows are streamed; what a file says of its size is not believed. Runs in a confined process.

The libraries for it make a dense table of what the file says it holds, give numbers for what a sheet shows as "00560",
or refuse packages that Excel opens.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from posixpath import join, normpath
from xml.etree.ElementTree import Element, ParseError, iterparse

from gonfalon.kit.numbers import NotANumber, read_decimal, read_whole

WIDEST = 16_384
LAST_SERIAL = 2_958_465
"""The serial number of 31 December 9999."""

_DAYS = frozenset([*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)])
"""Numbers of built-in formats that show days."""
_ZEROS = re.compile(r"0{2,20}(?:;.*)?")
_MONEY = "money "
_SIGN = re.compile(
    r'\[\$([^\]-]+)(?:-[^\]]*)?\]|"\s*([$€£¥₹₩₽₺₪₫฿]|[A-Z]{3}|kr\.?|zł|Kč|Ft|lei|Fr\.?|R\$)\s*"|(?<!\[)([$€£¥₹₩₽₺])'
)
"""The currency that a format shows beside a number: [$€-407], "kr", $."""
_NO_SHAPE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_SHORT = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{0,8}[1-9])?")
_LETTERS = re.compile(r"([A-Z]{1,3})[0-9]*")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_ROMAN = {letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 1)}


class Damaged(ValueError):
    """A package that cannot be read as a workbook."""


@dataclass
class Book:
    """An open workbook: its visible sheets by name, and where their rows are."""

    archive: zipfile.ZipFile
    sheets: dict[str, str] = field(default_factory=dict)
    strings: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)
    """By the number of a cell's style: "day", the zeros it shows, "money" with the currency's sign, or ""."""
    epoch: datetime = datetime(1899, 12, 30, tzinfo=UTC)

    def rows(self, name: str) -> Iterator[list[str]]:
        """Return the rows of a sheet that hold anything, without the empty cells at their end."""
        for _, row in self._numbered(name):
            yield row

    def filled_rows(self, name: str) -> Iterator[tuple[list[str], int]]:
        """Return the same with what cells show that are merged with the one above, and how many of a row are."""
        begun = _merged(self.archive, self.sheets[name])
        open_: dict[int, tuple[int, str]] = {}
        for number, row in self._numbered(name):
            found = 0
            for at, (last, text) in list(open_.items()):
                if number > last:
                    del open_[at]
                elif text and not (at < len(row) and row[at]):
                    row.extend([""] * (at + 1 - len(row)))
                    row[at] = text
                    found += 1
            for at, last in begun.get(number, ()):
                open_[at] = last, row[at] if at < len(row) else ""
            yield row, found

    def _numbered(self, name: str) -> Iterator[tuple[int, list[str]]]:
        number = 0
        for element in _elements(self.archive, self.sheets[name], "row"):
            number = read_whole(element.get("r", "")) or number + 1
            row: list[str] = []
            for cell in element:
                if cell.tag.endswith("c") and (text := self._text(cell)):
                    at = _column(cell.get("r", ""), len(row))
                    if at < WIDEST:
                        row.extend([""] * (at + 1 - len(row)))
                        row[at] = text
            if row:
                yield number, row

    def _text(self, cell: Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _plain(cell)
        value = next((part.text or "" for part in cell if part.tag.endswith("v")), "")
        if not value and (formula := next((part.text or "" for part in cell if part.tag.endswith("}f")), "")):
            return f"={formula}"  # the program that wrote it has computed nothing: better seen than lost
        if kind == "s":
            at = read_whole(value)
            return self.strings[at] if at is not None and 0 <= at < len(self.strings) else ""
        if kind == "n" and value:
            style = read_whole(cell.get("s", "0")) or 0
            return self._number(value.strip(), self.shapes[style] if 0 <= style < len(self.shapes) else "")
        return value

    def _number(self, written: str, shape: str) -> str:
        if not shape and _SHORT.fullmatch(written):
            return written
        try:
            value = read_decimal(written)
        except NotANumber:
            return written
        if shape == "day" and 0 <= value <= LAST_SERIAL:
            return self._day(float(value))
        if shape.startswith(_MONEY):
            return f"{value:.4f}".rstrip("0").rstrip(".") + f" {shape.removeprefix(_MONEY)}"
        if value == value.to_integral_value():
            return f"{value:.0f}".zfill(len(shape))
        return f"{float(value):.15g}"

    def _day(self, serial: float) -> str:
        # Excel believes that there was a 29 February 1900.
        at = self.epoch + timedelta(days=serial + (1 if serial < 60 and self.epoch.year == 1899 else 0))
        at = (at + timedelta(milliseconds=500)).replace(microsecond=0)
        return f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d %H:%M:%S}"


def open_book(path: str) -> Book:
    """Return the workbook of a file. Raises Damaged."""
    try:
        archive = zipfile.ZipFile(path)
        places = _relations(archive, "xl/_rels/workbook.xml.rels", "xl")
        book = Book(archive)
        hidden: dict[str, str] = {}
        for element in _elements(archive, "xl/workbook.xml", "sheet", "workbookPr"):
            if _name(element) == "workbookPr":
                if element.get("date1904", "0").casefold() in ("1", "true"):
                    book.epoch = datetime(1904, 1, 1, tzinfo=UTC)
                continue
            link = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), "")
            if place := places.get(link):
                shown = element.get("state", "visible") == "visible"
                (book.sheets if shown else hidden)[element.get("name", link)] = place
        book.sheets = book.sheets or hidden
        book.strings = _strings(archive)
        book.shapes = _shapes(archive)
    except (zipfile.BadZipFile, ParseError, KeyError, OSError, NotImplementedError, RuntimeError) as error:
        raise Damaged("the package cannot be read") from error
    return book


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names in a part, each forgotten when the next is asked for."""
    with archive.open(part) as file:
        head = file.read(2048)
        if b"<!DOCTYPE" in head or b"<!\x00" in head:
            raise Damaged("a document type has no place in a workbook")
    with archive.open(part) as file:
        for _, element in iterparse(file):  # noqa: S314 (no document type, and a process with limits)
            if _name(element) in names:
                yield element
                element.clear()


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _plain(element: Element) -> str:
    """The text of a string with its runs, without how it is pronounced."""
    parts = (part for part in element if _name(part) != "rPh")
    return "".join(
        (part.text or "") if _name(part) == "t" else _plain(part) for part in parts if _name(part) in ("t", "r", "is")
    )


def _strings(archive: zipfile.ZipFile) -> list[str]:
    with suppress(KeyError):
        return [_plain(element) for element in _elements(archive, "xl/sharedStrings.xml", "si")]
    return []


def _shapes(archive: zipfile.ZipFile) -> list[str]:
    """What each style shows of a number."""
    formats: dict[str, str] = {}
    shapes: list[str] = []
    with suppress(KeyError):
        for element in _elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
            if _name(element) == "numFmt":
                formats[element.get("numFmtId", "")] = element.get("formatCode", "")
            else:
                shapes = [_shape(xf.get("numFmtId", "0"), formats) for xf in element if _name(xf) == "xf"]
    return shapes


def _shape(number: str, formats: dict[str, str]) -> str:
    code = formats.get(number)
    if code is None:
        return "day" if read_whole(number) in _DAYS else ""
    if _ZEROS.fullmatch(code):
        return code.partition(";")[0]
    if (sign := _SIGN.search(code.partition(";")[0])) and (said := (sign[1] or sign[2] or sign[3]).strip()):
        return f"{_MONEY}{said}"
    bare = _NO_SHAPE.sub("", code.partition(";")[0]).casefold()
    return "day" if re.search(r"[dy]", bare) and "general" not in bare else ""


def _relations(archive: zipfile.ZipFile, part: str, base: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _elements(archive, part, "Relationship"):
        target = element.get("Target", "")
        found[element.get("Id", "")] = normpath(join(base, target)).lstrip("/") if target[:1] != "/" else target[1:]
    return found


def _merged(archive: zipfile.ZipFile, part: str) -> dict[int, list[tuple[int, int]]]:
    """The cells of a sheet that reach over several rows, by their first row: the column, and the last row.

    They are named behind all rows, so the sheet is looked through for them beforehand, as bytes.
    """
    found: dict[int, list[tuple[int, int]]] = {}
    with archive.open(part) as file:
        rest = b""
        while more := file.read(1 << 20):
            text = rest + more
            for match in _MERGED.finditer(text):
                column, first, last = match[1].decode(), read_whole(match[2].decode()), read_whole(match[3].decode())
                if first and last and first < last:
                    found.setdefault(first, []).append((_place(column), last))
            # What stands at the very end may go on in the next piece; what was found before it is not found again.
            end = max((match.end() for match in _MERGED.finditer(text)), default=0)
            rest = text[max(end, len(text) - 100) :]
    return found


def _column(reference: str, following: int) -> int:
    """The place of a cell in its row: by its reference ("BC7"), else behind the one before."""
    match = _LETTERS.match(reference)
    return following if match is None else _place(match[1])


@cache
def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + _ROMAN[letter]
    return place - 1
