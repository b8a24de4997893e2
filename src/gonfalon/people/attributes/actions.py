"""Declaring attributes and looking after them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import func
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission, Workspace
from gonfalon.kit.errors import Conflict, Invalid
from gonfalon.kit.locks import one_at_a_time
from gonfalon.people.attributes import rules, store
from gonfalon.people.attributes.model import Attribute, AttributeType
from gonfalon.people.rules import free_key, key_of

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")


async def create_attribute(
    ctx: Context,
    label: str,
    type_: AttributeType,
    *,
    key: str = "",
    choices: Sequence[str] = (),
    description: str = "",
) -> Attribute:
    """Declare an attribute; without a key one is made of the label. Raises Conflict for a key that is taken."""
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        made = await declare(connection, ctx.workspace.id, label, type_, key, choices, description)
        await ctx.audit(connection, "attribute.created", "attribute", made.key, made.label, type=made.type.value)
    return made


async def declare(
    connection: AsyncConnection,
    workspace_id: int,
    label: str,
    type_: AttributeType,
    key: str = "",
    choices: Sequence[str] = (),
    description: str = "",
) -> Attribute:
    """Declare an attribute in the caller's transaction (imports do, with their own audit line)."""
    named, allowed = _labelled(label), rules.check_choices(type_, choices)
    if key and not KEY.fullmatch(key):
        raise Invalid("attribute_key_invalid", "A key begins with a–z and holds only a–z, 0–9 and _, at most 63.")
    # Two declarations at the same moment must not both find the key free.
    await one_at_a_time(connection, "attributes", workspace_id)
    taken = await store.keys_ever(connection, workspace_id)
    if key in taken:
        raise Conflict(
            "attribute_key_taken", f"The key “{key}” was already used for an attribute; choose another one.", key=key
        )
    if len(await store.attributes_of(connection, workspace_id)) >= rules.MAX_ATTRIBUTES:
        raise Conflict(
            "attributes_full",
            f"A workspace may have at most {rules.MAX_ATTRIBUTES} attributes.",
            most=rules.MAX_ATTRIBUTES,
        )
    return await store.add_attribute(
        connection,
        workspace_id,
        key=key or free_key(key_of(named, "attribute"), taken),
        label=named,
        type_=type_,
        choices=allowed,
        description=description.strip(),
    )


async def update_attribute(
    ctx: Context, key: str, label: str, *, choices: Sequence[str] = (), description: str = ""
) -> Attribute:
    """Rename and describes an attribute and sets its choices. Its key and type never change.

    People who have a choice that is taken away keep it.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_attribute(ctx, connection, key)
        allowed = rules.check_choices(present.type, choices)
        await store.update_attribute(
            ctx,
            connection,
            present.id,
            label=_labelled(label),
            choices=list(allowed) or None,
            description=description.strip(),
        )
        await ctx.audit(connection, "attribute.changed", "attribute", key, _labelled(label), before=present.label)
        return await store.find_attribute(ctx, connection, key)


async def delete_attribute(ctx: Context, key: str, *, even_if_used: bool = False) -> None:
    """Hide an attribute and its values. Raises Conflict, naming them, while audiences speak of it.

    `even_if_used` deletes all the same; those audiences then say that the attribute no longer exists.
    """
    ctx.require(Permission.PEOPLE_WRITE)
    async with ctx.transaction() as connection:
        present = await store.find_attribute(ctx, connection, key)
        uses = await store.uses_of(ctx, connection, key)
        if uses and not even_if_used:
            named = ", ".join(f"“{name}”" for name in uses[:3]) + (" and others" if len(uses) > 3 else "")
            raise Conflict(
                "attribute_used",
                f"“{present.label}” is used by the audience {named}; change those rules first, or delete it anyway.",
                audiences=uses,
                name=present.label,
            )
        await store.update_attribute(ctx, connection, present.id, deleted_at=func.now())
        await ctx.audit(connection, "attribute.deleted", "attribute", key, present.label, audiences=uses)


async def new_workspace(connection: AsyncConnection, workspace: Workspace) -> None:
    """Write the attributes a new workspace begins with, labelled in its language."""
    for key, type_, label in rules.DEFAULT_ATTRIBUTES[workspace.language]:
        await store.add_attribute(connection, workspace.id, key=key, label=label, type_=type_, choices=())


def _labelled(label: str) -> str:
    found = label.strip()
    if not found or len(found) > 120 or "\x00" in found:
        raise Invalid("name_missing", "Give the attribute a name of 1 to 120 characters.")
    return found
