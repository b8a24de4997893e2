"""ClickHouse inside the process (chDB), filled from the DuckDB copy."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import duckdb

from gonfalon.audiences.segments.compile import Question

_TYPES = {
    "BIGINT": "Nullable(Int64)",
    "INTEGER": "Int32",
    "SMALLINT": "Nullable(Int16)",
    "VARCHAR": "Nullable(String)",
    "JSON": "String",
    "DOUBLE": "Nullable(Float64)",
    "BOOLEAN": "Nullable(Bool)",
    "DATE": "Nullable(Date32)",
    "TIMESTAMP": "Nullable(DateTime64(6, 'UTC'))",
    "UUID": "UUID",
    "VARCHAR[]": "Array(String)",
}


def fill(session: Any, copy: duckdb.DuckDBPyConnection, workspace: int) -> None:
    """The tables of one workspace's questions, with the copy's columns."""
    session.query("create database if not exists copy")
    for table in (
        f"people_{workspace}",
        "consents",
        "list_members",
        "companies",
        "company_members",
        "person_scores",
        "events",
        "messages",
        "hits",
    ):
        described = copy.execute(f'describe "{table}"').fetchall()
        columns = [
            f'"{name}" '
            + (
                "Int64"
                if (name.endswith("_id") and kind == "BIGINT" and name != "link_set_id") or name == "id"
                else _TYPES[kind]
            )
            for name, kind, *_ in described
        ]
        session.query(f'create table copy."{table}" ({", ".join(columns)}) engine = Memory')
        rows = copy.execute(f'from "{table}"').fetchall()
        for start in range(0, len(rows), 500):
            values = ", ".join(
                "(" + ", ".join(_literal(value) for value in row) + ")" for row in rows[start : start + 500]
            )
            session.query(f'insert into copy."{table}" values {values}')


def ask(session: Any, question: Question) -> list[int]:
    """The ids that a question yields."""
    params = {name: _parameter(value) for name, value in question.params.items()}
    sql = re.sub(
        r'(FROM|JOIN) "(?=people_|consents|list_members|companies|company_members|person_scores|events|messages|hits)',
        r'\1 copy."',
        question.sql,
    )
    answer = session.query(sql, "CSV", params=params)
    return [int(line) for line in str(answer).split()]


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each) for each in value) + "]"
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def _parameter(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, int | float):
        return value
    return str(value).replace("\\", "\\\\")  # texts are read in the tab-separated form
