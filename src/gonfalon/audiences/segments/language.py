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
from datetime import datetime
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError

from gonfalon.kit.errors import Invalid

from .conditions import (
    Active,
    Attribute,
    Company,
    Consent,
    Created,
    Engagement,
    Event,
    Frequency,
    Identity,
    Intent,
    Lifecycle,
    Measure,
    Member,
    Message,
    Node,
    Period,
    Place,
    Preference,
    Property,
    Rfm,
    Score,
    Sequence,
    Step,
    Tag,
)
from .values import (
    MAX_CONDITIONS,
    MAX_DAYS,
    MAX_DEPTH,
    MAX_VALUES,
    NEGATED,
    OPERATORS,
    Calendar,
    Family,
    Op,
    Value,
    ValueType,
)

__all__ = [
    "EVERYBODY",
    "KINDS",
    "MAX_CONDITIONS",
    "MAX_DAYS",
    "MAX_DEPTH",
    "MAX_VALUES",
    "NEGATED",
    "OPERATORS",
    "Active",
    "AllOf",
    "AnyOf",
    "Attribute",
    "Calendar",
    "Catalogue",
    "Company",
    "Consent",
    "Created",
    "Engagement",
    "Event",
    "Family",
    "Fifths",
    "Frequency",
    "Identity",
    "Intent",
    "Lifecycle",
    "Measure",
    "Member",
    "Message",
    "Node",
    "Not",
    "Op",
    "Period",
    "Place",
    "Preference",
    "Property",
    "Rfm",
    "Rule",
    "RuleInvalid",
    "Score",
    "Sequence",
    "Step",
    "Tag",
    "Value",
    "ValueType",
    "attributes_of",
    "audiences_of",
    "dump",
    "items_of",
    "parse",
    "walk",
]


class AllOf(Node):
    """True where every inner rule is true; an empty one is everybody."""

    kind: Literal["all"] = "all"
    rules: tuple[Rule, ...] = ()


class AnyOf(Node):
    """True where at least one inner rule is true."""

    kind: Literal["any"] = "any"
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Not(Node):
    """True where the inner rule is false: its complement within the workspace."""

    kind: Literal["not"] = "not"
    rule: Rule


Rule = Annotated[
    AllOf
    | AnyOf
    | Not
    | Attribute
    | Company
    | Tag
    | Identity
    | Consent
    | Member
    | Event
    | Message
    | Created
    | Sequence
    | Frequency
    | Intent
    | Active
    | Engagement
    | Lifecycle
    | Rfm
    | Score
    | Preference
    | Place,
    Field(discriminator="kind"),
]
for _model in (AllOf, AnyOf, Not):
    _model.model_rebuild()
_ADAPTER: TypeAdapter[Rule] = TypeAdapter(Rule)

KINDS = frozenset(each.model_fields["kind"].default for each in get_args(get_args(Rule)[0]))
"""The names of all kinds of nodes."""

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
class Fifths:
    """The four limits between the fifths of a workspace's customers, rising; who is above the n-th has score n + 1."""

    recency: tuple[datetime, ...]
    frequency: tuple[int, ...]
    monetary: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What the rules of one workspace may speak of.

    ``attributes``: declared type by key. ``choices``: the allowed values of choice attributes.
    ``topics``: the id of every topic by key. ``audiences``: the rule of every segment by id, None
    for a list. ``touchpoints``: the touchpoints of every campaign by its id. ``channels``: the channel of
    every touchpoint. ``families``: the events of every family of intent. ``fifths``: None without customers.
    ``scores``: the stages of every score that is not archived, by its id.
    """

    attributes: Mapping[str, ValueType] = field(default_factory=dict)
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)
    audiences: Mapping[UUID, Rule | None] = field(default_factory=dict)
    touchpoints: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    channels: Mapping[UUID, str] = field(default_factory=dict)
    families: Mapping[Family, frozenset[str]] = field(default_factory=dict)
    fifths: Fifths | None = None
    scores: Mapping[UUID, frozenset[str]] = field(default_factory=dict)


def parse(data: object) -> Rule:
    """Return the tree in ``data`` (its JSON form). Raises RuleInvalid with the first fault."""
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
    """Return the JSON form of a tree; ``parse(dump(rule)) == rule``."""
    found: dict[str, Any] = _ADAPTER.dump_python(rule, mode="json", exclude_defaults=False)
    return found


def walk(rule: Rule, place: str = "") -> Iterator[tuple[str, Rule]]:
    """Return every node with its place in the tree (``rules[1].rule``), outside in."""
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
    """Return the keys of the attributes a rule speaks of itself (not through other audiences)."""
    found = set[str]()
    for _, node in walk(rule):
        if isinstance(node, Attribute):
            found.add(node.key)
        elif isinstance(node, Place):
            found |= {node.latitude_key, node.longitude_key}
    return frozenset(found)


def audiences_of(rule: Rule) -> frozenset[UUID]:
    """Return the ids of the audiences a rule refers to directly."""
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
    path = ""
    for index, part in enumerate(location):
        if isinstance(part, int):
            path += f"[{part}]"
        elif (
            part in KINDS
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
