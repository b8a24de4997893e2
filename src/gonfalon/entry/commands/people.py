"""`gonfalon import`: a file of people, at a shell."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, In, cli, emit, err, in_workspace
from gonfalon.kit.errors import Invalid
from gonfalon.people.model import Existing

if TYPE_CHECKING:
    from gonfalon.accounts.context import Context
    from gonfalon.people.imports.model import ConsentPlan, Plan
    from gonfalon.people.imports.model import Progress as Step
    from gonfalon.people.imports.store import Import


@cli.command(name="import")
def import_command(
    file: Annotated[Path, typer.Argument(help="CSV or Excel.", exists=True, dir_okay=False)],
    topic: Annotated[
        list[str] | None, typer.Option(help="Topic everybody agreed to (its key); repeat for several.")
    ] = None,
    consent_at: Annotated[datetime | None, typer.Option(help="When they agreed.")] = None,
    consent_origin: Annotated[str, typer.Option(help="Where they agreed, e.g. “shop checkout”.")] = "",
    consent_wording: Annotated[str, typer.Option(help="The words they agreed to.")] = "",
    existing: Annotated[Existing, typer.Option(help="What happens to people already known.")] = Existing.OVERWRITE,
    tag: Annotated[list[str] | None, typer.Option(help="A tag for everybody in the file.")] = None,
    plan_file: Annotated[
        Path | None, typer.Option("--plan", help="A whole plan as JSON instead of the detected one.")
    ] = None,
    rejects: Annotated[Path | None, typer.Option(help="Write the rejected rows, with reasons, to this CSV.")] = None,
    workspace: In = "",
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Import people; the columns are recognised unless a plan says otherwise."""
    from gonfalon.entry.progress import bar
    from gonfalon.people.imports.actions import import_file
    from gonfalon.people.imports.model import ImportState
    from gonfalon.people.imports.routes import rejects_csv

    async def work(ctx: Context) -> Import:
        given = None if plan_file is None else _read_plan(plan_file)
        if rejects is not None:
            rejects.write_text("", encoding="utf-8")  # a place that cannot be written is told before, not after
        consent = await _consent(ctx, topic or [], consent_at, consent_origin, consent_wording)

        def adapt(suggested: Plan) -> Plan:
            return suggested.model_copy(update={"existing": existing, "tags": tag or [], "consent": consent})

        with bar(err, shown=not as_json) as show:

            def tell(step: Step) -> None:
                show(step.phase.value.capitalize(), step.bytes, step.total_bytes or None)

            done = await import_file(ctx, file, given, tell, adapt)
        if rejects is not None:
            names = [column.name for column in done.detected.columns]
            with rejects.open("w", encoding="utf-8") as output:
                async for part in rejects_csv(ctx, done.id, names):
                    output.write(part)
        return done

    done = in_workspace(home, database_url, workspace, work)
    if done.state is not ImportState.FINISHED:
        raise Invalid("import_failed", done.error or "The import was cancelled; nothing was changed.")
    result = done.result
    document = {"id": str(done.id), "state": done.state.value, **result.model_dump(mode="json")}
    if result.new + result.changed == 0 and result.rejected == 0:
        text = f"Nothing changed: all {result.rows:,} rows are known already."
    else:
        rows = "row" if result.rows == 1 else "rows"
        text = (
            f"{result.rows:,} {rows}: {result.new:,} new, {result.changed:,} changed, {result.unchanged:,} unchanged, "
            f"{result.duplicates:,} duplicates, {result.rejected:,} rejected ({result.seconds:.1f} s)"
        )
    emit(as_json, document, text)


def _read_plan(path: Path) -> Plan:
    from pydantic import ValidationError

    from gonfalon.people.imports.model import Plan

    try:
        return Plan.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise Invalid(
            "plan_invalid",
            f"{path} is not a plan: {f'{place}: ' if place else ''}{first['msg']}.",
            path=path,
            said=first["msg"],
        ) from error


async def _consent(
    ctx: Context, topics: list[str], at: datetime | None, origin: str, wording: str
) -> ConsentPlan | None:
    if not topics:
        return None
    if at is None or not origin:
        raise Invalid(
            "consent_proof", "Say when and where they agreed: --consent-at 2026-05-01 --consent-origin “shop”."
        )
    from gonfalon.people.consent.store import list_topics
    from gonfalon.people.imports.model import ConsentPlan

    async with ctx.reading() as connection:
        known = {topic.key: topic.id for topic in await list_topics(connection, ctx.workspace.id)}
    unknown = [key for key in topics if key not in known]
    if unknown:
        raise Invalid(
            "topic_unknown",
            f"There is no topic “{unknown[0]}”; there are: {', '.join(known)}.",
            key=unknown[0],
            known=", ".join(known),
        )
    ids = [known[key] for key in topics]
    aware = at if at.tzinfo else at.astimezone()
    return ConsentPlan(topic_ids=ids, at=aware, origin=origin, wording=wording)
