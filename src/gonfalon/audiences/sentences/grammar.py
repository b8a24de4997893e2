"""The grammar of rules as sentences: ``bought twice since June and lives in Lyon``.

    rule      = and {"or" and};  and = part {"and" part}
    part      = condition | "not" part | "(" rule ")" | "everybody"

Conditions are in ``deeds`` (what people did) and here (what is known of them).
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from ..segments.language import (
    MAX_CONDITIONS,
    MAX_DEPTH,
    AllOf,
    AnyOf,
    Attribute,
    Consent,
    Created,
    Engagement,
    Identity,
    Lifecycle,
    Member,
    Not,
    Op,
    Place,
    Preference,
    Rfm,
    Rule,
    Score,
    Tag,
    ValueType,
)
from .compared import comparison
from .completing import Completion, completions
from .deeds import deed
from .reader import Miss, Reader
from .words import LONGEST, AttributeName, Expected, Unclear, Words

HOMES = ("city", "town", "home", "place", "location", "region", "area", "country")
"""What an attribute that says where somebody lives is called, the best first."""
_IDENTITIES = {"email": "email", "phone": "phone", "own id": "external_id"}
_LEVELS = {"is new": "new", "is a member": "member", "is returning": "returning", "is dormant": "dormant"}
_STAGES = {
    "is a prospect": "prospect",
    "is a first-time customer": "first",
    "is a repeat customer": "repeat",
    "is a lapsing customer": "lapsing",
    "is a lapsed customer": "lapsed",
}
_SCORES = {"recency score": "recency", "frequency score": "frequency", "spending score": "monetary"}


def read(sentence: str, words: Words) -> Rule:
    """Return the rule that a sentence says. Raises Unclear, with the place and what could have stood there."""
    if len(sentence) > LONGEST:
        raise Unclear(LONGEST, len(sentence), "", (Expected("end"),))
    return Grammar(sentence, words).whole_rule()


def goes_on(sentence: str, words: Words) -> tuple[int, list[Completion]]:
    """Return what could be written next: from which place on, and the texts."""
    grammar = Grammar(sentence[:LONGEST], words)
    with suppress(Unclear):
        grammar.whole_rule()
    if grammar.unfinished is not None and sentence[-1:].strip():
        start, names = grammar.unfinished
        if found := completions(sentence[start:], (names,)):
            return start, found
    last = grammar.unclear()
    if last.end < len(sentence.rstrip()):
        return len(sentence), []  # it is unclear long before the end
    return last.at, completions(sentence[last.at :], last.expected)


class Grammar(Reader):
    """A reader of whole rules."""

    def __init__(self, sentence: str, words: Words) -> None:
        super().__init__(sentence, words)
        self._depth = 0
        self._conditions = 0

    def whole_rule(self) -> Rule:
        """Return the rule; raises Unclear."""
        try:
            self.has("people who", "people where", "everybody who")
            rule = self._any()
            if self.token is not None:
                raise self.miss(Expected("end"))
        except Miss:
            raise self.unclear() from None
        except ValidationError:  # a member beyond its limits, such as too many hours
            raise self.unclear() from None
        return rule

    def _any(self) -> Rule:
        parts = [self._all()]
        while self.has("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(rules=tuple(parts))

    def _all(self) -> Rule:
        parts = [self._part()]
        while self.has("and"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else AllOf(rules=tuple(parts))

    def _part(self) -> Rule:
        return self.either(self._group, self._everybody, self._condition, self._negated)

    def _group(self) -> Rule:
        self.phrase("(")
        self._deeper()
        rule = self._any()
        self.phrase(")")
        self._depth -= 1
        return rule

    def _negated(self) -> Rule:
        self.phrase("not")
        self._deeper()
        rule = self._part()
        self._depth -= 1
        return Not(rule=rule)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.unclear()

    def _everybody(self) -> Rule:
        self.phrase("everybody")
        return AllOf()

    def _condition(self) -> Rule:
        self._conditions += 1
        if self._conditions > MAX_CONDITIONS * 4:  # readings that were tried, not all of them kept
            raise self.unclear()
        return self.either(
            lambda: deed(self),
            self._attribute,
            self._home,
            self._tag,
            self._identity,
            self._consent,
            self._member,
            self._created,
            lambda: Engagement(level=self.one_of(_LEVELS)),
            lambda: Lifecycle(stage=self.one_of(_STAGES)),
            self._fifth,
            self._stage,
            self._points,
            self._preference,
            self._place,
        )

    def _attribute(self) -> Rule:
        known = {each.key: each for each in self.words.attributes.values()}
        known |= {each.label: each for each in reversed(list(self.words.attributes.values()))}
        found = self.name("attribute", known, offered=tuple(each.label for each in self.words.attributes.values()))
        _, op, value = comparison(self, found.type, found.choices)
        return Attribute(key=found.key, op=op, value=value)

    def _home(self) -> Rule:
        has = self.one_of({"lives in": True, "live in": True, "does not live in": False, "do not live in": False})
        homes = [each for each in self.words.attributes.values() if _home_rank(each) is not None]
        homes.sort(key=lambda each: _home_rank(each) or 0)
        start = self.at
        value = self.text(sorted({choice for each in homes for choice in each.choices}))
        fits = [each for each in homes if value in each.choices] + [each for each in homes if not each.choices]
        if not fits:
            raise self.miss(Expected("home"), start)
        return Attribute(key=fits[0].key, op=Op.IS if has else Op.IS_NOT, value=value)

    def _tag(self) -> Rule:
        has = self.one_of({"tagged": True, "has the tag": True, "not tagged": False, "does not have the tag": False})
        return Tag(tag=self.name("tag", {tag: tag for tag in self.words.tags}, lambda text: text), has=has)

    def _identity(self) -> Rule:
        has = self.one_of({"has an": True, "has a": True, "has no": False})
        return Identity(identity=self.one_of(_IDENTITIES), has=has)

    def _consent(self) -> Rule:
        state = self.one_of(
            {"consented to": "granted", "withdrew consent to": "withdrawn", "was never asked about": "none"}
        )
        topics = {key: key for key in self.words.topics} | {name: key for key, name in self.words.topics.items()}
        topic = self.name("topic", topics)
        self.phrase("by")
        return Consent(channel=self._channel(), topic=topic, state=state)

    def _channel(self) -> str:
        return self.name("channel", {each: each for each in self.words.channels})

    def _member(self) -> Rule:
        member = self.one_of({"is in audience": True, "in audience": True, "is not in audience": False})
        return Member(audience=self.name("audience", {n: i for i, n in self.words.audiences.items()}), member=member)

    def _created(self) -> Rule:
        self.phrase("first known date")
        _, op, value = comparison(self, ValueType.DATE)
        return Created(op=op, value=value)

    def _fifth(self) -> Rule:
        what: Any = self.one_of(_SCORES)
        self.phrase("is")
        least = self.whole(1, 5)
        most = self.maybe(lambda: (self.phrase("to"), self.whole(1, 5))[1])
        return Rfm(what=what, at_least=least, at_most=least if most is None else most)

    def _stage(self) -> Rule:
        has = self.one_of({"is in stage": True, "in stage": True, "is not in stage": False})
        stages = [stage for each in self.words.scores.values() for stage in each.stages]
        stage = self.name("value", {each: each for each in stages})
        self.phrase("of score")
        return Score(score=self._scores_id(), stage=stage, has=has)

    def _points(self) -> Rule:
        self.phrase("has")
        least, most = self.either(self._at_least, self._at_most, self._from_to)
        self.phrase("points of score")
        return Score(score=self._scores_id(), at_least=least, at_most=most)

    def _at_least(self) -> tuple[int | None, int | None]:
        self.phrase("at least")
        return self.whole(), None

    def _at_most(self) -> tuple[int | None, int | None]:
        self.phrase("at most")
        return None, self.whole()

    def _from_to(self) -> tuple[int | None, int | None]:
        least = self.whole()
        self.phrase("to")
        return least, self.whole()

    def _scores_id(self) -> UUID:
        return self.name("value", {each.name: id_ for id_, each in self.words.scores.items()})

    def _preference(self) -> Rule:
        prefers = self.one_of({"prefers": True, "does not prefer": False})
        return Preference(channel=self._channel(), prefers=prefers)

    def _place(self) -> Rule:
        inside = self.one_of({"is within": True, "is not within": False})
        km = self._limited(0, 20_100)
        self.phrase("km of")
        latitude = self._limited(-90, 90)
        self.phrase(",")
        longitude = self._limited(-180, 180)
        self.phrase("by")
        keys = {each.key: each.key for each in self.words.attributes.values() if each.type is ValueType.NUMBER}
        latitude_key = self.name("attribute", keys)
        self.phrase("and")
        longitude_key = self.name("attribute", keys)
        return Place(
            latitude_key=latitude_key,
            longitude_key=longitude_key,
            latitude=latitude,
            longitude=longitude,
            km=km,
            inside=inside,
        )

    def _limited(self, low: int, high: int) -> float:
        """A number within these limits."""
        start = self.at
        found = self.number()
        if not low <= found <= high:
            raise self.miss(Expected("number", f"{low}–{high}"), start)
        return found


def _home_rank(attribute: AttributeName) -> int | None:
    if attribute.type not in (ValueType.TEXT, ValueType.CHOICE):
        return None
    names = {attribute.key.casefold(), attribute.label.casefold()}
    return next((rank for rank, home in enumerate(HOMES) if home in names), None)
