"""From the file's rows to the stage: every row converted once, with what is wrong with it. Blocking, pure.

What a row cannot do without is its width, its letters and what people are matched by. Any other cell that cannot be
read is left out, and the row is taken and told of.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from gonfalon.people.companies.rules import LONGEST_KEY
from gonfalon.people.identities import rules as identity_rules
from gonfalon.people.imports import files, values
from gonfalon.people.imports.headings import is_total
from gonfalon.people.imports.model import Match, Reading
from gonfalon.people.imports.reasons import ERASED
from gonfalon.people.imports.recipe import Recipe
from gonfalon.people.imports.rules import shown
from gonfalon.people.imports.values import Rejected, plain_text

CHUNK_ROWS = 4_000
MAX_RAW = 20_000

STAGE_COLUMNS = (
    "line", "email", "phone", "external_id", "attributes", "tags", "company", "answer", "aside", "agreed_at", "reason",
    "note", "field", "raw",
)  # fmt: skip
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
NULL = "\\N"


def stage_lines(path: Path, recipe: Recipe) -> Iterator[tuple[bytes, int, int]]:
    """Return chunks for COPY into the stage, each with the rows and bytes of the file read so far. Constant memory."""
    lines: list[str] = []
    count = 0
    with files.open_body(path, recipe.reading) as (rows, bare):
        for row in rows:
            count += 1
            lines.append(staged_line(row, recipe))
            if len(lines) >= CHUNK_ROWS:
                yield "".join(lines).encode(), count, bare.tell()
                lines.clear()
        yield "".join(lines).encode(), count, bare.tell()


def staged_line(row: files.Row, recipe: Recipe) -> str:
    """Return the COPY line of a row. Of a rejected one with a key it says who is meant, and how strict it is about
    them."""
    found: dict[str, str] = {}
    notes: list[tuple[str, int]] = []
    answer = aside = 0
    try:
        fields = row.fields
        if fields is None:
            raise Rejected("broken_quotes")
        if len(fields) != recipe.width:
            fields = _fitted(fields, recipe.width)
        if recipe.reading.unfolded:
            fields = files.unfold(fields, recipe.width, recipe.reading.unfolded)
        if recipe.key == Match.ANY:
            _any_key(fields, recipe, found, notes)
        else:
            found[recipe.key] = _key(fields, recipe)
        answer = max((answering[fields[at]] for at, answering in recipe.answers), default=0)
        aside = max((answering[fields[at]] for at, answering in recipe.asides), default=0)
        members = _members(fields, recipe, found, notes)
        agreed = _agreed(fields, recipe, notes)
        tags = _tags(fields, recipe, notes)
        company = _company(fields, recipe, notes)
    except _Faulty as faulty:
        return _staged(row, found, answer=answer, aside=aside, reason=faulty.reason, field=faulty.name(recipe))
    except Rejected as rejected:
        return _staged(row, found, answer=answer, aside=aside, reason=rejected.reason)
    if notes:
        if any(_damaged(cell) for cell in row.fields or []):
            return _staged(row, found, answer=answer, aside=aside, reason="unreadable")
        named = ", ".join(dict.fromkeys(recipe.names[at] for _, at in notes))
        return _staged(
            row, found, ",".join(members), tags, answer, aside, agreed, company, note=notes[0][0], field=named
        )
    return _staged(row, found, ",".join(members), tags, answer, aside, agreed, company)


class _Faulty(Rejected):
    """A row rejected for one of its cells."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at

    def name(self, recipe: Recipe) -> str:
        return recipe.names[self.at]


def _key(fields: list[str], recipe: Recipe) -> str:
    """What the row's person is matched by."""
    at, convert = recipe.identities[recipe.key]
    first = next((cell for cell in fields if cell and not cell.isspace()), "")
    if is_total(first):
        raise Rejected("total_line")
    try:
        found = convert(fields[at])
    except Rejected as rejected:
        if fields[at].strip() == recipe.names[at]:
            raise Rejected("header_again") from rejected
        missing = identity_rules.is_nobody(plain_text(fields[at])) and recipe.key != "external_id"
        raise _Faulty("key_missing" if missing else rejected.reason, at) from rejected
    if not found:
        raise _Faulty("key_missing", at)
    if found == recipe.names[at] and recipe.reading.header:
        raise Rejected("header_again")
    return found


def _any_key(fields: list[str], recipe: Recipe, found: dict[str, str], notes: list[tuple[str, int]]) -> None:
    """Every identity of the row, into `found`; what cannot be read is left out, unless nothing else is there."""
    if is_total(next((cell for cell in fields if cell and not cell.isspace()), "")):
        raise Rejected("total_line")
    for kind, (at, convert) in recipe.identities.items():
        if fields[at].strip() == recipe.names[at] and recipe.reading.header:
            raise Rejected("header_again")
        try:
            if clean := convert(fields[at]):
                found[kind] = clean
        except Rejected as rejected:
            notes.append((rejected.reason, at))
    if not found:
        reason, at = notes[0] if notes else ("key_missing", next(iter(recipe.identities.values()))[0])
        raise _Faulty(reason, at)


