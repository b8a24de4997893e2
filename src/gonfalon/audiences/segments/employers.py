"""The condition on the companies that people belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from .conditions import Company
from .truth import signed
from .values import NEGATED, ValueType

if TYPE_CHECKING:
    from .compile import Compiler


def company(compiler: Compiler, rule: Company) -> exp.Expr:
    """Return one of the person's companies is so; the negative of that for a negative condition."""
    op, kind = NEGATED.get(rule.op, rule.op), ValueType(rule.type)
    name = exp.column("name", table="r")
    column = compiler.layout.property(compiler.bind, rule.property, kind, op) if rule.property else name
    rows = exp.select(exp.column("person_id", table="r")).from_(_memberships().subquery("r"))
    return signed(op is rule.op, compiler.among(rows.where(compiler.compare(column, kind, op, rule.value), copy=False)))


def _memberships() -> exp.Select:
    """The people of companies, once per company, with what the company is called and its properties."""
    members, companies = (
        exp.alias_(exp.table_(table), alias, table=True)
        for table, alias in (("company_members", "m"), ("companies", "c"))
    )
    same = exp.EQ(this=exp.column("id", table="c"), expression=exp.column("company_id", table="m"))
    of_member = (exp.column(name, table="m") for name in ("workspace_id", "person_id"))
    of_company = (exp.column(name, table="c") for name in ("name", "properties"))
    return exp.select(*of_member, *of_company).from_(members).join(companies, on=same)
