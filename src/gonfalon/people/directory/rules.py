"""Reading questions from their URL form, and what an export may hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.attributes.rules import check_value
from gonfalon.people.directory.model import (
    AttributeFilter,
    ConsentFilter,
    Filter,
    IdentityFilter,
    Op,
    Question,
    Sort,
    TagFilter,
)
from gonfalon.people.model import Channel

MAX_FILTERS = 20
MAX_WORDS = 8
IDENTITIES = ("email", "phone", "external_id")
_PRESENCE = {Op.KNOWN, Op.UNKNOWN}
_EXACT = {Op.IS, Op.IS_NOT} | _PRESENCE
_ORDERED = _EXACT | {Op.LT, Op.LE, Op.GT, Op.GE}
OPERATORS: dict[AttributeType, set[Op]] = {
    AttributeType.TEXT: _EXACT | {Op.CONTAINS},
    AttributeType.CHOICE: _EXACT,
    AttributeType.BOOLEAN: _EXACT,
    AttributeType.NUMBER: _ORDERED,
    AttributeType.MONEY: _ORDERED,
    AttributeType.DATE: _ORDERED,
}
"""Which comparisons fit which type."""


def parse_question(
    search: str,
    filters: Sequence[str],
    sort: Sort,
    attributes: Mapping[str, Attribute],
    topics: Mapping[str, int],
) -> Question:
    """Return the question of a URL. filters: `attribute.KEY:OP[:VALUE]`, `tag:is:NAME`, `email:known`,
    `consent.CHANNEL.TOPIC:granted`. topics: ids by key. Raises Invalid with the first fault.
    """
    if len(filters) > MAX_FILTERS:
        raise Invalid(
            "filters_many", f"Use at most {MAX_FILTERS} filters; an audience can hold more.", most=MAX_FILTERS
        )
    words = tuple(search.replace("\x00", "").lower().split())[:MAX_WORDS]
    return Question(words, tuple(_filter(text, attributes, topics) for text in filters), sort)


def _filter(text: str, attributes: Mapping[str, Attribute], topics: Mapping[str, int]) -> Filter:
    field, _, rest = text.partition(":")
    op_text, _, value = rest.partition(":")
    if "\x00" in text:
        raise _faulty(text)
    if field.startswith("consent."):
        return _consent(text, field, op_text, topics)
    try:
        op = Op(op_text)
    except ValueError as error:
        raise _faulty(text) from error
    if field in IDENTITIES and op in _PRESENCE:
        return IdentityFilter(field, op is Op.KNOWN)
    if field == "tag" and op in (Op.IS, Op.IS_NOT) and value:
        return TagFilter(value, op is Op.IS)
    if field.startswith("attribute."):
        return _attribute(field.removeprefix("attribute."), op, value, attributes)
    raise _faulty(text)


def _attribute(key: str, op: Op, value: str, attributes: Mapping[str, Attribute]) -> AttributeFilter:
    attribute = attributes.get(key)
    if attribute is None:
        raise Invalid("attribute_unknown", f"There is no attribute “{key[:63]}” to filter by.", key=key[:63])
    if op not in OPERATORS[attribute.type]:
        raise Invalid("filter_invalid", f"“{op.value}” cannot be asked of “{attribute.label}”.")
    if op in _PRESENCE:
        return AttributeFilter(key, attribute.type, op)
    given: object = value
    if attribute.type is AttributeType.BOOLEAN:
        given = {"true": True, "false": False}.get(value, value)
    elif attribute.type in (AttributeType.NUMBER, AttributeType.MONEY):
        try:
            given = int(value) if attribute.type is AttributeType.MONEY else float(value)
        except ValueError as error:
            raise Invalid("filter_invalid", f"“{attribute.label}” is compared with a number.") from error
    elif attribute.type is AttributeType.CHOICE:  # a choice that was taken away may still be filtered by
        return AttributeFilter(key, attribute.type, op, value)
    checked = check_value(attribute, given)
    if checked is None:
        raise Invalid("filter_invalid", f"Say what “{attribute.label}” is compared with.")
    return AttributeFilter(key, attribute.type, op, checked)


def _consent(text: str, field: str, state: str, topics: Mapping[str, int]) -> ConsentFilter:
    parts = field.split(".", 2)
    if len(parts) != 3 or state not in ("granted", "withdrawn", "none"):
        raise _faulty(text)
    try:
        channel = Channel(parts[1])
    except ValueError as error:
        raise _faulty(text) from error
    if parts[2] not in topics:
        raise Invalid("topic_unknown", f"There is no topic “{parts[2][:63]}” to filter by.", key=parts[2][:63])
    return ConsentFilter(channel, topics[parts[2]], state)


def _faulty(text: str) -> Invalid:
    return Invalid(
        "filter_invalid",
        f"“{text[:80]}” is not a filter; write attribute.KEY:OP:VALUE, tag:is:NAME, email:known or"
        " consent.CHANNEL.TOPIC:granted.",
        value=text[:80],
    )


def check_columns(wanted: Sequence[str], attributes: Mapping[str, Attribute], topics: Mapping[str, int]) -> list[str]:
    """Return the columns of an export, all of them when none are named. Raises Invalid for one that does not exist."""
    plain = ["id", *IDENTITIES, "tags", "created_at", "updated_at"]
    if not wanted:
        return [*plain, *(f"attribute.{key}" for key in attributes), *(f"consent.email.{key}" for key in topics)]
    known = {*plain, *(f"attribute.{key}" for key in attributes)}
    known |= {f"consent.{channel.value}.{key}" for channel in Channel for key in topics}
    for column in wanted:
        if column not in known:
            raise Invalid("column_unknown", f"There is no column “{column[:80]}” to export.", value=column[:80])
    return list(dict.fromkeys(wanted))
