"""Values that decode and are hostile all the same, for every shape that the API's description knows."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from typing import Any

METHODS = ("get", "put", "patch", "post", "delete")
Schema = dict[str, Any]


def cursor(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


DEEP = base64.urlsafe_b64encode(b"[" * 20_000).decode()
LISTS: tuple[Any, ...] = (["abc"], [None], [{}], [[]], [True], [10**30], ["9999-12-31", "x"], [1, 2, 3, 4], {}, 7, "x")
CURSORS = [*map(cursor, LISTS), DEEP, "%00", "…", "a"]


class Kind:
    """One way to be hostile: what to write where the description wants a text, a day, a number, anything."""

    def __init__(self, name: str, **values: Any) -> None:
        self.name = name
        self.values = values

    def __repr__(self) -> str:
        return self.name


NESTED: Any = json.loads("[" * 200 + "]" * 200)
USUAL = Kind("usual", text="x", day="2026-11-30", moment="2026-11-30T12:00:00Z", number=1, anything={})
"""What anybody might send, with what is required only."""
KINDS = [
    USUAL,
    Kind("first", text="0", day="1900-01-01", moment="1900-01-01T00:00:00+14:00", number="least", anything=[]),
    Kind("last", text="9" * 200, day="2200-12-31", moment="2200-12-31T23:59:59-12:00", number="most", anything=None),
    Kind("too early", text="-", day="0001-01-01", moment="0001-01-01T00:00:00+14:00", number=-(2**63), anything=-1e308),
    Kind("too late", text="𝟗", day="9999-12-31", moment="9999-12-31T23:59:59-14:00", number=2**63, anything=2**64),
    Kind("huge", text="9e999990", day="9" * 4400, moment="9" * 4400, number=10**30, anything="9e999990"),
    Kind("NUL", text="a\0b", day="\0", moment="\0", number="\0", anything={"a\0": "\0"}),
    Kind("half", text="a\ud800", day="\ud800", moment="\ud800", number="\ud800", anything={"\ud800": "\ud800"}),
    Kind("formula", text="=1+1{{ '9e999990' | money }}{% ", day="=1", moment="=1", number="=1", anything="{{ a[[[[ }}"),
    Kind("deep", text="[" * 400, day="[", moment="[", number=[], anything=NESTED),
    Kind("infinite", text="∞", day="NaN", moment="NaN", number=1e308, anything=1e308),
]


class Maker:
    """Makes instances of schemas. known: the ids of things there are, by what a field is called."""

    def __init__(self, document: dict[str, Any], known: dict[str, Any]) -> None:
        self.schemas: dict[str, Schema] = document["components"]["schemas"]
        self.known = known

    def make(self, schema: Schema, kind: Kind, name: str = "", deeper: int = 6) -> Any:
        if "$ref" in schema:
            return self.make(self.schemas[schema["$ref"].rsplit("/", 1)[1]], kind, name, deeper - 1)
        for choice in ("anyOf", "oneOf"):
            if choice in schema:
                options = [each for each in schema[choice] if each.get("type") != "null"] or schema[choice]
                return self.make(options[len(kind.name) % len(options)], kind, name, deeper - 1)
        if "allOf" in schema:
            return self.make(schema["allOf"][0], kind, name, deeper - 1)
        if "const" in schema or "enum" in schema:
            return schema.get("const", schema.get("enum", [None])[0])
        return self._plain(schema, kind, name, deeper)

    def _plain(self, schema: Schema, kind: Kind, name: str, deeper: int) -> Any:  # noqa: PLR0911
        if name in self.known:
            return self.known[name]
        match schema.get("type"), schema.get("format"):
            case "object", _:
                parts = schema.get("properties", {})
                wanted = schema.get("required", []) if deeper < 0 or kind is USUAL else parts
                return {part: self.make(parts[part], kind, part, deeper - 1) for part in wanted}
            case "array", _:
                few = max(schema.get("minItems", 0), 1 if deeper > 0 else 0)
                return [self.make(schema.get("items", {}), kind, name.removesuffix("s"), deeper - 1)] * few
            case (("integer" | "number"), _):
                return self._number(schema, kind.values["number"])
            case "boolean", _:
                return kind.name != "last"
            case "string", "date":
                return kind.values["day"]
            case "string", "date-time":
                return kind.values["moment"]
            case "string", "uuid":
                return "00000000-0000-7000-8000-000000000000"
            case "string", "email":
                return "ada@example.com"
            case "string", _:
                return kind.values["text"].ljust(schema.get("minLength", 0), "x")[: schema.get("maxLength", 100_000)]
            case _:
                return kind.values["anything"]

    def _number(self, schema: Schema, value: Any) -> Any:
        if value == "least":
            return schema.get("minimum", schema.get("exclusiveMinimum", -(2**53)))
        return schema.get("maximum", 2**53) if value == "most" else value


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description: reading first, removing last, so that there is something to read and change."""
    every = [(m, path, each[m]) for path, each in document["paths"].items() for m in METHODS if m in each]
    yield from sorted(every, key=lambda each: METHODS.index(each[0]))


def address(path: str, fill: Callable[[str], Any]) -> str:
    """The path with every `{name}` filled."""
    parts = [fill(part[1:-1]) if part.startswith("{") else part for part in path.split("/")]
    return "/".join(str(part) for part in parts)
