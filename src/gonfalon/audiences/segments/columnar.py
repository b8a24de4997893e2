"""The layouts of analytics copies, which have a typed column for every declared attribute."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from sqlglot import exp

from .language import Op, ValueType
from .layout import LATEST_EVENTS, PRESENCE, Binder, Layout, attribute_column, column, when


class _ColumnsLayout(Layout):
    """A columnar copy: people of a workspace in a table of their own, a typed column for every attribute."""

    def people_table(self, workspace: int) -> str:
        """The table of the workspace's people."""
        return f"people_{workspace:d}"

    def attribute(self, key: str, kind: ValueType) -> exp.Expr:
        """The attribute of the row ``p`` as its type."""
        return column(attribute_column(key), "p")

    def month_day(self, column: exp.Expr) -> exp.Expr:
        """Month and day of a date."""
        month = exp.Extract(this=exp.var("month"), expression=column)
        day = exp.Extract(this=exp.var("day"), expression=column.copy())
        hundred = exp.Literal.number(100)
        return exp.Add(this=exp.Mul(this=month, expression=hundred), expression=day)

    def instant(self, value: datetime) -> tuple[object, str]:
        """The bound form of an instant."""
        # the copies keep instants as UTC without a zone
        return value.astimezone(UTC).replace(tzinfo=None), "DateTime64(6)"


class DuckLayout(_ColumnsLayout):
    """The analytics copy in DuckDB."""

    dialect = "duckdb"
    staged = True
    latest_events = LATEST_EVENTS

    def named(self, sql: str) -> str:
        """Return the statement with this engine's parameters."""
        return re.sub(r"%\((\w+)\)s", r"$\1", sql)

    def property(self, bind: Binder, name: str, kind: ValueType, op: Op) -> exp.Expr:
        """Return the property of the row ``r`` as its type."""
        return self._member(column("properties"), self._pointer(bind, name), kind, op)

    def any_item(
        self, bind: Binder, held: str, member: str, kind: ValueType, op: Op, test: Callable[[exp.Expr], exp.Expr]
    ) -> exp.Expr:
        """Return whether an item passes, by a function over the list."""
        items = exp.func("json_extract", column("properties"), self._pointer(bind, held), dialect="duckdb")
        listed = exp.TryCast(this=items, to=exp.DataType.build("JSON[]", dialect="duckdb"))
        found = self._member(exp.column("item"), self._pointer(bind, member), kind, op)
        passing = exp.Lambda(this=test(found), expressions=[exp.to_identifier("item")])
        count = exp.func("len", exp.Anonymous(this="list_filter", expressions=[listed, passing]), dialect="duckdb")
        return exp.GT(this=count, expression=exp.Literal.number(0))

    def _pointer(self, bind: Binder, name: str) -> exp.Expr:
        return bind.text("/" + name.replace("~", "~0").replace("/", "~1") if name else "")

    def _member(self, of: exp.Expr, pointer: exp.Expr, kind: ValueType, op: Op) -> exp.Expr:
        text = exp.func("json_extract_string", of, pointer, dialect="duckdb")
        found = exp.func("json_type", of.copy(), pointer.copy(), dialect="duckdb")
        if op in PRESENCE:
            return exp.Nullif(this=found, expression=exp.Literal.string("NULL"))
        return when(found, _DUCK_JSON[kind], text, kind)

    def tag(self, bind: Binder, tag: str) -> exp.Expr:
        """Return whether ``p`` carries the tag."""
        return exp.func("list_contains", column("tags", "p"), bind.text(tag), dialect="duckdb")


class ClickHouseLayout(_ColumnsLayout):
    """The analytics copy in ClickHouse: as in DuckDB, parameters carry their type."""

    dialect = "clickhouse"
    typed_placeholders = True

    def property(self, bind: Binder, name: str, kind: ValueType, op: Op) -> exp.Expr:
        """Return the property of the row ``r`` as its type."""
        return self._member([column("properties"), bind.text(name)], kind, op)

    def any_item(
        self, bind: Binder, held: str, member: str, kind: ValueType, op: Op, test: Callable[[exp.Expr], exp.Expr]
    ) -> exp.Expr:
        """Return whether an item passes, by a function over the list."""
        items = exp.Anonymous(this="JSONExtractArrayRaw", expressions=[column("properties"), bind.text(held)])
        place: list[exp.Expr] = [exp.column("item")] + ([bind.text(member)] if member else [])
        found = self._member(place, kind, op)
        passing = exp.Lambda(this=test(found), expressions=[exp.to_identifier("item")])
        return exp.Anonymous(this="arrayExists", expressions=[passing, items])

    def _member(self, place: list[exp.Expr], kind: ValueType, op: Op) -> exp.Expr:
        found = exp.cast(exp.Anonymous(this="JSONType", expressions=place), "text")
        if op in PRESENCE:
            return exp.Nullif(this=found, expression=exp.Literal.string("Null"))
        text = exp.Anonymous(this="JSONExtractString", expressions=[each.copy() for each in place])
        return when(found, _CLICK_JSON[kind], text, kind)

    def tag(self, bind: Binder, tag: str) -> exp.Expr:
        """Return whether ``p`` carries the tag."""
        return exp.Anonymous(this="has", expressions=[column("tags", "p"), bind.text(tag)])


_DUCK_JSON = {
    ValueType.TEXT: ("VARCHAR",),
    ValueType.NUMBER: ("BIGINT", "UBIGINT", "HUGEINT", "DOUBLE"),
    ValueType.BOOLEAN: ("BOOLEAN",),
}


_CLICK_JSON = {
    ValueType.TEXT: ("String",),
    ValueType.NUMBER: ("Int64", "UInt64", "Double"),
    ValueType.BOOLEAN: ("Bool",),
}
