"""MJML to blocks: an element becomes a block where nothing of it is lost, else a raw one. Pure."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from pydantic import ValidationError

from gonfalon.content.blocks import tree
from gonfalon.content.blocks.composites import COMPOSITES
from gonfalon.content.blocks.elements import Element, Parsed, Stretch, Unfit, dedented, parse, same_words
from gonfalon.content.blocks.inline import read_paragraphs, read_runs
from gonfalon.content.blocks.theme import MailTheme, write_head
from gonfalon.content.blocks.words import read_text, written
from gonfalon.content.blocks.writing import NO_CONDITION, NO_LIST
from gonfalon.content.render.model import TemplateError

Node = Element | Stretch
_TAG: Final = re.compile(r"\{%-?\s*(#|\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
_SHARED: Final = re.compile(r"(row|end) ([0-9a-f-]{36})")
_ENDS: Final = {
    "if": "endif", "unless": "endunless", "case": "endcase", "for": "endfor", "tablerow": "endtablerow",
    "comment": "endcomment", "raw": "endraw", "capture": "endcapture", "doc": "enddoc",
}  # fmt: skip


def open_mail(source: str) -> tree.MailTree:
    """Return the blocks of a source; an empty one is an empty mail. Raises TemplateError for what is no MJML or is
    broken."""
    if not source.strip():
        return tree.MailTree(theme=MailTheme())
    parsed = parse(source)
    try:
        return _Reader(parsed).mail()
    except (Unfit, ValidationError) as error:
        raise TemplateError(
            "blocks_unfit", "This source cannot be shown as blocks; go on editing its code.", reason="blocks_unfit"
        ) from error


def open_rows(source: str) -> list[tree.Row]:
    """Return the rows of a piece of a mail's body. Raises TemplateError."""
    return open_mail(f"<mjml><mj-body>{source}</mj-body></mjml>").rows


