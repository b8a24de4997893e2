"""A small world of people for holding engines to the same answer, and the slow evaluator that is right.

The evaluator shares nothing with the compiler: it reads the rule tree as its documentation says.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from gonfalon.audiences.segments.language import (
    AllOf,
    AnyOf,
    Attribute,
    Catalogue,
    Company,
    Consent,
    Created,
    Event,
    Family,
    Fifths,
    Identity,
    Member,
    Message,
    Not,
    Op,
    Rule,
    Score,
    Tag,
    ValueType,
)

from .comparing import NOW, day_of, in_calendar, value_holds

TEXTS = ["Urban", "urban", "", "Ö", "o", "ö'; --", "a%b_c", "%", "_", "zz", "A", "a", "中文", "100", "NaN", "a\\b"]
CHOICES = ["red", "green", "blue"]
NUMBERS: list[float | int] = [0, 1, -1, 2, 0.1, 0.30000000000000004, 1e12, -7.5, 3, 10]
MONEY = [0, 1, 99, 100, 12_345, -50, 10**12]
DAYS = [
    "2028-02-28",
    "2028-02-29",
    "2028-03-01",
    "2028-03-02",
    "2028-03-03",
    "2027-03-02",
    "1999-12-31",
    "2000-02-29",
    "2028-04-01",
    "1987-03-05",
]
TAGS = ["vip", "VIP", "new", "it's"]
EVENTS = ["Order Completed", "Signed Up", "order completed"]
KEYS = ["sku", "a/b~c", "qty", "gift"]
ITEM_KEYS = ["items[].sku", "items[].a/b~c", "items[].qty", "tags[]", "sku[].qty", "qty[]"]
PROPERTY_VALUES: list[Any] = [*TEXTS, *NUMBERS, True, False, None, "true", "3", [1], {"x": 1}]
LISTS = [UUID(int=11), UUID(int=12)]
SEGMENT = UUID(int=13)
SCORES = [UUID(int=31), UUID(int=32)]
CAMPAIGNS = [UUID(int=101), UUID(int=102), UUID(int=103)]
TOUCHPOINTS = [UUID(int=201), UUID(int=202), UUID(int=203)]

CATALOGUE = Catalogue(
    attributes={
        "area": ValueType.TEXT,
        "colour": ValueType.CHOICE,
        "score": ValueType.NUMBER,
        "spent": ValueType.MONEY,
        "birthday": ValueType.DATE,
        "member": ValueType.BOOLEAN,
        "lat": ValueType.NUMBER,
        "lon": ValueType.NUMBER,
    },
    choices={"colour": frozenset(CHOICES)},
    topics={"news": 1, "offers": 2},
    audiences={
        LISTS[0]: None,
        LISTS[1]: None,
        SEGMENT: AnyOf(rules=(Tag(tag="vip"), Attribute(key="score", op=Op.GT, value=1))),
    },
    touchpoints={CAMPAIGNS[0]: (TOUCHPOINTS[0], TOUCHPOINTS[1]), CAMPAIGNS[1]: (TOUCHPOINTS[2],), CAMPAIGNS[2]: ()},
    channels={TOUCHPOINTS[0]: "email", TOUCHPOINTS[1]: "sms", TOUCHPOINTS[2]: "email"},
    scores=dict.fromkeys(SCORES, frozenset({"Cold", "Warm"})),
    families={
        Family.CONSIDERATION: frozenset({"Signed Up", "order completed"}),
        Family.PURCHASE: frozenset({"Order Completed", "order completed"}),
    },
    fifths=Fifths(
        recency=tuple(NOW - timedelta(days=days) for days in (30, 7, 3, 1)),
        frequency=(1, 1, 2, 4),
        monetary=(0, 1, 200, 2500),
    ),
)


COMPANIES: list[tuple[str, dict[str, Any]]] = [
    ("Urban", {"sku": "Urban", "qty": 3, "gift": True}),
    ("a%b_c", {"sku": "%", "qty": "3", "a/b~c": "Ö"}),
    ("zz", {"qty": 0.1, "gift": None, "a/b~c": 2}),
    ("A", {}),
]


@dataclass
class Person:
    id: int
    workspace: int
    attributes: dict[str, Any]
    tags: list[str]
    email: str | None
    phone: str | None
    external_id: str | None
    created_at: datetime
    erased: bool
    consents: dict[tuple[str, str], str] = field(default_factory=dict)
    lists: set[UUID] = field(default_factory=set)
    events: list[tuple[str, datetime, dict[str, Any], int | None]] = field(default_factory=list)
    messages: list[tuple[UUID, str, datetime, list[tuple[str, str, datetime]]]] = field(default_factory=list)


def companies_of(person: Person) -> list[int]:
    """The places in COMPANIES of those that the person belongs to: of none, one or several."""
    return [place for place in range(len(COMPANIES)) if (person.id * 7 + place * 3) % 5 == 0 or person.id % 11 == place]


def scores_of(person: Person) -> dict[UUID, tuple[int, str]]:
    """Total and stage of the scores that the person was counted by: none, one or both."""
    found = {}
    for place, score in enumerate(SCORES):
        if (person.id * 3 + place) % 4:
            total = (person.id * 17 + place * 29) % 90 - 10
            found[score] = (total, "Warm" if total >= 30 else "Cold")
    return found


def addresses_of(person: Person) -> dict[str, str]:
    """Where the person is reached, by channel."""
    known = {"email": person.email, "sms": person.phone}
    return {channel: address for channel, address in known.items() if address is not None and not person.erased}


def suppressed(person: Person) -> list[tuple[str, str]]:
    """Which of the person's addresses are suppressed, by channel."""
    apart = {"email": 5, "sms": 3}
    return [(channel, address) for channel, address in addresses_of(person).items() if person.id % apart[channel] == 0]


