"""The plan that would do for a file: what each column becomes, by its name and by what has been seen of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gonfalon.kit.cells import Mark, heading
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.imports.headings import (
    attribute_of,
    currency_of,
    identity_of,
    is_company,
    is_money,
    is_tags,
    names_currencies,
)
from gonfalon.people.imports.looks import Look, fitting_format
from gonfalon.people.imports.model import (
    Answer,
    ColumnPlan,
    DetectedColumn,
    Match,
    Plan,
    Reading,
    Target,
    Warning_,
)
from gonfalon.people.imports.permission import OTHERWISE, is_consent_date
from gonfalon.people.model import Existing

_ORDER = ((Target.EMAIL, Match.EMAIL), (Target.EXTERNAL_ID, Match.EXTERNAL_ID), (Target.PHONE, Match.PHONE))


@dataclass
class _Asked:
    """What a suggestion is made of, and what has been given away."""

    columns: Sequence[DetectedColumn]
    looks: Sequence[Look]
    attributes: Mapping[str, Attribute]
    currency: str
    month_first: bool | None
    mark: Mark
    foreign_table: bool
    labels: set[str]
    used: set[str] = field(default_factory=set)
    company: bool = False
    warnings: list[Warning_] = field(default_factory=list)

    def warn(self, code: str, column: DetectedColumn, **more: str) -> None:
        self.warnings.append(Warning_(code=code, values={"column": column.name, **more}))


def suggest(
    columns: Sequence[DetectedColumn],
    looks: Sequence[Look],
    attributes: Mapping[str, Attribute],
    currency: str,
    month_first: bool | None,
    mark: Mark,
    reading: Reading,
) -> tuple[Plan | None, list[Warning_]]:
    """Return a plan by names and contents, and what somebody should look at; no plan when nothing identifies people."""
    asked = _Asked(
        columns, looks, attributes, currency, month_first, mark,
        foreign_table=_foreign_table(columns, looks, currency),
        labels={heading(each.label) for each in attributes.values()},
    )  # fmt: skip
    identities = _identities(columns, looks)
    folded = {each.column for each in reading.unfolded}
    plans: list[ColumnPlan] = []
    for column in columns:
        if column.index in identities:
            plans.append(ColumnPlan(column=column.index, to=identities[column.index]))
        elif column.index in folded:
            plans.append(ColumnPlan(column=column.index, to=Target.SKIP))
        else:
            plans.append(_plan(asked, column, looks[column.index]))
    there = set(identities.values())
    match = next((match for target, match in _ORDER if target in there), None)
    if match is None:
        return None, [*asked.warnings, Warning_(code="no_identity")]
    return Plan(columns=plans, match=match, existing=Existing.OVERWRITE), asked.warnings


def _identities(columns: Sequence[DetectedColumn], looks: Sequence[Look]) -> dict[int, Target]:
    """Which columns identify people: the plainest heading of each kind, else the first that holds addresses."""
    best: dict[Target, tuple[int, int]] = {}
    for column in columns:
        look = looks[column.index]
        named = identity_of(column.name)
        if named is None or (column.consent is not None and named[0] is not Target.EMAIL):
            continue
        target, rank = named
        if target is Target.EXTERNAL_ID and not (look.different and look.filled):
            continue
        if target is Target.EMAIL and look.filled and look.mail * 2 < look.filled:
            continue
        if target not in best or rank < best[target][0]:
            best[target] = (rank, column.index)
    found = {index: target for target, (_, index) in best.items()}
    if Target.EMAIL not in best:
        held = {column.index: looks[column.index].mail / looks[column.index].filled for column in columns
                if column.index not in found and looks[column.index].filled and column.consent is None}  # fmt: skip
        most = max(held, key=lambda index: held[index], default=None)
        if most is not None and held[most] > 0.5:
            found[most] = Target.EMAIL
    return found


def _plan(asked: _Asked, column: DetectedColumn, look: Look) -> ColumnPlan:
    if look.filled == 0 and column.consent is None:
        return ColumnPlan(column=column.index, to=Target.SKIP)
    if is_consent_date(column.name, column.type is AttributeType.DATE):
        _warn_of_order(asked, column)
        return ColumnPlan(column=column.index, to=Target.CONSENT_DATE, format=_order(column.format))
    if column.consent is not None and column.consent.channel != "phone":
        return consent_plan(column)
    if is_tags(column.name) and column.type in (AttributeType.TEXT, AttributeType.CHOICE):
        return ColumnPlan(column=column.index, to=Target.TAGS)
    known = _known(asked, column)
    if known is not None:
        fitting = fitting_format(known, look, asked.month_first, asked.mark)
        if fitting is not None and not _foreign(asked, column, look, known.type):
            asked.used.add(known.key)
            if fitting[1]:
                _warn_of_order(asked, column)
            return ColumnPlan.model_validate(
                {"column": column.index, "to": Target.ATTRIBUTE, "attribute": known.key, "type": known.type,
                 "format": fitting[0]}
            )  # fmt: skip
        if fitting is None:
            asked.warn("attribute_unfit", column, attribute=known.label)
    return _new(asked, column, look)


def consent_plan(column: DetectedColumn) -> ColumnPlan:
    """Return the plan of a column about permission: its texts as they are known, everything else on the stricter
    side."""
    hint = column.consent
    assert hint is not None
    empty = Answer.OPEN if hint.otherwise is Answer.OPEN else Answer.GRANTED
    answers: dict[str, Answer] = {"": empty} | {each.text: each.answer for each in hint.meanings}
    return ColumnPlan(
        column=column.index, to=Target.CONSENT, channel=hint.channel, answers=answers | {OTHERWISE: hint.otherwise}
    )


def _known(asked: _Asked, column: DetectedColumn) -> Attribute | None:
    """The declared attribute that a heading means: by its label, its key, or one of the usual names."""
    words = heading(column.name)
    free = [each for each in asked.attributes.values() if each.key not in asked.used]
    found = next((each for each in free if heading(each.label) == words or each.key == column.name), None)
    if found is None and (usual := attribute_of(column.name)):
        found = next((each for each in free if each.key == usual), None)
    return found


def _new(asked: _Asked, column: DetectedColumn, look: Look) -> ColumnPlan:
    """The plan of a column that no attribute holds: the company that people belong to, else an attribute of its own."""
    if is_company(column.name) and not asked.company and column.type in (AttributeType.TEXT, AttributeType.CHOICE):
        asked.company = True
        return ColumnPlan(column=column.index, to=Target.COMPANY)
    type_, format_, choices = column.type, column.format, column.choices
    numeric = type_ in (AttributeType.NUMBER, AttributeType.MONEY)
    if look.foreign and look.marks(AttributeType.MONEY) and not numeric:
        asked.warn("currency_other", column, currencies=", ".join(code for code in look.foreign), home=asked.currency)
    elif numeric and _foreign(asked, column, look, type_):
        asked.warn("currency_other", column, currencies=currency_of(column.name) or "?", home=asked.currency)
        type_ = AttributeType.NUMBER
    elif type_ is AttributeType.NUMBER and is_money(column.name) and look.marked:
        type_ = AttributeType.MONEY
    if column.doubtful:
        _warn_of_order(asked, column)
    return ColumnPlan.model_validate(
        {"column": column.index, "to": Target.NEW_ATTRIBUTE, "label": _free_label(asked, column.name), "type": type_,
         "choices": choices, "format": format_}
    )  # fmt: skip


def _foreign(asked: _Asked, column: DetectedColumn, look: Look, type_: AttributeType) -> bool:
    """Whether a column of money says that it is not the workspace's."""
    named = currency_of(column.name)
    money = type_ is AttributeType.MONEY or is_money(column.name)
    return money and (
        bool(named and named != asked.currency) or (asked.foreign_table and bool(look.marks(AttributeType.NUMBER)))
    )


def _foreign_table(columns: Sequence[DetectedColumn], looks: Sequence[Look], currency: str) -> bool:
    """Whether a column beside the amounts says that they are another currency's."""
    return any(
        names_currencies(column.name) and any(cell.strip().upper() != currency for cell in looks[column.index].counts)
        for column in columns
    )


def _warn_of_order(asked: _Asked, column: DetectedColumn) -> None:
    if not column.doubtful:
        return
    if column.type is AttributeType.DATE:
        code = "date_order_asked" if not column.format else f"date_order_{column.format}"
    else:
        code = f"number_mark_{column.format}"
    asked.warn(code, column, example=next(iter(column.samples), ""))


def _order(format_: str) -> Any:
    return format_ if format_ in ("ymd", "dmy", "mdy") else ""


def _free_label(asked: _Asked, name: str) -> str:
    """A heading as people write it (months_since_last_order → Months since last order), and as no attribute has it."""
    words = " ".join(name.replace("_", " ").split())
    label = wished = (words[:1].upper() + words[1:])[:110] if words == words.lower() else words[:110]
    number = 2
    while heading(label) in asked.labels:
        label, number = f"{wished} {number}", number + 1
    asked.labels.add(heading(label))
    return label