class _Reader:
    def __init__(self, parsed: Parsed) -> None:
        self.parsed = parsed

    def mail(self) -> tree.MailTree:
        root = self._only([node for node in self.parsed.root.children if not _is_comment(node)], "mjml")
        if any(key.startswith("xmlns") for key in self.parsed.attributes(root)):
            raise Unfit("namespaces")
        parts = [node for node in root.children if not self.parsed.is_blank(node) and not _is_comment(node)]
        heads = [node for node in parts if isinstance(node, Element) and node.name == "mj-head"]
        body = self._only([node for node in parts if node not in heads], "mj-body")
        if len(heads) > 1 or (heads and self.parsed.attributes(heads[0])):
            raise Unfit("heads")
        theme, title, head = self._head(heads[0]) if heads else (None, "", "")
        return tree.MailTree(
            attributes=self.parsed.attributes(root),
            title=title,
            theme=theme,
            head=head,
            body=self.parsed.attributes(body),
            rows=self.nodes(body.children, self._row),
        )

    def _only(self, nodes: Sequence[Node], name: str) -> Element:
        found = [node for node in nodes if not self.parsed.is_blank(node)]
        if len(found) != 1 or not isinstance(found[0], Element) or found[0].name != name:
            raise TemplateError(
                "blocks_unfit", f"Only MJML can be shown as blocks: <{name}> is missing.", reason="blocks_no_mjml"
            )
        return found[0]

    def _head(self, head: Element) -> tuple[MailTheme | None, str, str]:
        code = dedented(self.parsed.source(head.inner_begin, head.inner_end).strip().split("\n"))
        with contextlib.suppress(Unfit, ValidationError, StopIteration):
            named = next(
                element
                for element in _elements(head)
                if element.name == "mj-class" and self.parsed.attributes(element).get("name") == "theme"
            )
            said = self.parsed.attributes(named)
            del said["name"]
            theme = MailTheme.model_validate({key.replace("-", "_"): value for key, value in said.items()})
            titles = [element for element in _elements(head) if element.name == "mj-title"]
            title = read_text(self.parsed.source(titles[0].inner_begin, titles[0].inner_end)) if titles else ""
            if same_words(write_head(theme, written(title)), code):
                return theme, title, ""
        return None, "", code

    def nodes(self, children: Sequence[Node], read: Callable[[Element], Any]) -> list[Any]:
        """The blocks of what stands side by side; Liquid's conditions and loops hold those between their tags."""
        found: list[Any] = []
        position = 0
        nodes = [node for node in children if not self.parsed.is_blank(node)]
        while position < len(nodes):
            node = nodes[position]
            end = position
            if isinstance(node, Stretch) and node.liquid is not None:
                end = self._end_of(nodes, position)
                made = self._spanned(nodes[position : end + 1], read)
            elif isinstance(node, Element):
                made = self._tried(node, read)
            else:
                made = self._raw(node, node)
            if isinstance(made, tree.RawBlock) and isinstance(node, Stretch) and found and _is_words(found[-1]):
                made = tree.RawBlock(code=f"{found.pop().code}\n{made.code}")
            found.append(made)
            position = end + 1
        return found

    def _tried(self, element: Element, read: Callable[[Element], Any]) -> Any:
        try:
            return read(element)
        except (Unfit, ValidationError):
            return self._raw(element, element)

    def _raw(self, first: Node, last: Node) -> tree.RawBlock:
        """What stands there as it is written. Raises Unfit for more than a block holds."""
        code = self.parsed.source(first.begin, last.end).split("\n")
        try:
            return tree.RawBlock(code=dedented(code))
        except ValidationError as error:
            raise Unfit("too long") from error

    def _tag(self, node: Node) -> tuple[str, str]:
        """The name of a Liquid tag and what follows; for `{% # row … %}` the name is row, for its end `end …`."""
        if not isinstance(node, Stretch) or node.liquid is None:
            return "", ""
        found = _TAG.fullmatch(self.parsed.token(node))
        if found is None:
            return "", ""
        shared = _SHARED.fullmatch(found[2]) if found[1] == "#" else None
        if shared is not None:
            return ("row", shared[2]) if shared[1] == "row" else (f"end {shared[2]}", "")
        return found[1], found[2]

    def _end_of(self, nodes: Sequence[Node], begin: int) -> int:
        """Where the tag at a place ends; the place itself for one that holds nothing or never ends here."""
        name, rest = self._tag(nodes[begin])
        closer = f"end {rest}" if name == "row" else _ENDS.get(name, "")
        depth = 0
        for position in range(begin, len(nodes)) if closer else ():
            here, after = self._tag(nodes[position])
            depth += (here == name and (name != "row" or after == rest)) - (here == closer)
            if depth == 0:
                return position
        return begin

    def _spanned(self, nodes: Sequence[Node], read: Callable[[Element], Any]) -> Any:
        """A condition, a loop or a shared row; raw for any other Liquid."""
        name, rest = self._tag(nodes[0])
        inner = nodes[1:-1]
        rows = read == self._row
        if len(nodes) > 1 and not self._branches(inner):
            try:
                if name == "if":
                    condition = "" if rest == NO_CONDITION else rest
                    kind = tree.ConditionalRows if rows else tree.ConditionalBlock
                    return kind.model_validate({"condition": condition, _held(rows): self.nodes(inner, read)})
                if name == "for":
                    each = "" if rest == NO_LIST else rest
                    loop = tree.RepeatedRows if rows else tree.RepeatedBlock
                    return loop.model_validate({"each": each, _held(rows): self.nodes(inner, read)})
                if name == "row" and rows:
                    return tree.SharedRow(row=rest, rows=self.nodes(inner, read))
            except (Unfit, ValidationError):
                pass
        return self._raw(nodes[0], nodes[-1])

    def _branches(self, nodes: Sequence[Node]) -> bool:
        """Whether a condition has other branches, which a block has not."""
        depth = 0
        for node in nodes:
            name, _ = self._tag(node)
            depth += (name in _ENDS) - (name in _ENDS.values())
            if depth == 0 and name in ("else", "elsif", "when"):
                return True
        return False

    def _row(self, element: Element) -> Any:
        given = self.parsed.attributes(element)
        if element.name == "mj-section":
            columns = [node for node in element.children if not self.parsed.is_blank(node)]
            return tree.SectionRow(attributes=given, columns=[self._column(node) for node in columns])
        if element.name == "mj-wrapper":
            return tree.WrapperRow(attributes=given, rows=self.nodes(element.children, self._row))
        raise Unfit(element.name)

    def _column(self, node: Node) -> tree.MailColumn:
        if not isinstance(node, Element) or node.name != "mj-column":
            raise Unfit("no column")
        return tree.MailColumn(attributes=self.parsed.attributes(node), blocks=self.nodes(node.children, self._block))

    def _block(self, element: Element) -> Any:
        given = self.parsed.attributes(element)
        first = given.get("css-class", "").split(" ")[0]
        if element.name == "mj-navbar":
            return COMPOSITES["mj-navbar", ""](self.parsed, element, given)
        if (element.name, first) in COMPOSITES:
            own = given["css-class"][len(first) :].strip()
            rest = {key: value for key, value in given.items() if key != "css-class"}
            with contextlib.suppress(Unfit, ValidationError):
                return COMPOSITES[element.name, first](
                    self.parsed, element, {**({"css-class": own} if own else {}), **rest}
                )
        if element.name in ("mj-image", "mj-divider", "mj-spacer"):
            if element.children:
                raise Unfit(element.name)
            return _EMPTY[element.name](attributes=given)
        if element.name == "mj-button":
            return tree.ButtonBlock(attributes=given, runs=read_runs(self.parsed, element.children))
        if element.name == "mj-text":
            return self._words(element, given)
        raise Unfit(element.name)

    def _words(self, element: Element, given: dict[str, str]) -> Any:
        held = [node for node in element.children if not self.parsed.is_blank(node)]
        if len(held) == 1 and isinstance(held[0], Element) and held[0].name in ("h1", "h2", "h3"):
            if self.parsed.attributes(held[0]):
                raise Unfit("heading with attributes")
            level = int(held[0].name[1])
            return tree.HeadingBlock.model_validate(
                {"attributes": given, "level": level, "runs": read_runs(self.parsed, held[0].children)}
            )
        return tree.TextBlock(attributes=given, paragraphs=read_paragraphs(self.parsed, element.children))


_EMPTY: Final[dict[str, Callable[..., Any]]] = {
    "mj-image": tree.ImageBlock,
    "mj-divider": tree.DividerBlock,
    "mj-spacer": tree.SpacerBlock,
}


def _held(rows: bool) -> str:
    return "rows" if rows else "blocks"


def _is_comment(node: Node) -> bool:
    return isinstance(node, Stretch) and node.comment


def _is_words(block: Any) -> bool:
    """Whether a raw block is of words alone, so that words beside it belong to it."""
    return isinstance(block, tree.RawBlock) and not block.code.startswith("<")


def _elements(element: Element) -> list[Element]:
    found = [node for node in element.children if isinstance(node, Element)]
    return [each for node in found for each in (node, *_elements(node))]
