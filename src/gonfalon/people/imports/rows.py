"""From the file's rows to the stage: every row converted once, rejected ones with their reason. Blocking, pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.identities import rules as identity_rules
from gonfalon.people.imports import files, values
from gonfalon.people.imports.model import DetectedColumn, Plan, PreviewRow, Target
from gonfalon.people.imports.rules import ERASED, shown
from gonfalon.people.imports.values import Rejected, Remembering, converter, plain_text

CHUNK_ROWS = 4_000
MAX_RAW = 20_000
PREVIEWED = 20

STAGE_COLUMNS = ("line", "email", "phone", "external_id", "attributes", "consent", "reason", "field", "raw")
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(slots=True)
class Recipe:
    """What to do with each row: an index into the row and a function for every column that is used."""

    width: int
    key: str
    identities: dict[str, tuple[int, Callable[[str], str]]]
    attributes: list[tuple[int, str, Remembering]]
    consent: tuple[int, Remembering] | None
    names: list[str]
    grown: dict[str, set[str]] = field(default_factory=dict)
    """Choices of new attributes by key, filled while rows are read."""


def make_recipe(
    plan: Plan,
    columns: Sequence[DetectedColumn],
    attributes: Mapping[str, Attribute],
    new_keys: Mapping[int, str],
    currency: str,
) -> Recipe:
    """The recipe of a checked plan. new_keys: the key of each new attribute by its column."""
    recipe = Recipe(len(columns), plan.match.value, {}, [], None, [column.name for column in columns])

    def phone(cell: str) -> str:
        return identity_rules.normalise_phone(cell, plan.country)

    for each in plan.columns:
        match each.to:
            case Target.EMAIL:
                recipe.identities["email"] = (each.column, _identity(identity_rules.normalise_email, "email_invalid"))
            case Target.PHONE:
                recipe.identities["phone"] = (each.column, _identity(phone, "phone_invalid"))
            case Target.EXTERNAL_ID:
                recipe.identities["external_id"] = (
                    each.column,
                    _identity(identity_rules.normalise_external_id, "external_id_invalid"),
                )
            case Target.CONSENT:
                recipe.consent = (each.column, Remembering(values.as_boolean))
            case Target.ATTRIBUTE:
                attribute = attributes[each.attribute]
                known = set(attribute.choices)
                recipe.attributes.append(
                    (each.column, *_member(attribute.key, converter(attribute.type, each.format, currency, known)))
                )
            case Target.NEW_ATTRIBUTE:
                key = new_keys[each.column]
                growing = recipe.grown.setdefault(key, set(each.choices))
                convert = converter(each.type, each.format, currency, growing, growing=True)
                recipe.attributes.append((each.column, *_member(key, convert)))
            case Target.SKIP:
                pass
    return recipe


def _member(key: str, convert: Callable[[str], str]) -> tuple[str, Remembering]:
    """The converter of a whole JSON member, "key":value, already escaped for COPY."""

    def member(cell: str) -> str:
        found = convert(cell)
        return f'"{key}":{found}'.replace("\\", "\\\\") if found else ""

    return key, Remembering(member)


def _identity(normalise: Callable[[str], str], reason: str) -> Callable[[str], str]:
    def convert(cell: str) -> str:
        found = plain_text(cell)
        if not found:
            return ""
        try:
            clean = normalise(found)
            clean.encode()
        except (Invalid, UnicodeEncodeError) as error:
            raise Rejected(reason) from error
        return clean

    return convert


def stage_lines(path: Path, plan: Plan, recipe: Recipe) -> Iterator[tuple[bytes, int, int]]:
    """Chunks for COPY into the stage, each with the rows and bytes of the file read so far. Constant memory."""
    lines: list[str] = []
    count = 0
    with files.open_rows(path, plan.reading) as (rows, bare):
        if plan.reading.header:
            next(rows, None)
        for row in rows:
            line = _line(row, recipe)
            if line:
                count += 1
                lines.append(line)
                if len(lines) >= CHUNK_ROWS:
                    yield "".join(lines).encode(), count, bare.tell()
                    lines.clear()
        yield "".join(lines).encode(), count, bare.tell()


def _line(row: files.Row, recipe: Recipe) -> str:
    """The COPY line of a row; "" for a row of empty cells."""
    at = -1
    try:
        fields = row.fields
        if fields is None:
            raise Rejected("broken_quotes")
        if len(fields) != recipe.width:
            fields = _fitted(fields, recipe.width)
        found: dict[str, str] = {}
        for kind, (at, convert) in recipe.identities.items():
            found[kind] = convert(fields[at])
        if not found[recipe.key]:
            if not any(cell.strip() for cell in fields):
                return ""
            at = recipe.identities[recipe.key][0]
            raise Rejected("key_missing")
        members = []
        for at, _, member in recipe.attributes:
            text = member[fields[at]]
            if text:
                members.append(text)
        consent = "true"
        if recipe.consent is not None:
            at = recipe.consent[0]
            consent = recipe.consent[1][fields[at]] or _NULL
    except Rejected as rejected:
        name = recipe.names[at] if at >= 0 else ""
        return _rejected_line(row, rejected.reason, name)
    email, phone, external = found.get("email"), found.get("phone"), found.get("external_id")
    return (
        f"{row.line}\t{email or _NULL}\t{phone or _NULL}\t{external.translate(_ESCAPES) if external else _NULL}\t"
        f"{{{','.join(members)}}}\t{consent}\t\\N\t\\N\t\\N\n"
    )


_NULL = "\\N"


def _fitted(fields: list[str], width: int) -> list[str]:
    """Empty cells too many at the end do no harm."""
    if len(fields) > width and not any(cell.strip() for cell in fields[width:]):
        return fields[:width]
    raise Rejected("ragged")


def _rejected_line(row: files.Row, reason: str, name: str) -> str:
    if reason != "unreadable" and row.fields and any(_damaged(cell) for cell in row.fields):
        reason, name = "unreadable", ""
    raw = raw_text(row).translate(_ESCAPES)
    return f"{row.line}\t\\N\t\\N\t\\N\t\\N\tfalse\t{reason}\t{name.translate(_ESCAPES)}\t{raw}\n"


def _damaged(cell: str) -> bool:
    return "\x00" in cell or any("\ud800" <= c <= "\udfff" for c in cell)


def raw_text(row: files.Row) -> str:
    """A row's fields as JSON, for the file of rejected rows; what cannot be written becomes �."""
    fields = [shown(cell[:MAX_RAW]) for cell in row.fields or []]
    return json.dumps(fields, ensure_ascii=False)


