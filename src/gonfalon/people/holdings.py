"""Where people hold amounts in the workspace's currency."""

from __future__ import annotations

from sqlalchemy import exists

from gonfalon.accounts.offers import Holding
from gonfalon.people.attributes.model import AttributeType
from gonfalon.people.tables import attribute_definitions, people

HOLDINGS = (
    Holding(
        "attributes",
        "people with an amount among their attributes",
        lambda workspace_id: exists().where(
            people.c.workspace_id == workspace_id,
            attribute_definitions.c.workspace_id == workspace_id,
            attribute_definitions.c.type == AttributeType.MONEY.value,
            people.c.attributes.has_key(attribute_definitions.c.key),
        ),
    ),
)
