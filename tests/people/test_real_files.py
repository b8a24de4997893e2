"""Small files as real teams have them: taken as the product suggests, with the statement that everybody agreed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gonfalon.kit.errors import GonfalonError
from gonfalon.people.imports.detect import WritingHabits, detect
from gonfalon.people.imports.model import Detected, Encoding, Reading
from gonfalon.people.tables import people
from tests.conftest import World
from tests.people.files import consent_plan, csv_bytes, start, take_in, upload

Make = Callable[..., Awaitable[World]]


async def stored(world: World) -> list[Any]:
    """The workspace's people in the order they came."""
    async with world.ctx.reading() as connection:
        query = select(people).where(people.c.workspace_id == world.workspace.id).order_by(people.c.id)
        return list(await connection.execute(query))


async def told(world: World, result: dict[str, Any]) -> list[tuple[int, bool, str]]:
    """Line, whether it was taken, and the reason of every row that the report tells of."""
    rejects = (await world.http.get(f"{world.path}/imports/{result['id']}/rejects")).json()["items"]
    return [(each["line"], each["taken"], each["reason"]) for each in rejects]


def look(tmp_path: Path, content: bytes, place: WritingHabits | None = None) -> Detected:
    """What a file looks like."""
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    return detect(file, {}, place or WritingHabits("EUR", "en", "DE"))


async def test_a_phone_never_costs_the_person(world: World) -> None:
    rows = ["a@example.com,n/a", "b@example.com,0", "c@example.com,-", "d@example.com,+46701234567", "e@example.com,12"]
    result = await take_in(world, ("email,phone\n" + "\n".join(rows)).encode())
    assert [(p.email, p.phone) for p in await stored(world)] == [
        ("a@example.com", None),
        ("b@example.com", None),
        ("c@example.com", None),
        ("d@example.com", "+46701234567"),
        ("e@example.com", None),
    ]
    assert (result["rejected"], result["incomplete_by_reason"]) == (0, {"phone_invalid": 4})
    assert await told(world, result) == [(n, True, "phone_invalid") for n in (2, 3, 4, 6)]
    table = (await world.http.get(f"{world.path}/imports/{result['id']}/rejects.csv")).text
    assert "Taken without this cell: The phone number cannot be called" in table


async def test_a_shared_phone_or_id_is_the_first_ones_and_said(world: World) -> None:
    await take_in(world, csv_bytes(["id", "email"], [["C1", "old@example.com"]]))
    rows = [
        ["anna@example.com", "+46 8 123 456 00", "C2"],
        ["bo@example.com", "+46 8 123 456 00", ""],
        ["cy@example.com", "", "C1"],
    ]
    result = await take_in(world, csv_bytes(["email", "phone", "customer id"], rows), match="email")
    assert [(p.email, p.phone, p.external_id) for p in await stored(world)] == [
        ("old@example.com", None, "C1"),
        ("anna@example.com", "+46812345600", "C2"),
        ("bo@example.com", None, None),
        ("cy@example.com", None, None),
    ]
    assert await told(world, result) == [(3, True, "phone_shared"), (4, True, "id_shared")]


async def test_people_known_by_a_shared_phone_alone_stay_apart(world: World) -> None:
    await take_in(world, csv_bytes(["phone", "first_name"], [["+46812345600", "Switchboard"]]))
    rows = [["anna@example.com", "+46812345600"], ["bo@example.com", "+46812345600"]]
    result = await take_in(world, csv_bytes(["email", "phone"], rows))
    assert [(p.email, p.phone) for p in await stored(world)] == [
        ("anna@example.com", "+46812345600"),
        ("bo@example.com", None),
    ]
    assert result["rejected"] == 0


