"""Finding out what an import would do, without doing it: the whole file matched, and everything rolled back."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts.context import Context
from gonfalon.accounts.model import Permission
from gonfalon.kit.errors import Conflict, GonfalonError, Unavailable
from gonfalon.kit.ids import new_id
from gonfalon.kit.jobs import defer
from gonfalon.kit.locks import one_at_a_time
from gonfalon.kit.log import log
from gonfalon.people.imports import store
from gonfalon.people.imports.actions import check_whole
from gonfalon.people.imports.merge import Live, rehearse
from gonfalon.people.imports.model import ImportState, Plan, Result
from gonfalon.people.imports.outcomes import Example, Trial
from gonfalon.people.imports.running import Cancelled, watched
from gonfalon.people.imports.store import Import


class _RolledBack(Exception):
    """Ends the transaction of a trial: nothing of it stays."""


async def start_trial(ctx: Context, import_id: UUID, plan: Plan) -> Import:
    """Begin finding out in the background what a plan would do; a trial under way is replaced by it."""
    ctx.require(Permission.PEOPLE_IMPORT)
    from gonfalon.people.imports.jobs import run_trial_job

    async with ctx.transaction() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id, lock=True)
        if found.state is not ImportState.UPLOADED:
            raise Conflict("import_over", "This import has begun or is over; there is nothing left to try.")
        await check_whole(ctx, connection, found, plan)
        trial = Trial(id=new_id(), plan=plan)
        await store.change_import(connection, ctx.workspace.id, import_id, trial=trial.model_dump(mode="json"))
        await defer(
            connection, run_trial_job, workspace_id=ctx.workspace.id, import_id=str(import_id), trial_id=str(trial.id),
            actor=ctx.actor.name,
        )  # fmt: skip
        return await store.find_import(connection, ctx.workspace.id, import_id)


async def run_trial(ctx: Context, import_id: UUID, trial_id: UUID) -> None:
    """Run a trial to its end, unless it is over or a later one has replaced it."""
    async with ctx.reading() as connection:
        found = await store.find_import(connection, ctx.workspace.id, import_id)
    trial = found.trial
    if found.state is not ImportState.UPLOADED or trial is None or trial.id != trial_id or trial.state != "running":
        return
    try:
        result, examples = await _try(ctx, found, trial.plan)
        done = trial.model_copy(update={"state": "finished", "result": result, "examples": examples})
    except Cancelled:
        return
    except Unavailable as error:
        if error.code == "database_away":
            raise
        done = trial.model_copy(update={"state": "failed", "error": error.sentence})
    except GonfalonError as error:
        done = trial.model_copy(update={"state": "failed", "error": error.sentence})
    except FileNotFoundError:
        done = trial.model_copy(
            update={"state": "failed", "error": "The uploaded file is no longer there; upload it again."}
        )
    except DBAPIError as error:
        log.error("trial_failed", import_id=str(import_id), exc_info=error)
        done = trial.model_copy(update={"state": "failed", "error": "Something went wrong on our side. Try once more."})
    async with ctx.transaction() as connection:
        await _keep(ctx, connection, found, done)


async def _try(ctx: Context, found: Import, plan: Plan) -> tuple[Result, list[Example]]:
    kept: list[tuple[Result, list[Example]]] = []
    with suppress(_RolledBack):
        async with ctx.transaction() as connection:
            await one_at_a_time(connection, "import", found.id)

            async def work(live: Live) -> tuple[Result, list[Example]]:
                return await rehearse(ctx, connection, found, plan, live)

            kept.append(await watched(ctx, connection, found, work))
            raise _RolledBack
    return kept[0]


async def _keep(ctx: Context, connection: AsyncConnection, found: Import, done: Trial) -> None:
    """Writes the outcome, unless another trial has replaced this one meanwhile."""
    present = await store.find_import(connection, ctx.workspace.id, found.id, lock=True)
    if present.state is ImportState.UPLOADED and present.trial is not None and present.trial.id == done.id:
        await store.change_import(connection, ctx.workspace.id, found.id, trial=done.model_dump(mode="json"))
