"""What the answers say together, against what was answered."""

from __future__ import annotations

import csv
import io
from typing import Any

from tests.forms.conftest import EMAIL, Site, a_definition

SURVEY = [
    {"kind": "nps", "id": "rec", "label": "Recommend?"},
    {
        "kind": "choices",
        "id": "use",
        "label": "Uses",
        "options": [{"value": "web", "label": "=Web"}, {"value": "app", "label": "App"}],
        "other": True,
    },
    {
        "kind": "matrix",
        "id": "m",
        "label": "Rate",
        "rows": [{"value": "price", "label": "Price"}],
        "options": [{"value": "good", "label": "Good"}, {"value": "bad", "label": "Bad"}],
    },
    {"kind": "number", "id": "age", "label": "Age"},
    {"kind": "text", "id": "why", "label": "Why"},
    EMAIL,
]
ANSWERS: list[dict[str, Any]] = [
    {"rec": "10", "use": ["web", "app"], "m__price": "good", "age": "20", "why": "fast", "email": "a@example.com"},
    {"rec": "9", "use": ["app"], "m__price": "bad", "age": "31", "why": "kind", "email": "b@example.com"},
    {"rec": "3", "use": ["other"], "use__other": "phone", "email": "c@example.com"},
    {"rec": "7", "email": "d@example.com"},
]


async def ask(site: Site, form: dict[str, Any], **by: str) -> dict[str, Any]:
    """The results, compared or not."""
    found = await site.world.http.get(f"{site.world.path}/forms/{form['id']}/results", params=by)
    assert found.status_code == 200, found.text
    results: dict[str, Any] = found.json()
    return results


async def answered(site: Site) -> dict[str, Any]:
    """A survey with all the answers, one of which waits and does not count."""
    form = await site.make(a_definition(*SURVEY), kind="survey", name="Autumn")
    for fields in ANSWERS:
        assert "Thank you" in (await site.answer(form, **fields)).text
    await site.answer(form, worked=False, rec="0", email="e@example.com")
    return form


async def test_results_are_what_was_answered(site: Site) -> None:
    results = await ask(site, await answered(site))
    assert results["groups"] == [{"group": "", "answers": 4}]
    tallies = {(t["field"], t["row"], t["value"]): t["answers"] for t in results["tallies"]}
    assert tallies == {
        ("rec", "", "10"): 1, ("rec", "", "9"): 1, ("rec", "", "3"): 1, ("rec", "", "7"): 1,
        ("use", "", "web"): 1, ("use", "", "app"): 2, ("use", "", "other"): 1,
        ("m", "price", "good"): 1, ("m", "price", "bad"): 1,
    }  # fmt: skip
    spreads = {s["field"]: s for s in results["spreads"]}
    assert (spreads["rec"]["promoters"], spreads["rec"]["passives"], spreads["rec"]["detractors"]) == (2, 1, 1)
    assert (spreads["age"]["mean"], spreads["age"]["median"], spreads["age"]["answers"]) == (25.5, 25.5, 2)
    assert [(s["field"], s["text"]) for s in results["said"]] == [("use", "phone"), ("why", "kind"), ("why", "fast")]


async def test_results_by_another_answer_and_by_what_people_did(site: Site) -> None:
    form = await answered(site)
    by_use = await ask(site, form, by_field="use")
    assert {g["group"]: g["answers"] for g in by_use["groups"]} == {"web": 1, "app": 2, "other": 1}
    rec = {(s["group"], s["mean"]) for s in by_use["spreads"] if s["field"] == "rec"}
    assert rec == {("web", 10.0), ("app", 9.5), ("other", 3.0)}
    key = await site.world.http.post(f"{site.world.path}/api-keys", json={"name": "k", "scopes": ["track"]})
    bought = {"event": "Order Completed", "messageId": "1", "context": {"traits": {"email": "a@example.com"}}}
    told = await site.public.post(
        "/v1/track", json=bought | {"userId": "a"}, headers={"authorization": f"Bearer {key.json()['key']}"}
    )
    assert told.status_code == 200, told.text
    by_event = await ask(site, form, by_event="Order Completed")
    assert {g["group"]: g["answers"] for g in by_event["groups"]} == {"yes": 1, "no": 3}
    unknown = await site.world.http.get(f"{site.world.path}/forms/{form['id']}/results", params={"by_field": "nope"})
    assert (unknown.status_code, unknown.json()["code"]) == (422, "form_field_unknown")


async def test_answers_leave_as_a_spreadsheet_that_runs_nothing(site: Site) -> None:
    form = await answered(site)
    sent = await site.world.http.post(f"{site.world.path}/forms/{form['id']}/answers/exports")
    lines = list(csv.reader(io.StringIO(sent.text.removeprefix("\ufeff"))))
    assert lines[0][3:] == ["Recommend?", "Uses", "Rate: Price", "Age", "Why", "Email"]
    assert [line[3:] for line in lines[1:3]] == [
        ["10", "'=Web; App", "Good", "20", "fast", "a@example.com"],
        ["9", "App", "Bad", "31", "kind", "b@example.com"],
    ]
    assert lines[3][4] == "phone"
    assert len(lines) == 5
