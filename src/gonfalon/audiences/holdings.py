"""Where audiences hold amounts in the workspace's currency: in what their rules compare with."""

from __future__ import annotations

from sqlalchemy import cast, exists, func, or_
from sqlalchemy.dialects.postgresql import JSONPATH

from gonfalon.accounts.offers import Holding
from gonfalon.audiences.tables import audiences
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.tables import attribute_definitions

_by_attribute = exists().where(
    attribute_definitions.c.workspace_id == audiences.c.workspace_id,
    attribute_definitions.c.type == AttributeType.MONEY.value,
    func.jsonb_path_exists(
        audiences.c.rule,
        cast("$.** ? (@.key == $key)", JSONPATH),
        func.jsonb_build_object("key", attribute_definitions.c.key),
    ),
)
_by_total = func.jsonb_path_exists(audiences.c.rule, cast("$.**.total_at_least ? (@ != null)", JSONPATH))
_by_measure = func.jsonb_path_exists(
    audiences.c.rule, cast("$.**.measure ? (@.property == null && @.of != null)", JSONPATH)
)

HOLDINGS = (
    Holding(
        "audiences",
        "audiences that compare amounts",
        lambda workspace_id: exists().where(
            audiences.c.workspace_id == workspace_id, or_(_by_total, _by_measure, _by_attribute)
        ),
    ),
)
