"""Tables of spreadsheets and of other tools, as they come."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from gonfalon.kit.cells import Unreadable
from gonfalon.planning.budget.entries.reading import ImportDefaults, read_entries
from gonfalon.planning.sheets import read_date, read_money, read_share, read_sheet, words
from tests.conftest import World
from tests.planning.budget.factory import good, make_purse, set_rate


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("1 234,50", "EUR", 123_450), ("1,234.50", "EUR", 123_450), ("1.234,5", "EUR", 123_450), ("€ 12", "EUR", 1200),
        ("1,234", "EUR", 123_400), ("1.234.567", "EUR", 123_456_700), ("1.234", "KWD", 1234), ("12,5", "SEK", 1250),
        ("1’000", "CHF", 100_000), ("5000", "JPY", 5000), ("0.5", "USD", 50), ("1\u202f000,00 kr", "SEK", 100_000),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, currency: str, minor: int) -> None:
    assert read_money(text, currency) == (minor, currency)


@pytest.mark.parametrize(
    ("text", "currency", "code"),
    [
        ("-5", "EUR", "amount_negative"), ("1.5", "JPY", "amount_digits"), ("1.2345", "EUR", "amount_digits"),
        ("ten", "EUR", "amount_unreadable"), ("", "EUR", "amount_unreadable"),
        ("99999999999999999", "EUR", "amount_large"), ("1,2,3.4.5", "EUR", "amount_unreadable"),
    ],
)  # fmt: skip
def test_amounts_that_are_none(text: str, currency: str, code: str) -> None:
    with pytest.raises(Unreadable) as found:
        read_money(text, currency)
    assert found.value.code == code


def test_days_and_shares() -> None:
    assert {
        read_date(text, "dmy") for text in ("2026-02-03", "3.2.2026", "03/02/2026", "2026年2月3日", "2026-02-03T10:00")
    } == {date(2026, 2, 3)}
    assert {read_share(text) for text in ("25 %", "25", "0.25", "0,25")} == {Decimal("0.25")}
    for wrong in ("30.2.2026", "tomorrow", "0001-01-01", "2/2026"):
        with pytest.raises(Unreadable):
            read_date(wrong, "dmy")


def test_one_is_one_percent() -> None:
    """No tax takes all, and some take one in a hundred."""
    assert [read_share(text) for text in ("1", "1 %", "0.01", "100 %", "0")] == [
        Decimal("0.01"), Decimal("0.01"), Decimal("0.01"), Decimal(1), Decimal(0)
    ]  # fmt: skip


async def paste(world: World, text: str) -> dict[str, Any]:
    purse = await make_purse(world)
    found: dict[str, Any] = good(await world.http.post(f"{purse.path}/paste", json={"text": text}), 200)
    return found


async def test_a_sign_of_another_currency_is_that_currency(world: World) -> None:
    for currency in ("USD", "GBP"):
        await set_rate(world, currency, "2020-01-01", "0.9")
    seen = await paste(world, "name\tprice\nAds\t$1,000\nShow\t£ 500\nHall\t€20\nBus\t30\nStand\tCAD 5\nTea\t7 kr")
    assert [(each["unit_price_minor"], each["currency"]) for each in seen["rows"][:4]] == [
        (100_000, "USD"), (50_000, "GBP"), (2_000, "EUR"), (3_000, "EUR"),
    ]  # fmt: skip
    assert [(each["number"], each["column"], each["code"]) for each in seen["wrong"]] == [
        (6, "price", "currency_ambiguous"), (5, "currency", "rate_missing"),
    ]  # fmt: skip
    seen = await paste(world, "name\tprice\tcurrency\nAds\t1000\tUS$\nShow\t5\tEuro")
    assert [each["currency"] for each in seen["rows"]] == ["USD", "EUR"]
    seen = await paste(world, "name\tprice\tcurrency\nAds\t$1,000\tGBP")
    assert [each["code"] for each in seen["wrong"]] == ["currency_conflict"]


@pytest.mark.parametrize(
    ("zone", "first"),
    [("America/New_York", "2026-03-04"), ("Europe/Berlin", "2026-04-03"), ("Asia/Manila", "2026-03-04")],
)
async def test_days_are_read_as_the_workspace_writes_them(world: World, make_world: Any, zone: str, first: str) -> None:
    there = await make_world(time_zone=zone)
    seen = await paste(there, "name\tprice\tfrom\nAds March\t1,000\t03/04/2026")
    assert (seen["rows"][0]["starts_on"], seen["wrong"]) == (first, [])
    assert seen["reading"]["order"] == ("dmy" if first[5:7] == "04" else "mdy"), "said, as it could be read otherwise"
    seen = await paste(there, "name\tprice\tfrom\nA\t1\t03/04/2026\nB\t1\t25/04/2026")
    assert seen["rows"][0]["starts_on"] == "2026-04-03", "one day of the column decides them all"


@pytest.mark.parametrize(
    "head",
    ["Position;Betrag;Von;Bis", "Concepto;Importe;Desde;Hasta", "項目;金額;開始日;終了日", "Line item;Budget;Start;End",
     "Pozycja;Kwota;Od;Do", "Статья;Сумма;Начало;Конец"],
)  # fmt: skip
async def test_a_budget_is_read_in_other_languages_and_its_total_is_no_line(world: World, head: str) -> None:
    seen = await paste(world, f"{head}\nAds;1.234,50;01.03.2026;31.03.2026\nShow;12.–;;\nTotal;1.246,50;;")
    assert [(each["name"], each["unit_price_minor"], each["starts_on"]) for each in seen["rows"]] == [
        ("Ads", 123_450, "2026-03-01"), ("Show", 1_200, None),
    ]  # fmt: skip
    assert (seen["wrong"], [each["text"] for each in seen["reading"]["left_out"]]) == ([], ["Total"])


async def test_a_heading_whose_currency_nobody_can_know_is_refused(world: World) -> None:
    purse = await make_purse(world)
    refused = await world.http.post(f"{purse.path}/paste", json={"text": "name\tprice (kr)\nAds\t5"})
    assert (refused.status_code, refused.json()["code"]) == (422, "currency_ambiguous")


def test_a_decimal_comma_does_not_divide_the_columns() -> None:
    line = uuid4()
    read = read_entries("date;amount\n2026-11-01;5,5\n2026-11-02;1.000\n", {"ads": line}, ImportDefaults("EUR"))
    assert ([draft.amount_minor for _, draft in read.rows], read.wrong) == ([550, 100_000], [])


async def test_columns_that_are_not_read_are_said(world: World) -> None:
    seen = await paste(world, "name\tprice\tMood\t\tEmpty\nAds\t5\tfine\tsome\t")
    assert seen["reading"]["unread"] == ["Mood", "#4"]


GOOGLE = """Campaign report
"November 1, 2026 - November 30, 2026"
Day,Campaign,Currency code,Cost,Clicks
2026-11-01,Brand,USD,"1,234.56",10
2026-11-02,Brand,USD,0.00,0
Total: Account,,USD,"1,234.56",10
"""
GOOGLE_FR = """Rapport sur les campagnes
"1 novembre 2026 - 30 novembre 2026"
Jour;Campagne;Code de devise;Coût;Clics
01/11/2026;Marque;USD;"1 234,56";10
02/11/2026;Marque;USD;0,00;0
Total : compte;;USD;"1 234,56";10
"""
GOOGLE_DE = """Kampagnenbericht
"1. November 2026 - 30. November 2026"
Tag;Kampagne;Währungscode;Kosten;Klicks
01.11.2026;Brand;USD;1.234,56;10
Gesamt: Konto;;USD;1.234,56;10
"""
META = """Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions
2026-11-01,2026-11-01,Brand,1234.56,1000
"""
META_SV = """Rapporteringen börjar,Rapporteringen slutar,Kampanjnamn,Spenderat belopp (USD),Exponeringar
2026-11-01,2026-11-30,,1734.56,1500
2026-11-01,2026-11-01,Brand,1234.56,1000
2026-11-02,2026-11-02,Shoes,500.00,500
"""
META_ZH = """报告开始日期,报告结束日期,广告系列名称,已花费金额 (USD),展示次数
2026-11-01,2026-11-01,品牌,1234.56,1000
"""
LINKEDIN = """"Campaign Performance Report (in UTC)"
"Report Start: November 1, 2026, 12:00 AM"

