"""Holding a rule against what its workspace has declared: one sentence for the first fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from .derived import spelled_out
from .language import (
    MAX_CONDITIONS,
    MAX_DAYS,
    MAX_DEPTH,
    MAX_VALUES,
    OPERATORS,
    Active,
    AllOf,
    AnyOf,
    Attribute,
    Calendar,
    Catalogue,
    Company,
    Consent,
    Created,
    Event,
    Frequency,
    Intent,
    Member,
    Message,
    Not,
    Op,
    Period,
    Place,
    Property,
    Rfm,
    Rule,
    RuleInvalid,
    Score,
    Sequence,
    Value,
    ValueType,
    audiences_of,
    items_of,
    walk,
)

_NO_VALUE = {Op.KNOWN, Op.UNKNOWN, Op.IS_TRUE, Op.IS_FALSE}
_MANY = {Op.ANY_OF, Op.NONE_OF}
_DAYS = {Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.ANNIVERSARY_IN_DAYS}
_CALENDAR = {Op.DURING, Op.ANNIVERSARY_DURING}
_TEXTS = {ValueType.TEXT, ValueType.CHOICE}


def check(rule: Rule, catalogue: Catalogue, own: UUID | None = None) -> None:
    """Raise RuleInvalid with the first fault; ``own`` is the audience that the rule belongs to."""
    for fault in faults(rule, catalogue, own):
        raise fault


def faults(rule: Rule, catalogue: Catalogue, own: UUID | None = None) -> Iterator[RuleInvalid]:
    """Return every fault of a tree, outside in."""
    if _depth(rule) > MAX_DEPTH:
        yield RuleInvalid("too_deep", f"The rule is nested deeper than {MAX_DEPTH} groups; flatten it.", most=MAX_DEPTH)
        return
    conditions = 0
    for place, node in walk(rule):
        if isinstance(node, AllOf | AnyOf | Not):
            continue
        conditions += 1
        if conditions > MAX_CONDITIONS:
            yield RuleInvalid(
                "too_many", f"A rule may hold at most {MAX_CONDITIONS} conditions.", place, most=MAX_CONDITIONS
            )
            return
        try:
            _check_node(node, catalogue, own)
        except RuleInvalid as fault:
            inner = f"{place}.{fault.place}" if place and fault.place else place or fault.place
            yield RuleInvalid(fault.reason, fault.sentence, inner, **fault.values)


def expand(rule: Rule, catalogue: Catalogue) -> Rule:
    """Return the rule with every reference to a segment replaced by that segment's rule.

    References to lists stay. Raises RuleInvalid for an unknown audience or a circle.
    """
    return _expand(rule, catalogue, ())


def _expand(rule: Rule, catalogue: Catalogue, seen: tuple[UUID, ...]) -> Rule:
    match rule:
        case AllOf() | AnyOf():
            inner = tuple(_expand(each, catalogue, seen) for each in rule.rules)
            return rule.model_copy(update={"rules": inner})
        case Not():
            return Not(rule=_expand(rule.rule, catalogue, seen))
        case Member():
            if rule.audience not in catalogue.audiences:
                raise RuleInvalid("audience_gone", "This audience no longer exists; choose another one.")
            if rule.audience in seen:
                raise RuleInvalid("audience_circle", "These audiences refer to each other in a circle.")
            other = catalogue.audiences[rule.audience]
            if other is None:
                return rule
            opened = _expand(other, catalogue, (*seen, rule.audience))
            return opened if rule.member else Not(rule=opened)
        case _:
            return spelled_out(rule)


def _depth(rule: Rule) -> int:
    match rule:
        case AllOf() | AnyOf():
            return 1 + max((_depth(each) for each in rule.rules), default=0)
        case Not():
            return 1 + _depth(rule.rule)
        case _:
            return 0


def _check_node(node: Rule, catalogue: Catalogue, own: UUID | None) -> None:  # noqa: PLR0912 one a kind
    match node:
        case Attribute():
            kind = catalogue.attributes.get(node.key)
            if kind is None:
                raise _gone(node.key, "key")
            _check_value(kind, node.op, node.value)
            allowed = catalogue.choices.get(node.key)
            if kind is ValueType.CHOICE and allowed is not None:
                for value in node.value if isinstance(node.value, tuple) else (node.value,):
                    if value is not None and value not in allowed:
                        raise RuleInvalid(
                            "choice_unknown",
                            f"“{value}” is not one of the choices of “{node.key}”.",
                            "value",
                            value=str(value),
                            key=node.key,
                        )
        case Company():
            if not node.property and node.type is not ValueType.TEXT:
                raise RuleInvalid("op_unfit", "The name of a company is a text.", "type", op=node.op.value, type="text")
            _check_value(ValueType(node.type), node.op, node.value)
        case Created():
            _check_value(ValueType.DATE, node.op, node.value)
        case Member():
            _check_member(node, catalogue, own)
        case Event():
            _check_event(node)
        case Sequence():
            _check_period(node)
            for name, step in (("first", node.first), ("second", node.second)):
                _check_where(step.where, f"{name}.")
        case Frequency():
            _check_where(node.where)
        case Intent():
            _check_period(node)
            _check_times(node)
        case Active():
            _check_period(node)
        case Rfm():
            if node.at_least > node.at_most:
                raise RuleInvalid("fifths_crossed", "The lowest score is above the highest.", "at_least")
        case Score():
            _check_score(node, catalogue)
        case Place():
            for name, key in (("latitude_key", node.latitude_key), ("longitude_key", node.longitude_key)):
                _check_degrees(name, key, catalogue)
        case Message():
            _check_period(node)
            if node.campaign is not None and node.campaign not in catalogue.touchpoints:
                raise RuleInvalid("campaign_gone", "This campaign no longer exists; choose another one.", "campaign")
        case Consent():
            if node.topic not in catalogue.topics:
                raise RuleInvalid(
                    "topic_gone",
                    f"The topic “{node.topic}” no longer exists; choose another one.",
                    "topic",
                    topic=node.topic,
                )
        case _:
            pass


def _check_score(node: Score, catalogue: Catalogue) -> None:
    stages = catalogue.scores.get(node.score)
    if stages is None:
        raise RuleInvalid("score_gone", "This score no longer exists; choose another one.", "score")
    if node.stage is not None and node.stage not in stages:
        sentence = f"The score has no stage “{node.stage}” any more; choose another one."
        raise RuleInvalid("stage_gone", sentence, "stage", stage=node.stage)
    if node.stage is None and node.at_least is None and node.at_most is None:
        raise RuleInvalid("score_of_nothing", "Say how many points are asked for, or which stage.", "at_least")
    if node.at_least is not None and node.at_most is not None and node.at_least > node.at_most:
        raise RuleInvalid("points_crossed", "The least number of points is above the greatest.", "at_least")


def _check_member(node: Member, catalogue: Catalogue, own: UUID | None) -> None:
    if node.audience not in catalogue.audiences:
        raise RuleInvalid("audience_gone", "This audience no longer exists; choose another one.", "audience")
    todo, seen = [node.audience], set[UUID]()
    while todo:
        current = todo.pop()
        if current == own:
            raise RuleInvalid("audience_self", "An audience cannot refer to itself.", "audience")
        if current in seen:
            continue
        seen.add(current)
        inner = catalogue.audiences.get(current)
        if inner is None:
            continue
        todo.extend(audiences_of(inner))
        for _, each in walk(inner):
            if isinstance(each, Member) and each.audience in catalogue.audiences:
                continue
            try:
                _check_node(each, catalogue, own)
            except RuleInvalid as fault:
                sentence = f"Another audience in this rule is broken: {fault.sentence}"
                raise RuleInvalid("audience_broken", sentence, "audience", **fault.values, inner=fault.reason) from None


def _check_degrees(name: str, key: str, catalogue: Catalogue) -> None:
    kind = catalogue.attributes.get(key)
    if kind is None:
        raise _gone(key, name)
    if kind is not ValueType.NUMBER:
        raise RuleInvalid("not_degrees", f"“{key}” is no number, so it holds no degrees of a place.", name, key=key)


def _gone(key: str, place: str) -> RuleInvalid:
    return RuleInvalid(
        "attribute_gone",
        f"The attribute “{key}” no longer exists; remove this condition or choose another attribute.",
        place,
        key=key,
    )


def _check_event(node: Event) -> None:
    _check_period(node)
    _check_times(node, node.total_at_least, node.measure)
    if node.which != "any":
        if node.ever:
            raise RuleInvalid("which_without_period", "Say in which period the first or last time was.", "which")
        if any(each is not None for each in (node.at_least, node.at_most, node.total_at_least, node.measure)):
            raise RuleInvalid(
                "which_with_times", "The first or last time takes no number of times and no sum.", "which"
            )
    if node.measure is not None:
        kind = ValueType.MONEY if node.measure.property is None else ValueType.NUMBER
        try:
            _check_value(kind, node.measure.op, node.measure.value)
        except RuleInvalid as fault:
            raise RuleInvalid(fault.reason, fault.sentence, f"measure.{fault.place}", **fault.values) from None
    _check_where(node.where)


def _check_times(node: Event | Intent, *more: object) -> None:
    if not node.did and any(number is not None for number in (node.at_least, node.at_most, *more)):
        raise RuleInvalid("times_without_did", "“Did not” takes no number of times and no total.", "did")
    if node.at_least is not None and node.at_most is not None and node.at_least > node.at_most:
        raise RuleInvalid("times_crossed", "The least number of times is above the greatest.", "at_least")


def _check_where(where: tuple[Property, ...], before: str = "") -> None:
    for index, condition in enumerate(where):
        try:
            _check_property(condition)
        except RuleInvalid as fault:
            place = f"{before}where[{index}].{fault.place}"
            raise RuleInvalid(fault.reason, fault.sentence, place, **fault.values) from None


def _check_property(condition: Property) -> None:
    items = items_of(condition)
    if items is not None:
        held, member = items
        behind = condition.property.partition("[]")[2]
        if not held or "[]" in member or (behind and not (behind.startswith(".") and member)):
            raise RuleInvalid(
                "items_malformed",
                "Write the items of a list as “products[].sku”, or “tags[]” for the items.",
                "property",
            )
    _check_value(ValueType(condition.type), condition.op, condition.value)


def _check_period(node: Period) -> None:
    if node.within_days is not None and (node.since or node.until):
        raise RuleInvalid("period_both", "Choose either the last days or dates, not both.", "within_days")
    if node.calendar is not None and (node.within_days is not None or node.since or node.until):
        raise RuleInvalid("period_both", "Choose either the last days or dates, not both.", "calendar")
    if node.since and node.until and node.since > node.until:
        raise RuleInvalid("period_crossed", "The first day is after the last day.", "since")


def _check_value(kind: ValueType, op: Op, value: Value) -> None:  # noqa: PLR0912 one a shape of value
    if op not in OPERATORS[kind]:
        raise RuleInvalid(
            "op_unfit", f"“{op.value}” cannot be asked of a {kind.value} value.", "op", op=op.value, type=kind.value
        )
    if op in _NO_VALUE:
        if value is not None:
            raise RuleInvalid("value_unwanted", "This comparison takes no value.", "value")
    elif op in _DAYS:
        limit = 366 if op is Op.ANNIVERSARY_IN_DAYS else MAX_DAYS
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= limit:
            raise RuleInvalid("days_range", f"Give a whole number of days from 0 to {limit:,}.", "value", most=limit)
    elif op in _CALENDAR:
        if value not in tuple(Calendar):
            raise RuleInvalid("calendar_unknown", "Choose a period of the calendar, such as this_month.", "value")
    elif op in _MANY:
        if not isinstance(value, tuple) or not 1 <= len(value) <= MAX_VALUES:
            raise RuleInvalid("values_count", f"Give a list of 1 to {MAX_VALUES:,} values.", "value", most=MAX_VALUES)
        for each in value:
            _check_scalar(kind, each)
    elif op is Op.BETWEEN:
        if not isinstance(value, tuple) or len(value) != 2:
            raise RuleInvalid("two_values", "Give the lowest and the highest value.", "value")
        for each in value:
            _check_scalar(kind, each)
        if value[0] > value[1]:  # type: ignore[operator]  # both are of one kind by now
            raise RuleInvalid("values_crossed", "The lowest value is above the highest.", "value")
    else:
        _check_scalar(kind, value)


def _check_scalar(kind: ValueType, value: object) -> None:
    if kind in _TEXTS:
        if not isinstance(value, str) or not value or len(value) > 500:
            raise RuleInvalid("text_length", "Give a text of 1 to 500 characters.", "value", most=500)
        if "\x00" in value:
            raise RuleInvalid("text_unstorable", "The text holds a character that cannot be stored.", "value")
    elif kind is ValueType.DATE:
        if not isinstance(value, str) or not _is_date(value):
            raise RuleInvalid("date_format", "Give a date as YYYY-MM-DD, from the year 1000 on.", "value")
    elif kind is ValueType.MONEY:
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53:
            raise RuleInvalid("amount_whole", "Give an amount as a whole number of minor units.", "value")
    elif isinstance(value, bool) or not isinstance(value, int | float) or not -1e15 <= value <= 1e15:
        raise RuleInvalid("number_range", "Give a number between −10¹⁵ and 10¹⁵.", "value")


def _is_date(value: str) -> bool:
    try:
        return len(value) == 10 and 1000 <= date.fromisoformat(value).year <= 9000
    except ValueError:
        return False
