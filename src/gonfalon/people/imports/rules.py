"""Pure decisions on imports: names of columns, and whether a plan makes sense."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gonfalon.kit.cells import heading
from gonfalon.kit.errors import Invalid
from gonfalon.people.attributes.model import Attribute
from gonfalon.people.imports.model import ColumnPlan, DetectedColumn, Match, Plan, Target, Warning_
from gonfalon.people.model import Channel, Existing

MAX_FILE = 2_684_354_560  # 2.5 GiB
MAX_COLUMNS = 500
SEVERAL = frozenset({Target.CONSENT, Target.CONSENT_DATE, Target.TAGS})
"""What any number of columns may become."""


def check_plan(
    plan: Plan, columns: Sequence[DetectedColumn], attributes: Mapping[str, Attribute], *, complete: bool = True
) -> None:
    """Raise Invalid with the first thing in the plan that cannot be done. complete: what asks is decided too."""
    found = {column.index: column for column in columns}
    seen: set[str] = set()
    for each in plan.columns:
        column = found.get(each.column)
        if column is None:
            raise Invalid(
                "import_plan_invalid",
                f"The file has no column {each.column + 1}; choose among its columns.",
                reason="column_unknown",
                number=each.column + 1,
            )
        if each.to in SEVERAL or each.to is Target.SKIP:
            continue
        goal = _goal(each, column.name, attributes)
        if goal in seen:
            raise Invalid(
                "import_plan_invalid",
                f"Two columns go to the same place; “{column.name}” is the second.",
                reason="place_twice",
                name=column.name,
            )
        seen.add(goal)
    if not plan.create and plan.existing is Existing.SKIP:
        raise Invalid(
            "import_plan_invalid",
            "Neither new people nor known ones are to be imported; choose one of them.",
            reason="nobody_meant",
        )
    if not seen & ({each.value for each in Match} if plan.match is Match.ANY else {plan.match.value}):
        raise Invalid(
            "import_plan_invalid",
            f"People are to be matched by {plan.match.value.replace('_', ' ')}, but no column holds it; choose one.",
            reason="match_missing",
            match=plan.match.value,
        )
    if complete:
        _check_decided(plan, found)


def _goal(each: ColumnPlan, name: str, attributes: Mapping[str, Attribute]) -> str:
    """Where a column goes, for finding two that go to the same place."""
    if each.to is Target.ATTRIBUTE:
        if each.attribute not in attributes:
            raise Invalid(
                "import_plan_invalid",
                f"“{name}” goes to an attribute that does not exist.",
                reason="attribute_gone",
                name=name,
            )
        return f"attribute {each.attribute}"
    if each.to is Target.NEW_ATTRIBUTE:
        if not each.label.strip():
            raise Invalid(
                "import_plan_invalid", f"Give the new attribute for “{name}” a name.", reason="name_missing", name=name
            )
        return f"new {each.label.strip().casefold()}"
    return each.to.value


def _check_decided(plan: Plan, found: Mapping[int, DetectedColumn]) -> None:
    """Raises Invalid for a question that nobody has answered: consent, and days that can be read in two ways."""
    plans = {each.column: each for each in plan.columns}
    consenting = any(each.to is Target.CONSENT for each in plan.columns)
    if plan.consent is None and consenting and not plan.refusals_only:
        raise Invalid(
            "import_plan_invalid",
            "A column holds consent; say where, when and for which topics it was given, or take only its refusals"
            " (refusals_only).",
            reason="consent_incomplete",
        )
    for column in found.values():
        each = plans.get(column.index)
        if plan.consent is not None and undecided(column, each, plan.consent.channel):
            raise Invalid(
                "import_consent_undecided",
                f"“{column.name}” seems to say who may be written to ({_told(column)}): take it as consent,"
                " or say that it has nothing to do with it.",
                column=column.index,
                name=column.name,
                found=_told(column),
            )
        dated = each is not None and (
            each.to is Target.CONSENT_DATE
            or (each.to in (Target.ATTRIBUTE, Target.NEW_ATTRIBUTE) and each.type.value == "date")
        )
        if each is not None and dated and column.doubtful and not each.format:
            raise Invalid(
                "import_date_order_undecided",
                f"The days of “{column.name}” can be read in two ways; choose the order of day and month.",
                column=column.index,
                name=column.name,
            )


def undecided(column: DetectedColumn, each: ColumnPlan | None, channel: Channel) -> bool:
    """Return whether a column that speaks of permission on the channel is neither taken for it nor said not to be
    it."""
    if column.consent is None or (each is not None and (each.to is Target.CONSENT or each.no_consent)):
        return False
    heard = column.consent.channel
    return heard in ("", channel.value) or (heard == "phone" and channel is Channel.SMS)


def _told(column: DetectedColumn) -> str:
    assert column.consent is not None
    told = [f"{each.count:,} × “{each.text or '–'}”" for each in column.consent.meanings[:3]]
    return ", ".join(told)


_REFUSING_NAME = re.compile(
    r"unsub|opt.?out|bounce|cleaned|suppress|block.?list|black.?list|spam|desabonn|desinscri|avregistr|abgemeldet"
    r"|退订|黑名单"
)


def warnings_of_name(file_name: str) -> list[Warning_]:
    """Return what the name of a file says against writing to the people in it: lists of those who left are called
    so."""
    said = _REFUSING_NAME.search(heading(file_name))
    return [Warning_(code="name_refuses", values={"file": file_name[:120]})] if said else []


def column_names(first: Sequence[str], header: bool) -> tuple[list[str], list[str], list[int]]:
    """Return a unique name for each column; which names were doubles; which columns had none."""
    if not header:
        return [f"Column {number + 1}" for number in range(len(first))], [], []
    names: list[str] = []
    doubles: list[str] = []
    empty: list[int] = []
    taken: set[str] = set()
    last: dict[str, int] = {}
    for number, cell in enumerate(first):
        name = " ".join(shown(cell).split())[:120]
        if not name:
            empty.append(number)
            name = f"Column {number + 1}"
        unique = name
        while unique in taken:
            last[name] = last.get(name, 1) + 1
            unique = f"{name} ({last[name]})"
        if unique != name:
            doubles.append(name)
        taken.add(unique)
        names.append(unique)
    return names, list(dict.fromkeys(doubles)), empty


def shown(cell: str) -> str:
    """Return a cell as it can be shown and kept: what has no place in UTF-8 or PostgreSQL becomes �."""
    return cell.encode("utf-8", "replace").decode().replace("\x00", "�")
