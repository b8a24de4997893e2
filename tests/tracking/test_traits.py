"""What events tell of people: Segment's reserved traits, undeclared ones, and values that do not fit."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
import pytest

from gonfalon.kit.clock import utcnow
from gonfalon.people.attributes.actions import create_attribute
from gonfalon.people.attributes.model import Attribute, AttributeType, Value
from gonfalon.people.traits.rules import MOST_PROPOSALS, read_traits
from tests.conftest import World


def declared(**types: AttributeType) -> dict[str, Attribute]:
    """Attributes by key."""
    return {
        key: Attribute(
            number, key, key, type_, ("Gold", "Silver") if type_ is AttributeType.CHOICE else (), "", utcnow()
        )
        for number, (key, type_) in enumerate(types.items())
    }


TEXT, NUMBER, MONEY = AttributeType.TEXT, AttributeType.NUMBER, AttributeType.MONEY
DATE, BOOLEAN, CHOICE = AttributeType.DATE, AttributeType.BOOLEAN, AttributeType.CHOICE


@pytest.mark.parametrize(
    ("attributes", "traits", "kept"),
    [
        ({"first_name": TEXT, "last_name": TEXT}, {"firstName": "Ada", "lastName": " Byron "}, ("Ada", "Byron")),
        ({"first_name": TEXT, "last_name": TEXT}, {"FirstName": "Ada", "last-name": "Byron"}, ("Ada", "Byron")),
        ({"shoe_size": NUMBER}, {"shoeSize": "39"}, (39,)),
        ({"shoe_size": NUMBER}, {"shoe size": 39.5}, (39.5,)),
        ({"birthday": DATE}, {"birthday": "1988-04-03T00:00:00.000Z"}, ("1988-04-03",)),
        ({"birthday": DATE}, {"dateOfBirth": "3 April 1988"}, ("1988-04-03",)),
        ({"city": TEXT, "country": TEXT}, {"address": {"city": "Lund", "country": "SE"}}, ("Lund", "SE")),
        ({"zip": TEXT}, {"address": {"postalCode": 1234}}, ("1234",)),
        (
            {"company": TEXT, "company_industry": TEXT},
            {"company": {"name": "Acme", "industry": "Toys"}},
            ("Acme", "Toys"),
        ),
        ({"job_title": TEXT}, {"title": "Analyst"}, ("Analyst",)),
        ({"lifetime_value": MONEY}, {"lifetimeValue": 12.5}, (1250,)),
        ({"lifetime_value": MONEY}, {"lifetimeValue": "1.234,50 €"}, (123450,)),
        ({"vip": BOOLEAN}, {"vip": "yes"}, (True,)),
        ({"level": CHOICE}, {"level": "gold"}, ("Gold",)),
        ({"hobbies": TEXT}, {"hobbies": ["chess", "tea"]}, ("chess, tea",)),
        ({"plan_name": TEXT}, {"plan": {"name": "Pro"}}, ("Pro",)),
    ],
)
def test_a_trait_finds_its_attribute(
    attributes: dict[str, AttributeType], traits: dict[str, Any], kept: tuple[Value, ...]
) -> None:
    """By key however it is spelled, by meaning, and in the attribute's own form."""
    read = read_traits(declared(**attributes), traits, "EUR")
    assert tuple(read.kept[key] for key in attributes) == kept
    assert read.others == ()


def test_what_finds_none_is_proposed_and_what_does_not_fit_is_said() -> None:
    """Nothing is dropped unsaid, and identities are no traits."""
    traits = {
        "email": "a@b.example", "phone": "+49", "id": "7", "plan": "gold", "seats": 4, "trial": True,
        "since": "2026-01-05T10:00:00Z",
        "nothing": None, "empty": "", "名": "丽", "age": "old", "ltv": "$5",
    }  # fmt: skip
    read = read_traits(declared(age=NUMBER, ltv=MONEY), traits, "EUR")
    assert read.kept == {}
    found = {trait.name: (trait.value, trait.type, trait.fits) for trait in read.others}
    assert found == {
        "plan": ("gold", TEXT, True),
        "seats": (4, NUMBER, True),
        "trial": (True, BOOLEAN, True),
        "since": ("2026-01-05T10:00:00Z", DATE, True),
        "名": ("丽", TEXT, True),
        "age": ("old", NUMBER, False),
        "ltv": ("$5", MONEY, False),
    }


@pytest.fixture
async def sender(world: World, client_of: Any) -> httpx2.AsyncClient:
    """A client with a key that may send events."""
    made = await world.http.post(f"{world.path}/api-keys", json={"name": "shop", "scopes": ["track"]})
    basic = base64.b64encode(f"{made.json()['key']}:".encode()).decode()
    client: httpx2.AsyncClient = client_of(headers={"authorization": f"Basic {basic}"})
    return client


async def person(world: World, external_id: str) -> dict[str, Any]:
    """A person as the API shows them."""
    found = await world.http.get(f"{world.path}/people", params={"search": external_id})
    (one,) = found.json()["items"]
    return dict((await world.http.get(f"{world.path}/people/{one['id']}")).json())


