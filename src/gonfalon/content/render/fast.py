"""A compiled form of the Liquid tree: static pieces encoded once, and small functions for the rest.

`compile_program` walks the library's tree and builds one closure a node. What is rare (`cycle`, `tablerow`,
counters …) makes the whole program None, and the library renders instead; so does any error, so that messages
about errors have one source. Semantics that are easy to get wrong are not rewritten: comparison, truth,
loops' slices and filters call the library's own functions.

Variables live in one dictionary per rendering. Liquid looks a name up in the loops first, then in the
assigned names; a template that assigns to the name of one of its loops would show the difference, so it is
left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable
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
from gonfalon.content.render.expressions import Evaluate, Rare, Scope, compile_condition, compile_expression
from gonfalon.content.render.linktags import LinkNode, PixelNode, pixel
from gonfalon.content.render.liquid import FencedTemplate, GapOutputNode, gap_name
from gonfalon.content.render.program import (
    ABSENT,
    RUN,
    Out,
    Run,
    State,
    break_loop,
    continue_loop,
    restore,
    sequence,
    silent,
)
from gonfalon.content.render.uses import shadows

_MARK: Final = "-address-"
_LOOP_WORDS: Final = re.compile(r"forloop|break|continue")


class _Text:
    """The encoding of text that is used inside the rendering itself: none."""

    @staticmethod
    def same(text: str) -> str:
        return text


class Compiler:
    """Compiles one template for one encoding. `html` is whether values are escaped."""

    def __init__(self, template: FencedTemplate, static: Callable[[str], Any], value: Callable[[str], Any]) -> None:
        self.template = template
        self.env = template.env
        self.html = template.env.autoescape
        self.static = static
        self.value = value
        self.cost = template.cost

    def text_compiler(self) -> Compiler:
        """A compiler for pieces that stay text: captures and destinations."""
        return Compiler(self.template, _Text.same, _Text.same)

    def expression(self, expression: Any) -> Evaluate:
        """An expression as a function of the scope."""
        return compile_expression(expression, self.env)

    def block(self, nodes: list[Node], *, blank: bool = False) -> Run:
        """Nodes in a row. Blank blocks (only white space) run for their assignments and print nothing."""
        parts: list[Any] = []
        static: list[str] = []

        def flush() -> None:
            if static:
                joined = "".join(static)
                static.clear()
                if joined and not blank:
                    parts.append(self.static(joined))

        for node in nodes:
            if isinstance(node, ContentNode):
                static.append(node.text)
            elif isinstance(node, (CommentNode, DocNode, InlineCommentNode)):
                continue
            else:
                flush()
                parts.append(self.node(node))
        flush()
        return silent(parts) if blank else sequence(parts)

    def inner(self, block: BlockNode) -> Run:
        """A block of a control-flow tag, silent if the library keeps it silent."""
        return self.block(list(block.nodes), blank=block.blank)

    def node(self, node: Node) -> Run:  # noqa: PLR0911 - one return a kind
        """One node; raises Rare for what only the library knows."""
        if isinstance(node, GapOutputNode):
            return self.output(node)
        if isinstance(node, (IfNode, UnlessNode)):
            return self.condition(node)
        if isinstance(node, ForNode):
            return self.loop(node)
        if isinstance(node, AssignNode):
            return self.assign(node)
        if isinstance(node, CaptureNode):
            return self.capture(node)
        if isinstance(node, CaseNode):
            return self.case(node)
        if isinstance(node, BreakNode):
            return break_loop
        if isinstance(node, ContinueNode):
            return continue_loop
        if isinstance(node, LinkNode):
            return self.link(node)
        if isinstance(node, PixelNode):
            return self.pixel()
        if isinstance(node, BlockNode):
            return self.inner(node)
        raise Rare(type(node).__name__)

    def output(self, node: GapOutputNode) -> Run:
        """`{{ … }}`: the usual case, a short string, takes the first branch."""
        evaluate = self.expression(node.expression)
        name = gap_name(node.expression)
        value, html = self.value, self.html
        escaped = _escape_inner if html else _Text.same
        long = limits.LONG_VALUE

        def run(scope: Scope, out: Out) -> None:
            got = evaluate(scope)
            if got.__class__ is str and got:
                if len(got) > long:
                    scope[RUN].budget.spend_bytes(len(got))
                    scope[RUN].budget.check_time()
                out(value(escaped(got)))
                return
            text = str(got) if got.__class__ is int else to_liquid_string(got, html)
            if text:
                if len(text) > long:
                    scope[RUN].budget.spend_bytes(len(text))
                    scope[RUN].budget.check_time()
                out(value(str(text)))
            elif name:
                scope[RUN].gaps.append(name)

        return run

    def condition(self, node: IfNode | UnlessNode) -> Run:
        """`if` and `unless` with their `elsif` and `else`."""
        first = compile_condition(node.condition, self.env)
        wanted = isinstance(node, IfNode)
        consequence = self.inner(node.consequence)
        others = [
            (compile_condition(other.expression, self.env), self.inner(other.block)) for other in node.alternatives
        ]
        default = self.inner(node.default) if node.default else None

        def run(scope: Scope, out: Out) -> None:
            if first(scope) is wanted:
                consequence(scope, out)
                return
            for test, block in others:
                if test(scope):
                    block(scope, out)
                    return
            if default is not None:
                default(scope, out)

        return run

    def case(self, node: CaseNode) -> Run:
        """`case`: every `when` that holds, else the `else` blocks."""
        steps: list[tuple[Evaluate | None, Run]] = []
        for block in node.blocks:
            if isinstance(block, MultiExpressionBlockNode):
                steps.append((self.expression(block.expression), self.inner(block.block)))
            else:
                steps.append((None, self.inner(block)))

        def run(scope: Scope, out: Out) -> None:
            default = True
            for test, block in steps:
                if test is None:
                    if default:
                        block(scope, out)
                    continue
                for _ in range(test(scope).count(True)):
                    default = False
                    block(scope, out)

        return run

    def loop(self, node: ForNode) -> Run:  # noqa: PLR0915 - two forms of one loop
        """`for … else`, with `forloop`, `limit`, `offset`, `reversed`, `break` and `continue`."""
        expression = node.expression
        items = self.items(expression)
        name = str(expression.identifier)
        label = f"{name}-{expression.iterable}"
        body = self.inner(node.block)
        otherwise = self.inner(node.default) if node.default else None
        cost = self.cost
        size = len(str(node.block))
        none = Undefined("parentloop")

        # Most loops never ask for `forloop`, `break` or `continue`: those run without that machinery.
        if not _LOOP_WORDS.search(str(node)):

            def plain(scope: Scope, out: Out) -> None:
                iterator, length = items(scope)
                if not length:
                    if otherwise is not None:
                        otherwise(scope, out)
                    return
                budget = scope[RUN].budget
                budget.spend_steps(length * cost)
                budget.spend_bytes(length * size)
                shadowed = scope.get(name, ABSENT)
                try:
                    for item in iterator:
                        scope[name] = item
                        body(scope, out)
                finally:
                    restore(scope, name, shadowed)

            return plain

        def run(scope: Scope, out: Out) -> None:
            iterator, length = items(scope)
            if not length:
                if otherwise is not None:
                    otherwise(scope, out)
                return
            state = scope[RUN]
            state.budget.spend_steps(length * cost)
            state.budget.spend_bytes(length * size)
            shadowed, outer = scope.get(name, ABSENT), scope.get("forloop", ABSENT)
            parent = outer if isinstance(outer, ForLoop) else none
            helper = ForLoop(label, iterator, length, parent)
            if name != "forloop":
                scope["forloop"] = helper
            try:
                for item in helper:
                    scope[name] = item
                    try:
                        body(scope, out)
                    except ContinueLoop:
                        continue
                    except BreakLoop:
                        break
            finally:
                restore(scope, "forloop", outer)
                restore(scope, name, shadowed)

        return run

    def items(self, expression: LoopExpression) -> Callable[[Scope], tuple[Any, int]]:
        """The items of a loop and how many there are, after `offset`, `limit` and `reversed`."""
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

    def assign(self, node: AssignNode) -> Run:
        """`assign`."""
        name, evaluate = str(node.name), self.expression(node.expression)
        check = limits.check_value

        def run(scope: Scope, out: Out) -> None:
            value = scope[name] = evaluate(scope)
            check(value)
            if value.__class__ is str and len(value) > limits.LONG_VALUE:
                scope[RUN].budget.spend_bytes(len(value))

        return run

    def capture(self, node: CaptureNode) -> Run:
        """`capture`."""
        name, body, html = str(node.name), self.text_compiler().inner(node.block), self.html

        def run(scope: Scope, out: Out) -> None:
            pieces: list[str] = []
            body(scope, pieces.append)
            text = "".join(pieces)
            limits.check_value(text)
            scope[RUN].budget.spend_bytes(len(text))
            scope[name] = Markup(text) if html else text

        return run

    def link(self, node: LinkNode) -> Run:
        """A tracked link; the untracked form of a static one is encoded here and now."""
        value, html, number = self.value, self.html, str(node.number)
        if node.dynamic:
            body = self.text_compiler().block(list(node.block.nodes))

            def dynamic(scope: Scope, out: Out) -> None:
                pieces: list[str] = []
                body(scope, pieces.append)
                out(value(node.address("".join(pieces), scope[RUN].urls, html=html)))

            return dynamic
        written = "".join(inner.text for inner in node.block.nodes if isinstance(inner, ContentNode))
        untracked = self.static(node.address(written, _Untracked, html=html))

        ending = self.static(number)

        def static(scope: Scope, out: Out) -> None:
            state = scope[RUN]
            if state.urls.click is None:
                out(untracked)
                return
            # Our own addresses hold nothing that HTML would need escaped; their beginning is encoded once a message.
            if state.click_by is not value:
                state.click_by, state.click = value, value(state.urls.click)
            out(state.click)
            out(ending)

        return static

    def pixel(self) -> Run:
        """The open pixel: only its address differs."""
        before, _, after = pixel(_MARK).partition(_MARK)
        start, end, value = self.static(before), self.static(after), self.value

        def run(scope: Scope, out: Out) -> None:
            address = scope[RUN].urls.open
            if address is not None:
                out(start)
                out(value(escape(address)))
                out(end)

        return run


class _Untracked:
    click = None
    seal = None


def compile_program(template: FencedTemplate, encoding: Encoding | None) -> Run | None:
    """The program of a template, writing bytes of `encoding` (text for None); None if only the library can."""
    if shadows(template):
        return None
    static = encoding.static if encoding else _Text.same
    value = encoding.value if encoding else _Text.same
    compiler = Compiler(template, static, value)
    try:
        return compiler.block(list(template.nodes))
    except (Rare, RecursionError):
        return None


__all__ = ["RUN", "Run", "State", "compile_program"]