def raw_lines(path: Path, plan: Plan, wanted: Mapping[int, tuple[str, str]], head: str) -> Iterator[bytes]:
    """COPY chunks of import_rejects for rows that the merge refused: wanted maps a line to its reason and field.

    head is what each line begins with: the import's and the workspace's id.
    """
    lines: list[str] = []
    with files.open_rows(path, plan.reading) as (rows, _):
        for row in rows:
            if row.line in wanted:
                reason, name = wanted[row.line]
                # Of who was erased nothing is kept, whatever file names them.
                raw = "[]" if reason == ERASED else raw_text(row).translate(_ESCAPES)
                lines.append(f"{head}\t{row.line}\t{reason}\t{name.translate(_ESCAPES)}\t{raw}\n")
                if len(lines) >= CHUNK_ROWS:
                    yield "".join(lines).encode()
                    lines.clear()
    if lines:
        yield "".join(lines).encode()


def preview(path: Path, plan: Plan, recipe: Recipe) -> list[PreviewRow]:
    """The first 20 rows exactly as they would be stored: read back from the very lines that COPY would get."""
    shown: list[PreviewRow] = []
    with files.open_rows(path, plan.reading) as (rows, _):
        if plan.reading.header:
            next(rows, None)
        for row in rows:
            line = _line(row, recipe)
            if line:
                shown.append(_previewed(line))
            if len(shown) >= PREVIEWED:
                break
    return shown


def _previewed(line: str) -> PreviewRow:
    cells = [None if cell == _NULL else _unescaped(cell) for cell in line.rstrip("\n").split("\t")]
    found = dict(zip(STAGE_COLUMNS, cells, strict=True))
    return PreviewRow(
        line=int(found["line"] or 0),
        email=found["email"],
        phone=found["phone"],
        external_id=found["external_id"],
        attributes=json.loads(found["attributes"] or "{}"),
        consent=None if found["consent"] is None else found["consent"] == "true",
        reason=found["reason"] or "",
        field=found["field"] or "",
    )


def _unescaped(cell: str) -> str:
    if "\\" not in cell:
        return cell
    letters = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    parts = cell.split("\\\\")
    return "\\".join(
        "".join(letters[bit[0]] + bit[1:] if index else bit for index, bit in enumerate(part.split("\\")))
        for part in parts
    )
