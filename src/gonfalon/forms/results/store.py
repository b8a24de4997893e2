"""Database calls of results. Sets stay in the database: what comes back is counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, select
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.forms.definition import (
    ChoiceField,
    ConsentField,
    DateField,
    FormDefinition,
    MatrixField,
    NumberField,
    ScaleField,
    TextField,
    TickField,
)
from gonfalon.forms.results.model import FormGroup, FormResults, FormSaid, FormSpread, FormTally
from gonfalon.forms.tables import form_answers
from gonfalon.kit.rows import shaped
from gonfalon.kit.sql import run, statement

WORDS_SHOWN = 20
_COUNTED = (ChoiceField, ScaleField, TickField, ConsentField)


async def count_results(
    ctx: Context,
    connection: AsyncConnection,
    form_id: UUID,
    form: FormDefinition,
    *,
    by_field: str = "",
    by_event: str = "",
) -> FormResults:
    """Count what the answers say, compared by the values of a field or by whether people did something."""
    mine = {"workspace_id": ctx.workspace.id, "form_id": form_id}
    groups = statement(__package__, "group_answers")

    async def ask(name: str, **values: Any) -> CursorResult[Any]:
        asked = statement(__package__, name).replace("{groups}", groups)
        return await connection.exec_driver_sql(asked, mine | {"by_field": by_field, "by_event": by_event} | values)

    counted = [each.id for each in form.asked() if isinstance(each, (*_COUNTED, MatrixField))]
    matrices = [each.id for each in form.asked() if isinstance(each, MatrixField)]
    numbers = [each.id for each in form.asked() if isinstance(each, ScaleField | NumberField)]
    free = [each.id for each in form.asked() if isinstance(each, TextField | DateField)]
    own = [each.id for each in form.asked() if isinstance(each, ChoiceField) and each.other]
    return FormResults(
        shaped(await ask("count_groups"), FormGroup),
        shaped(await ask("count_values", fields=counted, matrices=matrices), FormTally),
        shaped(await ask("measure_numbers", fields=numbers), FormSpread),
        shaped(
            await run(connection, __package__, "list_words", **mine, fields=[*free, *own], free=free, most=WORDS_SHOWN),
            FormSaid,
        ),
    )


async def stream_answers(ctx: Context, connection: AsyncConnection, form_id: UUID) -> AsyncIterator[Sequence[Any]]:
    """Yield the answers that count, the oldest first, a thousand at a time: at, person_id, number, values."""
    found = await connection.stream(
        select(form_answers.c.at, form_answers.c.person_id, form_answers.c.number, form_answers.c["values"])
        .where(
            form_answers.c.workspace_id == ctx.workspace.id,
            form_answers.c.form_id == form_id,
            form_answers.c.state == "taken",
        )
        .order_by(form_answers.c.id)
        .execution_options(yield_per=1_000)
    )
    async for part in found.partitions():
        yield part
