"""Budget lines: currencies, tax, days; what they refuse; pasting them from a spreadsheet."""

from __future__ import annotations

from typing import Any

import pytest

from gonfalon.accounts.model import Role
from tests.conftest import World
from tests.planning.budget.factory import good, make_purse, refused, set_rate


async def test_a_line_is_quantity_times_price_with_tax_in_its_currency(world: World) -> None:
    purse = await make_purse(world)
    await set_rate(world, "USD", "2026-01-01", "0.9")
    await set_rate(world, "USD", "2026-03-01", "0.925")
    line = await purse.line(
        "Agency", resource="contractor", quantity=2.5, unit_price_minor=100_01, currency="USD", tax_rate=0.2,
        starts_on="2026-02-10",
    )  # fmt: skip
    # 2.5 × 100.01 = 250.025 → 250.02 (even), × 1.2 = 300.02; at February's 0.9: 225.02 and 270.02
    assert (line["net_minor"], line["gross_minor"], line["rate"]) == (225_02, 270_02, 0.9)
    assert line["planned_minor"] == line["net_minor"]
    moved = good(await purse.save(line, starts_on="2026-03-01"), 200)["lines"][0]
    assert (moved["rate"], moved["planned_minor"]) == (0.925, 231_27)
    yen = await purse.line("Tokyo", unit_price_minor=5000, quantity=1, planned=None)
    assert yen["currency"] == "EUR"
    await set_rate(world, "JPY", "2026-01-01", "0.0061")
    yen = await purse.line("Tokyo", unit_price_minor=5000, currency="jpy", starts_on="2026-01-01")
    assert yen["planned_minor"] == 30_50, "yen have no decimals: 5,000 × 0.0061 = 30.50 EUR"


