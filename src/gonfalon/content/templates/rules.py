"""Pure decisions on templates."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from gonfalon.content.render import FieldUse, Link, Source, TemplateProblem
from gonfalon.content.render.foreign import ROOTS
from gonfalon.kit.errors import Invalid

NAME_CHARACTERS: Final = 120
SUBJECT_CHARACTERS: Final = 1_000
IDENTITY_FIELDS: Final = frozenset(("email", "phone", "external_id", "tags"))
WORKSPACE_FIELDS: Final = frozenset(("name",))
_EXAMPLE: Final = re.compile(r"https?://(?:[\w.-]+\.)?example\.(?:com|org|net)(?:[/?#:]|$)", re.IGNORECASE)


def check_name(name: str) -> str:
    """Return the name without surrounding space; raises Invalid for an empty or overlong one."""
    found = name.strip()
    if not found:
        raise Invalid("name_missing", "Give the template a name.")
    if len(found) > NAME_CHARACTERS:
        raise Invalid("name_long", f"A name may have at most {NAME_CHARACTERS} characters.", most=NAME_CHARACTERS)
    return found


def unknown_fields(uses: Collection[FieldUse], attributes: Collection[str]) -> list[TemplateProblem]:
    """Return a warning for every field that no person and no workspace has, with the nearest that exists."""
    known = {f"person.{key}" for key in {*attributes, *IDENTITY_FIELDS}} | {
        f"workspace.{key}" for key in WORKSPACE_FIELDS
    }
    problems: list[TemplateProblem] = []
    seen: set[str] = set()
    for use in uses:
        head = ".".join(use.path.replace("[", ".").split(".")[:2])
        if head in known or head in seen or use.path in ("person", "workspace") or head.partition(".")[0] in ROOTS:
            continue
        seen.add(head)
        near = difflib.get_close_matches(head, known, 1, 0.5)
        hint = f"; did you mean {{{{ {near[0]} }}}}?" if near else "; declare the attribute or remove it."
        problems.append(
            TemplateProblem(
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


def leftovers(source: Source, links: Collection[Link], addresses: Collection[str]) -> list[TemplateProblem]:
    """Return a warning for what a starter put there to be replaced: its postal address, links to example.com."""
    problems: list[TemplateProblem] = []
    for address in addresses:
        position = source.body.find(address)
        if position >= 0:
            line = source.body.count("\n", 0, position) + 1
            problems.append(
                TemplateProblem(
                    "warning",
                    "placeholder",
                    f"“{address}” is the starter's; write your own postal address, the law asks for it.",
                    line=line,
                    reason="placeholder_address",
                    values={"address": address},
                )
            )
            break
    found = [link for link in links if not link.dynamic and _EXAMPLE.match(link.destination)]
    if found:
        position = source.body.find(found[0].destination.partition("?")[0])
        problems.append(
            TemplateProblem(
                "warning",
                "placeholder",
                f"{len(found)} of the links lead to example.com; write where they are to lead.",
                line=source.body.count("\n", 0, position) + 1 if position >= 0 else None,
                reason="placeholder_link",
                values={"count": len(found)},
            )
        )
    return problems


def printed_fields(uses: Collection[FieldUse]) -> list[str]:
    """Return keys of the person's fields that are printed without saying what to do when they are missing."""
    return [key for key, use in person_uses(uses).items() if not use.guarded]


def person_uses(uses: Collection[FieldUse]) -> dict[str, FieldUse]:
    """Return the person's fields that are used, by key, each with the use that is least prepared for people without
    it."""
    found: dict[str, FieldUse] = {}
    for use in uses:
        root, _, key = use.path.partition(".")
        if root != "person" or not key or "." in key or "[" in key:
            continue
        known = found.get(key)
        if known is None or (known.guarded and (not use.guarded or (use.fallback and not known.fallback))):
            found[key] = use
    return found


def person_fields(row: Any) -> dict[str, Any]:
    """Return what a template may say about a person: declared attributes, then identities and tags."""
    attributes: Mapping[str, Any] = row.attributes
    return {
        **attributes,
        "email": row.email,
        "phone": row.phone,
        "external_id": row.external_id,
        "tags": row.tags,
    }
