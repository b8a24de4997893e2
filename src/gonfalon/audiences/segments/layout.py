"""Where each engine keeps what rules speak of: names of tables and columns, and how values bind.

The analytics copies (DuckDB, ClickHouse) have the same tables as PostgreSQL with a typed column for
every declared attribute; PostgreSQL keeps attributes in one JSONB column.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlglot import exp

from .language import Op, ValueType

ATTRIBUTE_PREFIX = "attr_"
PRESENCE = (Op.KNOWN, Op.UNKNOWN)
LATEST_EVENTS = 5
"""So many of a person's latest events of each name are kept ready in the analytics copy."""


class Binder:
    """Collects the values of a question; hands out the placeholders that stand for them."""

    def __init__(self, typed: bool) -> None:
        self.params: dict[str, object] = {}
        self._typed = typed

    def _bind(self, value: object, kind: str) -> exp.Expr:
        name = f"v{len(self.params)}"
        self.params[name] = value
        return exp.Placeholder(this=name, **({"kind": kind} if self._typed else {}))

    def text(self, value: object) -> exp.Expr:
        """Return a text, compared byte by byte."""
        return self._bind(value, "String")

    def number(self, value: Any) -> exp.Expr:
        """Return a number as an IEEE double."""
        return self._bind(float(value), "Float64")

    def integer(self, value: int) -> exp.Expr:
        """Return a whole number."""
        return self._bind(value, "Int64")

    def uuid(self, value: UUID) -> exp.Expr:
        """Return an identifier of a configured thing."""
        return self._bind(value, "UUID")

    def day(self, value: date, layout: Layout) -> exp.Expr:
        """Return a day, in the form in which the layout keeps days."""
        return self._bind(*layout.day(value))

    def month_day(self, month: int, day: int, layout: Layout) -> exp.Expr:
        """Return a day of any year, in the form that ``layout.month_day`` yields."""
        return self._bind(*layout.month_day_value(month, day))

    def instant(self, value: datetime, layout: Layout) -> exp.Expr:
        """Return a moment in time."""
        return self._bind(*layout.instant(value))


def column(name: str, table: str = "r") -> exp.Column:
    """Return a column of the row that is asked about."""
    return exp.column(name, table=table)


def equals(name: str, value: exp.Expr) -> exp.Expr:
    """Return whether a column has the value."""
    return exp.EQ(this=column(name), expression=value)


