"""MJML as a tree of elements that knows the text of each, with its Liquid masked. Pure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from gonfalon.content.blocks.words import read_value
from gonfalon.content.render import limits
from gonfalon.content.render.liquid import tokens
from gonfalon.content.render.markup import ATTRIBUTE, TAG, value_of
from gonfalon.content.render.mjml import Masked
from gonfalon.content.render.model import TemplateError

VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_VERBATIM: Final = frozenset(["mj-raw", "mj-style", "style", "script", "mj-title", "mj-preview"])


class Unfit(Exception):
    """What a block cannot hold without losing something: it stays as it is written."""


@dataclass(slots=True)
class Element:
    """An element: its attributes as they are written, what it holds, and where it stands in the masked text."""

    name: str
    written: str
    begin: int
    inner_begin: int
    inner_end: int = 0
    end: int = 0
    children: list[Element | Stretch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text between tags, or a comment: where it stands in the masked text. `liquid`: its number if it is a token."""

    begin: int
    end: int
    liquid: int | None = None
    comment: bool = False


@dataclass(slots=True)
class Parsed:
    """A source as elements."""

    masked: Masked
    root: Element

    def source(self, begin: int, end: int) -> str:
        """Return what the author wrote between two places of the masked text."""
        return self.masked.unmask(self.masked.text[begin:end])

    def token(self, stretch: Stretch) -> str:
        """Return the Liquid of a token."""
        assert stretch.liquid is not None
        return self.masked.pieces[stretch.liquid]

    def is_blank(self, node: Element | Stretch) -> bool:
        """Return whether a node is nothing but blanks."""
        return isinstance(node, Stretch) and not self.masked.text[node.begin : node.end].strip()

    def attributes(self, element: Element) -> dict[str, str]:
        """Return the attributes as plain text with Liquid; raises Unfit for what is not of the form name="value"."""
        written = element.written
        if ATTRIBUTE.sub("", written).strip():
            raise Unfit(f"attributes of <{element.name}>")
        found: dict[str, str] = {}
        for match in ATTRIBUTE.finditer(written):
            name = match["name"].lower()
            if name in found:
                raise Unfit(f"{name} twice in <{element.name}>")
            found[name] = self.masked.unmask(read_value(value_of(match)))
        return found


def parse(source: str) -> Parsed:
    """Return the elements of a source; raises TemplateError for one whose elements do not close."""
    masked = _mask(source)
    root = Element("", "", 0, 0)
    open_elements = [root]
    position = 0
    for match in TAG.finditer(masked.text):
        here = open_elements[-1]
        name = (match["name"] or "").lower()
        if here.name in _VERBATIM and not (match["close"] and name == here.name):
            continue
        _stretches(here, masked, position, match.start())
        position = match.end()
        if not name:
            here.children.append(Stretch(match.start(), match.end(), comment=True))
        elif match["close"]:
            if here.name != name:
                raise _unclosed(here.name or name, masked.text, match.start())
            here.inner_end, here.end = match.start(), match.end()
            open_elements.pop()
        else:
            made = Element(name, match["attributes"] or "", match.start(), match.end(), match.end(), match.end())
            here.children.append(made)
            if not match["self"] and name not in VOID:
                open_elements.append(made)
        if len(open_elements) > limits.ELEMENT_NESTING:
            raise TemplateError("mjml_invalid", "Elements are nested too deeply.", reason="elements_deep")
    if len(open_elements) > 1:
        raise _unclosed(open_elements[-1].name, masked.text, open_elements[-1].begin)
    _stretches(root, masked, position, len(masked.text))
    return Parsed(masked, root)


def same_words(one: str, other: str) -> bool:
    """Return whether two sources differ in blanks only."""
    return _blanks_gone(one) == _blanks_gone(other)


def _blanks_gone(text: str) -> str:
    return re.sub(r"\s+", "", text)


def dedented(lines: Sequence[str]) -> str:
    """Return lines without the indent that all but the first have in common."""
    rest = [line for line in lines[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in rest), default=0)
    return "\n".join([lines[0], *(line[indent:] for line in lines[1:])]).strip() if lines else ""


def _mask(source: str) -> Masked:
    """The source with a word in place of each Liquid token, and nothing besides."""
    marker = f"Gfb{secrets.token_hex(4)}x"
    masked = Masked("", re.compile(rf"{marker}(\d+)z"))
    out: list[str] = []
    position = 0
    for start, end in tokens(source, "body"):
        out += (source[position:start], f"{marker}{len(masked.pieces)}z")
        masked.pieces.append(source[start:end])
        position = end
    masked.text = "".join([*out, source[position:]])
    return masked


def _stretches(into: Element, masked: Masked, begin: int, end: int) -> None:
    position = begin
    for match in masked.word.finditer(masked.text, begin, end):
        if match.start() > position:
            into.children.append(Stretch(position, match.start()))
        into.children.append(Stretch(match.start(), match.end(), int(match[1])))
        position = match.end()
    if end > position:
        into.children.append(Stretch(position, end))


def _unclosed(name: str, text: str, at: int) -> TemplateError:
    line = text.count("\n", 0, at) + 1
    sentence = f"The email, line {line}: <{name}> is never closed."
    return TemplateError("mjml_invalid", sentence, line=line, reason="element_unclosed", name=name)
