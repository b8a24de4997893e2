"""A rule as the sentence that ``grammar.read`` reads as that rule again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from gonfalon.kit.numbers import read_decimal

from ..segments.language import (
    Active,
    AllOf,
    AnyOf,
    Attribute,
    Consent,
    Created,
    Engagement,
    Event,
    Family,
    Frequency,
    Identity,
    Intent,
    Lifecycle,
    Measure,
    Member,
    Message,
    Not,
    Op,
    Period,
    Place,
    Preference,
    Property,
    Rfm,
    Rule,
    Score,
    Sequence,
    Tag,
    Value,
    ValueType,
)
from .tokens import quoted
from .words import Unsayable, Words

_OPS = {
    Op.IS: "is",
    Op.IS_NOT: "is not",
    Op.CONTAINS: "contains",
    Op.NOT_CONTAINS: "does not contain",
    Op.STARTS_WITH: "starts with",
    Op.NOT_STARTS_WITH: "does not start with",
    Op.ANY_OF: "is one of",
    Op.NONE_OF: "is none of",
    Op.LT: "is less than",
    Op.LE: "is at most",
    Op.GT: "is more than",
    Op.GE: "is at least",
    Op.BETWEEN: "is between",
    Op.IS_TRUE: "is yes",
    Op.IS_FALSE: "is no",
    Op.BEFORE: "is before",
    Op.AFTER: "is after",
    Op.ON: "is on",
    Op.IN_LAST_DAYS: "is in the last",
    Op.NOT_IN_LAST_DAYS: "is not in the last",
    Op.IN_NEXT_DAYS: "is in the next",
    Op.ANNIVERSARY_IN_DAYS: "has its anniversary within",
    Op.DURING: "is in",
    Op.ANNIVERSARY_DURING: "has its anniversary",
    Op.KNOWN: "is known",
    Op.UNKNOWN: "is not known",
}
_DAYS = {Op.IN_LAST_DAYS, Op.NOT_IN_LAST_DAYS, Op.IN_NEXT_DAYS, Op.ANNIVERSARY_IN_DAYS}
_MESSAGES = {
    ("sent", True): "was sent a message",
    ("sent", False): "was not sent a message",
    ("opened", True): "opened a message",
    ("opened", False): "did not open a message",
    ("clicked", True): "clicked a link",
    ("clicked", False): "did not click a link",
}
_STAGES = {
    "prospect": "is a prospect",
    "first": "is a first-time customer",
    "repeat": "is a repeat customer",
    "lapsing": "is a lapsing customer",
    "lapsed": "is a lapsed customer",
}
_LEVELS = {"new": "is new", "member": "is a member", "returning": "is returning", "dormant": "is dormant"}
_SCORES = {"recency": "recency score", "frequency": "frequency score", "monetary": "spending score"}
_OF = {"sum": "total of", "avg": "average of", "min": "smallest", "max": "greatest"}


def say(rule: Rule, words: Words) -> str:
    """Return the sentence. Raises Unsayable for what the grammar has no words for, and for what is not known by
    name."""
    return _Speaker(words).rule(rule)


def simplified(rule: Rule) -> Rule:
    """Return the same without groups of one, as sentences have none."""
    match rule:
        case AllOf() | AnyOf():
            inner = tuple(simplified(each) for each in rule.rules)
            return inner[0] if len(inner) == 1 else rule.model_copy(update={"rules": inner})
        case Not():
            return Not(rule=simplified(rule.rule))
        case _:
            return rule


class _Speaker:
    def __init__(self, words: Words) -> None:
        self.words = words

    def rule(self, rule: Rule) -> str:
        match rule:
            case AllOf(rules=()):
                return "everybody"
            case AllOf():
                return " and ".join(self._part(each) for each in rule.rules)
            case AnyOf():
                return " or ".join(self._part(each) for each in rule.rules)
            case Not():
                return f"not ({self.rule(rule.rule)})"
            case _:
                return self._condition(rule)

    def _part(self, rule: Rule) -> str:
        grouped = isinstance(rule, AnyOf) or (isinstance(rule, AllOf) and rule.rules)
        return f"({self.rule(rule)})" if grouped else self.rule(rule)

    def _score(self, rule: Score) -> str:
        names = {id_: each.name for id_, each in self.words.scores.items()}
        score = quoted(self._unique(rule.score, names))
        if rule.stage is not None:
            if rule.at_least is not None or rule.at_most is not None:
                raise Unsayable
            return f"{'is in' if rule.has else 'is not in'} stage {quoted(rule.stage)} of score {score}"
        if not rule.has:
            raise Unsayable
        if rule.at_most is None:
            return f"has at least {rule.at_least} points of score {score}"
        if rule.at_least is None:
            return f"has at most {rule.at_most} points of score {score}"
        return f"has {rule.at_least} to {rule.at_most} points of score {score}"

    def _condition(self, rule: Rule) -> str:  # noqa: PLR0911, PLR0912 one a kind
        match rule:
            case Attribute():
                return self._attribute(rule)
            case Created():
                return f"first known date {self._compared(ValueType.DATE, rule.op, rule.value)}"
            case Tag():
                return f"{'tagged' if rule.has else 'not tagged'} {quoted(rule.tag)}"
            case Identity():
                thing = "own id" if rule.identity == "external_id" else rule.identity
                article = "a" if rule.identity == "phone" else "an"
                return f"has {article if rule.has else 'no'} {thing}"
            case Consent():
                state = {"granted": "consented to", "withdrawn": "withdrew consent to", "none": "was never asked about"}
                return f"{state[rule.state]} {quoted(rule.topic)} by {_known(rule.channel, self.words.channels)}"
            case Member():
                name = self._unique(rule.audience, self.words.audiences)
                return f"{'is in' if rule.member else 'is not in'} audience {quoted(name)}"
            case Event():
                return self._event(rule)
            case Sequence():
                return self._sequence(rule)
            case Frequency():
                how = "in each of the last" if rule.how == "each" else "a week on average over the last"
                often = f"did {quoted(rule.name)} at least {rule.at_least} times {how} {rule.weeks} weeks"
                return _joined(often, *self._where(rule.where))
            case Intent():
                return self._intent(rule)
            case Active():
                but = f"but for the last {rule.not_within_days} days" if rule.not_within_days is not None else ""
                return _joined("was active" if rule.did else "was not active", self._period(rule), but)
            case Engagement():
                return _LEVELS[rule.level]
            case Lifecycle():
                return _STAGES[rule.stage]
            case Rfm():
                return f"{_SCORES[rule.what]} is {rule.at_least} to {rule.at_most}"
            case Score():
                return self._score(rule)
            case Preference():
                channel = _known(rule.channel, self.words.channels)
                return f"{'prefers' if rule.prefers else 'does not prefer'} {channel}"
            case Place():
                keys = f"{quoted(rule.latitude_key)} and {quoted(rule.longitude_key)}"
                at = f"{_number(rule.latitude)}, {_number(rule.longitude)}"
                return f"{'is within' if rule.inside else 'is not within'} {_number(rule.km)} km of {at} by {keys}"
            case Message():
                return self._message(rule)
        raise Unsayable

    def _attribute(self, rule: Attribute) -> str:
        known = self.words.attributes.get(rule.key)
        if known is None:
            raise Unsayable
        return f"{quoted(self._label(rule.key))} {self._compared(known.type, rule.op, rule.value)}"

    def _label(self, key: str) -> str:
        """The attribute's label if no other name is the same, else its key."""
        label = self.words.attributes[key].label
        names = [
            name for each in self.words.attributes.values() for name in {each.label.casefold(), each.key.casefold()}
        ]
        return label if names.count(label.casefold()) == 1 else key

    def _unique(self, id_: UUID, names: Mapping[UUID, str]) -> str:
        name = names.get(id_)
        if name is None or [each.casefold() for each in names.values()].count(name.casefold()) > 1:
            raise Unsayable
        return name

    def _event(self, rule: Event) -> str:
        edge = "" if rule.which == "any" else f"for the {rule.which} time"
        parts = [f"{'did' if rule.did else 'did not'} {quoted(rule.name)}", _times(rule.at_least, rule.at_most), edge]
        parts.append(self._period(rule))
        if rule.total_at_least is not None:
            parts.append(f"worth at least {self._money(rule.total_at_least)}")
        if rule.measure is not None:
            parts.append(self._measure(rule.measure))
        return _joined(*parts, *self._where(rule.where))

    def _measure(self, measure: Measure) -> str:
        name = "amount" if measure.property is None else quoted(measure.property)
        kind = ValueType.MONEY if measure.property is None else ValueType.NUMBER
        return f"with {_OF[measure.of]} {name} {self._compared(kind, measure.op, measure.value).removeprefix('is ')}"

    def _sequence(self, rule: Sequence) -> str:
        gap = "" if rule.within_hours is None else f"within {rule.within_hours} hours"
        first = _joined(f"did {quoted(rule.first.name)}", self._period(rule), *self._where(rule.first.where))
        then = "then did" if rule.followed else "then did not"
        return _joined(first, then, quoted(rule.second.name), *self._where(rule.second.where), gap)

    def _intent(self, rule: Intent) -> str:
        if rule.family is Family.PURCHASE:
            what = "bought" if rule.did else "did not buy"
        else:
            what = f"{'showed interest of' if rule.did else 'showed no interest of'} {rule.family.value}"
        return _joined(what, _times(rule.at_least, rule.at_most), self._period(rule))

    def _message(self, rule: Message) -> str:
        if rule.touchpoint is not None:
            raise Unsayable
        campaign = ""
        if rule.campaign is not None:
            campaign = f"of campaign {quoted(self._unique(rule.campaign, self.words.campaigns))}"
        machines = "counting machines" if rule.include_machines else ""
        return _joined(_MESSAGES[rule.what, rule.did], campaign, self._period(rule), machines)

    def _where(self, where: Iterable[Property]) -> list[str]:
        found = []
        for each in where:
            kind = ValueType(each.type)
            typed = {ValueType.NUMBER: "number ", ValueType.BOOLEAN: "flag ", ValueType.TEXT: "text "}[kind]
            plain = each.op not in (Op.KNOWN, Op.UNKNOWN)
            found.append(
                f"with {'' if plain else typed}{quoted(each.property)} {self._compared(kind, each.op, each.value)}"
            )
        return found

    def _compared(self, kind: ValueType, op: Op, value: Value) -> str:
        said = _OPS[op]
        if value is None:
            return said
        if op in _DAYS:
            return f"{said} {value} days"
        if op in (Op.DURING, Op.ANNIVERSARY_DURING):
            return f"{said} {str(value).replace('_', ' ')}"
        values = [self._value(kind, each) for each in (value if isinstance(value, tuple) else (value,))]
        if op is Op.BETWEEN:
            return f"{said} {values[0]} and {values[1]}"
        return f"{said} ({', '.join(values)})" if isinstance(value, tuple) else f"{said} {values[0]}"

    def _value(self, kind: ValueType, value: object) -> str:
        if kind is ValueType.DATE:
            return str(value)
        if isinstance(value, str):
            return quoted(value)
        assert isinstance(value, int | float)
        return self._money(int(value)) if kind is ValueType.MONEY else _number(value)

    def _money(self, minor: int) -> str:
        return f"{read_decimal(minor).scaleb(-self.words.digits):f}"

    def _period(self, rule: Period) -> str:
        if rule.calendar is not None:
            return rule.calendar.value.replace("_", " ")
        if rule.within_days is not None:
            return f"in the last {rule.within_days} days"
        return _edges(rule.since, rule.until)


def _edges(since: date | None, until: date | None) -> str:
    return _joined(f"since {since}" if since else "", f"until {until}" if until else "")


def _times(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"exactly {least} times" if least == most else f"between {least} and {most} times"
    if least is not None:
        return f"at least {least} times"
    return "" if most is None else f"at most {most} times"


def _number(value: float) -> str:
    return repr(value)


def _known(name: str, names: Iterable[str]) -> str:
    if name not in names:
        raise Unsayable
    return quoted(name)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
