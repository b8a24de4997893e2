"""The points that people have of scores, as a condition about the row ``p`` of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from .language import Score

if TYPE_CHECKING:
    from .compile import Compiler


def scored(c: Compiler, rule: Score) -> exp.Expr:
    """Return whether somebody has so many points, or is in the stage, as last counted."""
    rows = exp.select(exp.column("person_id", table="r")).from_(
        exp.alias_(exp.table_("person_scores"), "r", table=True)
    )
    tests: list[exp.Expr] = [exp.EQ(this=exp.column("score_id", table="r"), expression=c.bind.uuid(rule.score))]
    total = exp.column("total", table="r")
    if rule.at_least is not None:
        tests.append(exp.GTE(this=total, expression=c.bind.integer(rule.at_least)))
    if rule.at_most is not None:
        tests.append(exp.LTE(this=total.copy(), expression=c.bind.integer(rule.at_most)))
    if rule.stage is not None:
        tests.append(exp.EQ(this=exp.column("stage", table="r"), expression=c.bind.text(rule.stage)))
    return c.among(rows.where(*tests, copy=False))
