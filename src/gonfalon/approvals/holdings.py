"""Where approvals hold amounts in the workspace's currency: what forbids to change it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, tuple_

from gonfalon.accounts.offers import Holding, rows_of
from gonfalon.approvals.policy.suggestions import suggested_amounts
from gonfalon.approvals.tables import approval_requests, approval_rules, past_approval_rules

# Prepared rules that nobody has touched or switched on are the same in every currency.
_own_amount = approval_rules.c.over_minor.is_not(None) & or_(
    approval_rules.c.enabled,
    tuple_(approval_rules.c.kind, approval_rules.c.over_minor).not_in(suggested_amounts()),
)


def _ruled(workspace_id: int) -> ColumnElement[bool]:
    """Rules with an amount, and those of the last day that still bind."""
    past = rows_of(past_approval_rules, past_approval_rules.c.over_minor.is_not(None))
    return or_(rows_of(approval_rules, _own_amount)(workspace_id), past(workspace_id))


HOLDINGS = (
    Holding("rules", "approval rules with an amount", _ruled),
    Holding.rows(
        "approvals", "approvals of an amount", approval_requests, approval_requests.c.amount_minor.is_not(None)
    ),
)
