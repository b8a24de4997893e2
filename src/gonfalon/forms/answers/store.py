"""Database calls of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Workspace
from gonfalon.accounts.tables import workspaces
from gonfalon.forms.answers.model import Door, Shown, Visit
from gonfalon.forms.definition import FormDefinition
from gonfalon.forms.model import AnswerState, FormAnswer, FormKind
from gonfalon.forms.tables import form_answers, form_versions, forms
from gonfalon.kit.errors import NotFound
from gonfalon.kit.paging import PageRequest
from gonfalon.kit.rows import all_of, first_of, one_of
from gonfalon.kit.sql import run

CONFIRM_DAYS = 7
_COUNTING = (AnswerState.TAKEN.value, AnswerState.WAITING.value)
_ANSWER = [column for column in form_answers.c if column.name not in ("workspace_id", "key", "single")]


async def find_shown(
    connection: AsyncConnection, form_id: UUID, *, number: int | None = None, lock: bool = False
) -> Shown | None:
    """Return the form as visitors see it (`number`: as it was in that version); None when it was never opened.

    No workspace is bound: the unguessable id is the permission, as for every public page. `lock` makes those who
    answer a form with a limit wait for each other.
    """
    query = (
        select(forms, form_versions.c.number, form_versions.c.definition.label("shown"), *_WORKSPACE)
        .join(workspaces, workspaces.c.id == forms.c.workspace_id)
        .join(
            form_versions,
            (form_versions.c.form_id == forms.c.id)
            & (form_versions.c.workspace_id == forms.c.workspace_id)
            & (form_versions.c.number == (forms.c.published if number is None else number)),
        )
        .where(forms.c.id == form_id)
    )
    row = (await connection.execute(query.with_for_update(of=forms) if lock else query)).first()
    if row is None:
        return None
    workspace = Workspace(row.w_id, row.w_slug, row.w_name, row.w_time_zone, row.w_currency, row.w_language)
    definition = FormDefinition.model_validate(row.shown)
    door = Door.OPEN if row.state == "open" and row.archived_at is None else Door.CLOSED
    if (
        door is Door.OPEN
        and definition.most is not None
        and await _count(connection, workspace.id, form_id) >= definition.most
    ):
        door = Door.FULL
    return Shown(row.id, workspace, row.name, FormKind(row.kind), row.number, definition, door)


_WORKSPACE = [
    workspaces.c[name].label(f"w_{name}") for name in ("id", "slug", "name", "time_zone", "currency", "language")
]


async def _count(connection: AsyncConnection, workspace_id: int, form_id: UUID) -> int:
    counted = await connection.execute(
        select(func.count()).where(
            form_answers.c.workspace_id == workspace_id,
            form_answers.c.form_id == form_id,
            form_answers.c.state.in_(_COUNTING),
        )
    )
    return int(counted.scalar_one())


async def add_answer(
    connection: AsyncConnection,
    shown: Shown,
    visit: Visit,
    state: AnswerState,
    values: Mapping[str, Any],
    source: Mapping[str, Any],
    by: str = "",
) -> int | None:
    """Insert an answer; return its id, or None when its key has been taken already."""
    written = await connection.execute(
        upsert(form_answers)
        .values(
            workspace_id=shown.workspace.id,
            form_id=shown.id,
            key=visit.key,
            number=shown.number,
            state=state.value,
            single=shown.definition.once_each,
            values=dict(values),
            source=dict(source),
            decided_by=by,
        )
        .on_conflict_do_nothing(index_elements=["form_id", "key"])
        .returning(form_answers.c.id)
    )
    answer_id: int | None = written.scalar_one_or_none()
    return answer_id


async def find_by_key(connection: AsyncConnection, workspace_id: int, form_id: UUID, key: UUID) -> FormAnswer:
    """Return the answer that was sent with this key."""
    a = form_answers.c
    mine = select(*_ANSWER).where(a.workspace_id == workspace_id, a.form_id == form_id, a.key == key)
    return await one_of(connection, mine, FormAnswer)


async def read_answer(connection: AsyncConnection, answer_id: int) -> FormAnswer | None:
    """Return one answer for whoever has the link of its mail, which is the permission."""
    return await first_of(connection, select(*_ANSWER).where(form_answers.c.id == answer_id), FormAnswer)


async def find_answer(connection: AsyncConnection, answer_id: int, workspace_id: int | None = None) -> FormAnswer:
    """Return one answer, locked until the transaction ends; raises NotFound.

    workspace_id: None for whoever has the link of the mail, which is the permission.
    """
    mine = form_answers.c.id == answer_id
    if workspace_id is not None:
        mine &= form_answers.c.workspace_id == workspace_id
    answer = await first_of(connection, select(*_ANSWER).where(mine).with_for_update(), FormAnswer)
    if answer is None:
        raise NotFound("answer_unknown", "There is no such answer in this workspace.")
    return answer


async def list_answers(
    ctx: Context, connection: AsyncConnection, form_id: UUID, page: PageRequest, state: AnswerState | None
) -> list[FormAnswer]:
    """Return answers, the newest first; one more than the page's limit when there are more."""
    query = select(*_ANSWER).where(form_answers.c.workspace_id == ctx.workspace.id, form_answers.c.form_id == form_id)
    if state is not None:
        query = query.where(form_answers.c.state == state.value)
    if page.after:
        query = query.where(form_answers.c.id < page.after[0])
    return await all_of(connection, query.order_by(form_answers.c.id.desc()).limit(page.fetch), FormAnswer)


