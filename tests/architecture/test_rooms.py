"""The walls: who writes which table, what is bound to the workspace, how long files are, what is documented."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from gonfalon.entry.tables import metadata
from tests.architecture.source import PYTHON, SOURCE, SQL, found, named, text, tree

WRITES = re.compile(
    r"\b(?:insert\s+into|update|delete\s+from|merge\s+into|copy)\s+(?:only\s+)?([a-z_]+)", re.IGNORECASE
)
LONGEST = 400
# Temporary tables of one statement, and words that follow UPDATE in other roles.
NOT_TABLES = {"set", "skip", "of", "on", "nowait"}


def room_of(path: Path) -> str:
    """The room a file belongs to; in planning the noun, whose tables lie on the floor that all nouns share."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    if parts[0] != "planning":
        return parts[0]
    return ".".join(("planning", parts[2] if parts[1] == "tables" else parts[1]))


def owners() -> dict[str, str]:
    return {
        name: room_of(path)
        for path in (*SOURCE.rglob("tables.py"), *SOURCE.rglob("tables/*.py"))
        for name in re.findall(r'Table\(\s*"([a-z_]+)"', text(path))
    }


OWNERS = owners()


def uncommented(path: Path) -> str:
    return re.sub(r"--[^\n]*", "", text(path))


def test_every_table_has_an_owner() -> None:
    assert set(OWNERS) == set(metadata.tables)


def test_a_statement_writes_its_own_rooms_tables_only() -> None:
    def strangers(path: Path) -> dict[str, str]:
        written = {table.lower() for table in WRITES.findall(uncommented(path))} - NOT_TABLES
        return {table: OWNERS[table] for table in written if OWNERS.get(table, room_of(path)) != room_of(path)}

    assert found({path: strangers(path) for path in SQL}) == {}, "tables of other rooms: read across, write at home"


def test_a_statement_says_what_it_does() -> None:
    bare = [named(path) for path in SQL if not text(path).startswith("-- ")]
    assert bare == [], "a header says what it does, what it writes, which index it uses"


def test_a_statement_binds_its_workspace() -> None:
    free = [named(path) for path in SQL if "workspace_id" not in text(path) and "-- all workspaces:" not in text(path)]
    assert free == [], "bind workspace_id; if none is right, say why in a line '-- all workspaces: …'"


def test_a_statements_parameters_are_named() -> None:
    def colons(path: Path) -> list[str]:
        return re.findall(r"(?<![:\w'])(:[a-z_]+)", re.sub(r"'[^']*'", "''", uncommented(path)))

    assert found({path: colons(path) for path in SQL}) == {}, "parameters are %(name)s here"


def test_python_writes_its_own_rooms_tables_only() -> None:
    strangers = {path: written(path) & foreign(path) for path in PYTHON}
    assert found(strangers) == {}, "tables of other rooms: read across, write at home"


def foreign(path: Path) -> set[str]:
    """Tables of other rooms that a file imports."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.module and re.search(r"\.tables(\.|$)", node.module)
        if room_of(SOURCE / "/".join(node.module.split(".")[1:])) not in (room_of(path), "kit")
        for alias in node.names
    }


def written(path: Path) -> set[str]:
    """Tables that a file writes to."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        target = node.args[:1] if node.func.id in ("insert", "update", "delete", "upsert") else []
        if node.func.id in ("save_version", "insert_row", "delete_row") and path.name != "versions.py":
            target = node.args[2:3]
        names |= {each.id for each in target if isinstance(each, ast.Name)}
    return names


def test_files_stay_readable() -> None:
    lines = {path: text(path).count("\n") for path in [*PYTHON, *SQL]}
    long = {path: number for path, number in lines.items() if number > LONGEST}
    assert found(long) == {}, "split it by noun"


def public_definitions(path: Path) -> Iterator[tuple[str, ast.AST]]:
    yield "the module", tree(path)
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                for inner in node.body:
                    if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and not inner.name.startswith("_"):
                        yield f"{node.name}.{inner.name}", inner