class Layout:
    """What all engines share; subclasses say what differs."""

    dialect: str
    typed_placeholders = False
    staged = False
    """Whether conditions are better judged one after the other than in one WHERE."""
    latest_events = 0
    """How many of a person's latest events of a name are kept ready (see ``kit.engine.latest``)."""

    def named(self, sql: str) -> str:
        """Return a fixed statement, written with ``%(name)s`` parameters, as the engine wants it."""
        return sql

    def people_table(self, workspace: int) -> str:
        """Return the name of the table of the workspace's people."""
        return "people"

    def _table(self, name: str, alias: str) -> exp.Expr:
        return exp.alias_(exp.table_(name), alias, table=True)

    def people(self, workspace: int) -> exp.Expr:
        """Return the table of the workspace's people, as ``p``."""
        return self._table(self.people_table(workspace), "p")

    def in_workspace(self, alias: str, bind: Binder, workspace: int) -> exp.Expr:
        """Return the row belongs to the workspace."""
        return exp.EQ(this=column("workspace_id", alias), expression=bind.integer(workspace))

    def _rows(self, table: str) -> exp.Select:
        return exp.select(column("person_id")).from_(self._table(table, "r"))

    def _named(self, table: str, bind: Binder, *names: str) -> exp.Select:
        rows = self._rows(table)
        if len(names) == 1:
            return rows.where(equals("name", bind.text(names[0])), copy=False)
        return rows.where(column("name").isin(*(bind.text(each) for each in sorted(names))), copy=False)

    def attribute(self, key: str, kind: ValueType) -> exp.Expr:
        """Return a person's attribute as a value of its type, NULL where not known."""
        raise NotImplementedError

    def property(self, bind: Binder, name: str, kind: ValueType, op: Op) -> exp.Expr:
        """Return a property of the event row ``r``, NULL where absent or of another type."""
        raise NotImplementedError

    def any_item(
        self, bind: Binder, held: str, member: str, kind: ValueType, op: Op, test: Callable[[exp.Expr], exp.Expr]
    ) -> exp.Expr:
        """Hold where ``test`` holds for a member of one of the items in the list property ``held`` of the row ``r``.

        ``test`` gets the member as a value of its kind, NULL where absent or of another type; "" is the item itself.
        """
        raise NotImplementedError

    def rounded(self, value: exp.Expr) -> exp.Expr:
        """Return a double, rounded to six decimals."""
        return exp.Round(this=value, decimals=exp.Literal.number(6))

    def month_day(self, column: exp.Expr) -> exp.Expr:
        """Return month and day of a date column, comparable with ``month_day_value``."""
        raise NotImplementedError

    def month_day_value(self, month: int, day: int) -> tuple[object, str]:
        """Return the bound form of a month and day."""
        return month * 100 + day, "Int64"

    def day(self, value: date) -> tuple[object, str]:
        """Return the bound form of a day."""
        return value, "Date32"

    def instant(self, value: datetime) -> tuple[object, str]:
        """Return the bound form of an instant."""
        return value, "DateTime64(6)"

    def tag(self, bind: Binder, tag: str) -> exp.Expr:
        """Hold where person ``p`` carries the tag."""
        raise NotImplementedError

    def consents(self, bind: Binder, channel: str, topic: int, state: str | None) -> exp.Select:
        """Return people whose consent stands at ``state`` (None: at anything at all)."""
        rows = self._rows("consents").where(
            equals("channel", bind.text(channel)), equals("topic_id", bind.integer(topic))
        )
        return rows if state is None else rows.where(equals("state", bind.text(state)), copy=False)

    def list_members(self, bind: Binder, audience: UUID) -> exp.Select:
        """Return people on a list."""
        return self._rows("list_members").where(equals("audience_id", bind.uuid(audience)), copy=False)

    def events(self, bind: Binder, *names: str) -> exp.Select:
        """Return the people of events with one of these names, once per event; without names of all events."""
        return self._named("events", bind, *names) if names else self._rows("events")

    def latest(self, bind: Binder, name: str) -> exp.Select:
        """Return the people who did events with that name, once each, ``latest_1`` … saying when."""
        return self._named("events_latest", bind, name)

    def new_events(self, bind: Binder, name: str) -> exp.Select:
        """Return the people of those events with that name that ``latest`` does not know yet, once per event."""
        return self._named("events_new", bind, name)

    def messages(self, bind: Binder, what: str, machines: bool) -> tuple[exp.Select, exp.Expr]:
        """Return the people of messages sent, opened or clicked, and the column that says when."""
        rows = self._rows("messages")
        if what == "sent":
            return rows.where(equals("state", bind.text("accepted")), copy=False), column("ended_at")
        hit = exp.EQ(this=column("message_id", "h"), expression=column("id"))
        rows = rows.join(self._table("hits", "h"), on=hit)
        kind = {"opened": "open", "clicked": "click"}[what]
        rows = rows.where(exp.EQ(this=column("kind", "h"), expression=bind.text(kind)), copy=False)
        if not machines:
            human = exp.EQ(this=column("verdict", "h"), expression=bind.text("human"))
            rows = rows.where(human, copy=False)
        return rows, column("at", "h")


