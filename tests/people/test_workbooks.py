"""Excel workbooks are read as their sheets show them, whatever is in them, and never by the app itself."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from gonfalon.kit.errors import Invalid
from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.files import check_kind
from gonfalon.people.imports.workbooks import workbook_to_csv
from gonfalon.people.tables import people
from tests.conftest import World
from tests.people.files import start, upload

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="4"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="[$-409]d&quot;.&quot;m\\.yyyy"/>'
    '<numFmt numFmtId="166" formatCode="[$$-409]#,##0.00;[Red]-[$$-409]#,##0.00"/>'
    '<numFmt numFmtId="167" formatCode="#,##0.00\\ &quot;kr&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="22"/>'
    '<xf numFmtId="166"/><xf numFmtId="167"/><xf numFmtId="9"/>'
    "</cellXfs></styleSheet>"
)


def text(cell: str, value: str) -> str:
    """A cell with its text inside."""
    return f'<c r="{cell}" t="inlineStr"><is><t>{value}</t></is></c>'


def workbook(*sheets: tuple[str, str], strings: str = "", dimension: str = "", merged: str = "") -> bytes:
    """A workbook of sheets by name, each given as its rows. merged: ranges of cells."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, (name, _) in enumerate(sheets, 1))
        archive.writestr(
            "xl/workbook.xml", f'<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
        )
        links = "".join(f'<Relationship Id="r{n}" Target="worksheets/s{n}.xml"/>' for n in range(1, len(sheets) + 1))
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>')
        archive.writestr("xl/styles.xml", STYLES)
        if strings:
            archive.writestr("xl/sharedStrings.xml", f"<sst {MAIN}>{strings}</sst>")
        ranges = "".join(f'<mergeCell ref="{each}"/>' for each in merged.split())
        for n, (_, rows) in enumerate(sheets, 1):
            archive.writestr(
                f"xl/worksheets/s{n}.xml",
                f"<worksheet {MAIN}>{dimension}<sheetData>{rows}</sheetData>{ranges}</worksheet>",
            )
    return made.getvalue()


def read(tmp_path: Path, content: bytes) -> list[str]:
    """The lines of a workbook's CSV file."""
    source, target = tmp_path / "x.xlsx", tmp_path / "x.csv"
    source.write_bytes(content)
    workbook_to_csv(source, target)
    return target.read_text().splitlines()


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c r="A2"><v>7012345678901234</v></c>', "7012345678901234"),
        ('<c r="A2"><v>7.012345678901234E+15</v></c>', "7012345678901234"),
        ('<c r="A2" s="1"><v>560</v></c>', "00560"),
        ('<c r="A2" s="1"><v>1234567</v></c>', "1234567"),
        ('<c r="A2" s="2"><v>45296</v></c>', "2024-01-05"),
        ('<c r="A2" s="3"><v>45296</v></c>', "2024-01-05"),
        ('<c r="A2" s="4"><v>45296.4375</v></c>', "2024-01-05 10:30:00"),
        ('<c r="A2" s="2"><v>59</v></c>', "1900-02-28"),
        ('<c r="A2"><v>0.30000000000000004</v></c>', "0.3"),
        ('<c r="A2"><v>12.50</v></c>', "12.5"),
        ('<c r="A2" t="b"><v>1</v></c>', "1"),
        ('<c r="A2" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A2" t="s"><v>0</v></c>', "東京"),
        ('<c r="A2" t="str"><f>A1</f><v>made</v></c>', "made"),
        ("<c><v>5</v></c>", "5"),
    ],
)
def test_a_cell_is_what_the_sheet_shows(tmp_path: Path, cell: str, shown: str) -> None:
    strings = "<si><r><t>東</t></r><r><t>京</t></r><rPh><t>とうきょう</t></rPh></si>"
    rows = f'<row r="1">{text("A1", "head")}</row><row r="2">{cell}</row>'
    assert read(tmp_path, workbook(("People", rows), strings=strings)) == ["head", shown]


def test_a_stray_cell_far_away_makes_the_table_no_wider(tmp_path: Path) -> None:
    rows = (
        f'<row r="1">{text("A1", "email")}{text("B1", "name")}</row><row r="2">{text("A2", "a@example.com")}</row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    lines = read(tmp_path, workbook(("People", rows), dimension='<dimension ref="A1:XFD1048576"/>'))
    assert lines[:2] == ["email,name", "a@example.com,"]


@pytest.mark.parametrize(
    "part",
    [
        b"<worksheet><sheetData><row><c",
        b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet>&a;</worksheet>",
        b"\x00\xff\xfe",
        b"",
    ],
)
def test_a_damaged_workbook_is_refused_in_one_sentence(tmp_path: Path, part: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(("People", "")))) as old, zipfile.ZipFile(made, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, part if "worksheets" in name else old.read(name))
    with pytest.raises(Invalid) as refused:
        read(tmp_path, made.getvalue())
    assert refused.value.code == "import_file_broken"


def test_a_workbook_that_takes_too_much_ends_its_own_process(tmp_path: Path) -> None:
    strings = f"<si><t>{'x' * 1_000_000}</t></si>" * 8
    rows = f'<row r="1">{text("A1", "email")}</row>' + '<row r="2">' + '<c t="s"><v>0</v></c>' * 2_000 + "</row>"
    with pytest.raises(Invalid) as refused:
        read(tmp_path, workbook(("People", rows), strings=strings))
    assert refused.value.code == "import_workbook_heavy"
    assert read(tmp_path, workbook(("People", f'<row r="1">{text("A1", "email")}</row>'))) == ["email"]


