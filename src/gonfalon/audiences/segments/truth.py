"""Where three-valued logic stops: NULL counts as false."""

from __future__ import annotations

from sqlglot import exp


def negation(condition: exp.Expr) -> exp.Expr:
    """Hold where the condition is false or NULL."""
    return exp.not_(exp.Coalesce(this=condition, expressions=[exp.false()]), copy=False)


def signed(positive: bool, condition: exp.Expr) -> exp.Expr:
    """Return the condition or its exact opposite."""
    return condition if positive else negation(condition)
