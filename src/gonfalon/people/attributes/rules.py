"""Pure decisions on attributes and their values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute, AttributeType, Value

MAX_TEXT = 5_000
MAX_CHOICE = 200
MAX_CHOICES = 200
MAX_ATTRIBUTES = 300
MAX_NUMBER = 1e15
MAX_MONEY = 2**53

DEFAULT_ATTRIBUTES: dict[str, list[tuple[str, AttributeType, str]]] = {
    "en": [
        ("first_name", AttributeType.TEXT, "First name"),
        ("last_name", AttributeType.TEXT, "Last name"),
        ("language", AttributeType.TEXT, "Language"),
        ("country", AttributeType.TEXT, "Country"),
        ("city", AttributeType.TEXT, "City"),
        ("birthday", AttributeType.DATE, "Birthday"),
    ],
    "fr": [
        ("first_name", AttributeType.TEXT, "Prénom"),
        ("last_name", AttributeType.TEXT, "Nom"),
        ("language", AttributeType.TEXT, "Langue"),
        ("country", AttributeType.TEXT, "Pays"),
        ("city", AttributeType.TEXT, "Ville"),
        ("birthday", AttributeType.DATE, "Date de naissance"),
    ],
    "sv": [
        ("first_name", AttributeType.TEXT, "Förnamn"),
        ("last_name", AttributeType.TEXT, "Efternamn"),
        ("language", AttributeType.TEXT, "Språk"),
        ("country", AttributeType.TEXT, "Land"),
        ("city", AttributeType.TEXT, "Ort"),
        ("birthday", AttributeType.DATE, "Födelsedag"),
    ],
    "zh": [
        ("first_name", AttributeType.TEXT, "名"),
        ("last_name", AttributeType.TEXT, "姓"),
        ("language", AttributeType.TEXT, "语言"),
        ("country", AttributeType.TEXT, "国家/地区"),
        ("city", AttributeType.TEXT, "城市"),
        ("birthday", AttributeType.DATE, "生日"),
    ],
}
"""Key, type and label of the attributes a new workspace begins with, by its language."""


def check_choices(type_: AttributeType, choices: Sequence[str]) -> tuple[str, ...]:
    """Return the choices without doubles and surrounding space; raises Invalid where they don't fit the type."""
    if type_ is not AttributeType.CHOICE:
        if choices:
            raise Invalid("choices_unwanted", "Only an attribute of the type choice has choices.")
        return ()
    found = tuple(dict.fromkeys(choice.strip() for choice in choices if choice.strip()))
    if not 1 <= len(found) <= MAX_CHOICES:
        raise Invalid("choices_number", f"Give 1 to {MAX_CHOICES} choices.", most=MAX_CHOICES)
    if any(len(choice) > MAX_CHOICE or "\x00" in choice for choice in found):
        raise Invalid("choice_long", f"A choice may have at most {MAX_CHOICE} characters.", most=MAX_CHOICE)
    return found


def check_values(
    attributes: Mapping[str, Attribute], values: Mapping[str, object]
) -> tuple[dict[str, Value], list[str]]:
    """Split new values into those to store and keys to forget (null or empty text).

    Raises Invalid, naming the attribute, for a key that is not declared or a value of another type.
    """
    kept: dict[str, Value] = {}
    forgotten: list[str] = []
    for key, given in values.items():
        attribute = attributes.get(key)
        if attribute is None:
            raise Invalid("attribute_unknown", f"There is no attribute “{key[:63]}”; declare it first.", key=key[:63])
        value = check_value(attribute, given)
        if value is None:
            forgotten.append(key)
        else:
            kept[key] = value
    return kept, forgotten


def check_value(attribute: Attribute, given: object) -> Value | None:
    """Return the value as it is stored; None for null and empty text. Raises Invalid, naming the attribute."""
    if given is None or given == "":
        return None
    return _CHECKS[attribute.type](attribute, given)


def is_date(text: str) -> bool:
    """Return whether it is YYYY-MM-DD of a day that exists, from the year 1000 to 9000."""
    try:
        return len(text) == 10 and 1000 <= date.fromisoformat(text).year <= 9000
    except ValueError:
        return False


def storable(text: str) -> bool:
    """Return whether PostgreSQL can keep it: no NUL, no half of a surrogate pair."""
    if text.isprintable():
        return True
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _text(attribute: Attribute, given: object) -> str | None:
    if not isinstance(given, str):
        raise _refused(attribute, "text", "it takes a text")
    found = given.strip()
    if len(found) > MAX_TEXT:
        raise _refused(attribute, "long", f"it takes at most {MAX_TEXT:,} characters", most=MAX_TEXT)
    if not storable(found):
        raise _refused(attribute, "unstorable", "it holds a character that cannot be stored")
    return found or None


def _choice(attribute: Attribute, given: object) -> str | None:
    found = _text(attribute, given)
    if found is not None and found not in attribute.choices:
        raise _refused(attribute, "choice", f"“{found[:100]}” is not one of its choices", value=found[:100])
    return found


def _boolean(attribute: Attribute, given: object) -> bool:
    if not isinstance(given, bool):
        raise _refused(attribute, "boolean", "it takes true or false")
    return given


def _date(attribute: Attribute, given: object) -> str:
    if not isinstance(given, str) or not is_date(given):
        raise _refused(attribute, "date", "it takes a date as YYYY-MM-DD")
    return given


def _money(attribute: Attribute, given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or abs(given) > MAX_MONEY:
        raise _refused(attribute, "money", "it takes an amount as a whole number of minor units")
    return given


def _number(attribute: Attribute, given: object) -> int | float:
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise _refused(attribute, "number", "it takes a number")
    if not math.isfinite(given) or abs(given) > MAX_NUMBER:
        raise _refused(attribute, "large", "the number is too large")
    return given


def _refused(attribute: Attribute, reason: str, why: str, **values: str | int) -> Invalid:
    return Invalid(
        "attribute_value_invalid",
        f"“{attribute.label}”: {why}.",
        key=attribute.key,
        name=attribute.label,
        reason=reason,
        **values,
    )


_CHECKS: dict[AttributeType, Callable[[Attribute, object], Value | None]] = {
    AttributeType.TEXT: _text,
    AttributeType.CHOICE: _choice,
    AttributeType.BOOLEAN: _boolean,
    AttributeType.DATE: _date,
    AttributeType.MONEY: _money,
    AttributeType.NUMBER: _number,
}
