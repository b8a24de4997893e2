"""Rules as sentences: read, said, completed, refused with the place; never anything else than those."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gonfalon.audiences.segments.check import check
from gonfalon.audiences.segments.language import Rule, RuleInvalid, ValueType, dump
from gonfalon.audiences.sentences.grammar import goes_on, read
from gonfalon.audiences.sentences.speaker import say, simplified
from gonfalon.audiences.sentences.words import AttributeName, ScoreName, Unclear, Unsayable, Words
from tests.audiences.shop import is_copied
from tests.conftest import World

from . import trees, world

LABELS = {"area": "Home area", "birthday": "Birthday", "member": "did join", "score": "Score"}
WORDS = Words(
    attributes={
        key: AttributeName(key, LABELS.get(key, key), kind, tuple(world.CHOICES) if key == "colour" else ())
        for key, kind in world.CATALOGUE.attributes.items()
    },
    tags=tuple(world.TAGS),
    events=tuple(world.EVENTS),
    purchases=("Order Completed",),
    topics={"news": "Newsletter", "offers": "Offers"},
    campaigns={UUID(int=101): "Spring", UUID(int=102): "Autumn and winter"},
    audiences={each: f"Audience {each.int}" for each in world.CATALOGUE.audiences},
    channels=("email", "sms", "push"),
    scores={each: ScoreName(f"Score {each.int}", ("Cold", "Warm")) for each in world.SCORES},
    today=date(2028, 3, 2),
    digits=2,
)
CITY = Words(attributes={"city": AttributeName("city", "City", ValueType.TEXT)}, today=date(2026, 11, 30))


@settings(max_examples=300, deadline=None)
@given(rule=trees.rules())
def test_what_is_said_is_read_as_the_same_rule(rule: Rule) -> None:
    try:
        said = say(rule, WORDS)
    except Unsayable:
        assume(False)  # about a touchpoint or campaign that has no name
    assert read(said, WORDS) == simplified(rule), said


@settings(max_examples=300, deadline=None)
@given(
    sentence=st.lists(
        st.sampled_from(
            [
                *("bought", "twice", "since", "June", "and", "or", "not", "(", ")", "did", "Order Completed", "score"),
                *(
                    "is at least",
                    "3",
                    "between",
                    "in the last",
                    "days",
                    "with",
                    "sku",
                    "is",
                    '"',
                    "“",
                    "\\",
                    ",",
                    "then",
                ),
                *("lives in", "Lyon", "2026-02-30", "9e999", "999999999999999999999", "1 February 99", "😀", "\0", "ſ"),
            ]
        )
        | st.text(max_size=8),
        max_size=12,
    ).map(" ".join)
)
def test_any_text_is_a_rule_or_says_where_it_is_none(sentence: str) -> None:
    start, texts = goes_on(sentence, WORDS)
    assert 0 <= start <= len(sentence)
    assert all(each.text for each in texts)
    rule: Rule | None = None
    problem: Unclear | None = None
    try:
        rule = read(sentence, WORDS)
        check(rule, world.CATALOGUE)
    except RuleInvalid:
        return
    except Unclear as unclear:
        problem = unclear
    if problem is not None:
        assert 0 <= problem.at <= problem.end <= len(sentence)
        assert sentence[problem.at : problem.end] == problem.found
    assert rule is None or read(say(rule, WORDS), WORDS) == simplified(rule)


@pytest.mark.parametrize(
    "sentence", ["(" * 3000, "not " * 900, "a " * 1900, "did x with a is 1 " * 200, '"' * 3999, "x" * 5000]
)
def test_long_and_deep_sentences_are_refused_at_once(sentence: str) -> None:
    with pytest.raises(Unclear):
        read(sentence, WORDS)
    goes_on(sentence, WORDS)


JUNE = {"since": "2025-06-01", "until": "2025-06-30"}
CITY_IS = {"kind": "attribute", "key": "city", "op": "is"}
BOUGHT = {"kind": "intent", "family": "purchase", "did": True}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("bought since June", BOUGHT | {"since": "2026-06-01"}),
        ("bought since December", BOUGHT | {"since": "2025-12-01"}),
        ("Bought  TWICE this quarter", BOUGHT | {"at_least": 2, "calendar": "this_quarter"}),
        ("bought more than 3 times in June 2025", BOUGHT | {"at_least": 4} | JUNE),
        ("bought between 2 and 4 times from 1 June 2025 to June 2025", BOUGHT | {"at_least": 2, "at_most": 4} | JUNE),
        ("never bought", BOUGHT | {"did": False}),
        ("city is New York", CITY_IS | {"value": "New York"}),
        ("people who do not live in Aix-en-Provence", CITY_IS | {"op": "is_not", "value": "Aix-en-Provence"}),
    ],
)  # fmt: skip
def test_sentences_mean_what_they_say(sentence: str, rule: dict[str, Any]) -> None:
    found = dump(read(sentence, CITY))
    assert {key: value for key, value in found.items() if value is not None} == rule


@pytest.mark.parametrize(
    ("sentence", "found", "expected"),
    [
        ("bought twise", "twise", "twice"),
        ("bought since Juny", "Juny", "day"),
        ("city", "", "is"),
        ("(city is Lyon", "", ")"),
        ("bought and", "", "attribute"),
        ("bought at least many times", "many", "whole"),
        ("bought once or bougt", "bougt", "bought"),
    ],
)
def test_what_is_unclear_is_said_with_its_place_and_what_could_stand_there(
    sentence: str, found: str, expected: str
) -> None:
    with pytest.raises(Unclear) as refused:
        read(sentence, CITY)
    assert refused.value.found == found
    assert refused.value.at == sentence.rfind(found)
    assert expected in {each.text or each.kind for each in refused.value.expected}


@pytest.mark.parametrize(
    ("sentence", "start", "first"),
    [
        ("", 0, "Home area"),
        ("bou", 0, "bought"),
        ("bought in the la", 14, "last"),
        ("did ", 4, "Order Completed"),
        ("did Ord", 4, "Order Completed"),
        ("colour is gr", 10, "green"),
        ("opened a message of campaign ", 29, "Spring"),
        ("opened a message of campaign Aut", 29, '"Autumn and winter"'),
    ],
)
def test_what_could_come_next_is_offered(sentence: str, start: int, first: str) -> None:
    found, texts = goes_on(sentence, WORDS)
    assert (found, texts[0].text) == (start, first)


async def test_sentences_are_read_and_said_in_the_words_of_the_workspace(shop: World) -> None:
    await is_copied(shop.services)
    path = f"{shop.path}/audiences/sentences"

    async def ask(sentence: str) -> dict[str, Any]:
        answer = await shop.http.post(f"{path}/read", json={"sentence": sentence})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    found = await ask("bought twice since June and lives in Urban")
    assert [rule["kind"] for rule in found["rule"]["rules"]] == ["intent", "attribute"]
    assert found["rule"]["rules"][1] == {"kind": "attribute", "key": "area", "op": "is", "value": "Urban"}
    said = await shop.http.post(f"{path}/say", json={"rule": found["rule"]})
    assert said.json()["sentence"] == found["said"]
    unclear = await ask("womens is yes and area iz Urban")
    assert (unclear["rule"], unclear["unclear"]["found"], unclear["unclear"]["at"]) == (None, "iz", 23)
    refused = await ask("area is Suburbia")
    assert (refused["rule"], refused["invalid"]["reason"]) == (None, "choice_unknown")
    assert {"kind": "attribute", "text": "Womens"} in (await ask("wom"))["completions"]
