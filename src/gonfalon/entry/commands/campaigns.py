"""`gonfalon campaign …` and `gonfalon report`"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, In, cli, emit, err, in_workspace, settings_for
from gonfalon.kit.errors import Conflict, Unavailable

if TYPE_CHECKING:
    from uuid import UUID

    from gonfalon.accounts.context import Context
    from gonfalon.entry.home import Running

campaign = typer.Typer(help="Campaigns.", no_args_is_help=True)
cli.add_typer(campaign, name="campaign")

Which = Annotated[str, typer.Argument(help="Name or id of a campaign.")]


@campaign.command("list")
def list_all(workspace: In = "", home: Home = None, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """List the campaigns that are not archived, newest first."""
    from gonfalon.kit.paging import PageRequest
    from gonfalon.planning.campaigns.reading import list_campaigns

    async def work(ctx: Context) -> list[dict[str, object]]:
        async with ctx.reading() as connection:
            rows = await list_campaigns(
                ctx,
                connection,
                PageRequest(None, 500),
                state=None,
                category=None,
                type=None,
                stage=None,
                leader_id=None,
                parent_id=None,
                words="",
            )
        fields = ("id", "name", "category", "state", "starts_on", "ends_on")
        return [{field: getattr(row, field) for field in fields} for row in rows]

    found = in_workspace(home, database_url, workspace, work)
    lines = [f"{row['id']}  {row['state']!s:<9} {row['category']!s:<13} {row['name']}" for row in found]
    emit(as_json, {"campaigns": found}, "\n".join(lines) or "No campaigns yet.")


@campaign.command("launch")
def launch(
    name: Which,
    touchpoint: Annotated[str, typer.Option(help="Only this touchpoint (name or id); every draft if omitted.")] = "",
    freeze: Annotated[bool, typer.Option("--freeze", help="Take the audience now, not when sending begins.")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="Only ask the launch check; launch nothing.")] = False,
    workspace: In = "",
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Launch the drafts of a campaign, each after its launch check; the running app then sends them."""
    from gonfalon.entry.finding import find_by_name
    from gonfalon.entry.progress import bar
    from gonfalon.planning.launch.actions import check_touchpoint, launch_touchpoint
    from gonfalon.planning.launch.schemas import check_out
    from gonfalon.planning.tables.campaigns import campaigns
    from gonfalon.planning.touchpoints.store import list_touchpoints

    async def work(ctx: Context) -> list[dict[str, Any]]:
        campaign_id = await find_by_name(ctx, campaigns, name, "campaign")
        async with ctx.reading() as connection:
            rows = await list_touchpoints(ctx, connection, campaign_id)
        drafts = [row for row in rows if row.launched_at is None and touchpoint in ("", row.name, str(row.id))]
        if not drafts:
            raise Conflict("nothing_to_launch", f"“{name}” has no touchpoint that waits to be launched.", name=name)
        done = []
        for row in drafts:
            if check_only:
                checked = await check_touchpoint(ctx, row.id)
            else:
                checked = await launch_touchpoint(ctx, row.id, freeze=freeze)
            check = check_out(checked).model_dump(mode="json")
            done.append({"id": str(row.id), "name": row.name, "launched": not check_only, "check": check})
        return done

    with bar(err, shown=not as_json) as show:
        show("Checking", 0, None)
        found = in_workspace(home, database_url, workspace, work)
    lines = []
    for row in found:
        lines.append(f"{row['name']}: {'launched' if row['launched'] else 'checked'}")
        lines += [f"  {answer['level']}: {answer['sentence']}" for answer in row["check"]["answers"]]
    emit(as_json, {"touchpoints": found}, "\n".join(lines))


@cli.command()
def report(
    name: Which,
    pdf: Annotated[Path | None, typer.Option(help="Write the report as a PDF here as well.")] = None,
    workspace: In = "",
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Show what a campaign brought: sent, clicked, converted, earned, and the return on what it cost."""
    import asyncio

    from gonfalon.audiences.copied import analytics_copy
    from gonfalon.entry.finding import find_by_name
    from gonfalon.entry.home import read_running
    from gonfalon.entry.progress import bar
    from gonfalon.insights.report.actions import read_printed
    from gonfalon.insights.report.pdf import write as write_pdf
    from gonfalon.insights.report.schemas import report_out
    from gonfalon.planning.tables.campaigns import campaigns

    running = read_running(settings_for(home, database_url))

    async def work(ctx: Context) -> dict[str, Any]:
        campaign_id = await find_by_name(ctx, campaigns, name, "campaign")
        if running is not None and running.alive:
            return await _ask_the_app(ctx, running, campaign_id, pdf)
        async with analytics_copy(ctx.services):
            found, series, step = await read_printed(ctx, campaign_id)
        if pdf is not None:
            made = write_pdf(found, ctx.workspace, ctx.workspace.language, series, step)
            await asyncio.to_thread(pdf.write_bytes, made)
        return report_out(found).model_dump(mode="json")

    with bar(err, shown=not as_json) as show:
        show("Gathering the numbers", 0, None)
        document = in_workspace(home, database_url, workspace, work)
    lines = [_shown(key, figure, document["currency"]) for key, figure in document["total"].items()]
    emit(as_json, document, "\n".join([document["name"], *lines]))


def _shown(key: str, figure: dict[str, Any], currency: str) -> str:
    from gonfalon.insights.report.words import WORDS
    from gonfalon.kit import writing
    from gonfalon.metrics.catalogue import METRICS
    from gonfalon.metrics.model import Unit
    from gonfalon.metrics.rules import name_of

    metric = METRICS[key]
    value = figure["value"]
    if value is None:
        text = f"– ({WORDS['en'][figure['missing']]})"
    elif metric.unit is Unit.MONEY:
        text = writing.money(round(value), currency, "en")
    elif metric.unit is Unit.SHARE:
        text = writing.percent(value, "en", metric.digits)
    else:
        text = writing.number(round(value), "en")
    if figure["base"] is not None and figure["low"] is None and value is not None and key not in ("roi", "caused_roi"):
        text += f" of {writing.number(round(figure['base']), 'en')}"
    return f"  {name_of(key, 'en'):<24} {text}"


async def _ask_the_app(ctx: Context, running: Running, campaign_id: UUID, pdf: Path | None) -> dict[str, Any]:
    """The running app owns the analytics copy, so it is asked, with a key that lives for this question only."""
    import asyncio

    from gonfalon.accounts.keys.actions import create_key, revoke_key
    from gonfalon.accounts.model import Scope
    from gonfalon.entry.asking import fetch

    key_id, key = await create_key(ctx, "gonfalon report", [Scope.READ])
    address = (
        f"{running.local_url or running.url}/api/v1/workspaces/{ctx.workspace.slug}/campaigns/{campaign_id}/report"
    )
    try:
        document: dict[str, Any] = json.loads(await asyncio.to_thread(fetch, address, key))
        if pdf is not None:
            await asyncio.to_thread(pdf.write_bytes, await asyncio.to_thread(fetch, f"{address}/pdf", key))
        return document
    except json.JSONDecodeError as error:
        raise Unavailable(
            "app_foreign", f"What answers at {address} is not Gonfalon; is its port another's?", address=address
        ) from error
    finally:
        await revoke_key(ctx, key_id)