async def test_what_spreadsheets_do_is_undone(make_world: Make) -> None:
    world = await make_world(time_zone="Europe/Berlin")
    head = ["Customer ID", "Email", "Phone", "Default Address Zip", "Tags"]
    rows = [
        ["'7012345678901", "anna@example.com", "4915123456795.0", "'1234AB", "vip, horeca"],
        ["7012345678902.0", "bo@example.com", "4.915123456796E+12", "'s-Hertogenbosch", '"VIP","Blog"'],
        ["null", "cy@example.com", "\u200b+49 151 23456797\u00a0", "", ""],
    ]
    result = await take_in(world, csv_bytes(head, rows))
    assert [(p.external_id, p.phone, p.attributes.get("default_address_zip"), p.tags) for p in await stored(world)] == [
        ("7012345678901", "+4915123456795", "1234AB", ["horeca", "vip"]),
        ("7012345678902", "+4915123456796", "'s-Hertogenbosch", ["Blog", "VIP"]),
        (None, "+4915123456797", None, []),
    ]
    assert result["incomplete_by_reason"] == {"external_id_nobody": 1}
    assert set((await world.http.get(f"{world.path}/tags")).json()) == {"Blog", "VIP", "horeca", "vip"}


async def test_tags_of_rows_join_those_that_people_have(world: World) -> None:
    await take_in(world, csv_bytes(["email"], [["a@example.com"]]), tags=["old"])
    await take_in(
        world, csv_bytes(["email", "tags"], [["a@example.com", "new;old"], ["b@example.com", "x"]]), tags=["all"]
    )
    assert [p.tags for p in await stored(world)] == [["all", "new", "old"], ["all", "x"]]


async def test_lines_before_between_and_after_the_people_are_no_people(world: World) -> None:
    content = (
        "Export of customers,,,\n,,,\nCustomer ID,name,city,orders\n1001,Ada,Lund,3\nCustomer ID,name,city,orders\n"
        "1002,Bo,Umeå,4\nTotal,,,7\n"
    ).encode()
    uploaded = await upload(world, content)
    assert uploaded["detected"]["reading"]["skip"] == 1
    assert [w["code"] for w in uploaded["detected"]["warnings"]] == ["rows_skipped"]
    ended = await start(world, uploaded, consent=await consent_plan(world))
    assert [p.external_id for p in await stored(world)] == ["1001", "1002"]
    assert ended["result"]["rejected_by_reason"] == {"header_again": 1, "total_line": 1}


@pytest.mark.parametrize(
    ("content", "names", "delimiter"),
    [
        (b"sep=;\nemail;name\na@example.com;Ada\n", ["email", "name"], ";"),
        (b'\xef\xbb\xbf"sep=|"\r\nemail|name\r\na@example.com|Ada\r\n', ["email", "name"], "|"),
        (b"sep=\t\nemail\tname\na@example.com\tAda\n", ["email", "name"], "\t"),
        (b",\nemail,name\na@example.com,Ada\n", ["email", "name"], ","),
        (b"\n\n;;\nemail;name;x\na@example.com;Ada;1\n", ["email", "name", "x"], ";"),
        ("\ufeffemail\tname\r\na@example.com\t\"Ada\nLovelace\"\r\n".encode("utf-16-le"), ["email", "name"], "\t"),
        (b"email,name\na@example.com,Ada\nb@example.com,Bo\n\n\n", ["email", "name"], ","),
    ],
)  # fmt: skip
def test_the_head_is_found(tmp_path: Path, content: bytes, names: list[str], delimiter: str) -> None:
    found = look(tmp_path, content)
    assert ([column.name for column in found.columns], found.reading.delimiter) == (names, delimiter)
    assert found.suggested is not None
    assert found.columns[0].samples[0] == "a@example.com"


async def test_headings_of_other_scripts_are_apart(make_world: Make) -> None:
    world = await make_world(time_zone="Asia/Shanghai", language="zh")
    for heading_, value in (
        ("公司", "北京公司"),
        ("部门", "销售部"),
        ("价格 (EUR)", "12"),
        ("数量 (EUR)", "3"),
        ("公司", "上海"),
    ):
        await take_in(world, csv_bytes(["邮箱", heading_], [["wang@example.com", value]]))
    (person,) = await stored(world)
    labels = {a["key"]: a["label"] for a in (await world.http.get(f"{world.path}/attributes")).json()}
    known = {labels[key]: value for key, value in person.attributes.items()}
    assert known == {"部门": "销售部", "价格 (EUR)": 12, "数量 (EUR)": 3}


