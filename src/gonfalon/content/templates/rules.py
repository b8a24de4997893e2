"""Pure decisions on templates."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from typing import Any, Final

from gonfalon.content.render import FieldUse, Problem
from gonfalon.kit.errors import Invalid

NAME_CHARACTERS: Final = 120
SUBJECT_CHARACTERS: Final = 1_000
IDENTITY_FIELDS: Final = frozenset(("email", "phone", "external_id", "tags"))
WORKSPACE_FIELDS: Final = frozenset(("name",))


def check_name(name: str) -> str:
    """The name without surrounding space; raises Invalid for an empty or overlong one."""
    found = name.strip()
    if not found:
        raise Invalid("name_missing", "Give the template a name.")
    if len(found) > NAME_CHARACTERS:
        raise Invalid("name_long", f"A name may have at most {NAME_CHARACTERS} characters.")
    return found


def unknown_fields(uses: Collection[FieldUse], attributes: Collection[str]) -> list[Problem]:
    """A warning for every field that no person and no workspace has, with the nearest that exists."""
    known = {f"person.{key}" for key in {*attributes, *IDENTITY_FIELDS}} | {
        f"workspace.{key}" for key in WORKSPACE_FIELDS
    }
    problems: list[Problem] = []
    seen: set[str] = set()
    for use in uses:
        head = ".".join(use.path.replace("[", ".").split(".")[:2])
        if head in known or head in seen or use.path in ("person", "workspace"):
            continue
        seen.add(head)
        near = difflib.get_close_matches(head, known, 1, 0.5)
        hint = f"; did you mean {{{{ {near[0]} }}}}?" if near else "; declare the attribute or remove it."
        problems.append(
            Problem(
                "warning",
                "field_unknown",
                f"{{{{ {head} }}}} is not a field of a person{hint}",
                use.part,
                use.line,
                "field_misspelt" if near else "field_unknown",
                {"field": head, "near": near[0] if near else ""},
            )
        )
    return problems


def printed_fields(uses: Collection[FieldUse]) -> list[str]:
    """Keys of the person's fields that are printed without saying what to do when they are missing."""
    found: dict[str, None] = {}
    for use in uses:
        root, _, key = use.path.partition(".")
        if root == "person" and not use.guarded and key and "." not in key and "[" not in key:
            found[key] = None
    return list(found)


def person_fields(row: Any) -> dict[str, Any]:
    """What a template may say about a person: declared attributes, then identities and tags."""
    attributes: Mapping[str, Any] = row.attributes
    return {
        **attributes,
        "email": row.email,
        "phone": row.phone,
        "external_id": row.external_id,
        "tags": row.tags,
    }