def reachable(person: Person) -> set[tuple[str, str, str]]:
    """By which channel and topic the person is reached, and where."""
    known, never = addresses_of(person), suppressed(person)
    return {
        (channel, topic, known[channel])
        for (channel, topic), state in person.consents.items()
        if state == "granted" and channel in known and (channel, known[channel]) not in never
    }


def _moment(dice: random.Random) -> datetime:
    edges = [
        timedelta(0),
        timedelta(hours=6, minutes=30),
        timedelta(hours=6, minutes=29, seconds=59, microseconds=999999),
    ]
    return (
        NOW
        - timedelta(days=dice.choice([0, 0, 1, 2, 3, 7, 30, 100, 250, 400]))
        - dice.choice([*edges, timedelta(seconds=dice.randrange(90_000))])
    )


def _attributes(dice: random.Random) -> dict[str, Any]:
    pools: dict[str, list[Any]] = {
        "area": [text for text in TEXTS if text],
        "colour": CHOICES,
        "score": NUMBERS,
        "spent": MONEY,
        "birthday": DAYS,
        "member": [True, False],
    }
    found = {key: dice.choice(pool) for key, pool in pools.items() if dice.random() < 0.7}
    if dice.random() < 0.7:
        found |= {"lat": dice.choice([dice.uniform(44, 47), 91.5, -90]), "lon": dice.uniform(3, 6)}
    return found


def _live(person: Person, dice: random.Random) -> None:
    """Give the person permissions, lists, events and messages."""
    for channel in ("email", "sms"):
        for topic in CATALOGUE.topics:
            if dice.random() < 0.5:
                person.consents[channel, topic] = dice.choice(["granted", "withdrawn", "expired"])
    person.lists = {each for each in LISTS if dice.random() < 0.3}
    favourite = dice.choice(EVENTS)
    for _ in range(dice.choice([0, 0, 1, 2, 5, 9])):
        properties = {key: dice.choice(PROPERTY_VALUES) for key in KEYS if dice.random() < 0.6}
        if dice.random() < 0.6:
            properties["items"] = [
                dice.choice([{key: dice.choice(PROPERTY_VALUES) for key in KEYS if dice.random() < 0.6}, None, "x"])
                for _ in range(dice.randrange(4))
            ]
            properties["tags"] = [dice.choice(PROPERTY_VALUES) for _ in range(dice.randrange(3))]
        person.events.append(
            (
                dice.choice([favourite, favourite, *EVENTS]),
                _moment(dice),
                properties,
                dice.choice([None, 1, 100, 2500, -100]),
            )
        )
    for touchpoint in TOUCHPOINTS:
        if dice.random() < 0.5:
            hits = [
                (dice.choice(["open", "click"]), dice.choice(["human", "machine", "likely_machine"]), _moment(dice))
                for _ in range(dice.choice([0, 0, 1, 3]))
            ]
            person.messages.append(
                (touchpoint, dice.choice(["accepted", "accepted", "withheld", "rejected"]), _moment(dice), hits)
            )


