"""Liquid, kept inside fences: every limit set, no files, no Python objects, gaps reported.

`parse` checks an author's text and gives the library's template; `run_library` renders it slowly and exactly.
`fast.py` renders the same tree quickly. Both print the same and count the same gaps.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TextIO

from liquid import Environment, RenderContext
from liquid.builtin.expressions import FilteredExpression, Path
from liquid.builtin.expressions.primitive import RangeLiteral
from liquid.builtin.output import Output, OutputNode
from liquid.builtin.tags.echo_tag import EchoTag
from liquid.exceptions import LiquidError, ResourceLimitError
from liquid.stringify import to_liquid_string
from liquid.template import BoundTemplate
from liquid.undefined import Undefined
from liquid.utils import ReadOnlyChainMap

from gonfalon.content.render import faults, limits
from gonfalon.content.render.filters import default, guarded, local_filters
from gonfalon.content.render.linktags import LinkTag, PixelTag
from gonfalon.content.render.model import Style, TemplateError
from gonfalon.kit.clock import utcnow

FORBIDDEN_TAGS: Final = ("include", "render")
# `safe` would let a person's own data write HTML; the base64 and JavaScript filters have no use in an email.
FORBIDDEN_FILTERS: Final = (
    "safe", "escapejs", "base64_encode", "base64_decode", "base64_url_safe_encode", "base64_url_safe_decode",
)  # fmt: skip


class Clock(Mapping[str, object]):
    """`now` and `today`, in UTC."""

    def __getitem__(self, key: str) -> object:
        if key == "now":
            return utcnow()
        if key == "today":
            return utcnow().date()
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return iter(("now", "today"))

    def __len__(self) -> int:
        return 2


CLOCK: Final = Clock()


class FencedContext(RenderContext):
    """A render context with one budget for the whole rendering and a list of gaps."""

    __slots__ = ("budget", "gaps", "urls")

    def __init__(self, template: BoundTemplate, **options: Any) -> None:
        super().__init__(template, **options)
        self.scope = ReadOnlyChainMap(self.locals, self.globals, CLOCK, self.counters)
        self.budget = limits.Budget()
        self.gaps: list[str] = []
        self.urls: Any = None

    def raise_for_loop_limit(self, length: int = 1) -> None:
        """Charge a loop that begins; unlike the library's limit this one adds up over all loops."""
        assert isinstance(self.template, FencedTemplate)
        self.budget.spend_steps(length * self.template.cost)


class FencedTemplate(BoundTemplate):
    """A parsed template that knows what one pass over all of its nodes costs."""

    context_class = FencedContext
    cost = 1


class GapOutputNode(OutputNode):
    """An output that notes when a person's field it prints is missing."""

    def render_to_output(self, context: RenderContext, buffer: TextIO) -> int:
        """Write the value; missing and empty ones are noted as gaps."""
        assert isinstance(context, FencedContext)
        value = self.expression.evaluate(context)
        text = to_liquid_string(value, context.autoescape)
        if not text:
            name = gap_name(self.expression)
            if name:
                context.gaps.append(name)
        elif len(text) > limits.LONG_VALUE:
            context.budget.spend_bytes(len(text))
            context.budget.check_time()
        return buffer.write(text)


def gap_name(expression: object) -> str:
    """Return the path whose absence leaves a hole in the text, or "" for outputs that are not a field."""
    left = expression.left if isinstance(expression, FilteredExpression) else expression
    return str(left) if isinstance(left, Path) else ""


class _GapOutput(Output):
    node_class = GapOutputNode


class _GapEcho(EchoTag):
    node_class = GapOutputNode  # type: ignore[assignment]


class CappedRange(RangeLiteral):
    """A range that cannot be longer than a list may be."""

    __slots__ = ()

    def _make_range(self, start: Any, stop: Any) -> range:
        made = super()._make_range(start, stop)
        limits.check_value(made)
        return made


class FencedEnvironment(Environment):
    """Liquid for one style of writing; `html` escapes every value."""

    block_nesting_limit = limits.BLOCK_NESTING
    context_depth_limit = limits.CONTEXT_DEPTH
    loop_iteration_limit = limits.STEPS
    local_namespace_limit = limits.LOCALS_BYTES
    output_stream_limit = limits.OUTPUT_BYTES
    template_class = FencedTemplate

    def __init__(self, style: Style, *, html: bool, links: bool = False) -> None:
        super().__init__(autoescape=html, strict_filters=True)
        if links:
            self.add_tag(LinkTag)
            self.add_tag(PixelTag)
        for tag in FORBIDDEN_TAGS:
            del self.tags[tag]
        for name in FORBIDDEN_FILTERS:
            del self.filters[name]
        self.add_tag(_GapOutput)
        self.add_tag(_GapEcho)
        for name, function in {**self.filters, **local_filters(style)}.items():
            self.filters[name] = guarded(name, function)
        self.filters["default"] = default

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


@functools.lru_cache(maxsize=64)
def environment(style: Style, *, html: bool, links: bool = False) -> FencedEnvironment:
    """Return the environment of a style, made once (a few milliseconds).

    `links` adds the tags that stand for tracked links; they are for compiled text, never for an author's.
    """
    return FencedEnvironment(style, html=html, links=links)


_TOKEN_ENDS: Final = {"{{": "}}", "{%": "%}"}
_BRACKET: Final = re.compile(r"[\[\]]")
_BLANKS: Final = re.compile(rf"\s{{{limits.BLANK_RUN}}}")