async def test_the_preview_names_the_attributes_it_makes(world: World) -> None:
    content = csv_bytes(["email", "Имя", "Город"], [["ivan@example.com", "Иван", "Москва"]])
    uploaded = await upload(world, content)
    path = f"{world.path}/imports/{uploaded['id']}/preview"
    seen = (await world.http.post(path, json=uploaded["detected"]["suggested"])).json()
    assert {seen["keys"]["1"]: "Иван", seen["keys"]["2"]: "Москва"} == seen["rows"][0]["attributes"]


async def test_german_headings_and_answers_are_understood(make_world: Make) -> None:
    world = await make_world(time_zone="Europe/Berlin")
    head = ["Kundennummer", "Vorname", "Nachname", "E-Mail-Adresse", "Handynummer", "Geburtsdatum", "Newsletter"]
    rows = [
        ["K1", "Jürgen", "Groß", "j@example.com", "0151 23456795", "24.12.1980", "ja"],
        ["K2", "Ute", "Bär", "u@example.com", "", "01.02.1990", "nein"],
    ]
    content = csv_bytes(head, rows, ";").decode().encode("cp1252")
    result = await take_in(world, content, consent=await consent_plan(world))
    assert (result["new"], result["consents"], result["refusals"]) == (2, 1, 1)
    first = (await stored(world))[0]
    assert (first.external_id, first.email, first.phone) == ("K1", "j@example.com", "+4915123456795")
    assert first.attributes == {"first_name": "Jürgen", "last_name": "Groß", "birthday": "1980-12-24"}


async def test_json_in_a_cell_becomes_attributes(world: World) -> None:
    cells = ['{"city": "Lund", "age": 31, "vip": true, "tags": ["a", "b"], "none": null}', "{}", ""]
    rows = [[f"p{n}@example.com", cell] for n, cell in enumerate(cells)]
    await take_in(world, csv_bytes(["email", "attributes"], rows))
    found = [p.attributes for p in await stored(world)]
    assert (found[0]["city"], found[0]["age"], found[1:]) == ("Lund", 31, [{}, {}])