def _members(fields: list[str], recipe: Recipe, found: dict[str, str], notes: list[tuple[str, int]]) -> list[str]:
    """The row's attributes as JSON members; its other identities go into `found`, what is left out into `notes`."""
    for kind, (at, convert) in recipe.identities.items():
        if recipe.key not in (kind, Match.ANY):
            try:
                found[kind] = convert(fields[at])
            except Rejected as rejected:
                notes.append((rejected.reason, at))
    members = []
    for at, _, member in recipe.attributes:
        try:
            if text := member[fields[at]]:
                members.append(text)
        except Rejected as rejected:
            notes.append((rejected.reason, at))
    return members


def _agreed(fields: list[str], recipe: Recipe, notes: list[tuple[str, int]]) -> str:
    """When the person agreed, the latest of what the row says; "" where it doesn't."""
    latest = ""
    for at, moment in recipe.dates:
        try:
            latest = max(latest, moment[fields[at]])
        except Rejected as rejected:
            notes.append((rejected.reason, at))
    return latest


def _tags(fields: list[str], recipe: Recipe, notes: list[tuple[str, int]]) -> str:
    """The row's tags as a JSON list; "" for none."""
    tags: dict[str, None] = {}
    for at in recipe.tags:
        try:
            tags.update(dict.fromkeys(values.as_tags(fields[at])))
        except Rejected as rejected:
            notes.append((rejected.reason, at))
    return json.dumps(list(tags), ensure_ascii=False).replace("\\", "\\\\") if tags else ""


def _company(fields: list[str], recipe: Recipe, notes: list[tuple[str, int]]) -> str:
    """The name of the person's company, escaped for COPY; "" for none."""
    if recipe.company is None:
        return ""
    try:
        name = " ".join(plain_text(fields[recipe.company]).split())
    except Rejected as rejected:
        notes.append((rejected.reason, recipe.company))
        return ""
    if len(name) > LONGEST_KEY:
        notes.append(("too_long", recipe.company))
        return ""
    return name.translate(_ESCAPES)


def _staged(
    row: files.Row,
    found: Mapping[str, str],
    members: str = "",
    tags: str = "",
    answer: int = 0,
    aside: int = 0,
    agreed: str = "",
    company: str = "",
    *,
    reason: str = "",
    note: str = "",
    field: str = "",
) -> str:
    if reason and reason != "unreadable" and row.fields and any(_damaged(cell) for cell in row.fields):
        reason, field = "unreadable", ""
    raw = raw_text(row).translate(_ESCAPES) if reason or note else NULL
    email, phone, external = found.get("email"), found.get("phone"), found.get("external_id")
    return (
        f"{row.line}\t{email or NULL}\t{phone or NULL}\t{external.translate(_ESCAPES) if external else NULL}\t"
        f"{{{members}}}\t{tags or NULL}\t{company or NULL}\t{answer}\t{aside}\t{agreed or NULL}\t{reason or NULL}\t"
        f"{note or NULL}\t"
        f"{field.translate(_ESCAPES) if reason or note else NULL}\t{raw}\n"
    )


def _fitted(fields: list[str], width: int) -> list[str]:
    """Empty cells too many at the end do no harm."""
    if len(fields) > width and not any(cell.strip() for cell in fields[width:]):
        return fields[:width]
    raise Rejected("ragged")


def _damaged(cell: str) -> bool:
    return "\x00" in cell or any("\ud800" <= c <= "\udfff" for c in cell)


def raw_text(row: files.Row) -> str:
    """Return a row's fields as JSON, for the file of rejected rows; what cannot be written becomes �."""
    fields = [shown(cell[:MAX_RAW]) for cell in row.fields or []]
    return json.dumps(fields, ensure_ascii=False)


def raw_lines(path: Path, reading: Reading, wanted: Mapping[int, tuple[str, str, bool]], head: str) -> Iterator[bytes]:
    """Write COPY chunks of import_rejects for rows that the merge found: wanted says reason, field and whether it is
    taken.

    head is what each line begins with: the import's and the workspace's id.
    """
    lines: list[str] = []
    with files.open_rows(path, reading) as (rows, _):
        for row in rows:
            if row.line in wanted:
                reason, name, taken = wanted[row.line]
                # Of who was erased nothing is kept, whatever file names them.
                raw = "[]" if reason == ERASED else raw_text(row).translate(_ESCAPES)
                said = "t" if taken else "f"
                lines.append(f"{head}\t{row.line}\t{said}\t{reason}\t{name.translate(_ESCAPES)}\t{raw}\n")
                if len(lines) >= CHUNK_ROWS:
                    yield "".join(lines).encode()
                    lines.clear()
    if lines:
        yield "".join(lines).encode()
