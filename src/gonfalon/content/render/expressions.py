"""Liquid expressions as functions of a scope; see `fast.py`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final, cast

from liquid import Environment, Markup, RenderContext
from liquid.builtin.expressions import BooleanExpression, FilteredExpression, Path
from liquid.builtin.expressions.filtered import Filter
from liquid.builtin.expressions.logical import (
    ContainsExpression,
    EqExpression,
    GeExpression,
    GtExpression,
    LeExpression,
    LogicalAndExpression,
    LogicalOrExpression,
    LtExpression,
    NeExpression,
    _contains,
    _eq,
    _le,
    _lt,
    is_truthy,
)
from liquid.builtin.expressions.primitive import (
    Blank,
    Empty,
    FalseLiteral,
    FloatLiteral,
    IntegerLiteral,
    Nil,
    RangeLiteral,
    StringLiteral,
    TrueLiteral,
)
from liquid.builtin.tags.case_tag import _AnyExpression
from liquid.undefined import Undefined

from gonfalon.kit.clock import utcnow

Scope = dict[Any, Any]
Evaluate = Callable[[Scope], Any]

_SPECIAL: Final = ("size", "first", "last")
MISSES: Final = (KeyError, TypeError, IndexError)
"""What a look-up raises that finds nothing."""


class Rare(Exception):
    """Something that only the library renders."""


def compile_expression(expression: Any, env: Environment) -> Evaluate:  # noqa: PLR0911 - one return a kind
    """Return any expression except conditions as a function of the scope; raises Rare."""
    kind = type(expression)
    if kind is FilteredExpression:
        return _filtered(expression, env)
    if kind is Path:
        return _path(expression, env)
    if kind is StringLiteral:
        return _constant(Markup(expression.value) if env.autoescape else expression.value)
    if kind in (IntegerLiteral, FloatLiteral, TrueLiteral, FalseLiteral):
        return _constant(expression.value)
    if kind is Nil:
        return _constant(None)
    if kind in (Empty, Blank):
        return _constant(expression)
    if isinstance(expression, RangeLiteral):
        start, stop = compile_expression(expression.start, env), compile_expression(expression.stop, env)
        make = expression._make_range
        return lambda scope: make(start(scope), stop(scope))
    if kind is _AnyExpression:
        left = compile_expression(expression.left, env)
        choices = [compile_expression(choice, env) for choice in expression.expressions]

        def matches(scope: Scope) -> list[bool]:
            value = left(scope)
            return [_eq(value, choice(scope)) for choice in choices]

        return matches
    if kind is BooleanExpression:
        return compile_condition(expression, env)
    raise Rare(kind.__name__)


def compile_condition(expression: Any, env: Environment) -> Callable[[Scope], bool]:
    """Return a condition as a function that says True or False."""
    kind = type(expression)
    if kind is BooleanExpression:
        return compile_condition(expression.expression, env)
    if kind is LogicalAndExpression:
        left, right = compile_condition(expression.left, env), compile_condition(expression.right, env)
        return lambda scope: left(scope) and right(scope)
    if kind is LogicalOrExpression:
        left, right = compile_condition(expression.left, env), compile_condition(expression.right, env)
        return lambda scope: left(scope) or right(scope)
    if kind in (EqExpression, NeExpression, LtExpression, GtExpression, LeExpression, GeExpression, ContainsExpression):
        return _comparison(expression, kind, env)
    value = compile_expression(expression, env)

    def truth(scope: Scope) -> bool:
        got = value(scope)
        if got is None or got is False:
            return False
        return True if got is True or got.__class__ is str else is_truthy(got)

    return truth


def _comparison(expression: Any, kind: type, env: Environment) -> Callable[[Scope], bool]:  # noqa: PLR0911
    left, right = _operand(expression.left, env), _operand(expression.right, env)
    token = expression.token

    if kind is EqExpression:

        def equal(scope: Scope) -> bool:
            one, other = left(scope), right(scope)
            # Text with text needs none of the library's questions.
            return one == other if one.__class__ is str and isinstance(other, str) else _eq(one, other)

        return equal
    if kind is NeExpression:
        return lambda scope: not _eq(left(scope), right(scope))
    if kind is LtExpression:
        return lambda scope: _lt(token, left(scope), right(scope))
    if kind is GtExpression:
        # The library looks at the right side first, too.
        return lambda scope: _lt(token, right(scope), left(scope))
    if kind is LeExpression:
        return lambda scope: _le(left(scope), right(scope))
    if kind is GeExpression:
        return lambda scope: _le(right(scope), left(scope))
    return lambda scope: _contains(token, left(scope), right(scope))


def _operand(expression: Any, env: Environment) -> Evaluate:
    """A side of a comparison; `a == b and c` may put a whole condition there."""
    if type(expression) in (
        LogicalAndExpression, LogicalOrExpression, EqExpression, NeExpression, LtExpression,
        GtExpression, LeExpression, GeExpression, ContainsExpression,
    ):  # fmt: skip
        return compile_condition(expression, env)
    return compile_expression(expression, env)


def _constant(value: Any) -> Evaluate:
    return lambda scope: value


def plain_path(expression: Any) -> tuple[str, ...] | None:
    """Return the names of `a` or `a.b` where nothing but a look-up is asked for; None for all other expressions."""
    if isinstance(expression, FilteredExpression) and not expression.filters:
        expression = expression.left
    if type(expression) is not Path:
        return None
    names = tuple(part for part in expression.path if isinstance(part, str))
    if len(names) != len(expression.path) or len(names) > 2 or names[0] in ("now", "today"):
        return None
    return None if names[1:] and names[1] in _SPECIAL else names


def _path(expression: Path, env: Environment) -> Evaluate:
    segments = expression.path
    root = segments[0]
    if not isinstance(root, str):
        raise Rare("a name that is computed")
    undefined = Undefined(root)
    if root in ("now", "today"):
        start: Evaluate = partial(_clock, root)
    elif len(segments) == 1:
        return lambda scope: scope.get(root, undefined)
    else:
        start = lambda scope: scope[root]  # noqa: E731
    if len(segments) == 1:
        return start
    key = segments[1]
    if len(segments) == 2 and isinstance(key, str) and key not in _SPECIAL and root not in ("now", "today"):

        def two(scope: Scope) -> Any:
            try:
                return scope[root][key]
            except MISSES:
                return undefined

        return two
    getters = [_path(part, env) if isinstance(part, Path) else _constant(part) for part in segments[1:]]
    get_item = partial(RenderContext.get_item, cast(RenderContext, _Owner(env)))

    def many(scope: Scope) -> Any:
        keys = [get(scope) for get in getters]
        try:
            value = start(scope)
            for part in keys:
                value = get_item(value, part)
        except MISSES:
            return undefined
        return value

    return many


class _Owner:
    """What `RenderContext.get_item` needs of a context."""

    def __init__(self, env: Environment) -> None:
        self.env = env


def _clock(name: str, scope: Scope) -> Any:
    if name in scope:
        return scope[name]
    now = utcnow()
    return now if name == "now" else now.date()


def _filtered(expression: FilteredExpression, env: Environment) -> Evaluate:
    value = compile_expression(expression.left, env)
    for used in expression.filters or ():
        value = _filter(value, used, env)
    return value


def _filter(value: Evaluate, used: Filter, env: Environment) -> Evaluate:
    function = env.filters[used.name]
    if getattr(function, "with_context", False):
        raise Rare(used.name)
    if getattr(function, "with_environment", False):
        function = partial(function, environment=env)
    positional: list[Evaluate] = []
    named: dict[str, Evaluate] = {}
    constant = True
    for argument in used.args:
        compiled = compile_expression(argument.value, env)
        constant = constant and type(argument.value) is not Path and not isinstance(argument.value, RangeLiteral)
        name = getattr(argument, "name", None)
        if name:
            named[name] = compiled
        else:
            positional.append(compiled)
    if constant and not named:
        values = [argument({}) for argument in positional]
        if not values:
            return lambda scope: function(value(scope))
        if len(values) == 1:
            only = values[0]
            return lambda scope: function(value(scope), only)
        return lambda scope: function(value(scope), *values)
    return lambda scope: function(
        value(scope), *[argument(scope) for argument in positional], **{key: get(scope) for key, get in named.items()}
    )
