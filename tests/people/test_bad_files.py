"""Files that are not what they seem: one clear sentence each, and nothing half done."""

from __future__ import annotations

import errno
import io
import tracemalloc
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gonfalon.kit.sheets import guarded
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.imports import actions, reasons, rules, upload, values
from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.model import ColumnPlan, DetectedColumn, Match, Plan, Reading, Target
from gonfalon.people.imports.previewing import preview
from gonfalon.people.imports.recipe import make_recipe
from gonfalon.people.imports.rows import stage_lines
from tests.conftest import World
from tests.people.files import csv_bytes, customers, start, take_in
from tests.people.files import upload as send


def kept_files(world: World) -> list[Path]:
    """What uploads have left on disk."""
    return [path for path in upload.import_folder(world.services.settings.folder).iterdir() if path.is_file()]


def zipped(name: str, content: bytes) -> bytes:
    """A zip with one member."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", "import_file_empty", "empty"),
        (b"\xef\xbb\xbf\r\n \n", "import_file_empty", "empty"),
        (b"email,name\n", "import_file_empty", "no rows"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "import_file_foreign", "picture (PNG)"),
        (b"%PDF-1.7\n", "import_file_foreign", "PDF"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "import_file_foreign", "web page"),
        (zipped("people.csv", b"email\na@example.com\n"), "import_file_foreign", "compressed file (zip)"),
        (b"PK\x03\x04 broken", "import_file_broken", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "import_file_foreign", "old Excel"),
        (bytes(range(1, 9)) * 100, "import_file_foreign", "not a text file"),
        (b"email" + b",x" * 600 + b"\na@example.com" + b",1" * 600 + b"\n", "import_columns_many", "over 500 columns"),
    ],
)
async def test_what_is_not_a_list_is_refused_at_once(world: World, content: bytes, code: str, said: str) -> None:
    before = kept_files(world)
    answer = await world.http.post(f"{world.path}/imports", params={"file_name": "x.csv"}, content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert said in answer.json()["detail"]
    assert kept_files(world) == before
    assert (await world.http.get(f"{world.path}/imports")).json()["items"] == []


async def test_a_workbook_that_would_fill_the_memory_is_refused_unopened(world: World) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 * 1024 * 1024))
    answer = await world.http.post(f"{world.path}/imports", params={"file_name": "x.xlsx"}, content=bomb.getvalue())
    assert (answer.status_code, answer.json()["code"]) == (413, "import_workbook_large")


async def test_a_workbook_is_read_like_a_list(world: World) -> None:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>visits</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a@example.com</t></is></c><c r="B2"><v>3</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>b@example.com</t></is></c><c r="B3"><v>4.5</v></c></row>'
    )
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(
            "[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook {space} xmlns:r="{relation}"><sheets><sheet name="People" sheetId="1" r:id="r1"/></sheets>'
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{sheet}</sheetData></worksheet>")
    result = await take_in(world, made.getvalue(), "people.xlsx")
    assert (result["new"], result["rejected"]) == (2, 0)
    listed = (await world.http.get(f"{world.path}/people", params={"sort": "email"})).json()["items"]
    assert [(p["email"], p["attributes"]) for p in listed] == [
        ("a@example.com", {"visits": 3}),
        ("b@example.com", {"visits": 4.5}),
    ]


async def test_a_wrong_delimiter_is_seen_and_can_be_chosen_anew(world: World) -> None:
    content = csv_bytes(["email", "city"], [["a@example.com", "Lund"], ["b@example.com", "Umeå"]], ";")
    uploaded = await send(world, content)
    assert uploaded["detected"]["reading"]["delimiter"] == ";"
    path = f"{world.path}/imports/{uploaded['id']}"
    wrong = await world.http.put(f"{path}/reading", json={"encoding": "utf-8", "delimiter": ",", "header": True})
    assert [w["code"] for w in wrong.json()["detected"]["warnings"]] == ["delimiter_doubtful"]
    right = await world.http.put(f"{path}/reading", json={"encoding": "utf-8", "delimiter": ";", "header": True})
    assert [c["name"] for c in right.json()["detected"]["columns"]] == ["email", "city"]
    unknown = await world.http.put(f"{path}/reading", json={"encoding": "klingon", "delimiter": ";", "header": True})
    assert unknown.status_code == 422


async def test_bad_rows_of_every_kind_are_told_and_the_good_ones_taken(world: World) -> None:
    long = "x" * 10_000
    lines = [
        b"email,first_name,city",
        b"good@example.com,Ada,Lund",
        "mixed@example.com,Zoë,Malmö".encode("cp1252"),
        b"short@example.com,Ada",
        b"wide@example.com,Ada,Lund,more",
        b"spare@example.com,Ada,Lund,,",
        f"long@example.com,{long},Lund".encode(),
        b"nul@example.com,A\x00da,Lund",
        b'quote@example.com,"Ada"x,Lund',
        b'lines@example.com,"Ada\nMarie",Lund',
        b"formula@example.com,=cmd()|'x'!A1,Lund",
        b"undone@example.com,'=1+1,Lund",
        b"a@b,Ada,Lund",
        b"",
        b",,",
        "åäö@example.com,Ada,Ö".encode(),
        b'open@example.com,"never closed',
    ]
    content = b"\r\n".join(lines[:9]) + b"\r\n" + b"\r\n".join(lines[9:])
    uploaded = await send(world, content)
    assert [w["code"] for w in uploaded["detected"]["warnings"]] == ["mixed_encodings"]
    columns = [
        {"column": 0, "to": "email"},
        {"column": 1, "to": "attribute", "attribute": "first_name"},
        {"column": 2, "to": "attribute", "attribute": "city"},
    ]
    ended = await start(world, uploaded, columns=columns, match="email")
    assert ended["state"] == "finished", ended["error"]
    rejects = (await world.http.get(f"{world.path}/imports/{uploaded['id']}/rejects")).json()["items"]
    assert [(r["line"], r["reason"]) for r in rejects] == [
        (3, "unreadable"),
        (4, "ragged"),
        (5, "ragged"),
        (7, "too_long"),
        (8, "unreadable"),
        (9, "broken_quotes"),
        (14, "email_invalid"),
        (18, "broken_quotes"),
    ]
    listed = (await world.http.get(f"{world.path}/people", params={"sort": "email"})).json()["items"]
    assert {p["email"]: p["attributes"].get("first_name") for p in listed} == {
        "long@example.com": None,
        "formula@example.com": "=cmd()|'x'!A1",
        "good@example.com": "Ada",
        "lines@example.com": "Ada\nMarie",
        "spare@example.com": "Ada",
        "undone@example.com": "=1+1",
        "åäö@example.com": "Ada",
    }
    assert all(sentence for sentence in (r["sentence"] for r in rejects))


async def test_double_and_missing_headings_get_names_of_their_own(world: World) -> None:
    content = csv_bytes(["Email", "Name", "", "Name"], [["a@example.com", "Ada", "x", "Lovelace"]])
    uploaded = await send(world, content)
    assert [c["name"] for c in uploaded["detected"]["columns"]] == ["Email", "Name", "Column 3", "Name (2)"]
    assert [w["code"] for w in uploaded["detected"]["warnings"]] == ["duplicate_headers", "empty_headers"]
    assert (await start(world, uploaded))["result"]["new"] == 1


async def test_a_file_without_a_heading_loses_no_row(world: World) -> None:
    uploaded = await send(world, b"a@example.com;1\nb@example.com;2\n")
    reading = uploaded["detected"]["reading"]
    assert (reading["encoding"], reading["delimiter"], reading["header"]) == ("utf-8", ";", False)
    assert (await start(world, uploaded))["result"]["new"] == 2


async def test_a_file_about_nobody_says_so(world: World) -> None:
    uploaded = await send(world, csv_bytes(["colour", "size"], [["red", "1"], ["blue", "2"]]))
    assert uploaded["detected"]["suggested"] is None
    assert uploaded["detected"]["warnings"][0]["code"] == "no_identity"
    plan = {"columns": [{"column": 0, "to": "skip"}], "match": "email"}
    refused = await world.http.post(f"{world.path}/imports/{uploaded['id']}/start", json=plan)
    assert (refused.status_code, refused.json()["code"]) == (422, "import_plan_invalid")


@pytest.mark.parametrize(
    "columns",
    [
        [{"column": 7, "to": "email"}],
        [{"column": 1, "to": "email"}, {"column": 2, "to": "email"}],
        [{"column": 1, "to": "email"}, {"column": 2, "to": "attribute", "attribute": "nothing"}],
        [{"column": 1, "to": "email"}, {"column": 2, "to": "new_attribute", "label": " "}],
        [{"column": 0, "to": "external_id"}],
    ],
)
async def test_a_plan_that_cannot_be_done_is_refused(world: World, columns: list[dict[str, Any]]) -> None:
    uploaded = await send(world, customers(2))
    for action in ("preview", "start"):
        path = f"{world.path}/imports/{uploaded['id']}/{action}"
        refused = await world.http.post(path, json={"columns": columns, "match": "email"})
        assert (refused.status_code, refused.json()["code"]) == (422, "import_plan_invalid"), refused.text


async def test_a_file_that_is_too_large_or_finds_no_room_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept_files(world)
    path, params = f"{world.path}/imports", {"file_name": "x.csv"}
    announced = {"content-length": str(rules.MAX_FILE + 1)}
    large = await world.http.post(path, params=params, content=_parts(b"a" * 10), headers=announced)
    assert (large.status_code, large.json()["code"]) == (413, "import_file_large")
    monkeypatch.setattr(upload, "MAX_FILE", 1000)
    unannounced = await world.http.post(path, params=params, content=_parts(customers(100)))
    assert (unannounced.status_code, unannounced.json()["code"]) == (413, "import_file_large")
    monkeypatch.setattr(upload, "MAX_FILE", rules.MAX_FILE)

    def full(source: Path, target: Path) -> tuple[list[str], str]:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(upload, "settle", full)
    nowhere = await world.http.post(path, params=params, content=customers(3))
    assert (nowhere.status_code, nowhere.json()["code"]) == (503, "disk_full")
    monkeypatch.setattr(upload, "KEPT_FREE", 1 << 60)
    small_disk = await world.http.post(path, params=params, content=customers(3))
    assert (small_disk.status_code, small_disk.json()["code"]) == (503, "disk_full")
    assert kept_files(world) == before


async def test_a_large_file_is_never_held_in_memory(world: World) -> None:
    """Sixty megabytes through a few: a file of gigabytes takes no more."""
    wide = b",".join([b"lorem ipsum dolor sit amet " * 18] * 4)

    async def rows() -> AsyncIterator[bytes]:
        yield b"email,a,b,c,d\n"
        for first in range(0, 30_000, 500):
            yield b"".join(b"p%d@example.com,%s\n" % (number, wide) for number in range(first, first + 500))

    tracemalloc.start()
    try:
        added = await actions.upload_import(world.ctx, "wide.csv", rows())
        largest = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert added.file_size > 55_000_000
    assert largest < 25_000_000
    assert [column.name for column in added.detected.columns] == ["email", "a", "b", "c", "d"]


async def _parts(content: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(content), 500):
        yield content[at : at + 500]


@pytest.mark.parametrize(
    ("cells", "type_", "format_"),
    [
        (["1", "0", "1"], "boolean", ""),
        (["Ja", "nej"], "boolean", ""),
        (["12", "7.5", "1,234.5"], "number", "point"),
        (["12,5", "7"], "number", "comma"),
        (["€1,200.00", "€3"], "money", "point"),
        (["$1,200.00", "$3"], "text", ""),
        (["ORD1001", "ORD1002"], "text", ""),
        (["05/14", "12/03"], "text", ""),
        (["12,50 €", "3 €"], "money", "comma"),
        (["2025-01-31", "2024-12-01"], "date", "ymd"),
        (["31/01/2025", "01/02/2025"], "date", "dmy"),
        (["01/31/2025", "01/02/2025"], "date", "mdy"),
        (["00123", "04567"], "text", ""),
        (["North", "South"] * 10, "choice", ""),
        (["one", "two", "three"], "text", ""),
        (["", ""], "text", ""),
    ],
)
def test_types_are_recognised(tmp_path: Path, cells: list[str], type_: str, format_: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(csv_bytes(["email", "value"], [[f"p{n}@example.com", c] for n, c in enumerate(cells)], "|"))
    column = detect(file, {}, WritingHabits("EUR", "sv", "SE")).columns[1]
    assert (column.type.value, column.format) == (type_, format_)


@pytest.mark.parametrize(
    ("convert", "cell", "stored"),
    [
        (values.as_number("point"), "007", "7"),
        (values.as_number("point"), "1e3", "1000"),
        (values.as_number("comma"), "1.234,5", "1234.5"),
        (values.as_number("point"), "1 234.5", "1234.5"),
        (values.as_number("point"), "nan", ""),
        (values.as_number("point"), "1_000", None),
        (values.as_number("point"), "n/a", ""),
        (values.as_number("point"), "1e99", None),
        (values.as_number("point"), "٣", "3"),
        (values.as_number("point"), "٣٣x", None),
        (values.as_money("point", "EUR"), "€ 12.345", "1234"),
        (values.as_money("point", "JPY"), "¥1,200", "1200"),
        (values.as_money("comma", "SEK"), "1 234,50 kr", "123450"),
        (values.as_money("point", "EUR"), "€", None),
        (values.as_date("dmy"), "3.2.2025", '"2025-02-03"'),
        (values.as_date("mdy"), "02/03/2025 10:15", '"2025-02-03"'),
        (values.as_date("dmy"), "2025-02-03", '"2025-02-03"'),
        (values.as_date("ymd"), "2025年2月3日", '"2025-02-03"'),
        (values.as_date("dmy"), "30.2.2025", None),
        (values.as_date("dmy"), "3.2.25", None),
        (values.as_boolean, "OUI", "true"),
        (values.as_boolean, "maybe", None),
        (values.as_text, " x ", '"x"'),
        (values.as_text, "\ud800", None),
    ],
)
def test_cells_become_values_or_are_refused(convert: Any, cell: str, stored: str | None) -> None:
    if stored is None:
        with pytest.raises(values.Rejected):
            convert(cell)
    else:
        assert convert(cell) == stored


cell = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00"), max_size=30)


@settings(deadline=None, max_examples=150)
@given(rows=st.lists(st.tuples(cell, cell), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_any_text_survives_the_file_and_the_stage(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], delimiter: Any
) -> None:
    """CSV → rows → COPY line → read back: what is previewed is the text, whatever characters it has."""
    file = tmp_path_factory.mktemp("csv") / "x.csv"
    body = [[f"p{n}@example.com", *map(guarded, row)] for n, row in enumerate(rows)]
    file.write_bytes(csv_bytes(["email", "a", "b"], body, delimiter))
    columns = [DetectedColumn(index=n, name=name, samples=[], type=AttributeType.TEXT) for n, name in enumerate("eab")]
    plan = Plan(
        columns=[
            ColumnPlan(column=0, to=Target.EMAIL),
            ColumnPlan(column=1, to=Target.NEW_ATTRIBUTE, label="a"),
            ColumnPlan(column=2, to=Target.NEW_ATTRIBUTE, label="b"),
        ],
        match=Match.EMAIL,
    )
    reading = Reading(delimiter=delimiter)
    recipe = make_recipe(plan, columns, {}, {1: "a", 2: "b"}, "EUR", reading, ZoneInfo("UTC"))
    seen = preview(file, recipe)
    assert [row.attributes for row in seen] == [
        {key: value.strip() for key, value in zip("ab", row, strict=True) if value.strip()} for row in rows
    ]
    ((chunk, count, _),) = stage_lines(file, recipe)
    assert count == len(rows)
    assert chunk.count(b"\n") == len(rows), "one line of COPY for each row, whatever is in it"


def test_every_reason_has_a_sentence_in_every_language() -> None:
    codes = set(reasons.REASONS["en"])
    assert {language: set(sentences) for language, sentences in reasons.REASONS.items()} == dict.fromkeys(
        ("en", "fr", "sv", "zh"), codes
    )