class PostgresLayout(Layout):
    """The truth: attributes and properties in JSONB, days as ISO texts (so they sort by byte)."""

    dialect = "postgres"

    def attribute(self, key: str, kind: ValueType) -> exp.Expr:
        """Return the attribute of the row ``p`` as its type."""
        return _jsonb(column("attributes", "p"), exp.Literal.string(key), kind)

    def property(self, bind: Binder, name: str, kind: ValueType, op: Op) -> exp.Expr:
        """Return the property of the row ``r`` as its type."""
        return _jsonb(column("properties"), bind.text(name), None if op in PRESENCE else kind)

    def any_item(
        self, bind: Binder, held: str, member: str, kind: ValueType, op: Op, test: Callable[[exp.Expr], exp.Expr]
    ) -> exp.Expr:
        """Return whether an item passes, looking at the items one by one."""
        items = exp.JSONExtract(this=column("properties"), expression=bind.text(held), only_json_types=True)
        kept = exp.Case(
            ifs=[
                exp.If(
                    this=exp.EQ(
                        this=exp.Anonymous(this="jsonb_typeof", expressions=[items]),
                        expression=exp.Literal.string("array"),
                    ),
                    true=items.copy(),
                )
            ]
        )
        # Wrapped in a list of one, so that a member of an item and an item itself are asked for in one way.
        rows = exp.Anonymous(this="jsonb_array_elements", expressions=[kept])
        wrapped = exp.Anonymous(
            this="jsonb_build_object", expressions=[exp.Literal.string(""), exp.column("value", table="item")]
        )
        of = exp.column("value", table="item") if member else wrapped
        found = _jsonb(of, bind.text(member), None if op in PRESENCE else kind)
        source = exp.Table(this=rows, alias=exp.TableAlias(this=exp.to_identifier("item")))
        return exp.Exists(this=exp.select("1").from_(source).where(test(found), copy=False))

    def rounded(self, value: exp.Expr) -> exp.Expr:
        """Round by way of a decimal: PostgreSQL rounds doubles to whole numbers only."""
        decimal = exp.Round(this=exp.cast(value, "decimal"), decimals=exp.Literal.number(6))
        return exp.cast(decimal, "double")

    def month_day(self, column: exp.Expr) -> exp.Expr:
        """Return month and day of a date."""
        start, length = exp.Literal.number(6), exp.Literal.number(5)
        return exp.Substring(this=column, start=start, length=length)

    def month_day_value(self, month: int, day: int) -> tuple[object, str]:
        """Return the bound form of a month and day."""
        return f"{month:02d}-{day:02d}", "String"

    def day(self, value: date) -> tuple[object, str]:
        """Return the bound form of a day."""
        return value.isoformat(), "String"

    def tag(self, bind: Binder, tag: str) -> exp.Expr:
        """Return whether ``p`` carries the tag."""
        return exp.EQ(this=bind.text(tag), expression=exp.Any(this=exp.Paren(this=column("tags", "p"))))


def attribute_column(key: str) -> str:
    """Return the column of a declared attribute in the columnar copies."""
    return ATTRIBUTE_PREFIX + key


_JSONB = {
    ValueType.NUMBER: "number",
    ValueType.MONEY: "number",
    ValueType.BOOLEAN: "boolean",
}


def when(found: exp.Expr, names: tuple[str, ...], text: exp.Expr, kind: ValueType) -> exp.Expr:
    """Return the text as a value of ``kind`` if its JSON type is one of ``names``, else NULL.

    A CASE, because only its branches are promised to be evaluated after the test.
    """
    if kind is ValueType.NUMBER or kind is ValueType.MONEY:
        text = exp.cast(text, "double")
    elif kind is ValueType.BOOLEAN:
        text = exp.EQ(this=text, expression=exp.Literal.string("true"))
    test = found.isin(*(exp.Literal.string(name) for name in names))
    return exp.Case(ifs=[exp.If(this=test, true=text)])


def _jsonb(of: exp.Expr, key: exp.Expr, kind: ValueType | None) -> exp.Expr:
    """A member of a JSONB object as a value of ``kind`` (None: as text), NULL when of another type.

    Texts compare in the collation "C": the database's own would differ from machine to machine.
    """
    text: exp.Expr = exp.JSONExtractScalar(this=of, expression=key, only_json_types=True)
    if kind is None:
        return text
    found = exp.Anonymous(
        this="jsonb_typeof",
        expressions=[exp.JSONExtract(this=of.copy(), expression=key.copy(), only_json_types=True)],
    )
    if kind in (ValueType.TEXT, ValueType.CHOICE, ValueType.DATE):
        text = exp.Collate(this=exp.Paren(this=text), expression=exp.to_identifier("C", quoted=True))
    return when(found, (_JSONB.get(kind, "string"),), text, kind)
