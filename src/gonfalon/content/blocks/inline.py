"""HTML inside a block to words with looks; raises Unfit for what those cannot say. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gonfalon.content.blocks import tree
from gonfalon.content.blocks.elements import Element, Parsed, Stretch, Unfit
from gonfalon.content.blocks.words import read_text

Node = Element | Stretch
_LOOKS: Final = {
    "strong": "bold", "b": "bold", "em": "italic", "i": "italic", "u": "underline", "s": "strike", "strike": "strike",
}  # fmt: skip
_BLOCKS: Final = frozenset(["p", "ul", "ol"])


def read_runs(parsed: Parsed, nodes: Sequence[Node], look: dict[str, Any] | None = None) -> list[tree.TextRun]:
    """Return the runs of what stands in a line."""
    look = look or {}
    found: list[tree.TextRun] = []
    for node in nodes:
        if isinstance(node, Stretch):
            if node.comment:
                raise Unfit("comment")
            if node.liquid is not None:
                found.append(tree.TextRun(kind="value", text=parsed.token(node), **look))
            else:
                found.append(tree.TextRun(text=read_text(parsed.masked.text[node.begin : node.end]), **look))
            continue
        given = parsed.attributes(node)
        if node.name == "br" and not given:
            found.append(tree.TextRun(kind="break"))
        elif node.name in _LOOKS and not given:
            found += read_runs(parsed, node.children, {**look, _LOOKS[node.name]: True})
        elif node.name == "a" and given.get("href") and not look.get("href"):
            href = given.pop("href")
            found += read_runs(parsed, node.children, {**look, "href": href, "link": given})
        elif node.name == "span" and list(given) == ["style"] and not look.get("style"):
            found += read_runs(parsed, node.children, {**look, "style": given["style"]})
        else:
            raise Unfit(f"<{node.name}> in words")
    return tree.joined(found) if not look else found


def read_paragraphs(parsed: Parsed, nodes: Sequence[Node]) -> list[tree.TextParagraph]:
    """Return the paragraphs and list items of a text."""
    held = [node for node in nodes if not parsed.is_blank(node)]
    if not any(isinstance(node, Element) and node.name in _BLOCKS for node in held):
        runs = read_runs(parsed, nodes)
        return [tree.TextParagraph(kind="line", runs=runs)] if runs else []
    found: list[tree.TextParagraph] = []
    for node in held:
        if not isinstance(node, Element):
            raise Unfit("words beside paragraphs")
        given = parsed.attributes(node)
        if node.name == "p" and set(given) <= {"style"}:
            found.append(
                tree.TextParagraph(
                    kind="paragraph", runs=read_runs(parsed, node.children), style=given.get("style", "")
                )
            )
        elif node.name in ("ul", "ol") and not given:
            if found and found[-1].kind == ("bullet" if node.name == "ul" else "number"):
                raise Unfit("two lists in a row")
            found += [_item(parsed, each, node.name) for each in node.children if not parsed.is_blank(each)]
        else:
            raise Unfit(f"<{node.name}> in a text")
    return found


def _item(parsed: Parsed, node: Node, kind: str) -> tree.TextParagraph:
    if not isinstance(node, Element) or node.name != "li" or parsed.attributes(node):
        raise Unfit("no item")
    return tree.TextParagraph(kind="bullet" if kind == "ul" else "number", runs=read_runs(parsed, node.children))