def people_of(seed: int, count: int, workspaces: tuple[int, ...] = (1, 2)) -> list[Person]:
    """People with every kind of oddity: unknown values, other types' texts, moments around midnight."""
    dice = random.Random(seed)  # noqa: S311 a reproducible world

    found = []
    for number in range(1, count + 1):
        person = Person(
            id=number,
            workspace=dice.choice((workspaces[0], workspaces[0], workspaces[-1])),
            attributes=_attributes(dice),
            tags=[tag for tag in TAGS if dice.random() < 0.3],
            email=f"p{number}@example.com" if dice.random() < 0.8 else None,
            phone=f"+4670{number:07d}" if dice.random() < 0.3 else None,
            external_id=f"C{number}" if dice.random() < 0.5 else None,
            created_at=_moment(dice),
            erased=dice.random() < 0.05,
        )
        _live(person, dice)
        found.append(person)
    return found


def members(rule: Rule, people: list[Person], workspace: int) -> set[int]:
    """The ids of the people whom the rule means, by looking at each one."""
    return {p.id for p in people if p.workspace == workspace and not p.erased and holds(rule, p)}


def holds(rule: Rule, person: Person) -> bool:  # noqa: PLR0911, PLR0912 one a kind
    """Whether a rule is true for one person."""
    match rule:
        case AllOf():
            return all(holds(each, person) for each in rule.rules)
        case AnyOf():
            return any(holds(each, person) for each in rule.rules)
        case Not():
            return not holds(rule.rule, person)
        case Attribute():
            return value_holds(CATALOGUE.attributes[rule.key], person.attributes.get(rule.key), rule.op, rule.value)
        case Company():
            return _company_holds(rule, person)
        case Tag():
            return (rule.tag in person.tags) is rule.has
        case Identity():
            return (getattr(person, rule.identity) is not None) is rule.has
        case Consent():
            state = person.consents.get((rule.channel, rule.topic), "none")
            return state == rule.state
        case Member():
            other = CATALOGUE.audiences[rule.audience]
            inside = rule.audience in person.lists if other is None else holds(other, person)
            return inside is rule.member
        case Score():
            return _score_holds(rule, person) is rule.has
        case Created():
            return value_holds(ValueType.DATE, day_of(person.created_at).isoformat(), rule.op, rule.value)
        case Event():
            return _event_holds(rule, person)
        case Message():
            return _message_holds(rule, person) is rule.did
    from . import habits

    return habits.holds(rule, person)


def in_period(rule: Any, moment: datetime) -> bool:
    """Whether an instant lies in a condition's period."""
    day = day_of(moment)
    if rule.calendar is not None:
        return in_calendar(rule.calendar, day)
    if rule.within_days is not None:
        return (day_of(NOW) - day).days <= rule.within_days
    return not (rule.since and day < rule.since) and not (rule.until and day > rule.until)


