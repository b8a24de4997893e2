"""From a sender's traits to values of attributes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonfalon.kit.cells import Unreadable, read_amount, read_number, read_yes_no
from gonfalon.kit.errors import Invalid
from gonfalon.kit.moments import read_day
from gonfalon.kit.money import to_minor
from gonfalon.kit.numbers import NotANumber
from gonfalon.people.attributes.model import Attribute, AttributeType, Value
from gonfalon.people.attributes.rules import MAX_TEXT, check_value, is_date
from gonfalon.people.rules import key_of
from gonfalon.people.traits.model import Read, Trait

MOST_PROPOSALS: Final = 300
"""So many undeclared traits of a workspace are kept; a sender that makes up names cannot fill the database."""
_IDENTITIES: Final = frozenset({"email", "phone", "id", "user_id", "anonymous_id"})
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "birthday": ("birth_date", "date_of_birth", "birthdate"),
    "first_name": ("firstname", "given_name"),
    "last_name": ("lastname", "family_name", "surname"),
    "title": ("job_title", "position"),
    "postal_code": ("postcode", "zip", "zip_code"),
    "state": ("region", "province"),
    "street": ("address", "address_line"),
    "company": ("company_name", "organisation", "organization"),
    "language": ("locale",),
    "gender": ("sex",),
    "website": ("url",),
}
"""Other keys under which workspaces keep what Segment's reserved traits mean."""
_HOMES: Final = {"address": "", "company": "company_"}
"""Reserved traits that are objects, and what the keys of their members begin with."""
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def read_traits(declared: Mapping[str, Attribute], traits: Mapping[str, Any], currency: str) -> Read:
    """Split traits into values of declared attributes and others, which are to be proposed.

    An attribute takes a trait by its key, however it is spelled (`firstName`, `first_name`), and Segment's reserved
    traits by their meaning. Amounts are in major units of `currency`, as everywhere in events. Identities, nothing
    (null, "") and empty lists are left out.
    """
    kept: dict[str, Value] = {}
    others: list[Trait] = []
    for name, key, given in _flat(traits):
        attribute = next((declared[each] for each in (key, *_meanings(key)) if each in declared), None)
        if attribute is None:
            if (value := _plain(given)) is not None:
                others.append(Trait(key, name, value, _type_of(value)))
            continue
        try:
            value = check_value(attribute, _fitted(attribute, given, currency))
        except (Invalid, Unreadable, NotANumber):
            others.append(Trait(attribute.key, name, _shown(given), attribute.type, fits=False))
            continue
        if value is not None:
            kept[attribute.key] = value
    return Read(kept, tuple(others))


def _flat(traits: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Name, key and value of every trait; members of an object count as traits of their own."""
    for name, given in traits.items():
        key = _key(name)
        if not name.strip() or key in _IDENTITIES or given is None or given == "":
            continue
        if not isinstance(given, dict):
            yield name, key, given
            continue
        for inner, value in given.items():
            if inner.strip() and value is not None and value != "" and not (key == "company" and inner == "id"):
                begins = _HOMES.get(key, f"{key}_")
                whole = key if key == "company" and inner == "name" else _key(f"{begins}{inner}")
                yield f"{name}.{inner}", whole, value


def _key(name: str) -> str:
    return key_of(_CAMEL.sub("_", name), "trait", 63)


def _meanings(key: str) -> tuple[str, ...]:
    for main, others in _ALSO.items():
        if key == main or key in others:
            return (main, *others)
    return ()


def _fitted(attribute: Attribute, given: Any, currency: str) -> Any:  # noqa: PLR0911 one line a type
    """The value as the attribute's type has it, where a sender's program wrote it otherwise."""
    given = _plain(given)
    match attribute.type, given:
        case AttributeType.TEXT, bool():
            return "true" if given else "false"
        case AttributeType.TEXT, int() | float():
            return f"{given:g}" if isinstance(given, float) else str(given)
        case AttributeType.CHOICE, str():
            return next((each for each in attribute.choices if each.casefold() == given.strip().casefold()), given)
        case AttributeType.NUMBER, str():
            number = read_number(given, "point")
            return int(number) if number == number.to_integral_value() else float(number)
        case AttributeType.MONEY, str():
            amount, written = read_amount(given, currency)
            return to_minor(amount, currency) if written == currency else given
        case AttributeType.MONEY, int() | float() if not isinstance(given, bool):
            return to_minor(given, currency)
        case AttributeType.BOOLEAN, str():
            return read_yes_no(given)
        case AttributeType.BOOLEAN, 0 | 1:
            return bool(given)
        case AttributeType.DATE, str():
            return given if is_date(given) else read_day(given).isoformat()
    return given


def _plain(given: Any) -> Value | None:
    """A value that an attribute could hold; what is nested deeper as its JSON."""
    if isinstance(given, str):
        return given.strip() if 0 < len(given.strip()) <= MAX_TEXT else None
    if isinstance(given, bool | int | float):
        return given
    if isinstance(given, list) and all(isinstance(each, str | int | float) for each in given):
        found = ", ".join(str(each) for each in given)
    else:
        found = json.dumps(given, ensure_ascii=False)
    return found if 0 < len(found) <= MAX_TEXT else None


def _shown(given: Any) -> str:
    return (given if isinstance(given, str) else json.dumps(given, ensure_ascii=False))[:200]


def _type_of(value: Value) -> AttributeType:
    if isinstance(value, bool):
        return AttributeType.BOOLEAN
    if isinstance(value, int | float):
        return AttributeType.NUMBER
    return AttributeType.DATE if is_date(value[:10]) and (len(value) == 10 or value[10] in "T ") else AttributeType.TEXT