Start Date (in UTC)\tAccount Name\tCurrency\tCampaign Name\tTotal Spent
11/1/2026\tAtlas\tUSD\tBrand\t1234.56
11/13/2026\tAtlas\tUSD\tBrand\t500.00
"""
TIKTOK = """Campaign name,By Day,Cost,Currency
Brand,2026-11-01,1234.56,USD
Total of 1 results,-,1234.56,USD
"""
MICROSOFT = """"Report name: Campaign performance"
"Rows: 2"

"Gregorian date","Campaign name","Currency code","Spend"
"11/1/2026","Brand","USD","1,234.56"
"11/20/2026","Brand","USD","500.00"

"©2026 Microsoft Corporation. All rights reserved. "
"""


@pytest.mark.parametrize(
    ("text", "amounts", "left_out", "unread"),
    [
        (GOOGLE, [123_456], ["total", "nothing"], ["Clicks"]),
        (GOOGLE_FR, [123_456], ["total", "nothing"], ["Clics"]),
        (GOOGLE_DE, [123_456], ["total"], ["Klicks"]),
        ('日付,キャンペーン,金額,x\n2026年11月1日,Ads,"$1,234.56",USD\n', [123_456], [], []),
        ("Fecha;Campaña;Importe;Moneda\n1 nov 2026;Ads;1.234,56;USD\n", [123_456], [], []),
        (META, [123_456], [], ["Reporting ends", "Impressions"]),
        (META_SV, [123_456, 50_000], ["total"], ["Rapporteringen slutar", "Exponeringar"]),
        (META_ZH, [123_456], [], ["报告结束日期", "展示次数"]),
        (LINKEDIN, [123_456, 50_000], [], ["Account Name"]),
        (TIKTOK, [123_456], ["total"], []),
        (MICROSOFT, [123_456, 50_000], ["footer"], []),
    ],
    ids=[
        "google",
        "google fr",
        "google de",
        "ja",
        "es",
        "meta",
        "meta sv",
        "meta zh",
        "linkedin",
        "tiktok",
        "microsoft",
    ],
)
async def test_what_platforms_charged_is_read_from_their_exports(
    world: World, text: str, amounts: list[int], left_out: list[str], unread: list[str]
) -> None:
    await set_rate(world, "USD", "2020-01-01", "0.5")
    purse = await make_purse(world)
    line = await purse.line("Ads")
    answer = await world.http.post(f"{purse.path}/entries/import", json={"text": text, "apply": True})
    seen = good(answer, 200)
    assert seen["wrong"] == []
    assert [(each["amount_minor"], each["currency"], each["kind"]) for each in seen["rows"]] == [
        (amount, "USD", "media") for amount in amounts
    ]
    assert [each["day"][:7] for each in seen["rows"]] == ["2026-11"] * len(amounts)
    assert [each["why"] for each in seen["reading"]["left_out"]] == left_out
    assert seen["reading"]["unread"] == unread
    assert (await purse.again(line))["spent_minor"] == sum(amounts) // 2


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("Date\tAmount\t\tLine|\tNet\tCurrency\t", ["amount", "currency", "day", "line"]),
        ("Period\tSpend\t\t|Start date\tAmount spent\tCurrency\tLine", ["amount", "currency", "day", "line"]),
        ("Date\tAmount\tCurrency\tLine", ["amount", "currency", "day", "line"]),
    ],
)
def test_a_head_of_two_rows_names_columns_and_no_row_is_taken_for_one(head: str, columns: list[str]) -> None:
    row = ["2030-03-04", "12", "EUR", "Line"]
    known = words({"day": ["Date", "Start date"], "amount": ["Net", "Amount", "Amount spent"], "currency": ["Currency"],
                   "line": ["Line"]})  # fmt: skip
    table = [*(each.split("\t") for each in head.split("|")), row, row]
    sheet = read_sheet(table, known, (frozenset({"day"}), frozenset({"amount"})))
    assert sheet is not None
    assert (sorted(sheet.columns), sheet.rows, sheet.unread) == (columns, [(1, row), (2, row)], [])


async def test_a_campaign_called_total_is_no_total(world: World) -> None:
    purse = await make_purse(world)
    await purse.line("Ads")
    text = "Day,Campaign,Cost\n2026-11-01,Total,10.00\n2026-11-02,Total: Recall,5.00\n"
    seen = good(await world.http.post(f"{purse.path}/entries/import", json={"text": text}), 200)
    assert (seen["new"], seen["reading"]["left_out"]) == (2, [])


async def test_credit_notes_lower_what_was_spent(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line("Ads")
    good(await purse.enter(line, 20_000), 201)
    text = "date,amount,reference\n2026-11-01,-50.00,CN1\n2026-11-02,(50.00),CN2\n2026-11-03,30.00-,CN3\n"
    seen = good(await world.http.post(f"{purse.path}/entries/import", json={"text": text, "apply": True}), 200)
    assert (seen["wrong"], [each["kind"] for each in seen["rows"]]) == ([], ["credit"] * 3)
    assert (await purse.again(line))["spent_minor"] == 20_000 - 13_000
    again = good(await world.http.post(f"{purse.path}/entries/import", json={"text": text, "apply": True}), 200)
    assert (again["new"], again["known"]) == (0, 3)
    good(await purse.enter(line, 10_000, kind="credit"), 201)
    shown = await purse.again(line)
    assert shown["spent_minor"] == -3_000, "more came back than was spent here"
    note = (await purse.entries())[0]
    assert (note["kind"], note["net_minor"]) == ("credit", -10_000)
    good(await world.http.post(f"{purse.path}/entries/{note['id']}/reversal", json={"reason": "Not ours"}), 201)
    assert (await purse.again(line))["spent_minor"] == 7_000
    for path in ("burn", "entries"):
        good(await world.http.get(f"{purse.path}/{path}"), 200)


async def test_a_task_takes_from_its_first_to_its_last_day(world: World) -> None:
    made = good(await world.http.post(f"{world.path}/campaigns", json={"name": "S", "category": "engagement"}), 201)
    path = f"{world.path}/campaigns/{made['id']}/tasks/paste"
    text = "name\tstart\tend\tdue\tPriority\nBrief\t2027-03-01\t2027-03-10\t\thigh\nPrint\t\t\t2027-03-20\t"
    seen = good(await world.http.post(path, json={"text": text, "dry": True}), 200)
    assert [(each["duration_days"], each["deadline"]) for each in seen["lines"]] == [(8, None), (1, "2027-03-20")]
    assert (seen["reading"]["unread"], seen["created"]) == (["Priority"], 0)
    done = good(await world.http.post(path, json={"text": text}), 200)
    plan = good(await world.http.get(f"{world.path}/campaigns/{made['id']}/timeline"), 200)
    assert done["made"] == [each["id"] for each in plan["tasks"]]
    brief = plan["tasks"][0]
    assert (brief["starts_on"], brief["ends_on"]) == ("2027-03-01", "2027-03-10")
    gone = good(await world.http.post(f"{path.removesuffix('paste')}delete", json={"ids": done["made"]}), 200)
    assert gone["count"] == 2
    assert good(await world.http.get(f"{world.path}/campaigns/{made['id']}/timeline"), 200)["tasks"] == []
    again = await world.http.post(f"{path.removesuffix('paste')}delete", json={"ids": done["made"]})
    assert (again.status_code, again.json()["code"]) == (404, "task_unknown")
