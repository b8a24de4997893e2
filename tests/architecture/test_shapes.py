"""A noun has one shape: a schema that repeats the fields of a value is that value."""

from __future__ import annotations

import ast
from itertools import product

from tests.architecture.source import PYTHON, SOURCE, tree

ALIKE = 0.8
FEWEST = 5


def classes() -> dict[str, dict[str, ast.ClassDef]]:
    """Every class by room and name."""
    found: dict[str, dict[str, ast.ClassDef]] = {}
    for path in PYTHON:
        room = path.relative_to(SOURCE).parts[0]
        found.setdefault(room, {}).update(
            {node.name: node for node in tree(path).body if isinstance(node, ast.ClassDef)}
        )
    return found


def bases(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).split("[")[0] for base in node.bases}


def lineage(name: str, room: dict[str, ast.ClassDef]) -> set[str]:
    """The class and what it extends, in its room."""
    return {name}.union(*(lineage(base, room) if base in room else {base} for base in bases(room[name])))


def said(name: str, room: dict[str, ast.ClassDef]) -> set[str]:
    """The names of a class's fields, its bases' too."""
    return {
        field.target.id
        for each in lineage(name, room) & room.keys()
        for field in room[each].body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
    }


def is_value(node: ast.ClassDef) -> bool:
    return any(ast.unparse(each).startswith("dataclass") for each in node.decorator_list)


def repeated() -> set[str]:
    found = set()
    for name, room in classes().items():
        schemas = [each for each in room if "BaseModel" in lineage(each, room)]
        values = [each for each, node in room.items() if is_value(node)]
        fields = {each: said(each, room) for each in (*schemas, *values)}
        for value, schema in product(values, schemas):
            one, other = fields[value], fields[schema]
            shared = len(one & other)
            if shared >= FEWEST and shared >= ALIKE * max(len(one), len(other)):
                found.add(f"{name}: {schema}")
    return found


OTHERWISE = {
    "accounts: MeOut", "accounts: SessionOut", "accounts: SetupDone", "accounts: WorkCalendarIn",
    "accounts: WorkspaceOut", "approvals: ApprovalRuleIn", "approvals: ApprovalRuleOut", "approvals: StandingOut",
    "audiences: AudienceOut", "audiences: SentenceOut", "channels: MailboxIn", "content: AssetOut", "forms: FormOut",
    "insights: CampaignBroughtOut", "insights: GoalStandingOut", "people: ConsentPlan", "people: ImportOut",
    "people: PersonOut", "planning: CalendarMoveApply", "planning: CalendarMoveIn", "planning: CalendarOut",
    "planning: CampaignOut", "planning: CollisionOut", "planning: FeedFilters", "planning: GoalPriorityOut",
    "planning: KeptBriefOut", "planning: PassageOut", "planning: PlaybookPageOut", "planning: PlaybookPageRow",
    "planning: PreviewOut", "planning: _Sums", "tracking: DataSourceOut", "tracking: EventKindOut",
    "tracking: EventKindViewOut",
}  # fmt: skip
"""Schemas that show otherwise what a value holds: sorted, in words, put together. Look twice before adding one."""


def test_a_schema_says_no_value_again() -> None:
    assert repeated() == OTHERWISE, "answer with the value itself; `Internal` leaves a field out"