async def test_gross_counts_when_the_workspace_says_so(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line(unit_price_minor=10_000, tax_rate=0.25)
    good(await purse.enter(line, 4_000, tax_rate=0.25), 201)
    path = f"{world.path}/budget/settings"
    assert good(await world.http.get(path), 200)["counts"] == "net"
    good(await world.http.put(path, json={"counts": "gross", "version": 0}), 200)
    budget = await purse.read()
    assert (budget["counts"], budget["planned_minor"], budget["spent_minor"]) == ("gross", 12_500, 5_000)
    refused(await world.http.put(path, json={"counts": "net", "version": 0}), 409, "changed_meanwhile")
    good(await world.http.put(path, json={"counts": "net", "version": 1}), 200)
    budget = await purse.read()
    assert (budget["planned_minor"], budget["spent_minor"]) == (10_000, 4_000)


async def test_what_a_line_refuses(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line()
    answer = refused(await purse.save(line, currency="USD"), 422, "rate_missing")
    assert (answer["currency"], answer["home"]) == ("USD", "EUR")
    assert "EUR one USD" in answer["detail"], "it says what to enter"
    cases: list[tuple[dict[str, Any], str]] = [
        ({"currency": "XXY"}, "currency_unknown"),
        ({"unit_price_minor": -1}, "request_invalid"),
        ({"unit_price_minor": 10**16}, "request_invalid"),
        ({"unit_price_minor": 10**15, "quantity": 2}, "amount_large"),
        ({"quantity": -1}, "request_invalid"),
        ({"tax_rate": -0.1}, "request_invalid"),
        ({"spread": "daily"}, "line_days_missing"),
        ({"ends_on": "2026-01-01"}, "line_days_missing"),
        ({"spread": "daily", "starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "line_days"),
        ({"spread": "daily", "starts_on": "2026-02-01", "ends_on": "2076-01-01"}, "line_days_many"),
        ({"task_id": "00000000-0000-7000-8000-000000000000"}, "task_unknown"),
        ({"name": "  "}, "name_missing"),
    ]
    for wrong, code in cases:
        refused(await purse.save(line, **wrong), 422, code)
    assert (await purse.again(line)) == line
    good(await world.http.delete(f"{purse.path}/{line['id']}"), 200)
    refused(await purse.save(line), 404, "budget_line_unknown")
    refused(await purse.enter(line, 100), 404, "budget_line_unknown")
    campaign = f"{world.path}/campaigns/{purse.campaign['id']}"
    good(await world.http.put(f"{campaign}/state", json={"state": "archived", "version": 1}), 200)
    body = {"name": "Late", "resource": "media", "planned_minor": 1}
    refused(await world.http.post(purse.path, json=body), 409, "campaign_archived")


async def test_a_line_with_bills_stays(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line(spent_minor=500)
    other = await purse.line("Other")
    assert (await purse.again(line))["spent_minor"] == 500, "a plain total is an entry"
    good(await purse.enter(other, 100), 201)
    refused(await world.http.delete(f"{purse.path}/{other['id']}"), 409, "budget_line_used")
    assert good(await world.http.delete(f"{purse.path}/{line['id']}"), 200)["spent_minor"] == 100


async def test_a_bill_does_not_get_in_the_way_of_who_plans_its_line(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line(spent_minor=500)
    assert [entry["counted_minor"] for entry in await purse.entries()] == [500]
    good(await purse.enter(line, 300), 201)
    renamed = good(await purse.save(line, name="Posters"), 200)["lines"][0]
    assert (renamed["name"], renamed["spent_minor"]) == ("Posters", 800)
    refused(await purse.save(line, name="Papers"), 409, "changed_meanwhile")
    assert (await purse.again(line))["name"] == "Posters"


async def test_pasting_from_a_spreadsheet(world: World) -> None:
    purse = await make_purse(world)
    path = f"{purse.path}/paste"
    text = "Photos\tcontractor\t2\t1 200,50\tEUR\t25%\t2026-02-01\t2026-02-28\t\nAds\tmedia\t\t5000\t\t\t\t\t\n"
    seen = good(await world.http.post(path, json={"text": text}), 200)
    assert (seen["added"], seen["wrong"], (await purse.read())["lines"]) == (0, [], [])
    assert good(await world.http.post(path, json={"text": text, "apply": True}), 200)["added"] == 2
    photos, ads = (await purse.read())["lines"]
    assert (photos["planned_minor"], photos["gross_minor"], photos["spread"]) == (240_100, 300_125, "daily")
    assert (ads["planned_minor"], ads["resource"]) == (500_000, "media")
    named = "Prix\tNom\tDevise\n10\tAffiches\tUSD\n-3\t\tEUR\nx\tY\tQQQ\n"
    wrong = good(await world.http.post(path, json={"text": named, "apply": True}), 200)
    assert wrong["added"] == 0, "all or none"
    assert [(each["number"], each["column"], each["code"]) for each in wrong["wrong"]] == [
        (2, "name", "name_missing"), (2, "price", "amount_negative"), (3, "currency", "currency_unknown"),
        (3, "price", "amount_unreadable"), (1, "currency", "rate_missing"),
    ]  # fmt: skip
    long = refused(await world.http.post(path, json={"text": "a\tmedia\t1\t1\n" * 10_000}), 422, "paste_too_long")
    assert long["rows"] == 10_000
    many = "\n".join(f"Line {n}\tmedia\t1\t1" for n in range(500))
    full = refused(await world.http.post(path, json={"text": many, "apply": True}), 422, "budget_lines_many")
    assert (full["most"], full["has"], full["room"]) == (500, 2, 498)
    refused(await world.http.post(path, json={"text": " \n"}), 422, "paste_empty")
    assert len((await purse.read())["lines"]) == 2


@pytest.mark.parametrize("role", [Role.ANALYST, Role.APPROVER, Role.GUEST, Role.CREATOR])
async def test_who_may_change_money(world: World, role: Role) -> None:
    purse = await make_purse(world)
    line = await purse.line()
    other = await purse.line("Other")
    client = await world.member(role)
    reading = await client.get(purse.path)
    assert reading.status_code == (404 if role is Role.GUEST else 200)
    move = {"from_line_id": line["id"], "to_line_id": other["id"], "amount_minor": 1, "reason": "x"}
    entry = {"line_id": line["id"], "kind": "media", "day": "2026-01-01", "amount_minor": 1}
    tried = [
        await client.post(purse.path, json={"name": "x", "resource": "media", "planned_minor": 1}),
        await client.post(f"{purse.path}/paste", json={"text": "x"}),
        await client.post(f"{purse.path}/entries", json=entry),
        await client.post(f"{purse.path}/entries/import", json={"text": "date,amount\n2026-01-01,1"}),
        await client.post(f"{world.path}/budget/reallocations", json=move),
        await client.put(f"{world.path}/budget/rates", json={"currency": "USD", "day": "2026-01-01", "rate": "1"}),
    ]
    assert all((answer.status_code == 403) == (role is not Role.CREATOR) for answer in tried)
    settings = await client.put(f"{world.path}/budget/settings", json={"counts": "net", "version": 0})
    assert settings.status_code == 403