async def test_the_likeliest_sheet_is_suggested_and_another_can_be_chosen(world: World) -> None:
    notes = f'<row r="1">{text("A1", "Export of 2025")}</row><row r="2">{text("A2", "Contacts: 1")}</row>'
    listed = f'<row r="1">{text("A1", "Email")}</row><row r="2">{text("A2", "a@example.com")}</row>'
    others = f'<row r="1">{text("A1", "Email")}</row><row r="2">{text("A2", "b@example.com")}</row>'
    content = workbook(("Notes", notes), ("Contacts", listed), ("Empty", ""), ("More", others))
    uploaded = await upload(world, content, "people.xlsx")
    detected = uploaded["detected"]
    assert (detected["sheets"], detected["reading"]["sheet"]) == (["Notes", "Contacts", "More"], "Contacts")
    assert [warning["code"] for warning in detected["warnings"]] == ["sheet_chosen"]
    path = f"{world.path}/imports/{uploaded['id']}/reading"
    unknown = await world.http.put(path, json=detected["reading"] | {"sheet": "Empty"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "import_sheet_unknown")
    chosen = await world.http.put(path, json=detected["reading"] | {"sheet": "More"})
    assert chosen.status_code == 200, chosen.text
    assert chosen.json()["detected"]["columns"][0]["samples"] == ["b@example.com"]
    assert (await start(world, chosen.json()))["result"]["new"] == 1
    async with world.ctx.reading() as connection:
        found = await connection.execute(select(people.c.email).where(people.c.workspace_id == world.workspace.id))
        assert found.scalars().all() == ["b@example.com"]


async def test_merged_cells_and_heads_of_two_rows_are_read_as_they_are_seen(world: World) -> None:
    """Of groups of columns the lower names count; cells below a merged one show what it shows; both are said."""
    cells = [
        {"A": "Email", "B": "Name", "D": "Home", "F": "Work"},
        {"B": "First", "C": "Last", "D": "City", "E": "Zip", "F": "City", "G": "Zip"},
        {"A": "a@example.com", "B": "Ada", "C": "Ek", "D": "Lund", "E": "1", "F": "Kiel", "G": "2"},
        {"A": "b@example.com", "B": "Bo", "C": "By", "E": "3", "G": "4"},
        {"A": "c@example.com", "B": "Cy", "C": "Co", "D": "Ystad", "E": "5", "F": "Rom", "G": "6"},
    ]
    rows = "".join(
        f'<row r="{n}">{"".join(text(f"{column}{n}", value) for column, value in row.items())}</row>'
        for n, row in enumerate(cells, 1)
    )
    content = workbook(("People", rows), merged="A1:A2 B1:C1 D1:E1 F1:G1 D3:D4 F3:F4")
    uploaded = await upload(world, content, "people.xlsx")
    detected = uploaded["detected"]
    assert [column["name"] for column in detected["columns"]] == [
        "Email", "First", "Last", "Home City", "Home Zip", "Work City", "Work Zip"
    ]  # fmt: skip
    assert [(each["code"], each["values"].get("count")) for each in detected["warnings"]] == [
        ("merged_cells", "3"),
        ("two_heads", None),
    ]
    assert (await start(world, uploaded))["result"]["new"] == 3
    async with world.ctx.reading() as connection:
        found = await connection.execute(
            select(people.c.email, people.c.attributes).where(people.c.workspace_id == world.workspace.id)
        )
        cities = {row.email: row.attributes for row in found}
    words = [sorted(word for word in map(str, cities[each].values()) if word.isalpha()) for each in sorted(cities)]
    assert words == [["Ada", "Ek", "Kiel", "Lund"], ["Bo", "By", "Kiel", "Lund"], ["Co", "Cy", "Rom", "Ystad"]]


@pytest.mark.parametrize(
    ("lines", "names", "rows"),
    [
        (
            "Contact,,Address,,|Email,Phone,Street,City,|a@x.se,,X 1,Lund,|b@x.se,,X 2,Ystad,",
            "Email Phone Street City",
            2,
        ),
        ("Email,Name,|,First,Last|a@x.se,Ada,Ek", "Email First Last", 1),
        ("Export,,,,|Email,First,Last,City,Country|a@x.se,Ada,Ek,Lund,SE", "Email First Last City Country", 1),
        ("Email,City,Land|a@x.se,Lund,SE", "Email City Land", 1),
        ("Email,Ort,|Ada,Lund,x|Bo,Kiel,y", "Email Ort", 2),
    ],
)
def test_a_head_of_two_rows_is_told_from_titles_and_people(tmp_path: Path, lines: str, names: str, rows: int) -> None:
    file = tmp_path / "x.csv"
    file.write_text(lines.replace("|", "\n"))
    found = detect(file, {}, WritingHabits())
    named = [column.name for column in found.columns if not column.name.startswith("Column ")]
    assert (named, found.rows) == (names.split(), rows)


def test_what_a_format_shows_beside_a_number_is_read(tmp_path: Path) -> None:
    """Dollars are no euros, a share is the number it is, and what nobody computed is seen."""
    cells = [("A1", 5, "1234.5"), ("B1", 6, "-12.30"), ("C1", 7, "0.25"), ("D1", 5, "5")]
    row = "".join(f'<c r="{at}" s="{style}"><v>{value}</v></c>' for at, style, value in cells)
    formula = '<c r="E1"><f>A1*2</f></c><c r="F1"><f>A1*2</f><v>2469</v></c>'
    assert read(tmp_path, workbook(("x", f"<row>{row}{formula}</row>"))) == ["1234.5 $,-12.3 kr,0.25,5 $,=A1*2,2469"]


def test_other_sheets_say_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "x.ods"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(Invalid, match="OpenDocument sheet"):
        check_kind(file)
