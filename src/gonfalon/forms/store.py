"""Database calls of forms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.versions import known
from gonfalon.audiences.tables import audiences
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import Form, FormKind, FormState
from gonfalon.forms.tables import form_versions, forms
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run


async def list_forms(
    ctx: Context, connection: AsyncConnection, page: PageRequest, search: str = "", *, archived: bool = False
) -> list[Form]:
    """Return forms, the newest first; one more than the page's limit when there are more."""
    rows = await run(
        connection,
        __package__,
        "list_forms",
        workspace_id=ctx.workspace.id,
        form_id=None,
        archived=archived,
        search=search,
        after=page.after[0] if page.after else None,
        limit=page.fetch,
    )
    return shaped(rows, Form)


async def find_form(ctx: Context, connection: AsyncConnection, form_id: UUID, *, lock: bool = False) -> Form:
    """Return one form, archived ones included; raises NotFound. `lock` holds its row until the transaction ends."""
    if lock:
        mine = (forms.c.id == form_id) & (forms.c.workspace_id == ctx.workspace.id)
        await connection.execute(select(forms.c.id).where(mine).with_for_update())
    found = await run(
        connection,
        __package__,
        "list_forms",
        workspace_id=ctx.workspace.id,
        form_id=form_id,
        archived=None,
        search="",
        after=None,
        limit=1,
    )
    return known(next(iter(shaped(found, Form)), None), "form")


async def add_form(
    ctx: Context,
    connection: AsyncConnection,
    form_id: UUID,
    name: str,
    kind: FormKind,
    definition: FormDefinition,
    by: str,
) -> None:
    """Insert a draft."""
    await connection.execute(
        insert(forms).values(
            id=form_id,
            workspace_id=ctx.workspace.id,
            name=name,
            kind=kind.value,
            definition=definition.model_dump(mode="json"),
            updated_by=by,
        )
    )


async def publish(ctx: Context, connection: AsyncConnection, form: Form, by: str) -> int:
    """Show the form's newest definition to visitors; return the number of the version they see."""
    number = form.published or 0
    if form.changed:
        number += 1
        await connection.execute(
            insert(form_versions).values(
                form_id=form.id,
                number=number,
                workspace_id=ctx.workspace.id,
                definition=form.definition.model_dump(mode="json"),
                created_by=by,
            )
        )
    await set_form(ctx, connection, form.id, state=FormState.OPEN.value, published=number)
    return number


async def set_form(ctx: Context, connection: AsyncConnection, form_id: UUID, **values: Any) -> None:
    """Change columns of a form that saving by version does not guard: its state, and whether it is archived."""
    await connection.execute(
        update(forms)
        .where(forms.c.id == form_id, forms.c.workspace_id == ctx.workspace.id)
        .values(**values, updated_at=func.now())
    )


async def lists_of(connection: AsyncConnection, workspace_id: int) -> set[UUID]:
    """Return the lists that answers can put people on."""
    rows = await connection.execute(
        select(audiences.c.id).where(
            audiences.c.workspace_id == workspace_id, audiences.c.kind == "list", audiences.c.archived_at.is_(None)
        )
    )
    return set(rows.scalars())
