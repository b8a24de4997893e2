"""The walls: who writes which table, what is bound to the workspace, how long files are, what is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gonfalon.entry.tables import metadata

SOURCE = Path(__file__).resolve().parents[2] / "src" / "gonfalon"
PYTHON = sorted(SOURCE.rglob("*.py"))
SQL = sorted(SOURCE.rglob("*.sql"))
WRITES = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|merge\s+into|copy)\s+(?:only\s+)?([a-z_]+)", re.IGNORECASE
)
LONGEST = 400
# Temporary tables of one statement, and words that follow UPDATE in other roles.
NOT_TABLES = {"set", "skip", "of", "on", "nowait"}


def room_of(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


def owners() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in SOURCE.rglob("tables.py"):
        for name in re.findall(r'Table\(\s*"([a-z_]+)"', path.read_text()):
            found[name] = room_of(path)
    return found


OWNERS = owners()


def uncommented(path: Path) -> str:
    return re.sub(r"--[^\n]*", "", path.read_text())


def test_every_table_has_an_owner() -> None:
    assert set(OWNERS) == set(metadata.tables)


@pytest.mark.parametrize("path", SQL, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_statement_writes_its_own_rooms_tables_only(path: Path) -> None:
    written = {table.lower() for table in WRITES.findall(uncommented(path))} - NOT_TABLES
    strangers = {table: OWNERS[table] for table in written if OWNERS.get(table, room_of(path)) != room_of(path)}
    assert strangers == {}, f"{path.name} writes tables of other rooms: read across, write at home"


@pytest.mark.parametrize("path", SQL, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_statement_says_what_it_does_and_binds_its_workspace(path: Path) -> None:
    text = path.read_text()
    assert text.startswith("-- "), f"{path.name} needs a header: what it does, what it writes, which index it uses"
    assert "workspace_id" in text or "-- all workspaces:" in text, (
        f"{path.name} binds no workspace_id; if that is right, say why in a line '-- all workspaces: …'"
    )


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(SOURCE)))
def test_python_writes_its_own_rooms_tables_only(path: Path) -> None:
    tree = ast.parse(path.read_text())
    foreign: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.endswith(".tables"):
            room = node.module.split(".")[1]
            if room not in (room_of(path), "kit"):
                foreign |= {(alias.asname or alias.name): room for alias in node.names}
    written = {
        node.args[0].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("insert", "update", "delete", "upsert")
        and node.args
        and isinstance(node.args[0], ast.Name)
    }
    assert written & set(foreign) == set(), f"{path.name} writes tables of other rooms"


@pytest.mark.parametrize("path", [*PYTHON, *SQL], ids=lambda p: str(p.relative_to(SOURCE)))
def test_files_stay_readable(path: Path) -> None:
    lines = path.read_text().count("\n")
    assert lines <= LONGEST, f"{path} has {lines} lines; split it by noun"


def public_definitions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    tree = ast.parse(path.read_text())
    yield "the module", tree
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


@pytest.mark.parametrize("path", PYTHON, ids=lambda p: str(p.relative_to(SOURCE)))
def test_everything_public_is_documented(path: Path) -> None:
    bare = [
        name
        for name, node in public_definitions(path)
        if not ast.get_docstring(node) and not _overrides(node)  # type: ignore[arg-type]
    ]
    assert bare == [], f"without a docstring in {path.name}"


def _overrides(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(d, ast.Name) and d.id in ("override", "overload") for d in decorators)


def test_nobody_asks_the_time_behind_the_clocks_back() -> None:
    offenders = [
        str(path.relative_to(SOURCE))
        for path in PYTHON
        if path.name != "clock.py" and re.search(r"datetime\.(now|utcnow|today)\(", path.read_text())
    ]
    assert offenders == []


def test_no_sql_is_pasted_from_values() -> None:
    """Identifiers may be formatted from our own enumerations; then the line says so with `noqa: S608`.

    The engine's SQL is made of declared names all over; pyproject.toml says so once for its folder.
    """
    offenders = []
    for path in PYTHON:
        if path.is_relative_to(SOURCE / "kit" / "engine"):
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if re.search(r'f"[^"]*\b(select|insert|update|delete)\b[^"]*\{', line) and "noqa: S608" not in line:
                offenders.append(f"{path.relative_to(SOURCE)}:{number}")
    assert offenders == []
