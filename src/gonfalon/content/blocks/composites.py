"""Blocks of several parts, known again by their class; what would be written differently is refused. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from gonfalon.content.blocks import tree
from gonfalon.content.blocks.elements import Element, Parsed, Stretch, Unfit, parse, same_words
from gonfalon.content.blocks.inline import read_runs
from gonfalon.content.blocks.words import read_text
from gonfalon.content.blocks.writing import write_block

Reader = Callable[[Parsed, Element, dict[str, str]], Any]
_UNTIL: Final = re.compile(r'"(\d{4}-\d{2}-\d{2})" \| date')


def _elements(node: Element, name: str) -> list[Element]:
    return [each for each in node.children if isinstance(each, Element) and each.name == name]


def _inside(node: Element, *names: str) -> Element:
    for name in names:
        found = _elements(node, name)
        if not found:
            raise Unfit(f"no <{name}> in <{node.name}>")
        node = found[0]
    return node


def _words(parsed: Parsed, node: Element) -> str:
    """The plain words in an element, with their Liquid."""
    out = []
    for child in node.children:
        if not isinstance(child, Stretch) or child.comment:
            raise Unfit("more than words")
        text = parsed.masked.text[child.begin : child.end]
        out.append(parsed.token(child) if child.liquid is not None else read_text(text))
    return "".join(out)


def _cells(parsed: Parsed, node: Element) -> list[Element]:
    """The first cell of every row."""
    return [_inside(row, "td") for row in _elements(node, "tr")]


def _links(parsed: Parsed, node: Element, name: str) -> list[tree.MailLink]:
    return [
        tree.MailLink(label=_words(parsed, each), href=parsed.attributes(each).get("href", ""))
        for each in _elements(node, name)
    ]


def _social(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.SocialBlock:
    return tree.SocialBlock(attributes=given, links=_links(parsed, node, "a"))


def _menu(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.MenuBlock:
    return tree.MenuBlock(attributes=given, links=_links(parsed, node, "mj-navbar-link"))


def _table(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.TableBlock:
    rows = _elements(node, "tr")
    header = bool(rows) and bool(_elements(rows[0], "th"))
    cells = [[read_runs(parsed, cell.children) for cell in row.children if isinstance(cell, Element)] for row in rows]
    return tree.TableBlock(attributes=given, header=header or not rows, rows=cells)


def _products(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.ProductsBlock:
    items = []
    for row in _elements(node, "tr"):
        picture, told = [*_elements(row, "td"), row, row][:2]
        link = _inside(picture, "a")
        image = parsed.attributes(_inside(link, "img"))
        divisions = _elements(told, "div")
        if len(divisions) != 2:
            raise Unfit("no product")
        items.append(
            tree.MailProduct(
                src=image.get("src", ""),
                alt=image.get("alt", ""),
                name=_words(parsed, _inside(told, "h3")),
                note=_words(parsed, divisions[0]),
                price=_words(parsed, _inside(told, "strong")),
                href=parsed.attributes(link).get("href", ""),
                action=_words(parsed, _inside(divisions[1], "a")),
            )
        )
    return tree.ProductsBlock(attributes=given, items=items)


def _coupon(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.CouponBlock:
    label, code, note = _three(_cells(parsed, node))
    return tree.CouponBlock(
        attributes=given, label=_words(parsed, label), code=_words(parsed, code), note=_words(parsed, note)
    )


def _countdown(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.CountdownBlock:
    _, label, after = _three(_cells(parsed, node))
    until = _UNTIL.search(parsed.source(node.inner_begin, node.inner_end))
    if until is None:
        raise Unfit("no day")
    return tree.CountdownBlock(
        attributes=given, until=until[1], label=_words(parsed, label), after=_words(parsed, after)
    )


def _video(parsed: Parsed, node: Element, given: dict[str, str]) -> tree.VideoBlock:
    cells = _cells(parsed, node)
    if len(cells) != 2:
        raise Unfit("no video")
    link = _inside(cells[0], "a")
    image = parsed.attributes(_inside(link, "img"))
    return tree.VideoBlock(
        attributes=given,
        src=image.get("src", ""),
        alt=image.get("alt", ""),
        href=parsed.attributes(link).get("href", ""),
        label=_words(parsed, _inside(cells[1], "a")).removeprefix("▶\u00a0 "),
    )


def _three(cells: list[Element]) -> tuple[Element, Element, Element]:
    if len(cells) != 3:
        raise Unfit("not three rows")
    return cells[0], cells[1], cells[2]


def _checked(read: Reader) -> Reader:
    """A reader that refuses what would be written differently."""

    def reader(parsed: Parsed, node: Element, given: dict[str, str]) -> Any:
        block = read(parsed, node, given)
        again = parse(write_block(block))
        if not same_words(_inner(again, again.root.children[0]), _inner(parsed, node)):
            raise Unfit(node.name)
        return block

    return reader


def _inner(parsed: Parsed, node: Any) -> str:
    return parsed.source(node.inner_begin, node.inner_end)


COMPOSITES: Final[dict[tuple[str, str], Reader]] = {
    ("mj-text", "g-social"): _checked(_social),
    ("mj-navbar", ""): _checked(_menu),
    ("mj-table", "g-table"): _checked(_table),
    ("mj-table", "g-products"): _checked(_products),
    ("mj-table", "g-coupon"): _checked(_coupon),
    ("mj-table", "g-countdown"): _checked(_countdown),
    ("mj-table", "g-video"): _checked(_video),
}
"""By element and class."""
