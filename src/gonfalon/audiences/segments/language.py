"""The language of audience rules: a typed tree that says who belongs to an audience.

A rule is plain data (frozen Pydantic models, JSON by ``model_dump(mode="json")``); it holds no SQL.
``parse`` reads the JSON form, ``check`` holds a tree against what a workspace has declared.

**Every condition is either true or false for every person, never "unknown".** A condition that says
something positive (is, contains, <, did, has …) is false where the value is not known; a condition
that says something negative (is not, does not contain, none of, ≠, not in the last, has not, did not)
is the exact opposite of the positive one, so it *includes* people whose value is not known.
"area is not Rural" therefore includes people whose area nobody knows; add "area is known" to leave
them out. Because of this ``not`` is always the complement within the workspace.

Text is compared exactly, byte by byte: case and accents matter. Numbers are IEEE doubles, money is
integer minor units. Days are days of the workspace's zone; "the last N days" starts at the beginning
of the day N days ago, "the next N days" ends with the day N days ahead, today belongs to both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
)

from gonfalon.kit.errors import Invalid

MAX_DEPTH = 12
MAX_CONDITIONS = 200
MAX_VALUES = 1000
MAX_DAYS = 36_500


class ValueType(StrEnum):
    """What kind of value a declared attribute (or an event's property) holds."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    BOOLEAN = "boolean"
    CHOICE = "choice"


class Op(StrEnum):
    """How a value is compared. Which operators fit which type is in ``OPERATORS``."""

    IS = "is"
    IS_NOT = "is_not"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    NOT_STARTS_WITH = "not_starts_with"
    ANY_OF = "any_of"
    NONE_OF = "none_of"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    BETWEEN = "between"
    IS_TRUE = "is_true"
    IS_FALSE = "is_false"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    IN_LAST_DAYS = "in_last_days"
    NOT_IN_LAST_DAYS = "not_in_last_days"
    IN_NEXT_DAYS = "in_next_days"
    ANNIVERSARY_IN_DAYS = "anniversary_in_days"
    KNOWN = "known"
    UNKNOWN = "unknown"


_PRESENCE = {Op.KNOWN, Op.UNKNOWN}
_EXACT = {Op.IS, Op.IS_NOT, Op.ANY_OF, Op.NONE_OF} | _PRESENCE
_ORDERED = {Op.IS, Op.IS_NOT, Op.LT, Op.LE, Op.GT, Op.GE, Op.BETWEEN} | _PRESENCE
_DAYS = {Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.ANNIVERSARY_IN_DAYS}

OPERATORS: Mapping[ValueType, frozenset[Op]] = {
    ValueType.TEXT: frozenset(_EXACT | {Op.CONTAINS, Op.NOT_CONTAINS, Op.STARTS_WITH, Op.NOT_STARTS_WITH}),
    ValueType.CHOICE: frozenset(_EXACT),
    ValueType.NUMBER: frozenset(_ORDERED),
    ValueType.MONEY: frozenset(_ORDERED),
    ValueType.BOOLEAN: frozenset({Op.IS_TRUE, Op.IS_FALSE} | _PRESENCE),
    ValueType.DATE: frozenset({Op.BEFORE, Op.AFTER, Op.ON, Op.BETWEEN} | _DAYS | _PRESENCE),
}

NEGATED: Mapping[Op, Op] = {
    Op.IS_NOT: Op.IS,
    Op.NOT_CONTAINS: Op.CONTAINS,
    Op.NOT_STARTS_WITH: Op.STARTS_WITH,
    Op.NONE_OF: Op.ANY_OF,
    Op.NOT_IN_LAST_DAYS: Op.IN_LAST_DAYS,
    Op.UNKNOWN: Op.KNOWN,
}
"""A negative operator and the positive one it is the exact opposite of."""

PROPERTY_TYPES = frozenset({ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN})

Scalar = StrictBool | StrictInt | StrictFloat | StrictStr
Value = Scalar | tuple[Scalar, ...] | None
Name = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]+$")]
Days = Annotated[int, Field(ge=0, le=MAX_DAYS)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AllOf(_Node):
    """True where every inner rule is true; an empty one is everybody."""

    kind: Literal["all"] = "all"
    rules: tuple[Rule, ...] = ()


class AnyOf(_Node):
    """True where at least one inner rule is true."""

    kind: Literal["any"] = "any"
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Not(_Node):
    """True where the inner rule is false: its complement within the workspace."""

    kind: Literal["not"] = "not"
    rule: Rule


class Attribute(_Node):
    """A condition on a declared attribute, by its key.

    ``value`` is a text, number, boolean or ISO date as the attribute's type asks; two values for
    ``between`` (both ends belong), up to 1,000 for ``any_of`` and ``none_of``, a number of days for
    the ``…_days`` operators, nothing for ``known``, ``unknown``, ``is_true`` and ``is_false``.
    """

    kind: Literal["attribute"] = "attribute"
    key: Name
    op: Op
    value: Value = None


class Tag(_Node):
    """Whether a person carries a tag."""

    kind: Literal["tag"] = "tag"
    tag: Name
    has: bool = True


class Identity(_Node):
    """Whether a person has an email address, a phone number or an id of the customer's system."""

    kind: Literal["identity"] = "identity"
    identity: Literal["email", "phone", "external_id"]
    has: bool = True


class Consent(_Node):
    """What a person's consent for a channel and topic (its key) stands at.

    ``none`` is "never said anything", the opposite of granted or withdrawn.
    """

    kind: Literal["consent"] = "consent"
    channel: Name
    topic: Name
    state: Literal["granted", "withdrawn", "none"] = "granted"


class Member(_Node):
    """Whether a person belongs to another audience (a list or a segment)."""

    kind: Literal["audience"] = "audience"
    audience: UUID
    member: bool = True


class _Period(_Node):
    """When: within the last days, or since and until a day (inclusive), or ever."""

    within_days: Days | None = None
    since: date | None = None
    until: date | None = None


class Property(_Node):
    """A condition on a property of an event; a value of another type counts as unknown.

    ``products[].sku`` asks the member ``sku`` of every item in the list ``products``, ``tags[]`` the items of ``tags``:
    a positive condition holds where it holds for one of them, a negative one where it does for all.
    """

    property: Name
    type: Literal[ValueType.TEXT, ValueType.NUMBER, ValueType.BOOLEAN] = ValueType.TEXT
    op: Op
    value: Value = None


class Event(_Period):
    """What a person did: how often an event with that name and those properties happened.

    Without numbers: at least once. ``at_most`` alone includes people who never did it.
    ``total_at_least`` is the least sum of the events' amounts, in minor units.
    ``did=False`` means: not once.
    """

    kind: Literal["event"] = "event"
    name: Name
    did: bool = True
    at_least: Count | None = None
    at_most: Count | None = None
    total_at_least: Annotated[int, Field(ge=1, le=10**15)] | None = None
    where: Annotated[tuple[Property, ...], Field(max_length=20)] = ()


class Message(_Period):
    """Whether a message was sent to a person, or opened or clicked by them.

    ``sent`` means handed over to the provider. Opens and clicks of machines (scanners, prefetching)
    count only with ``include_machines``. Without campaign and touchpoint: any message.
    """

    kind: Literal["message"] = "message"
    what: Literal["sent", "opened", "clicked"]
    did: bool = True
    campaign: UUID | None = None
    touchpoint: UUID | None = None
    include_machines: bool = False


class Created(_Node):
    """When a person was first known here."""

    kind: Literal["created"] = "created"
    op: Literal[Op.BEFORE, Op.AFTER, Op.ON, Op.BETWEEN, Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS]
    value: Value = None


Rule = Annotated[
    AllOf | AnyOf | Not | Attribute | Tag | Identity | Consent | Member | Event | Message | Created,
    Field(discriminator="kind"),
]
for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
_ADAPTER: TypeAdapter[Rule] = TypeAdapter(Rule)

EVERYBODY = AllOf()


class RuleInvalid(Invalid):
    """A rule that cannot be asked; ``place`` is the path in the tree (empty for the whole).

    ``reason`` and ``values`` say the same as the sentence for programs and other languages:
    ``attribute_gone`` of ``{"key": "area"}``. ``audience_broken`` has the ``inner`` reason and its values.
    """

    def __init__(self, reason: str, sentence: str, place: str = "", **values: str | int) -> None:
        super().__init__("audience_rule_invalid", sentence, place=place, reason=reason, values=values)
        self.reason = reason
        self.place = place
        self.values = values


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the rules of one workspace may speak of.

    ``attributes``: declared type by key. ``choices``: the allowed values of choice attributes.
    ``topics``: the id of every topic by key. ``audiences``: the rule of every segment by id, None
    for a list. ``touchpoints``: the touchpoints of every campaign by its id.
    """

    attributes: Mapping[str, ValueType] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    audiences: Mapping[UUID, Rule | None] = field(default_factory=dict)
    touchpoints: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)


def parse(data: object) -> Rule:
    """The tree in ``data`` (its JSON form). Raises RuleInvalid with the first fault."""
    depth = _json_depth(data)
    if depth > 2 * MAX_DEPTH + 4:
        raise RuleInvalid("too_deep", f"The rule is nested deeper than {MAX_DEPTH} groups; flatten it.", most=MAX_DEPTH)
    try:
        return _ADAPTER.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        sentence = _sentence(first)
        raise RuleInvalid("malformed", sentence, _place(first["loc"]), detail=sentence) from None


def dump(rule: Rule) -> dict[str, Any]:
    """The JSON form of a tree; ``parse(dump(rule)) == rule``."""
    found: dict[str, Any] = _ADAPTER.dump_python(rule, mode="json", exclude_defaults=False)
    return found


def walk(rule: Rule, place: str = "") -> Iterator[tuple[str, Rule]]:
    """Every node with its place in the tree (``rules[1].rule``), outside in."""
    yield place, rule
    dot = f"{place}." if place else ""
    if isinstance(rule, AllOf | AnyOf):
        for index, inner in enumerate(rule.rules):
            yield from walk(inner, f"{dot}rules[{index}]")
    elif isinstance(rule, Not):
        yield from walk(rule.rule, f"{dot}rule")


def items_of(condition: Property) -> tuple[str, str] | None:
    """Return the list that a condition asks and the member of its items ("": they themselves); None without a list."""
    held, found, member = condition.property.partition("[]")
    return (held, member.removeprefix(".")) if found else None


def attributes_of(rule: Rule) -> frozenset[str]:
    """The keys of the attributes a rule speaks of itself (not through other audiences)."""
    return frozenset(node.key for _, node in walk(rule) if isinstance(node, Attribute))


def audiences_of(rule: Rule) -> frozenset[UUID]:
    """The ids of the audiences a rule refers to directly."""
    return frozenset(node.audience for _, node in walk(rule) if isinstance(node, Member))


def _json_depth(data: object) -> int:
    """Depth of nested containers, without recursion (a hostile body must not end the process)."""
    deepest, todo = 0, [(data, 1)]
    while todo:
        item, depth = todo.pop()
        deepest = max(deepest, depth)
        if depth > 2 * MAX_DEPTH + 4:
            break
        if isinstance(item, dict):
            todo.extend((inner, depth + 1) for inner in item.values())
        elif isinstance(item, list | tuple):
            todo.extend((inner, depth + 1) for inner in item)
    return deepest


def _place(location: tuple[int | str, ...]) -> str:
    """Pydantic's location without the names of the union's members: rules[1].value."""
    kinds = {"all", "any", "not", "attribute", "tag", "identity", "consent", "audience"}
    kinds |= {"event", "message", "created"}
    path = ""
    for index, part in enumerate(location):
        if isinstance(part, int):
            path += f"[{part}]"
        elif (
            part in kinds
            and (index == 0 or location[index - 1] != "rules")
            and (index == 0 or isinstance(location[index - 1], int) or location[index - 1] == "rule")
        ):
            continue
        elif part.isidentifier():
            path += f".{part}" if path else part
    return path


def _sentence(error: Any) -> str:
    kind, told = error["type"], str(error["msg"])
    if kind == "union_tag_not_found":
        return "Say what kind of condition this is."
    if kind == "union_tag_invalid":
        return "This kind of condition does not exist."
    if kind == "missing":
        return "Something is missing here; fill it in."
    if kind == "extra_forbidden":
        return "This does not belong to such a condition; leave it out."
    if kind == "too_short":
        return "Add at least one condition to the group."
    return f"{told[:1].upper()}{told[1:]}."
