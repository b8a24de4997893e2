"""The API's description as it is served: seconds of work, made by another process once for each version of the program.

It is kept in the home folder, so that neither a restart nor the first who asks for it makes anybody wait.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import gonfalon
from gonfalon.kit.confined import Confined

_CHILDREN: Final = Confined(children=1, seconds=120, megabytes=4_096)


def api_description(home: Path) -> bytes:
    """Return OpenAPI 3.1 as JSON, from the home folder or made anew. Blocking: call it in a thread."""
    folder = home / "openapi"
    kept = folder / f"{_version()}.json"
    if kept.exists():
        return kept.read_bytes()
    document = _CHILDREN.run_here(_make).encode()
    folder.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_bytes(document)
    part.replace(kept)
    for old in folder.glob("*.json"):
        if old != kept:
            old.unlink(missing_ok=True)
    return document


def _make() -> str:
    from gonfalon.entry.reference import openapi_document  # it knows the app, which asks for this module

    return openapi_document()


@cache
def _version() -> str:
    """What changes whenever the program does: the names, sizes and times of its files."""
    root = Path(gonfalon.__file__).parent
    seen = hashlib.sha256(gonfalon.__version__.encode())
    for path in sorted(root.rglob("*.py")):
        found = path.stat()
        seen.update(f"{path.relative_to(root)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:32]