def _event_holds(rule: Event, person: Person) -> bool:
    mine = [
        (at, properties, amount)
        for name, at, properties, amount in person.events
        if name == rule.name and all(property_holds(each, properties) for each in rule.where)
    ]
    if rule.which != "any":
        edge = (min if rule.which == "first" else max)((at for at, *_ in mine), default=None)
        return (edge is not None and in_period(rule, edge)) is rule.did
    mine = [each for each in mine if in_period(rule, each[0])]
    if not rule.did:
        return not mine
    if rule.at_most is not None and len(mine) > rule.at_most:
        return False
    if rule.total_at_least is not None and sum(amount or 0 for *_, amount in mine) < rule.total_at_least:
        return False
    if rule.measure is not None and not _measure_holds(rule.measure, mine):
        return False
    summed = any(each is not None for each in (rule.at_most, rule.total_at_least, rule.measure))
    return len(mine) >= ((0 if summed else 1) if rule.at_least is None else rule.at_least)


def _measure_holds(measure: Any, events: list[tuple[datetime, dict[str, Any], int | None]]) -> bool:
    values: list[float] = []
    for _, properties, amount in events:
        value = amount if measure.property is None else properties.get(measure.property)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 10**15:
            values.append(value)
    if not values:
        return False
    if measure.of in ("min", "max"):
        return value_holds(ValueType.NUMBER, (min if measure.of == "min" else max)(values), measure.op, measure.value)
    found = math.fsum(values) / (len(values) if measure.of == "avg" else 1)
    given = measure.value
    near = tuple(round(each, 6) for each in given) if isinstance(given, tuple) else round(given, 6)
    return value_holds(ValueType.NUMBER, round(found, 6), measure.op, near)


def property_holds(rule: Any, properties: dict[str, Any]) -> bool:
    """Whether a condition on a property of an event holds."""
    if "[]" in rule.property:
        held, _, member = rule.property.partition("[]")
        items = properties.get(held)
        values = [
            (each.get(member[1:]) if isinstance(each, dict) else None) if member else each
            for each in (items if isinstance(items, list) else [])
        ]
        op = NEGATIVE.get(rule.op, rule.op)
        return any(_plain_holds(rule, op, value) for value in values) is (op is rule.op)
    return _plain_holds(rule, rule.op, properties.get(rule.property))


NEGATIVE = {
    Op.IS_NOT: Op.IS,
    Op.NOT_CONTAINS: Op.CONTAINS,
    Op.NOT_STARTS_WITH: Op.STARTS_WITH,
    Op.NONE_OF: Op.ANY_OF,
    Op.UNKNOWN: Op.KNOWN,
}


def _company_holds(rule: Company, person: Person) -> bool:
    op = NEGATIVE.get(rule.op, rule.op)
    mine = [COMPANIES[place] for place in companies_of(person)]
    values = [properties.get(rule.property) if rule.property else name for name, properties in mine]
    return any(_plain_holds(rule, op, value) for value in values) is (op is rule.op)


def _plain_holds(rule: Any, op: Op, value: Any) -> bool:
    if op in (Op.KNOWN, Op.UNKNOWN):
        return (value is not None) is (op is Op.KNOWN)
    kinds: dict[str, Any] = {"text": str, "number": (int, float), "boolean": bool}
    fits = isinstance(value, kinds[rule.type]) and (rule.type == "boolean" or not isinstance(value, bool))
    return value_holds(ValueType(rule.type), value if fits else None, op, rule.value)


def _score_holds(rule: Score, person: Person) -> bool:
    found = scores_of(person).get(rule.score)
    if found is None:
        return False
    total, stage = found
    enough = rule.at_least is None or total >= rule.at_least
    return enough and (rule.at_most is None or total <= rule.at_most) and rule.stage in (None, stage)


def _message_holds(rule: Message, person: Person) -> bool:
    for touchpoint, state, at, hits in person.messages:
        if rule.touchpoint is not None and touchpoint != rule.touchpoint:
            continue
        if rule.campaign is not None and touchpoint not in CATALOGUE.touchpoints[rule.campaign]:
            continue
        if rule.what == "sent" and state == "accepted" and in_period(rule, at):
            return True
        for kind, verdict, hit_at in hits:
            wanted = {"opened": "open", "clicked": "click"}.get(rule.what)
            if kind == wanted and (rule.include_machines or verdict == "human") and in_period(rule, hit_at):
                return True
    return False