async def test_an_undeclared_trait_becomes_an_attribute_with_the_values_that_came(
    world: World, sender: httpx2.AsyncClient
) -> None:
    for user, plan in (("u-1", "gold"), ("u-2", "silver"), ("u-1", "platinum")):
        await sender.post("/v1/identify", json={"userId": user, "traits": {"planName": plan, "firstName": "Ada"}})
    await sender.post("/v1/identify", json={"userId": "u-3", "traits": {"planName": 3, "phone": "n/a"}})
    proposals = {each["name"]: each for each in (await world.http.get(f"{world.path}/traits")).json()}
    assert (proposals["planName"]["type"], proposals["planName"]["fits"]) == ("text", True)
    assert (proposals["phone"]["fits"], proposals["phone"]["example"]) == (False, "n/a")
    key = proposals["planName"]["key"]
    assert (await person(world, "u-1"))["undeclared"] == {key: "platinum"}
    taken = await world.http.post(f"{world.path}/traits/{key}/attribute", json={"label": "Plan", "type": "text"})
    assert (taken.status_code, taken.json()["people"]) == (201, 3), taken.text
    attribute = taken.json()["attribute"]["key"]
    assert [(await person(world, user))["attributes"][attribute] for user in ("u-1", "u-2", "u-3")] == [
        "platinum",
        "silver",
        "3",
    ]
    assert (await person(world, "u-1"))["undeclared"] == {}
    assert [each["name"] for each in (await world.http.get(f"{world.path}/traits")).json()] == ["phone"]


async def test_a_dismissed_trait_is_not_kept_any_more(world: World, sender: httpx2.AsyncClient) -> None:
    await sender.post("/v1/identify", json={"userId": "u-1", "traits": {"noise": "x"}})
    assert (await world.http.delete(f"{world.path}/traits/noise")).status_code == 204
    assert (await person(world, "u-1"))["undeclared"] == {}
    await sender.post("/v1/identify", json={"userId": "u-1", "traits": {"noise": "y"}})
    assert (await person(world, "u-1"))["undeclared"] == {}
    assert (await world.http.get(f"{world.path}/traits")).json() == []
    assert (await world.http.delete(f"{world.path}/traits/never")).json()["code"] == "trait_unknown"


@pytest.mark.parametrize(
    ("type_", "values", "kept"),
    [
        ("date", ["2026-02-28T10:00:00Z", "2026-02-30", "soon"], ["2026-02-28", None, None]),
        ("number", [4, 4.5, "many"], [4, 4.5, None]),
        ("money", [4, 4.5, "many"], [400, 450, None]),
        ("boolean", [True, False, "maybe"], [True, False, None]),
    ],
)
async def test_values_that_fit_the_type_are_filled_in_and_others_stay(
    world: World, sender: httpx2.AsyncClient, type_: str, values: list[Any], kept: list[Any]
) -> None:
    for number, value in enumerate(values):
        await sender.post("/v1/identify", json={"userId": f"u-{number}", "traits": {"thing": value}})
    taken = await world.http.post(f"{world.path}/traits/thing/attribute", json={"label": "Thing", "type": type_})
    assert taken.json()["people"] == sum(value is not None for value in kept)
    people = [await person(world, f"u-{number}") for number in range(len(values))]
    assert [each["attributes"].get("thing") for each in people] == kept
    assert [each["undeclared"] for each in people] == [
        {} if fits is not None else {"thing": value} for value, fits in zip(values, kept, strict=True)
    ]


async def test_a_sender_that_makes_up_names_does_not_fill_the_database(
    world: World, sender: httpx2.AsyncClient
) -> None:
    for start in range(0, MOST_PROPOSALS + 40, 170):
        traits = {f"made_up_{number}": number for number in range(start, start + 170)}
        assert (await sender.post("/v1/identify", json={"userId": "u-1", "traits": traits})).status_code == 200
    assert len((await world.http.get(f"{world.path}/traits")).json()) <= MOST_PROPOSALS + 170
    assert len((await person(world, "u-1"))["undeclared"]) <= MOST_PROPOSALS + 170


async def test_what_an_attribute_cannot_hold_is_said(world: World, sender: httpx2.AsyncClient) -> None:
    await create_attribute(world.ctx, "Shoe size", NUMBER, key="shoe_size")
    await sender.post("/v1/identify", json={"userId": "u-1", "traits": {"shoeSize": "big"}})
    (found,) = (await world.http.get(f"{world.path}/traits")).json()
    assert (found["key"], found["fits"], found["example"]) == ("shoe_size", False, "big")
    refused = await world.http.post(f"{world.path}/traits/shoe_size/attribute", json={"label": "X", "type": "text"})
    assert refused.json()["code"] == "trait_declared"
    assert (await world.http.delete(f"{world.path}/traits/shoe_size")).status_code == 204
    assert (await world.http.get(f"{world.path}/traits")).json() == []