@pytest.mark.parametrize(
    ("cells", "place", "type_", "format_", "doubtful"),
    [
        (["03/04/2026", "05/06/2026"], WritingHabits("EUR", "en", "GB"), "date", "dmy", True),
        (["03/04/2026", "05/06/2026"], WritingHabits("USD", "en", "US"), "date", "mdy", True),
        (["03/04/2026", "05/06/2026"], WritingHabits("EUR", "fr", ""), "date", "dmy", True),
        (["03/04/2026", "05/06/2026"], WritingHabits("EUR", "en", ""), "date", "", True),
        (["03/04/2026"] * 6000 + ["12/31/2026"], WritingHabits("EUR", "en", "GB"), "date", "mdy", False),
        (["2026-04-03 10:00", "2026-12-31"], WritingHabits("USD", "en", "US"), "date", "ymd", False),
        (["4. März 2026", "1. Mai 2026"], WritingHabits("EUR", "en", "DE"), "date", "ymd", False),
        (["05/14", "12/03"], WritingHabits("USD", "en", "US"), "text", "", False),
        (["05/14/45", "12/03/61"], WritingHabits("USD", "en", "US"), "text", "", False),
        (["1.234", "5.678"], WritingHabits("EUR", "en", "DE"), "number", "comma", True),
        (["1.234", "5.678"], WritingHabits("USD", "en", "US"), "number", "point", True),
        (["1.234", "5.6"], WritingHabits("EUR", "en", "DE"), "number", "point", False),
        (["$5", "$6.50"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["$5", "$6.50"], WritingHabits("CAD", "en", "CA"), "money", "point", False),
        (["12 kr", "1 300 kr"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["12,50 kr", "1 300 kr"], WritingHabits("SEK", "sv", "SE"), "money", "comma", False),
        (["USD 12.00", "EUR 3.00"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["ORD1001", "ORD1002"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["INV 1001", "INV 1002"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["+31612345678", "+46701234567"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["7012345678901234", "7012345678901236"], WritingHabits("EUR", "en", "DE"), "text", "", False),
        (["12", "n/a", "-", "13.5"], WritingHabits("USD", "en", "US"), "number", "point", False),
    ],
)
def test_what_a_column_holds_is_decided_by_all_of_it_and_then_by_the_workspace(
    tmp_path: Path, cells: list[str], place: WritingHabits, type_: str, format_: str, doubtful: bool
) -> None:
    content = csv_bytes(["email", "thing"], [[f"p{n}@example.com", cell] for n, cell in enumerate(cells)], "|")
    found = look(tmp_path, content, place)
    column = found.columns[1]
    assert (column.type.value, column.format, column.doubtful) == (type_, format_, doubtful)
    codes = [warning.code for warning in found.warnings]
    assert bool(codes) == doubtful or any("currency" in code for code in codes)


async def test_days_that_nobody_can_read_are_asked_about(make_world: Make) -> None:
    world = await make_world(time_zone="UTC")
    uploaded = await upload(world, csv_bytes(["email", "joined"], [["a@example.com", "03/04/2026"]]))
    assert uploaded["detected"]["warnings"] == [
        {"code": "date_order_asked", "values": {"column": "joined", "example": "03/04/2026"}}
    ]
    plan = uploaded["detected"]["suggested"]
    refused = await world.http.post(f"{world.path}/imports/{uploaded['id']}/start", json=plan)
    assert (refused.status_code, refused.json()["code"]) == (422, "import_date_order_undecided")
    plan["columns"][1]["format"] = "mdy"
    assert (await start(world, uploaded, columns=plan["columns"]))["result"]["new"] == 1
    assert (await stored(world))[0].attributes == {"joined": "2026-03-04"}


@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        (["email", "Total (USD)"], ["a@example.com", "12.50"], "currency_other"),
        (["email", "Umsatz in $"], ["a@example.com", "12.50"], "currency_other"),
        (["email", "Total Spent", "Currency"], ["a@example.com", "12.50", "USD"], "currency_other"),
        (["email", "ltv"], ["a@example.com", "£12.50"], "currency_other"),
        (["email", "ltv"], ["a@example.com", "¥12"], "currency_other"),
    ],
)
async def test_amounts_in_another_currency_are_never_the_workspaces(
    world: World, head: list[str], row: list[str], code: str
) -> None:
    uploaded = await upload(world, csv_bytes(head, [row]))
    assert code in [warning["code"] for warning in uploaded["detected"]["warnings"]]
    assert "money" not in [column["type"] for column in uploaded["detected"]["suggested"]["columns"]]


async def test_another_currency_in_a_column_of_money_is_left_out(world: World) -> None:
    uploaded = await upload(world, csv_bytes(["email", "ltv"], [["a@example.com", "€12.50"], ["b@example.com", "$3"]]))
    columns = uploaded["detected"]["suggested"]["columns"]
    columns[1] |= {"to": "new_attribute", "label": "LTV", "type": "money", "format": "point"}
    ended = await start(world, uploaded, columns=columns)
    assert ended["result"]["incomplete_by_reason"] == {"currency_other": 1}
    assert [p.attributes for p in await stored(world)] == [{"ltv": 1250}, {}]


async def test_a_file_named_for_those_who_left_is_warned_of(world: World) -> None:
    uploaded = await upload(world, csv_bytes(["email"], [["a@example.com"]]), "unsubscribed_members_export.csv")
    assert [warning["code"] for warning in uploaded["detected"]["warnings"]] == ["name_refuses"]


async def test_four_thousand_columns_are_refused_at_once(world: World) -> None:
    content = b"a," * 4_000 + b"\n" + b"1," * 4_000
    answer = await world.http.post(f"{world.path}/imports", params={"file_name": "x.csv"}, content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_columns_many")


@settings(deadline=None, max_examples=60)
@given(
    content=st.one_of(
        st.binary(min_size=1, max_size=200), st.text(max_size=80).map(lambda text: f"email,a\n{text}".encode())
    ),
    encoding=st.sampled_from(Encoding),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    header=st.booleans(),
    skip=st.integers(0, 3),
)
def test_any_reading_of_any_file_is_answered(
    tmp_path_factory: pytest.TempPathFactory,
    content: bytes,
    encoding: Encoding,
    delimiter: Any,
    header: bool,
    skip: int,
) -> None:
    """UTF-16 for a UTF-8 file, NUL, half letters: it is read as it comes, or refused in one sentence."""
    file = tmp_path_factory.mktemp("any") / "x.csv"
    file.write_bytes(content)
    for given_ in (None, Reading(encoding=encoding, delimiter=delimiter, header=header, skip=skip)):
        with suppress(GonfalonError):
            detect(file, {}, WritingHabits(), given_).model_dump_json().encode()


@pytest.mark.parametrize(
    ("kind", "headings"),
    [
        (
            "email",
            "Correo electrónico|E-mailadres|Adres e-mail|Электронная почта|メールアドレス|이메일|電子郵件",
        ),
        ("email", "E-posta|Sähköposti|E-mail 1 - Value|Person - Email - Work|Email Address (Primary)"),
        ("email", "البريد الإلكتروني"),
        (
            "phone",
            "Teléfono|Numer telefonu|Cep telefonu|Телефон|電話番号|휴대폰|手機|Phone 1 - Value|Default Address Phone",
        ),
        (
            "external_id",
            "Klantnummer|Číslo zákazníka|Müşteri No|ID клиента|顧客番号|회원번호|Subscriber Key|external_user_id",
        ),
    ],
)
def test_identities_are_known_in_other_languages_and_tools(tmp_path: Path, kind: str, headings: str) -> None:
    cells = {"email": ["a@example.com", "n/a"], "phone": ["+46701234567", "+46701234568"], "external_id": ["A1", "A2"]}
    for name in headings.split("|"):
        found = look(tmp_path, csv_bytes([name, "x"], [[cell, "1"] for cell in cells[kind]]))
        assert found.suggested is not None, name
        assert (found.suggested.columns[0].to.value, found.suggested.match.value) == (kind, kind), name


def test_addresses_are_found_below_a_strange_heading_though_some_lack_them(tmp_path: Path) -> None:
    rows = [["Ada", "ada@example.com"], ["Bo", "n/a"], ["Cy", "cy@example.com"]]
    found = look(tmp_path, csv_bytes(["wer", "wohin"], rows))
    assert found.suggested is not None
    assert found.suggested.columns[1].to.value == "email"


@pytest.mark.parametrize(
    "cells", [["$1,234.50", "$5"], ["5 CHF", "1'234.50 CHF"], ["$5", "5 €"], ["kr 5", "kr 1 234,50"]]
)
def test_amounts_of_another_currency_stay_as_written_and_it_is_said(tmp_path: Path, cells: list[str]) -> None:
    found = look(tmp_path, csv_bytes(["email", "spent"], [[f"p{n}@example.com", cells[n % 2]] for n in range(12)]))
    assert found.suggested is not None
    assert found.suggested.columns[1].type.value in ("text", "choice")
    assert [each.code for each in found.warnings] == ["currency_other"]


def test_a_code_is_no_power_of_ten(tmp_path: Path) -> None:
    found = look(tmp_path, csv_bytes(["email", "code"], [["a@example.com", "1e5"], ["b@example.com", "2e7"]]))
    assert found.columns[1].type.value == "text"
