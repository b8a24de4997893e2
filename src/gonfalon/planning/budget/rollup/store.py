"""Database calls of sums of budgets."""

from __future__ import annotations

from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Role
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run
from gonfalon.planning.budget.rollup.model import BudgetQuestion, By, CountedGroup, Group, Sums

_PACKAGE = "gonfalon.planning.budget"
_PERIOD = {By.MONTH: 1, By.QUARTER: 3}
_ALWAYS = 1_000_000
"""Months in a period that never ends."""


async def roll_up(
    ctx: Context, connection: AsyncConnection, question: BudgetQuestion, after: tuple[int, str] | None, limit: int
) -> Sums:
    """Return at most `limit` groups after the one with this rank and key, the largest plan first; months in their
    order.
    """
    sliced = question.by in _PERIOD or question.first is not None or question.last is not None
    found = await run(
        connection,
        _PACKAGE,
        "roll_up",
        workspace=ctx.workspace.id,
        guest=ctx.actor.id if ctx.actor.role is Role.GUEST else None,
        parent=question.parent_id,
        state=question.state.value if question.state else None,
        resource=question.resource.value if question.resource else None,
        channel=question.channel,
        goal=question.goal,
        first=_month(question.first),
        last=_month(question.last),
        sliced=sliced,
        months=_PERIOD.get(question.by, _ALWAYS),
        by=question.by.value,
        words=f"%{_escaped(question.q)}%" if question.q.strip() and question.by is By.CAMPAIGN else "",
        after_rank=after[0] if after else None,
        after_key=after[1] if after else None,
        limit=limit + 1,
    )
    groups = shaped(found, CountedGroup)
    following = (groups[limit - 1].rank, groups[limit - 1].key) if len(groups) > limit else None
    return Sums([*groups[:limit]], following, _total(groups[0] if groups else None))


def _total(group: CountedGroup | None) -> Group:
    if group is None:
        return Group("", "", False, 0, 0, 0, 0, 0, 0)
    return Group(
        "", "", False, group.all_lines, group.all_groups, group.all_planned, group.all_approved, group.all_committed,
        group.all_spent,
    )  # fmt: skip


def _month(day: date | None) -> int | None:
    return None if day is None else day.year * 12 + day.month - 1


def _escaped(words: str) -> str:
    return words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
