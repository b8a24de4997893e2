"""`gonfalon password-link`: the way back in when no mail can bring one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, cli, emit, on_database, settings_for

if TYPE_CHECKING:
    from datetime import datetime

    from gonfalon.kit.services import Services


@cli.command("password-link")
def password_link(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Make a link with which a member sets a new password; it works once, for one hour."""
    from gonfalon.accounts.recovery.actions import make_link
    from gonfalon.entry.home import read_running

    settings = settings_for(home, database_url)
    running = read_running(settings)
    if running is not None:
        settings = settings.model_copy(update={"base_url": running.url})

    async def work(services: Services) -> tuple[str, datetime]:
        return await make_link(services, email)

    link, until = on_database(settings, work)
    text = f"{link}\nIt works once, until {until:%H:%M} UTC. Whoever opens it sets the password of {email}."
    emit(as_json, {"email": email, "link": link, "expires_at": until.isoformat()}, text)
