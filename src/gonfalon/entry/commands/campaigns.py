"""`gonfalon campaign …`"""

from __future__ import annotations

import typer

from gonfalon.accounts.context import Context
from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, In, cli, emit, in_workspace
from gonfalon.kit.paging import PageRequest
from gonfalon.planning.campaigns.store import list_campaigns

campaign = typer.Typer(help="Campaigns.", no_args_is_help=True)
cli.add_typer(campaign, name="campaign")


@campaign.command("list")
def list_all(workspace: In = "", home: Home = None, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """The campaigns that are not archived, newest first."""

    async def work(ctx: Context) -> list[dict[str, object]]:
        async with ctx.reading() as connection:
            rows = await list_campaigns(
                ctx, connection, PageRequest(None, 500), state=None, category=None, leader_id=None, words=""
            )
        fields = ("id", "name", "category", "state", "starts_on", "ends_on")
        return [{field: row._mapping[field] for field in fields} for row in rows]

    found = in_workspace(home, database_url, workspace, work)
    lines = [f"{row['id']}  {row['state']!s:<9} {row['category']!s:<13} {row['name']}" for row in found]
    emit(as_json, {"campaigns": found}, "\n".join(lines) or "No campaigns yet.")