def tokens(text: str, part: str) -> Iterator[tuple[int, int]]:
    """Start and end of every Liquid token, in one pass; raises TemplateError for one that never ends.

    The library's lexer is quadratic in unclosed and in blank-filled tokens, so none of those reaches it.
    """
    position = 0
    while True:
        output, tag = text.find("{{", position), text.find("{%", position)
        start = min(output, tag) if output >= 0 and tag >= 0 else max(output, tag)
        if start < 0:
            return
        opener = text[start : start + 2]
        closer = _TOKEN_ENDS[opener]
        end = text.find(closer, start + 2)
        line = text.count("\n", 0, start) + 1
        if end < 0:
            raise TemplateError(
                "liquid_invalid",
                f"{_where(part, line)}: “{opener}” is never closed with “{closer}”.",
                part,
                line,
                reason="sign_unclosed",
                opener=opener,
                closer=closer,
            )
        end += 2
        if end - start > limits.TAG_CHARACTERS or _BLANKS.search(text, start, end):
            raise TemplateError(
                "liquid_invalid",
                f"{_where(part, line)}: the text between “{opener}” and “{closer}” is too long.",
                part,
                line,
                reason="sign_long",
                opener=opener,
                closer=closer,
            )
        if text.count("[", start, end) > limits.BRACKETS and _depth(text[start:end]) > limits.BRACKETS:
            raise TemplateError(
                "liquid_limit",
                f"{_where(part, line)}: its brackets are nested too deeply.",
                part,
                line,
                reason="brackets_deep",
            )
        yield start, end
        position = end


def _depth(token: str) -> int:
    """How deep the square brackets of a token go: the library climbs down them one call a bracket."""
    deepest = depth = 0
    for sign in _BRACKET.findall(token):
        depth = depth + 1 if sign == "[" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def parse(source: str, env: FencedEnvironment, part: str, *, compiled: bool = False) -> FencedTemplate:
    """Return the checked template of `source`; raises TemplateError with one sentence and its line.

    `compiled` text was written by us from an author's text that was measured before; MJML makes it longer.
    """
    longest = limits.COMPILED_CHARACTERS if compiled else limits.SOURCE_CHARACTERS
    most = limits.TOKENS * 3 if compiled else limits.TOKENS
    if len(source) > longest:
        raise TemplateError(
            "template_too_large", f"{_where(part, None)} is longer than {longest:,} characters.", part, most=longest
        )
    if sum(1 for _ in tokens(source, part)) > most:
        raise TemplateError(
            "template_too_large",
            f"{_where(part, None)} has more than {most:,} Liquid tags.",
            part,
            reason="tags_many",
            most=most,
        )
    try:
        template = env.from_string(source)
    except (LiquidError, RecursionError) as error:
        raise explain(error, part) from error
    assert isinstance(template, FencedTemplate)
    template.cost = _prepare(template, part)
    return template


def run_library(template: FencedTemplate, fields: Mapping[str, object], urls: Any, part: str) -> tuple[str, list[str]]:
    """Return the text and its gaps, by the library alone; raises TemplateError."""
    context = FencedContext(template, globals=fields)
    context.urls = urls
    buffer = template._get_buffer()
    try:
        template.render_with_context(context, buffer)
    except (LiquidError, RecursionError, TypeError, ValueError, ArithmeticError, AssertionError) as error:
        raise explain(error, part) from error
    return buffer.getvalue(), context.gaps


def explain(error: BaseException, part: str) -> TemplateError:
    """Return an exception as one sentence with the line, for someone who writes emails."""
    line: int | None = None
    fault = faults.NOT_UNDERSTOOD
    if isinstance(error, RecursionError):
        fault = faults.NESTED_DEEP
    elif isinstance(error, LiquidError):
        try:
            where = error.context()
        except ValueError:
            where = None
        if where:
            line = where[0]
        if error.message:
            fault = faults.fault_of(str(error.message).rstrip("."))
    elif error.args:
        fault = faults.VALUE_UNFIT
    code = "liquid_limit" if isinstance(error, (ResourceLimitError, RecursionError)) else "liquid_invalid"
    sentence = f"{_where(part, line)}: {fault.sentence}."
    return TemplateError(code, sentence, part, line, reason=fault.reason, **fault.values)


def _where(part: str, line: int | None) -> str:
    name = {"body": "The email", "subject": "The subject", "preheader": "The preheader", "text": "The text part"}[part]
    return f"{name}, line {line}" if line else name


def _prepare(template: FencedTemplate, part: str) -> int:
    """Cap every range in the tree; returns the number of nodes, expressions and filters."""
    count = 0
    context = template.context_class(template)
    nodes: list[Any] = list(template.nodes)
    expressions: list[Any] = []
    try:
        while nodes:
            node = nodes.pop()
            count += 1
            nodes.extend(node.children(context, include_partials=False))
            expressions.extend(node.expressions())
        while expressions:
            expression = expressions.pop()
            count += 1
            if type(expression) is RangeLiteral:
                expression.__class__ = CappedRange
            expressions.extend(expression.children())
            count += len(getattr(expression, "filters", None) or ())
            for used in getattr(expression, "filters", None) or ():
                used.validate_filter_arguments(template.env)
    except (LiquidError, RecursionError) as error:
        raise explain(error, part) from error
    return count


__all__ = [
    "FencedContext",
    "FencedEnvironment",
    "FencedTemplate",
    "Undefined",
    "environment",
    "parse",
    "run_library",
    "tokens",
]
