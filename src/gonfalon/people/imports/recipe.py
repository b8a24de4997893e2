"""What is done with each row of a file: a function for every column that is used."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.identities import rules as identity_rules
from gonfalon.people.imports import values
from gonfalon.people.imports.model import Answer, ColumnPlan, DetectedColumn, Plan, Reading, Target
from gonfalon.people.imports.permission import OTHERWISE, Kind, cell_key, meaning_of
from gonfalon.people.imports.values import Rejected, Remembering, converter, plain_text
from gonfalon.people.model import Channel

SEVERITY = tuple(Answer)
"""Answers in the order of their strictness: the stage keeps the place in it."""


class Answering(dict[str, int]):
    """Cells of a consent column and how strict what they say is; asks its plan for new ones."""

    def __init__(self, plan: ColumnPlan) -> None:
        super().__init__()
        self._known = {cell_key(text): answer for text, answer in plan.answers.items() if text != OTHERWISE}
        self._otherwise = plan.answers.get(OTHERWISE)

    def __missing__(self, cell: str) -> int:
        key = cell_key(cell)
        answer = self._known.get(key)
        if answer is None and self._otherwise is not None and key:
            # Never milder than its own words: a remark may say no that is not among those listed.
            answer = max(self._otherwise, meaning_of(cell, Kind.REMARK) or Answer.OPEN, key=SEVERITY.index)
        elif answer is None and not self._known:
            answer = meaning_of(cell, Kind.PERMISSION)
        found = SEVERITY.index(answer or Answer.OPEN)
        if len(self) < values.REMEMBERED:
            self[cell] = found
        return found


@dataclass(slots=True)
class Recipe:
    """What to do with each row: an index into the row and a function for every column that is used."""

    width: int
    key: str
    reading: Reading
    identities: dict[str, tuple[int, Callable[[str], str]]]
    names: list[str]
    attributes: list[tuple[int, str, Remembering]] = field(default_factory=list)
    tags: list[int] = field(default_factory=list)
    company: int | None = None
    answers: list[tuple[int, Answering]] = field(default_factory=list)
    """Of the channel that consent is recorded on."""
    asides: list[tuple[int, Answering]] = field(default_factory=list)
    """Of the other one: its refusals are kept too."""
    dates: list[tuple[int, Remembering]] = field(default_factory=list)
    grown: dict[str, set[str]] = field(default_factory=dict)
    """Choices of new attributes by key, filled while rows are read."""


def channels_of(plan: Plan) -> tuple[Channel, Channel]:
    """Return the channel that the file's consent is recorded on, and the other one that it may refuse."""
    main = plan.consent.channel if plan.consent is not None else Channel.EMAIL
    return main, Channel.SMS if main is Channel.EMAIL else Channel.EMAIL


def make_recipe(
    plan: Plan,
    columns: Sequence[DetectedColumn],
    attributes: Mapping[str, Attribute],
    new_keys: Mapping[int, str],
    currency: str,
    reading: Reading,
    zone: ZoneInfo,
) -> Recipe:
    """Return the recipe of a checked plan. new_keys: the key of each new attribute by its column."""
    width = len(columns) - sum(len(each.keys) for each in reading.unfolded)
    recipe = Recipe(width, plan.match.value, reading, {}, [column.name for column in columns])
    for each in plan.columns:
        match each.to:
            case Target.EMAIL | Target.PHONE | Target.EXTERNAL_ID:
                recipe.identities[each.to.value] = (each.column, _identity(each.to, plan.country))
            case Target.CONSENT:
                _listen(recipe, each, plan)
            case Target.CONSENT_DATE:
                moment = values.as_moment(values.order_of(each.format), zone)
                recipe.dates.append((each.column, Remembering(_utc(moment))))
            case Target.TAGS:
                recipe.tags.append(each.column)
            case Target.COMPANY:
                recipe.company = each.column
            case Target.ATTRIBUTE:
                attribute = attributes[each.attribute]
                known = set(attribute.choices)
                convert = converter(attribute.type, each.format, currency, known)
                recipe.attributes.append((each.column, *_member(attribute.key, convert)))
            case Target.NEW_ATTRIBUTE:
                key = new_keys[each.column]
                growing = recipe.grown.setdefault(key, set(each.choices))
                convert = converter(each.type, each.format, currency, growing, growing=True)
                recipe.attributes.append((each.column, *_member(key, convert)))
            case Target.SKIP:
                pass
    return recipe


def _listen(recipe: Recipe, each: ColumnPlan, plan: Plan) -> None:
    main, aside = channels_of(plan)
    answering = (each.column, Answering(each))
    if each.channel in (None, "", main.value) or (each.channel == "phone" and main is Channel.SMS):
        recipe.answers.append(answering)
    if each.channel in ("", aside.value):
        recipe.asides.append(answering)


def _utc(convert: Callable[[str], str]) -> Callable[[str], str]:
    def moment(cell: str) -> str:
        found = convert(cell)
        return datetime.fromisoformat(found).astimezone(UTC).isoformat() if found else ""

    return moment


def _member(key: str, convert: Callable[[str], str]) -> tuple[str, Remembering]:
    """The converter of a whole JSON member, "key":value, already escaped for COPY."""

    def member(cell: str) -> str:
        found = convert(cell)
        return f'"{key}":{found}'.replace("\\", "\\\\") if found else ""

    return key, Remembering(member)


def _identity(target: Target, country: str) -> Callable[[str], str]:
    def normalise(cell: str) -> str:
        if target is Target.EMAIL:
            return identity_rules.normalise_email(cell)
        if target is Target.PHONE:
            return identity_rules.normalise_phone(cell, country)
        return identity_rules.normalise_external_id(cell)

    def convert(cell: str) -> str:
        found = plain_text(cell)
        if not found:
            return ""
        try:
            clean = normalise(found)
            clean.encode()
        except (Invalid, UnicodeEncodeError) as error:
            code = getattr(error, "code", "")
            known = code in ("digits_lost", "external_id_nobody")
            raise Rejected(code if known else f"{target.value}_invalid") from error
        return clean

    return convert