def test_everything_public_is_documented() -> None:
    def bare(path: Path) -> list[str]:
        return [
            name
            for name, node in public_definitions(path)
            if not ast.get_docstring(node) and not _overrides(node)  # type: ignore[arg-type]
        ]

    assert found({path: bare(path) for path in PYTHON}) == {}, "without a docstring"


def _overrides(node: ast.AST) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(isinstance(d, ast.Name) and d.id in ("override", "overload") for d in decorators)


def test_nobody_asks_the_time_behind_the_clocks_back() -> None:
    offenders = [
        named(path)
        for path in PYTHON
        if path.name != "clock.py" and re.search(r"datetime\.(now|utcnow|today)\(", text(path))
    ]
    assert offenders == []


NUMBERS = SOURCE / "kit" / "numbers.py"


def test_numbers_from_outside_are_measured_before_they_are_understood() -> None:
    """`Decimal(text)` is cheap and what follows is not: int(Decimal("9e999990")) holds every request for a minute."""
    offenders = []
    for path in PYTHON:
        if path == NUMBERS:
            continue
        for node in ast.walk(tree(path)):
            made = isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Decimal"
            if made and not all(isinstance(each, ast.Constant) for each in node.args):  # type: ignore[attr-defined]
                offenders.append(f"{named(path)}:{node.lineno}")  # type: ignore[attr-defined]
    assert offenders == [], "use read_decimal of kit/numbers.py"


def test_tables_leave_by_one_writer() -> None:
    """It guards formulas and NULs; files that only we read are no tables that leave."""
    reading = SOURCE / "people" / "imports"
    own = {SOURCE / "kit" / "sheets.py", reading / "files.py", reading / "workbooks.py", SOURCE / "entry" / "demo.py"}
    offenders = [named(path) for path in PYTHON if "csv.writer(" in text(path)]
    assert {SOURCE / name for name in offenders} <= own, "use `written` of kit/sheets.py"


def test_no_sql_is_pasted_from_values() -> None:
    """Identifiers may be formatted from our own enumerations; then the line says so with `noqa: S608`.

    The engine's SQL is made of declared names all over; pyproject.toml says so once for its folder.
    """
    offenders = []
    for path in PYTHON:
        if path.is_relative_to(SOURCE / "kit" / "engine"):
            continue
        for number, line in enumerate(text(path).splitlines(), 1):
            if re.search(r'f"[^"]*\b(select|insert|update|delete)\b[^"]*\{', line) and "noqa: S608" not in line:
                offenders.append(f"{named(path)}:{number}")
    assert offenders == []


def test_locks_have_names() -> None:
    """A number says nothing, and two rooms may choose the same."""
    own = {
        SOURCE / "kit" / "locks.py",
        SOURCE / "entry" / "migrate.py",
        SOURCE / "people/identities/sql/lock_visitors.sql",
    }
    offenders = [named(path) for path in [*PYTHON, *SQL] if "pg_advisory" in text(path)]
    assert {SOURCE / name for name in offenders} <= own, "use kit/locks.py"


def test_routes_leave_statements_to_the_store() -> None:
    def asking(path: Path) -> set[str]:
        return {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)} & {
            "execute", "exec_driver_sql", "scalar", "scalars"
        }  # fmt: skip

    assert found({path: asking(path) for path in PYTHON if path.name == "routes.py"}) == {}


STORES = ("store.py", "reading.py")
ROOMS = [path for path in PYTHON if room_of(path) not in ("kit", "entry", "__init__", "__main__")]
STATEMENTS_ELSEWHERE = {
    "accounts/access.py": "the ground of all stores: who may see what",
    "accounts/context.py": "the ground of all stores: the audit line of a transaction",
    "accounts/versions.py": "the ground of all stores: saving by version",
    "audiences/segments/membership.py": "asks PostgreSQL or the copy what a rule was compiled to",
    "channels/email/sandbox.py": "a process of its own writes many mails in one commit, on psycopg alone",
    "delivery/ledger.py": "a sender's own connections outlive a database that goes away, on psycopg alone",
    "entry/demo.py": "dates what the demo made back to when it is said to have been",
    "entry/demo_mail.py": "dates what the demo made back to when it is said to have been",
    "entry/demo_plan.py": "dates what the demo made back to when it is said to have been",
    "entry/doctor.py": "asks the server about itself",
    "entry/finding.py": "waits for the server",
    "entry/migrate.py": "runs migrations",
    "entry/worker.py": "asks the job queue about itself",
}
"""Files with statements that are no stores, each with its reason. Kit has none listed: stores are made of it."""


