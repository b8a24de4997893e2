"""Which fields of a person a template takes, and whether it says what to do without them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from liquid.ast import Node
from liquid.builtin.expressions import FilteredExpression, Path, StringLiteral
from liquid.builtin.tags.case_tag import CaseNode
from liquid.builtin.tags.for_tag import ForNode
from liquid.builtin.tags.if_tag import IfNode
from liquid.builtin.tags.unless_tag import UnlessNode

from gonfalon.content.render.liquid import FencedTemplate, GapOutputNode
from gonfalon.content.render.model import FieldUse


def find_uses(template: FencedTemplate, part: str) -> list[FieldUse]:
    """Return every path into a value that comes from outside, once per path and kind, in order of first use."""
    found: dict[tuple[str, bool], FieldUse] = {}
    context = template.context_class(template)

    def walk(nodes: Any, local: frozenset[str], safe: frozenset[str]) -> None:
        for node in nodes:
            inner_local, inner_safe = local, safe
            conditions: list[Any] = []
            if isinstance(node, (IfNode, UnlessNode)):
                conditions = [node.condition, *(other.expression for other in node.alternatives)]
            elif isinstance(node, (CaseNode, ForNode)):
                conditions = [node.expression]
            for condition in conditions:
                for path in _paths(condition):
                    note(path, local, guarded=True)
                    inner_safe |= {str(path)}
            for name in node.block_scope():
                inner_local |= {str(name)}
            if not conditions:
                for expression in node.expressions():
                    defaults = _defaults(expression)
                    printed = isinstance(node, GapOutputNode)
                    for path in _paths(expression):
                        first = isinstance(expression, FilteredExpression) and expression.left is path
                        guarded = (first and bool(defaults)) or not (first and printed) or str(path) in safe
                        note(path, local, guarded=guarded, fallback=next(iter(defaults), "") if first else "")
            walk(node.children(context, include_partials=False), inner_local, inner_safe)
            for name in node.template_scope():
                local |= {str(name)}

    def note(path: Path, local: frozenset[str], *, guarded: bool, fallback: str = "") -> None:
        root = path.path[0]
        if not isinstance(root, str) or root in local or root in ("now", "today", "unsubscribe_url", "preferences_url"):
            return
        line = path.token.source.count("\n", 0, max(path.token.start_index, 0)) + 1
        name = str(path)
        use = FieldUse(name, guarded, part, line, fallback)
        known = found.setdefault((name, guarded), use)
        if fallback and not known.fallback:
            found[name, guarded] = use

    walk(template.nodes, frozenset(), frozenset())
    return list(found.values())


def _defaults(expression: Any) -> list[str]:
    """What the default filters of an expression give; "" for what is no text."""
    filters = expression.filters or () if isinstance(expression, FilteredExpression) else ()
    given = [used.args[0].value if used.args else "" for used in filters if used.name == "default"]
    return [value.value if isinstance(value, StringLiteral) else "" for value in given]


def _paths(expression: Any) -> Iterator[Path]:
    stack = [expression]
    while stack:
        current = stack.pop()
        if isinstance(current, Path):
            yield current
        stack.extend(reversed(current.children()))


def shadows(template: FencedTemplate) -> bool:
    """Return whether a name is both assigned and the variable of a loop."""
    context = template.context_class(template)
    nodes: list[Node] = list(template.nodes)
    loops: set[str] = {"forloop"}
    assigned: set[str] = set()
    while nodes:
        node = nodes.pop()
        if isinstance(node, ForNode):
            loops.add(str(node.expression.identifier))
        assigned.update(str(name) for name in node.template_scope())
        nodes.extend(node.children(context, include_partials=False))
    return bool(loops & assigned)