async def decide(
    connection: AsyncConnection,
    workspace_id: int,
    answer_id: int,
    state: AnswerState,
    by: str,
    person_id: int | None = None,
) -> None:
    """Write down what became of an answer."""
    await connection.execute(
        update(form_answers)
        .where(form_answers.c.id == answer_id, form_answers.c.workspace_id == workspace_id)
        .values(state=state.value, decided_at=func.now(), decided_by=by, person_id=person_id)
    )


async def has_answered(connection: AsyncConnection, workspace_id: int, form_id: UUID, person_id: int) -> bool:
    """Return whether an answer of this person counts already."""
    found = await connection.execute(
        select(form_answers.c.id)
        .where(
            form_answers.c.workspace_id == workspace_id,
            form_answers.c.form_id == form_id,
            form_answers.c.person_id == person_id,
            form_answers.c.state == AnswerState.TAKEN.value,
        )
        .limit(1)
    )
    return found.first() is not None


async def expire(connection: AsyncConnection) -> int:
    """Empty the answers that nobody confirmed in time, of the whole installation; return how many."""
    old = form_answers.c.at < func.now() - timedelta(days=CONFIRM_DAYS)
    ended = await connection.execute(
        update(form_answers)
        .where(form_answers.c.state == AnswerState.WAITING.value, old)
        .values(state=AnswerState.EXPIRED.value, values={}, source={}, decided_at=func.now())
    )
    return ended.rowcount


async def forget_people(connection: AsyncConnection, workspace_id: int, people: Sequence[int]) -> None:
    """Empty the answers of a person, and those that wait under one of their addresses."""
    await run(connection, __package__, "forget_people", workspace_id=workspace_id, person_ids=people)


async def move_visitors(connection: AsyncConnection, workspace_id: int, merges: Mapping[int, int]) -> None:
    """Give known people the answers of the visitors who they turn out to be: person by visitor."""
    visitors = sorted(merges)
    persons = [merges[visitor] for visitor in visitors]
    await run(connection, __package__, "move_visitors", workspace_id=workspace_id, visitors=visitors, persons=persons)


async def return_answers(connection: AsyncConnection, workspace_id: int, merge_id: int) -> None:
    """Give the answers that a merge had moved to the other person."""
    await run(connection, __package__, "return_answers", workspace_id=workspace_id, merge_id=merge_id)