def test_statements_stand_in_stores() -> None:
    """What the analytics copy is asked runs in its own thread, on a cursor, by statements of the same room."""

    def asking(path: Path) -> set[str]:
        calls = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)]
        ours = [node for node in calls if not ast.unparse(node.value).endswith("cursor")]
        return {node.attr for node in ours} & {"execute", "exec_driver_sql"}

    places = {path: asking(path) for path in PYTHON if room_of(path) != "kit" and path.name not in STORES}
    assert set(found(places)) == set(STATEMENTS_ELSEWHERE), "statements stand in store.py or reading.py"


def test_rows_are_dataclasses() -> None:
    """Rows with a type of their own leave the mapping (kit/rows.py) only as dataclasses, in every process too."""
    rows = [named(path) for path in PYTHON if re.search(r"\bRow\[", text(path))]
    assert rows == [], "read rows into a frozen dataclass by kit/rows.py"


def test_a_class_has_a_name_of_its_own_in_its_room() -> None:
    names = [
        (path.relative_to(SOURCE).parts[0], node.name)
        for path in PYTHON
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert sorted({name for name in names if names.count(name) > 1}) == []


FURNITURE = {
    "__init__", "actions", "approval", "attention", "export", "holdings", "jobs", "model", "offers", "pdf", "reading",
    "room", "routes", "rules", "schemas", "sheets", "store", "tables",
}  # fmt: skip
MACHINES = (
    "audiences/segments", "channels", "content/blocks", "content/render", "delivery", "experiments", "insights/report",
    "people/directory", "people/imports", "planning/calendar/collisions", "planning/tables",
    "planning/timeline/schedule", "tracking/collector", "tracking/links",
)  # fmt: skip
"""Packages that are one machine each; their files are called after its parts."""
OWN = {
    "accounts": {"access", "auth", "context", "currency", "door", "mails/layout", "passwords", "versions"},
    "approvals": {"policy/suggestions", "progress", "subjects"},
    "audiences": {
        "copied", "intents/families", "live/refresher", "sentences/compared", "sentences/completing", "sentences/deeds",
        "sentences/grammar", "sentences/reader", "sentences/speaker", "sentences/tokens", "sentences/words",
    },
    "content": {"review/links/pages", "templates/samples", "templates/starters"},
    "forms": {"answers/mails", "answers/pages", "answers/preview", "definition", "starters"},
    "metrics": {"catalogue"},
    "people": {"addresses"},
    "planning": {
        "attention/reminders", "attention/sources", "budget/burn", "budget/entries/settling", "budget/paste",
        "calendar/feeds/ical", "calendar/feeds/limits", "calendar/moves/planning", "calendar/settings",
        "campaigns/types", "channelplan/checklists", "launch/again", "launch/audience", "launch/content",
        "launch/history", "launch/watch", "playbook/search", "playbook/templates/extract",
        "playbook/templates/instantiate", "playbook/templates/ready/plans", "timeline/bulk", "timeline/changes",
        "timeline/paste",
    },
    "scores": {"counting", "definition", "points", "simulating", "starters"},
    "tracking": {"arrivals", "group", "live/journal", "orders", "preferences/pages"},
}  # fmt: skip
"""What a room has beside furniture, because no piece of it would hold that. Look twice before adding a name."""


def test_a_room_has_known_files_only() -> None:
    def name(path: Path) -> str:
        return "/".join(path.relative_to(SOURCE).with_suffix("").parts[1:])

    strange = {
        room: {
            name(path)
            for path in ROOMS
            if path.relative_to(SOURCE).parts[0] == room and path.stem not in FURNITURE
            if not named(path).startswith(tuple(f"{machine}/" for machine in MACHINES))
        }
        for room in {path.relative_to(SOURCE).parts[0] for path in ROOMS}
    }
    assert {room: names for room, names in strange.items() if names} == OWN, "put it into a piece of furniture"
