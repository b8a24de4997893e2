"""A question as SQL for PostgreSQL or for the analytics copy, every value bound.

Both hold the same: where a value is not known, `is_not`, `unknown` and "none" are true and the others false.
"""

from __future__ import annotations

from typing import Protocol

from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.directory.model import (
    AttributeFilter,
    ConsentFilter,
    Filter,
    IdentityFilter,
    Op,
    Question,
    TagFilter,
)

_SIGNS = {Op.IS: "=", Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">="}
NAMES = ("first_name", "last_name")


class Place(Protocol):
    """Where people are asked for: how values are bound, and what an attribute is called."""

    def bound(self, name: str) -> str:
        """Return the placeholder of a value."""
        ...

    def attribute(self, key: str, type_: AttributeType) -> str:
        """Return a person's attribute as a value of its type, NULL where it is not known."""
        ...

    def lowered(self, text: str) -> str:
        """Return a text in lower case."""
        ...

    def sought(self, word: str) -> str:
        """Return the value to bind when looking for a word with `holds`."""
        ...

    def holds(self, text: str, placeholder: str) -> str:
        """Return whether the word is anywhere in a text, compared letter by letter."""
        ...

    def has_word(self, placeholder: str, names: frozenset[str]) -> str:
        """Return whether the word is in anything that is searched; names: which of NAMES are declared as text."""
        ...

    def has_tag(self, placeholder: str) -> str:
        """Return whether the person carries the tag."""
        ...


class Truth:
    """PostgreSQL: attributes in one JSONB column."""

    def bound(self, name: str) -> str:
        """Return psycopg's named form."""
        return f"%({name})s"

    def attribute(self, key: str, type_: AttributeType) -> str:
        """Guard by the JSON type, so that an odd value counts as not known instead of failing."""
        member = f"p.attributes -> '{key}'"
        text = f"p.attributes ->> '{key}'"
        match type_:
            case AttributeType.NUMBER | AttributeType.MONEY:
                return f"case jsonb_typeof({member}) when 'number' then ({member})::numeric end"
            case AttributeType.BOOLEAN:
                return f"case jsonb_typeof({member}) when 'boolean' then ({member})::boolean end"
            case _:
                return f"case jsonb_typeof({member}) when 'string' then ({text}) collate \"C\" end"

    def lowered(self, text: str) -> str:
        """Lower by a collation of languages: C knows only ASCII letters."""
        return f'lower(({text}) collate "default")'

    def sought(self, word: str) -> str:
        """Return a pattern."""
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{escaped}%"

    def holds(self, text: str, placeholder: str) -> str:
        """Match by the pattern."""
        return f"{text} like {placeholder} escape '\\'"

    def has_word(self, placeholder: str, names: frozenset[str]) -> str:
        """Look in one text of all: lowering several costs more than joining them."""
        parts = ["p.email", "p.external_id", "p.phone", *(f"p.attributes ->> '{key}'" for key in sorted(names))]
        return self.holds(self.lowered(f"concat_ws(' ', {', '.join(parts)})"), placeholder)

    def has_tag(self, placeholder: str) -> str:
        """Return an array's member."""
        return f"{placeholder} = any (p.tags)"


class Copy:
    """The analytics copy: a typed column for every declared attribute."""

    def bound(self, name: str) -> str:
        """Return duckDB's named form."""
        return f"${name}"

    def attribute(self, key: str, type_: AttributeType) -> str:
        """Return days as text, as they are bound."""
        return f"strftime(p.\"attr_{key}\", '%Y-%m-%d')" if type_ is AttributeType.DATE else f'p."attr_{key}"'

    def lowered(self, text: str) -> str:
        """Return every alphabet's letters."""
        return f"lower({text})"

    def sought(self, word: str) -> str:
        """Return as it is."""
        return word

    def holds(self, text: str, placeholder: str) -> str:
        """Take half as long as a pattern."""
        return f"contains({text}, {placeholder})"

    def has_word(self, placeholder: str, names: frozenset[str]) -> str:
        """Return one by one: joining them for every person takes twice as long. Addresses are kept in lower case."""
        lowered = ["p.external_id", *(f'p."attr_{key}"' for key in sorted(names))]
        texts = ["p.email", "p.phone", *(self.lowered(text) for text in lowered)]
        return f"({' or '.join(self.holds(text, placeholder) for text in texts)})"

    def has_tag(self, placeholder: str) -> str:
        """Return an array's member."""
        return f"coalesce(list_contains(p.tags, {placeholder}), false)"


def conditions(question: Question, place: Place, names: frozenset[str]) -> tuple[list[str], dict[str, object]]:
    """Write SQL conditions on `p` and their values. names: which of NAMES are declared as text."""
    found: list[str] = []
    params: dict[str, object] = {}

    def bind(value: object) -> str:
        name = f"v{len(params)}"
        params[name] = value
        return place.bound(name)

    found.extend(place.has_word(bind(place.sought(word)), names) for word in question.words)
    found.extend(_condition(each, place, bind) for each in question.filters)
    return found, params


class _Bind(Protocol):
    def __call__(self, value: object) -> str: ...


def _condition(each: Filter, place: Place, bind: _Bind) -> str:
    match each:
        case TagFilter():
            has = place.has_tag(bind(each.tag))
            return has if each.has else f"not ({has})"
        case IdentityFilter():
            return f"p.{each.column} is {'not ' if each.known else ''}null"
        case ConsentFilter():
            same = (
                "c.person_id = p.id",
                f"c.channel = {bind(each.channel.value)}",
                f"c.topic_id = {bind(each.topic_id)}",
            )
            rows = " ".join(["select 1 from consents c where", " and ".join(same)])
            if each.state == "none":
                return f"not exists ({rows})"
            return f"exists ({rows} and c.state = {bind(each.state)})"
        case AttributeFilter():
            return _attribute(each, place, bind)


def _attribute(each: AttributeFilter, place: Place, bind: _Bind) -> str:
    value = place.attribute(each.key, each.type)
    match each.op:
        case Op.KNOWN:
            return f"{value} is not null"
        case Op.UNKNOWN:
            return f"{value} is null"
        case Op.IS_NOT:
            return f"{value} is distinct from {bind(each.value)}"
        case Op.CONTAINS:
            placeholder = bind(place.sought(str(each.value).lower()))
            return f"coalesce({place.holds(place.lowered(value), placeholder)}, false)"
        case _:
            return f"coalesce({value} {_SIGNS[each.op]} {bind(each.value)}, false)"
