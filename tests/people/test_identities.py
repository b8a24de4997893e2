"""Who somebody is: what spreadsheets and programs do to ids, addresses and numbers is undone, or refused by name."""

from __future__ import annotations

import pytest

from gonfalon.kit.errors import Invalid
from gonfalon.people.identities.rules import is_nobody, normalise_email, normalise_external_id, normalise_phone
from gonfalon.people.profiles.actions import identified, save_person
from tests.conftest import World


@pytest.mark.parametrize(
    "text",
    ["null", "NULL", "undefined", "NaN", "None", "nil", "0", "-", "—", "n/a", "N/A", "#N/A", "unknown", "\\N", " ",
     "0.0", "00000000-0000-0000-0000-000000000000", "(not set)", "[object Object]", "'null'", "未知", "okänd",
     "anonymous", "k.A.", "#NV", "#WERT!", "#SAKNAS!", "#DIV/0!", "{{user.id}}", "${userId}", "*|UNIQID|*", "%%id%%",
     "not_set", "null null", "-1", "Anonymous User", "匿名", "ゲスト", "없음", "гость", "brak", "sin dato", "н/д",
     "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "userId", "N / A", "Non renseigné",
     "Uppgift saknas", "ej angivet", "nicht bekannt", "暂无", "#¡VALOR!", "%user_id%", "nil nil", "ー"],
)  # fmt: skip
async def test_what_stands_for_nobody_is_nobodys_id(world: World, text: str) -> None:
    assert is_nobody(text)
    with pytest.raises(Invalid):
        normalise_external_id(text)
    refused = await world.http.post(f"{world.path}/people", json={"email": "a@example.com", "external_id": text})
    assert text == " " or refused.json()["code"] == "external_id_nobody"


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "007",
        "A-0",
        "C1",
        "#1001",
        "-12",
        "{a}",
        "100%",
        "Nullarbor",
        "Nan Li",
        "guest-7",
        "张三",
        "0x1",
        "5% off%",
        "A/B",
    ],
)
def test_what_names_somebody_does(text: str) -> None:
    assert not is_nobody(text)
    assert normalise_external_id(text) == text


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        ("'7012345678901", "7012345678901"),
        ("7012345678901234.0", "7012345678901234"),
        ("7.012345678901E+12", "7012345678901"),
        ("1.5E+3", "1500"),
        ("\ufeffA1\u200b\u00a0", "A1"),
        ("00123", "00123"),
        ("1e3", "1e3"),
        ("1.10", "1.10"),
        ("１２３", "123"),
    ],
)
def test_ids_lose_what_a_spreadsheet_adds(cell: str, stored: str) -> None:
    assert normalise_external_id(cell) == stored


@pytest.mark.parametrize(
    "cell",
    ["'ada@example.com", "Ada Byron <ada@example.com>", "<ADA@example.com>", '"ada@example.com"',
     "mailto:ada@example.com", "ada＠example.com", "ada@example.com;"],
)  # fmt: skip
def test_addresses_lose_what_is_round_them(cell: str) -> None:
    assert normalise_email(cell) == "ada@example.com"


@pytest.mark.parametrize("cell", ["1.23457E+15", "7.01235e+12", "4.9E+11"])
def test_an_id_whose_digits_are_gone_is_refused(cell: str) -> None:
    for normalise in (normalise_external_id, normalise_phone):
        with pytest.raises(Invalid) as refused:
            normalise(cell)
        assert refused.value.code == "digits_lost"


@pytest.mark.parametrize(
    ("cell", "country", "stored"),
    [
        ("4915123456795.0", "DE", "+4915123456795"),
        ("4915123456795", "DE", "+4915123456795"),
        ("15123456795", "DE", "+4915123456795"),
        ("4.915123456795E+12", "DE", "+4915123456795"),
        ("'+31612345678", "", "+31612345678"),
        ("\u200b+46\u00a070\u202f123 45 67", "", "+46701234567"),
        ("46701234567", "SE", "+46701234567"),
        ("701234567", "SE", "+46701234567"),
        ("2025550123", "US", "+12025550123"),
        ("8613912345678", "CN", "+8613912345678"),
        ("０７０１２３４５６７", "SE", "+46701234567"),
    ],
)
def test_numbers_get_back_what_a_spreadsheet_took(cell: str, country: str, stored: str) -> None:
    assert normalise_phone(cell, country) == stored


@pytest.mark.parametrize(
    ("cell", "country"), [("2025550123", ""), ("12", "DE"), ("0", "SE"), ("n/a", "SE"), ("112", "SE")]
)
def test_numbers_are_never_guessed(cell: str, country: str) -> None:
    with pytest.raises(Invalid):
        normalise_phone(cell, country)


def test_a_domain_is_one_however_it_is_spelt() -> None:
    spellings = [
        "info@xn--mller-kva.example",
        "Info@MÜLLER.example",
        "info@mu\u0308ller.example",
        "\ufeffinfo@müller.example ",
    ]
    assert {normalise_email(each) for each in spellings} == {"info@müller.example"}


async def test_both_spellings_of_a_domain_are_one_person(world: World) -> None:
    first = await save_person(world.ctx, identified(world.ctx, email="info@xn--mller-kva.example"), {})
    again = await save_person(world.ctx, identified(world.ctx, email="info@müller.example"), {})
    assert (first.id, first.email) == (again.id, "info@müller.example")
