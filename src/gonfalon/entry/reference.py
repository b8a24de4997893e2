"""Writes the generated reference pages: `python -m gonfalon.entry.reference docs/reference`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gonfalon.entry.api import create_app
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services, open_services

NO_DATABASE = "postgresql://nowhere/nothing"


def openapi_document() -> str:
    """The API's OpenAPI 3.1 description as text; needs no database."""
    app = create_app(_offline(), run_jobs=False)
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def configuration_page() -> str:
    """The settings table."""
    lines = ["# Configuration", "", "Environment variables read by every command.", ""]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in ("", None) else f"`{field.default}`"
        lines.append(f"| `GONFALON_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {"openapi.json": openapi_document(), "configuration.md": configuration_page()}


def _offline() -> Services:
    return open_services(Settings(secret_key="reference"), NO_DATABASE)  # noqa: S106


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
