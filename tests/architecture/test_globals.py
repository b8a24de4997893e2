"""What a module holds is fixed once it is imported: processes must not differ by what they happened to import."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from gonfalon.accounts.offers import Forgets
from gonfalon.entry.rooms import ROOMS
from gonfalon.kit.config import Settings
from gonfalon.kit.services import open_services
from tests.architecture.source import PYTHON, found, tree

CHANGES = {"append", "extend", "insert", "update", "setdefault", "add", "pop", "remove", "clear", "discard", "popitem"}


def held(tree: ast.Module) -> set[str]:
    """Names that a module binds to something that can be changed."""
    names: set[str] = set()
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        value = getattr(node, "value", None)
        made = isinstance(value, ast.Call) and getattr(value.func, "id", "") in ("list", "dict", "set", "defaultdict")
        if made or isinstance(value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp):
            names |= {each.id for each in targets if isinstance(each, ast.Name)}
    return names


def local(tree: ast.Module) -> set[str]:
    """Names that functions of the module bind for themselves."""
    return {
        each.id
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for each in ast.walk(node)
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)
    } | {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}


def changed(tree: ast.Module) -> dict[str, int]:
    """Names that something is put into or taken out of, with the line."""
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        into = None
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            into = node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGES:
            into = node.func.value
        if isinstance(into, ast.Name):
            found[into.id] = into.lineno
    return found


def test_nothing_is_put_into_a_module() -> None:
    shared = set().union(*(held(tree(path)) for path in PYTHON))

    def offenders(path: Path) -> set[str]:
        imported = {
            alias.asname or alias.name
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gonfalon")
            for alias in node.names
        }
        inner = local(tree(path))
        return {
            f"{name} in line {line}"
            for name, line in changed(tree(path)).items()
            if name not in inner and name in held(tree(path)) | imported & shared
        }

    assert found({path: offenders(path) for path in PYTHON}) == {}, "offer it instead (see ARCHITECTURE.md, Offers)"


async def test_a_process_without_rooms_does_not_answer_for_them(tmp_path: Path) -> None:
    services = open_services(Settings(home=tmp_path, secret_key="x" * 40), "postgresql://nobody@localhost/none")
    with pytest.raises(RuntimeError, match="without rooms"):
        services.offered(Forgets)


def test_every_room_has_a_name_of_its_own() -> None:
    names = [room.name for room in ROOMS]
    assert len(names) == len(set(names))
