"""Orders and bills: exact sums, counter-entries, files, and nothing twice."""

from __future__ import annotations

import asyncio
import random
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any

import pytest

from tests.conftest import World
from tests.planning.budget.factory import good, make_purse, refused, set_rate

DIGITS = {"EUR": 2, "JPY": 0, "KWD": 3, "USD": 2}
RATES = {"EUR": "1", "JPY": "0.0061349", "KWD": "2.987654321", "USD": "0.9234567"}


def in_euros(minor: int, currency: str) -> int:
    with localcontext(prec=60):
        value = Decimal(minor).scaleb(2 - DIGITS[currency]) * Decimal(RATES[currency])
        return int(value.to_integral_value(ROUND_HALF_EVEN))


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_random_histories_sum_to_the_cent(world: World, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    purse = await make_purse(world)
    for currency in ("JPY", "KWD", "USD"):
        await set_rate(world, currency, "2025-01-01", RATES[currency])
    lines = [await purse.line(f"Line {n}", 10**9) for n in range(3)]
    entered: dict[str, tuple[str, str, int, str | None]] = {}
    spent = {line["id"]: 0 for line in lines}
    orders: dict[str, list[Any]] = {}
    for _ in range(40):
        line = chance.choice(lines)
        roll = chance.random()
        if roll < 0.2 and entered:
            entry_id = chance.choice(sorted(entered))
            line_id, kind, amount, order = entered.pop(entry_id)
            path = f"{purse.path}/entries/{entry_id}/reversal"
            good(await world.http.post(path, json={"reason": "Wrong"}), 201)
            refused(await world.http.post(path, json={"reason": "Again"}), 409, "entry_reversed")
            if kind == "commitment":
                orders[entry_id][1] -= amount
            else:
                spent[line_id] -= amount
                if order:
                    orders[order][1] += amount
            continue
        currency = chance.choice(sorted(DIGITS))
        minor = chance.choice([1, 5, 25, chance.randint(1, 10**6), chance.randint(1, 10**12)])
        amount = in_euros(minor, currency)
        mine = [key for key, (line_id, _) in orders.items() if line_id == line["id"]]
        order = chance.choice(mine) if mine and roll > 0.6 else None
        kind = "commitment" if 0.2 <= roll < 0.4 else chance.choice(["invoice", "media"])
        more = {"commitment_id": order} if order and kind != "commitment" else {}
        entry_id = good(await purse.enter(line, minor, kind, currency=currency, **more), 201)["id"]
        entered[entry_id] = (line["id"], kind, amount, more.get("commitment_id"))
        if kind == "commitment":
            orders[entry_id] = [line["id"], amount]
        else:
            spent[line["id"]] += amount
            if more and order:
                orders[order][1] -= amount
    budget = await purse.read()
    for line in budget["lines"]:
        still = sum(max(left, 0) for line_id, left in orders.values() if line_id == line["id"])
        assert (line["spent_minor"], line["committed_minor"]) == (spent[line["id"]], still)
    assert budget["spent_minor"] == sum(spent.values())
    campaign = good(await world.http.get(f"{world.path}/campaigns/{purse.campaign['id']}"), 200)
    assert campaign["budget"]["spent_minor"] == sum(spent.values())


async def test_the_same_external_id_is_the_same_entry(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line()
    answers = await asyncio.gather(*(purse.enter(line, 700, "media", external_id="meta-1") for _ in range(4)))
    assert len({good(answer, 201)["id"] for answer in answers}) == 1
    assert (await purse.again(line))["spent_minor"] == 700
    refused(await purse.enter(line, 701, "media", external_id="meta-1"), 409, "external_id_taken")
    refused(await purse.enter(line, 0), 422, "amount_missing")
    refused(await purse.enter(line, -5), 422, "request_invalid")
    refused(await purse.enter(line, 10**15 + 1), 422, "request_invalid")
    refused(await purse.enter(line, 5, currency="USD"), 422, "rate_missing")
    refused(await purse.enter(line, 5, day="1066-10-14"), 422, "day_out_of_range")


async def test_a_closed_campaign_still_gets_its_bills(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line()
    state = f"{world.path}/campaigns/{purse.campaign['id']}/state"
    good(await world.http.put(state, json={"state": "running", "version": 1}), 200)
    good(await world.http.put(state, json={"state": "ended", "version": 2}), 200)
    refused(await purse.enter(line, 5, "commitment"), 409, "campaign_ended")
    good(await purse.enter(line, 5), 201)
    good(await world.http.put(state, json={"state": "archived", "version": 3}), 200)
    refused(await purse.enter(line, 5), 409, "campaign_archived")


FILE = """Datum;Belopp;Valuta;Rad;Leverantör;Fakturanummer;Typ
2026-02-01;1 234,50;EUR;Ads;Meta;F-1;media
2026-02-01;1 234,50;EUR;Ads;Meta;F-1;media
2026-02-03;100;USD;Ads;Google;F-2;media
2026-02-04;-5;EUR;Ads;;;
2026-02-30;5;EUR;Nobody;;;
2026-02-05;20;EUR;ads;Printer;F-3;Faktura
"""


async def test_the_same_file_twice_changes_nothing(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line("Ads")
    path = f"{purse.path}/entries/import"
    seen = good(await world.http.post(path, json={"text": FILE}), 200)
    assert (seen["new"], seen["known"], seen["total"], seen["applied"]) == (4, 0, 6, False)
    assert [(each["number"], each["column"], each["code"]) for each in seen["wrong"]] == [
        (3, "currency", "rate_missing"), (5, "day", "day_unreadable"),
        (5, "line", "line_unknown"),
    ]  # fmt: skip
    assert await purse.entries() == []
    done = good(await world.http.post(path, json={"text": FILE, "apply": True}), 200)
    assert (done["new"], (await purse.again(line))["spent_minor"]) == (4, 2 * 123_450 + 2_000 - 500)
    again = good(await world.http.post(path, json={"text": FILE, "apply": True}), 200)
    assert (again["new"], again["known"]) == (0, 4)
    await set_rate(world, "USD", "2026-01-01", "0.5")
    more = good(await world.http.post(path, json={"text": FILE, "apply": True}), 200)
    assert (more["new"], more["known"]) == (1, 4), "what was wrong is entered once it is right"
    assert (await purse.again(line))["spent_minor"] == 2 * 123_450 + 2_000 - 500 + 5_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("\x89PNG\r\n\x1a\n\x00\x00", "import_not_csv"),
        ("%PDF-1.7\nobj", "import_not_csv"),
        ("", "import_not_csv"),
        ("date,amount\n", "import_empty"),
        ("name,phone\nAnna,1\n", "import_columns"),
        ("date,amount\n" + "2026-01-01,1\n" * 5_001, "import_long"),
    ],
)
async def test_what_is_no_such_file(world: World, text: str, code: str) -> None:
    purse = await make_purse(world)
    await purse.line()
    if not text:
        code = "import_empty"
    refused(await world.http.post(f"{purse.path}/entries/import", json={"text": text}), 422, code)


async def test_going_over_a_line_is_told_once(world: World) -> None:
    purse = await make_purse(world)
    line = await purse.line("Ads", 1000)
    key = await world.http.post(f"{world.path}/api-keys", json={"name": "Feed", "scopes": ["write"]})
    secret = good(key, 201)["key"]
    http = world.http

    async def spend(amount: int) -> None:
        body = {"line_id": line["id"], "kind": "media", "day": "2026-03-01", "amount_minor": amount}
        headers = {"authorization": f"Bearer {secret}"}
        good(await http.post(f"{purse.path}/entries", json=body, headers=headers), 201)

    async def told() -> list[Any]:
        items = good(await http.get(f"{world.path}/notices"), 200)["items"]
        return [item for item in items if item["kind"] == "budget_overrun"]

    await spend(1000)
    assert await told() == []
    await spend(50)
    await spend(40)
    assert len(await told()) == 1
    await spend(200)
    found = await told()
    assert len(found) == 2
    assert found[0]["values"]["amount_minor"] == 290
    attention = good(await http.get(f"{world.path}/campaigns/{purse.campaign['id']}/attention"), 200)
    assert [item["code"] for item in attention if item["kind"] == "budget"] == ["budget.over"]


async def test_a_file_that_brings_several_lines_over_is_told_once(world: World) -> None:
    purse = await make_purse(world)
    for name, planned in (("Ads", 1000), ("Print", 2000), ("Rent", 9_000_000)):
        await purse.line(name, planned)
    key = await world.http.post(f"{world.path}/api-keys", json={"name": "Feed", "scopes": ["write"]})
    text = "date,line,amount,number\n2026-03-01,Ads,50,1\n2026-03-01,Print,70,2\n2026-03-01,Rent,5,3\n"
    headers = {"authorization": f"Bearer {good(key, 201)['key']}"}
    sent = await world.http.post(f"{purse.path}/entries/import", json={"text": text, "apply": True}, headers=headers)
    good(sent, 200)
    items = good(await world.http.get(f"{world.path}/notices"), 200)["items"]
    told = [item for item in items if item["kind"] == "budget_overrun"]
    assert [(one["thing"]["title"], one["values"]["count"]) for one in told] == [(purse.campaign["name"], 2)]
    assert told[0]["values"]["amount_minor"] == 4000 + 5000
    assert told[0]["values"]["first"] == "Print", "the one that is furthest over"
