"""`gonfalon api-key …`"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gonfalon.accounts.model import Scope
from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, In, cli, emit, in_workspace

if TYPE_CHECKING:
    from gonfalon.accounts.context import Context

api_key = typer.Typer(help="Keys for programs.", no_args_is_help=True)
cli.add_typer(api_key, name="api-key")


@api_key.command("create")
def create_api_key(
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[list[Scope], typer.Option(help="What it may do; repeat for several.")],
    workspace: In = "",
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Make an API key; it is shown this once."""
    from gonfalon.accounts.keys.actions import create_key

    async def work(ctx: Context) -> tuple[str, str]:
        key_id, key = await create_key(ctx, name, scope)
        return str(key_id), key

    key_id, key = in_workspace(home, database_url, workspace, work)
    emit(as_json, {"id": key_id, "key": key}, f"{key}\nKeep it safe: it is not shown again.")
