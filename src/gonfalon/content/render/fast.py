"""A compiled form of the Liquid tree: one Python function of straight-line code.

`compile_program` walks the library's tree and writes the function's source: static pieces are encoded once, an
output is a look-up and a call, conditions and loops are Python's own. No text of a template is in that source: every
name, piece and value is bound to it from outside. What is rare (`cycle`, `tablerow`, counters …) makes the whole
program None, and the library renders instead; so does any error, so that messages about errors have one source.
Semantics that are easy to get wrong are not rewritten: comparison, truth, loops' slices and filters call the
library's own functions.

Variables live in one dictionary per rendering. Liquid looks a name up in the loops first, then in the
assigned names; a template that assigns to the name of one of its loops would show the difference, so it is
left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from itertools import islice
from typing import Any, Final

from liquid import Markup, RenderContext
from liquid.ast import BlockNode, Node
from liquid.builtin.content import ContentNode
from liquid.builtin.expressions.loop import LoopExpression
from liquid.builtin.expressions.primitive import StringLiteral
from liquid.builtin.tags.assign_tag import AssignNode
from liquid.builtin.tags.capture_tag import CaptureNode
from liquid.builtin.tags.case_tag import CaseNode, MultiExpressionBlockNode
from liquid.builtin.tags.comment_tag import CommentNode
from liquid.builtin.tags.doc_tag import DocNode
from liquid.builtin.tags.for_tag import BreakNode, ContinueNode, ForLoop, ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.inline_comment_tag import InlineCommentNode
from liquid.builtin.tags.unless_tag import UnlessNode
from liquid.exceptions import BreakLoop, ContinueLoop
from liquid.stringify import to_liquid_string
from liquid.undefined import Undefined
from markupsafe import _escape_inner  # type: ignore[attr-defined]

from gonfalon.content.render import limits
from gonfalon.content.render.encoding import Encoding
from gonfalon.content.render.expressions import (
    MISSES,
    Evaluate,
    Rare,
    Scope,
    compile_condition,
    compile_expression,
    plain_path,
)
from gonfalon.content.render.linktags import LinkNode, PixelNode, pixel
from gonfalon.content.render.liquid import FencedTemplate, GapOutputNode, gap_name
from gonfalon.content.render.program import ABSENT, RUN, Out, Run, State, nowhere, restore
from gonfalon.content.render.uses import shadows

_MARK: Final = "-address-"
_LOOP_WORDS: Final = re.compile(r"forloop|break|continue")
_LARGEST: Final = 5_000
"""Nodes, expressions and filters; larger templates would take Python a quarter of a second to compile."""
_DEEPEST: Final = 12
"""Python nests only so many blocks in one function; what lies deeper becomes a function of its own."""
_COMMON: Final = {
    "RUN": RUN, "MISSES": MISSES, "ABSENT": ABSENT, "LONG": limits.LONG_VALUE, "ContinueLoop": ContinueLoop,
    "BreakLoop": BreakLoop, "escaped": _escape_inner, "escape": escape, "nowhere": nowhere, "restore": restore,
}  # fmt: skip


def _same(text: str) -> str:
    """The encoding of text that is used inside the rendering itself: none."""
    return text


class Compiler:
    """Writes one function for one template and encoding. `html` is whether values are escaped."""

    def __init__(self, template: FencedTemplate, static: Callable[[str], Any], value: Callable[[str], Any]) -> None:
        self.template = template
        self.env = template.env
        self.html = template.env.autoescape
        self.static = static
        self.value = value
        self.cost = template.cost
        self.bound: dict[str, Any] = {**_COMMON, "value": value}
        self.lines: list[str] = []
        self.level = 1
        self.links = False

    def function(self, nodes: list[Node], *, blank: bool = False) -> Run:
        """Return nodes in a row as a function. Blank ones (only white space) run for their assignments and print
        nothing."""
        head = ["def run(scope, out):", " state = scope[RUN]"]
        if blank:
            head.append(" out = nowhere")
        self.block(nodes, blank=blank)
        if self.links:
            # Our own addresses hold nothing that HTML would need escaped; their beginning is encoded once.
            head.append(" click = None if state.urls.click is None else value(state.urls.click)")
        exec("\n".join([*head, *self.lines]), self.bound)  # noqa: S102 - written here, of our own words and numbers
        run: Run = self.bound["run"]
        return run

    def text_function(self, nodes: list[Node], *, blank: bool = False) -> Run:
        """Return a function for pieces that stay text: captures and destinations."""
        return Compiler(self.template, _same, _same).function(nodes, blank=blank)

    # Writing

    def line(self, text: str, *values: Any) -> None:
        """Write a line of the function; each `{}` of it stands for a value bound to it."""
        self.lines.append(" " * self.level + text.format(*map(self.bind, values)))

    def bind(self, value: Any) -> str:
        """Return a name for a value."""
        name = f"k{len(self.bound)}"
        self.bound[name] = value
        return name

    @contextmanager
    def under(self, text: str, *values: Any) -> Iterator[None]:
        """Return a line that ends with a colon, and what belongs under it."""
        self.line(text, *values)
        self.level += 1
        written = len(self.lines)
        yield
        if len(self.lines) == written:
            self.line("pass")
        self.level -= 1

    def print(self, piece: Any) -> None:
        """Write a piece that is the same for everybody."""
        if piece:
            self.line("out({})", piece)

    # The tree

    def block(self, nodes: list[Node], *, blank: bool = False) -> None:
        """Write nodes in a row."""
        static: list[str] = []
        for node in nodes:
            if isinstance(node, ContentNode):
                static.append(node.text)
            elif not isinstance(node, (CommentNode, DocNode, InlineCommentNode)):
                if not blank:
                    self.print(self.static("".join(static)))
                static.clear()
                self.node(node)
        if not blank:
            self.print(self.static("".join(static)))

    def inner(self, block: BlockNode) -> None:
        """Write a block of a control-flow tag, silent if the library keeps it silent."""
        if block.blank or self.level > _DEEPEST:
            inner = Compiler(self.template, self.static, self.value)
            self.line("{}(scope, out)", inner.function(list(block.nodes), blank=block.blank))
        else:
            self.block(list(block.nodes))

    def node(self, node: Node) -> None:
        """Write one node; raises Rare for what only the library knows."""
        for kind, write in _WRITERS:
            if isinstance(node, kind):
                write(self, node)
                return
        raise Rare(type(node).__name__)

    def output(self, node: GapOutputNode) -> None:
        """Write `{{ … }}`: the usual case, a short string, takes the first branch."""
        path = plain_path(node.expression)
        if path is None:
            self.line("got = {}(scope)", compile_expression(node.expression, self.env))
        elif len(path) == 1:
            self.line("got = scope.get({}, {})", *path, Undefined(path[0]))
        else:
            with self.under("try:"):
                self.line("got = scope[{}][{}]", *path)
            with self.under("except MISSES:"):
                self.line("got = {}", Undefined(path[0]))
        with self.under("if got.__class__ is str and 0 < len(got) <= LONG:"):
            self.line("out(value(escaped(got)))" if self.html else "out(value(got))")
        with self.under("else:"):
            self.line("{}(got, state, out)", self.unusual(gap_name(node.expression)))

    def unusual(self, name: str) -> Callable[[Any, State, Out], None]:
        """Print what is not a short string; `name` is the field whose absence is a gap."""
        value, html = self.value, self.html

        def write(got: Any, state: State, out: Out) -> None:
            text = str(got) if got.__class__ is int else to_liquid_string(got, html)
            if text:
                if len(text) > limits.LONG_VALUE:
                    state.budget.spend_bytes(len(text))
                    state.budget.check_time()
                out(value(str(text)))
            elif name:
                state.gaps.append(name)

        return write

    def condition(self, node: IfNode | UnlessNode) -> None:
        """Write `if` and `unless` with their `elsif` and `else`."""
        wanted = "" if isinstance(node, IfNode) else "not "
        with self.under(f"if {wanted}{{}}(scope):", compile_condition(node.condition, self.env)):
            self.inner(node.consequence)
        for other in node.alternatives:
            with self.under("elif {}(scope):", compile_condition(other.expression, self.env)):
                self.inner(other.block)
        if node.default:
            with self.under("else:"):
                self.inner(node.default)

    def case(self, node: CaseNode) -> None:
        """Write `case`: every `when` that holds, else the `else` blocks."""
        default = f"default{len(self.lines)}"
        self.line(f"{default} = True")
        for block in node.blocks:
            if isinstance(block, MultiExpressionBlockNode):
                with self.under(
                    "for _ in range({}(scope).count(True)):", compile_expression(block.expression, self.env)
                ):
                    self.line(f"{default} = False")
                    self.inner(block.block)
            else:
                with self.under(f"if {default}:"):
                    self.inner(block)

    def loop(self, node: ForNode) -> None:
        """Write `for … else`, with `forloop`, `limit`, `offset`, `reversed`, `break` and `continue`."""
        name, mark = str(node.expression.identifier), len(self.lines)
        key = self.bind(name)
        self.line(f"items{mark}, length{mark} = {{}}(scope)", self.items(node.expression))
        with self.under(f"if length{mark}:"):
            self.line(f"state.budget.spend_steps(length{mark} * {self.cost})")
            self.line(f"state.budget.spend_bytes(length{mark} * {len(str(node.block))})")
            self.line(f"shadowed{mark} = scope.get({key}, ABSENT)")
            # Most loops never ask for `forloop`, `break` or `continue`: those run without that machinery.
            plain = not _LOOP_WORDS.search(str(node))
            if not plain:
                self.line(f"outer{mark} = scope.get('forloop', ABSENT)")
                label = f"{name}-{node.expression.iterable}"
                self.line(f"items{mark} = {{}}(items{mark}, length{mark}, outer{mark})", _loop_helper(label))
                if name != "forloop":
                    self.line(f"scope['forloop'] = items{mark}")
            with self.under("try:"), self.under(f"for scope[{key}] in items{mark}:"):
                if plain:
                    self.inner(node.block)
                else:
                    with self.under("try:"):
                        self.inner(node.block)
                    self.line("except ContinueLoop: continue")
                    self.line("except BreakLoop: break")
            with self.under("finally:"):
                if not plain:
                    self.line(f"restore(scope, 'forloop', outer{mark})")
                self.line(f"restore(scope, {key}, shadowed{mark})")
        if node.default:
            with self.under("else:"):
                self.inner(node.default)

    def items(self, expression: LoopExpression) -> Callable[[Scope], tuple[Any, int]]:
        """Return the items of a loop and how many there are, after `offset`, `limit` and `reversed`."""
        if isinstance(expression.offset, StringLiteral):
            raise Rare("offset: continue")
        source = self.expression(expression.iterable)
        limit = self.expression(expression.limit) if expression.limit else None
        offset = self.expression(expression.offset) if expression.offset else None
        context = RenderContext(self.template)
        to_items, to_int, token = expression._to_iter, expression._to_int, expression.token
        backwards = expression.reversed

        def items(scope: Scope) -> tuple[Any, int]:
            value = source(scope)
            if value.__class__ is list and limit is None and offset is None and not backwards:
                return iter(value), len(value)
            iterator, length = to_items(value, context)
            start = 0 if offset is None else int(to_int(offset(scope), token=token) or 0)
            stop = None if limit is None else to_int(limit(scope), token=token) + start
            first = min(max(start, 0), length)
            last = min(stop or length, length)
            iterator = islice(iterator, first, last)
            return (reversed(list(iterator)) if backwards else iterator), max(last - first, 0)

        return items

    def expression(self, expression: Any) -> Evaluate:
        """Return an expression as a function of the scope."""
        return compile_expression(expression, self.env)

    def assign(self, node: AssignNode) -> None:
        """Write `assign`."""
        self.line("scope[{}] = got = {}(scope)", str(node.name), self.expression(node.expression))
        self.line("{}(got)", limits.check_value)
        with self.under("if got.__class__ is str and len(got) > LONG:"):
            self.line("state.budget.spend_bytes(len(got))")

    def capture(self, node: CaptureNode) -> None:
        """Write `capture`."""
        name, html = str(node.name), self.html
        body = self.text_function(list(node.block.nodes), blank=node.block.blank)

        def run(scope: Scope) -> None:
            pieces: list[str] = []
            body(scope, pieces.append)
            text = "".join(pieces)
            limits.check_value(text)
            scope[RUN].budget.spend_bytes(len(text))
            scope[name] = Markup(text) if html else text

        self.line("{}(scope)", run)

    def link(self, node: LinkNode) -> None:
        """Write a tracked link; the untracked form of a static one is encoded here and now."""
        html = self.html
        if node.dynamic:
            body = self.text_function(list(node.block.nodes))

            def address(scope: Scope) -> str:
                pieces: list[str] = []
                body(scope, pieces.append)
                return node.address("".join(pieces), scope[RUN].urls, html=html)

            self.line("out(value({}(scope)))", address)
            return
        self.links = True
        written = "".join(inner.text for inner in node.block.nodes if isinstance(inner, ContentNode))
        with self.under("if click is None:"):
            self.print(self.static(node.address(written, _Untracked, html=html)))
        with self.under("else:"):
            self.line("out(click)")
            self.print(self.static(str(node.number)))

    def pixel(self, node: PixelNode) -> None:
        """Write the open pixel: only its address differs."""
        before, _, after = pixel(_MARK).partition(_MARK)
        with self.under("if state.urls.open is not None:"):
            self.print(self.static(before))
            self.line("out(value(escape(state.urls.open)))")
            self.print(self.static(after))


_WRITERS: Final[tuple[tuple[Any, Callable[[Compiler, Any], None]], ...]] = (
    (GapOutputNode, Compiler.output),
    ((IfNode, UnlessNode), Compiler.condition),
    (ForNode, Compiler.loop),
    (AssignNode, Compiler.assign),
    (CaptureNode, Compiler.capture),
    (CaseNode, Compiler.case),
    (BreakNode, lambda compiler, node: compiler.line("raise BreakLoop('break')")),
    (ContinueNode, lambda compiler, node: compiler.line("raise ContinueLoop('continue')")),
    (LinkNode, Compiler.link),
    (PixelNode, Compiler.pixel),
    (BlockNode, Compiler.inner),
)
"""What writes which kind of node; the first that fits."""


def _loop_helper(label: str) -> Callable[[Any, int, Any], ForLoop]:
    """Makes the library's `forloop` of a loop, inside of the one around it."""
    none = Undefined("parentloop")
    return lambda items, length, outer: ForLoop(label, items, length, outer if isinstance(outer, ForLoop) else none)


class _Untracked:
    click = None
    seal = None


def compile_program(template: FencedTemplate, encoding: Encoding | None) -> Run | None:
    """Return the program of a template, writing bytes of `encoding` (text for None); None if only the library can."""
    if template.cost > _LARGEST or shadows(template):
        return None
    static = encoding.static if encoding else _same
    value = encoding.value if encoding else _same
    try:
        return Compiler(template, static, value).function(list(template.nodes))
    except (Rare, RecursionError, SyntaxError):
        return None


__all__ = ["RUN", "Run", "State", "compile_program"]
