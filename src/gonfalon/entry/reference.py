"""Writes the generated reference pages: `python -m gonfalon.entry.reference docs/reference`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from gonfalon.entry.api import create_app
from gonfalon.entry.codes import codes
from gonfalon.entry.rooms import open_services
from gonfalon.kit.config import Settings
from gonfalon.kit.services import Services
from gonfalon.metrics.rules import reference

NO_DATABASE = "postgresql://nowhere/nothing"


def openapi_document() -> str:
    """Return the API's OpenAPI 3.1 description as text; needs no database."""
    app = create_app(_offline(), run_jobs=False)
    return json.dumps(app.openapi(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def configuration_page() -> str:
    """Return the settings table."""
    lines = ["# Configuration", "", "Environment variables read by every command.", ""]
    lines += ["| variable | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default in ("", None) else f"`{field.default}`"
        lines.append(f"| `GONFALON_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines) + "\n"


API_INTRODUCTION = """# API

Everything the interface does, as HTTP. The whole description with every field is [openapi.json](openapi.json) (OpenAPI
3.1; a running installation serves its own at `/api/v1/openapi.json`); this page is made of it (`make docs`).

- **Who asks**: an API key (*Settings → API keys*, or `gonfalon api-key create`) as `Authorization: Bearer <key>`. Its
  scopes say what it may do; it belongs to one workspace.
- **Where**: `{workspace}` is the workspace's name in the address of its pages.
- **Lists** answer `items` and `next_cursor`; send that back as `cursor` until it is null. `limit` is at most 500.
- **Errors** are problem details (RFC 9457): `detail` is a sentence for people, `code` is stable for programs
  ([all codes](errors.md)).
- **Again, but once**: launches, comments and campaigns begun from a template take an `Idempotency-Key` header; the same
  request with the same key gets the first answer, for 24 hours. Events are kept once by their `messageId`.
- **Money** is whole minor units with a currency; moments are UTC; days are days of the workspace's zone.

The last column names what is sent → what is answered, as called in openapi.json.
"""


def api_page(document: dict[str, Any]) -> str:
    """Return every route in short, by subject, from the OpenAPI description."""
    subjects: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method, one in operations.items():
            shapes = " → ".join(filter(None, (_shape(one.get("requestBody", {})), _answer(one["responses"]))))
            words = " ".join(one.get("description", one["summary"]).split("\n\n")[0].split()).replace("|", "\\|")
            line = f"| `{method.upper()} {path}` | {words} | {shapes} |"
            subjects.setdefault(one["tags"][0], []).append(line)
    text = API_INTRODUCTION
    for subject, lines in subjects.items():
        text += f"\n## {subject[0].upper()}{subject[1:]}\n\n| route | what it does | shapes |\n|---|---|---|\n"
        text += "\n".join(lines) + "\n"
    return text


def _answer(responses: dict[str, Any]) -> str:
    code, answer = next((code, answer) for code, answer in responses.items() if code.startswith(("2", "3")))
    return _shape(answer) or code


def _shape(part: dict[str, Any]) -> str:
    content = part.get("content", {})
    schema = content.get("application/json", {}).get("schema")
    if schema is None:
        return ", ".join(f"`{kind}`" for kind in content)
    many = schema.get("type") == "array"
    name = (schema.get("items", {}) if many else schema).get("$ref", "").rpartition("/")[2]
    return f"`{name}`{' list' if many else ''}" if name else ""


ERRORS_INTRODUCTION = """# Errors

Every refusal is a problem document (RFC 9457): `code` is stable for programs, `detail` is a sentence for people: what
happened and what to do. What the sentence names travels as members of the document too: {name} in the table is the
member `name`; … stands for words that are not told apart. The interface says each code in every language. A code
without a sentence passes on what another program said.

| code | status | what it says |
|---|---|---|
"""


def errors_page() -> str:
    """Return every error code with its statuses and sentences."""
    lines = []
    for code in codes().values():
        statuses = ", ".join(str(status) for status in sorted(code.statuses))
        said = "<br>".join(sentence.replace("|", "\\|").replace("<", "&lt;") for sentence in code.sentences if sentence)
        lines.append(f"| `{code.name}` | {statuses} | {said} |")
    return ERRORS_INTRODUCTION + "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return every generated page by file name."""
    document = openapi_document()
    return {
        "openapi.json": document,
        "api.md": api_page(json.loads(document)),
        "configuration.md": configuration_page(),
        "errors.md": errors_page(),
        "metrics.md": reference(),
    }


def _offline() -> Services:
    return open_services(Settings(secret_key="reference"), NO_DATABASE)  # noqa: S106


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
