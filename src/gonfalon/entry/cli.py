"""The `gonfalon` command. Every command takes `--json` and ends with 0, or with 1 and one sentence.

Modules of commands import only what their signatures need; a command imports its rooms when it runs. So `--help` is
there at once, and a sender does not carry what only reports need (`test_help_imports_no_room`).
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from rich.console import Console

from gonfalon.entry.closing import close_home, close_to_others
from gonfalon.kit.errors import Invalid
from gonfalon.kit.process import end_with_supervisor

if TYPE_CHECKING:
    from gonfalon.accounts.context import Context
    from gonfalon.entry.home import Running
    from gonfalon.kit.config import Settings
    from gonfalon.kit.services import Services

T = TypeVar("T")
cli = typer.Typer(
    name="gonfalon", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
)
# What people called their things is printed as it is: no markup, no emoji codes.
out = Console(highlight=False, markup=False, emoji=False)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)

Home = Annotated[
    Path | None, typer.Option("--home", help="Folder for the database, keys and logs.", envvar="GONFALON_HOME")
]
DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database-url", help="PostgreSQL 15+ instead of the built-in server.", envvar="GONFALON_DATABASE_URL"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
In = Annotated[str, typer.Option("--workspace", "-w", help="Workspace (its name in URLs); the only one if omitted.")]


def settings_for(home: Path | None, database_url: str = "", **more: Any) -> Settings:
    """Return settings from the environment, with what the command line says on top."""
    from gonfalon.kit.config import Settings

    given = {"home": home, "database_url": database_url or None} | more
    return Settings(**{name: value for name, value in given.items() if value is not None})


def emit(as_json: bool, document: dict[str, Any], text: str) -> None:
    """Print a result: a JSON line for programs, or a text for people."""
    if as_json:
        sys.stdout.write(json.dumps(document, default=str, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    else:
        out.print(text, soft_wrap=True)


def on_database(settings: Settings, work: Callable[[Services], Awaitable[T]]) -> T:
    """Run `work` with services on the installation's database, starting the built-in server if need be."""
    import asyncio

    import gonfalon.entry.tables  # noqa: F401  (columns take their types from the tables they point to)
    from gonfalon.entry.home import database
    from gonfalon.entry.rooms import open_services

    async def run(url: str) -> T:
        services = open_services(settings, url)
        try:
            return await work(services)
        finally:
            await services.close()

    with database(settings) as url:
        return asyncio.run(run(url))


async def workspace_context(services: Services, slug: str) -> Context:
    """Return the operator's context in the named workspace, or in the only one there is."""
    from gonfalon.accounts.context import operator_context
    from gonfalon.accounts.store import find_workspace, list_workspaces

    async with services.db.reading() as connection:
        if slug:
            return operator_context(services, await find_workspace(connection, slug))
        found = await list_workspaces(connection)
    if len(found) != 1:
        names = ", ".join(place.slug for place in found) or "none yet"
        raise Invalid("workspace_needed", f"Say which workspace with --workspace; there are: {names}.", names=names)
    return operator_context(services, found[0])


def in_workspace(home: Path | None, database_url: str, workspace: str, work: Callable[[Context], Awaitable[T]]) -> T:
    """Run `work` as the operator in a workspace."""

    async def run(services: Services) -> T:
        return await work(await workspace_context(services, workspace))

    return on_database(settings_for(home, database_url), run)


@cli.command()
def up(
    home: Home = None,
    port: Annotated[int | None, typer.Option(help="Port of the web server.")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    base_url: Annotated[str | None, typer.Option(help="Public address, for links in mails.")] = None,
    senders: Annotated[int | None, typer.Option(help="How many sender processes.")] = None,
    database_url: DatabaseUrl = "",
    demo: Annotated[bool, typer.Option("--demo", help="Load the demo workspace first.")] = False,
    as_json: AsJson = False,
) -> None:
    """Start everything and stay until Ctrl-C; in a folder that already runs, say where."""
    from gonfalon.entry.up import up as run_up

    settings = settings_for(home, database_url, port=port, host=host, base_url=base_url, senders=senders)

    def announce(running: Running, fresh: bool) -> None:
        document = {"url": running.url, "setup_url": running.setup_url, "started": fresh}
        first = "Gonfalon runs at" if fresh else "Gonfalon already runs at"
        lines = [f"\n  {first} {running.url}"]
        if running.setup_url:
            lines.append(f"  Set it up here (the link works once): {running.setup_url}")
        if fresh:
            lines.append("  Ctrl-C stops it.\n")
        emit(as_json, document, "\n".join(lines))

    def before(url: str) -> None:
        if demo:
            from gonfalon.entry.demo import load_demo
            from gonfalon.entry.progress import bar

            with bar(err, shown=not as_json) as show:
                on_database(settings_for(home, url), lambda services: load_demo(services, show))

    raise typer.Exit(run_up(settings, announce, before=before))


@cli.command(name="migrate")
def migrate_command(home: Home = None, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """Bring the database to the version of this program."""
    from gonfalon.entry.home import database
    from gonfalon.entry.migrate import migrate

    with database(settings_for(home, database_url)) as url:
        revision = migrate(url)
    emit(as_json, {"revision": revision}, f"The database is at revision {revision}.")


@cli.command(hidden=True)
def serve() -> None:
    """Run the app process: API, interface, jobs, analytics copy."""
    end_with_supervisor()
    import uvicorn

    from gonfalon.entry.api import create_app
    from gonfalon.entry.rooms import open_services
    from gonfalon.kit.config import Settings

    settings = Settings()
    close_home(settings.folder)
    services = open_services(settings, settings.database_url)
    app = create_app(services)
    # What is there now stays: without it, an answer of thousands of rows is a third looking for garbage among it.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        proxy_headers=True,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run()
    # Everything is closed by now. DuckDB's binding reports its own types as leaks when the interpreter winds down;
    # leaving at once spares people that.
    sys.stderr.flush()
    os._exit(0)


@cli.command(hidden=True)
def send() -> None:
    """Run a sender process."""
    end_with_supervisor()
    from gonfalon.entry.rooms import open_services
    from gonfalon.entry.sender import run_sender
    from gonfalon.kit.config import Settings

    settings = Settings()
    run_sender(open_services(settings, settings.database_url))


@cli.command(hidden=True)
def sandbox() -> None:
    """Run the mail sandbox."""
    end_with_supervisor()
    from gonfalon.entry.sandbox import run_sandbox
    from gonfalon.kit.config import Settings
    from gonfalon.kit.services import open_services

    settings = Settings()
    run_sandbox(open_services(settings, settings.database_url))


def main() -> None:
    """Run a command: expected failures become one sentence on standard error and exit code 1."""
    gc.set_threshold(
        20_000, 20, 50
    )  # hardly anything of what importing makes is garbage: looking takes a quarter of it
    import gonfalon.entry.commands  # noqa: F401  (adds the commands of the rooms)

    if "--help" not in sys.argv:
        from gonfalon.kit.log import configure

        configure()
    close_to_others()
    try:
        cli()
    except Exception as error:
        from gonfalon.entry.failures import expected

        failure = expected(error)
        if failure is None:
            raise
        if "--json" in sys.argv:
            sys.stdout.write(json.dumps({"error": failure.code, "detail": failure.sentence}) + "\n")
        err.print(f"gonfalon: {failure.sentence}", soft_wrap=True)
        raise SystemExit(1) from None
