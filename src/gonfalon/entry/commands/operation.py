"""`gonfalon doctor` (is everything this installation needs in order?) and `gonfalon demo`."""

from __future__ import annotations

from dataclasses import asdict

import typer

from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, cli, emit, err, on_database, settings_for


@cli.command()
def doctor(home: Home = None, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """Look at folder, keys, database, schema, jobs and senders, and say what to do; exit code 1 if one is broken."""
    from gonfalon.entry.doctor import examine

    findings = examine(settings_for(home, database_url))
    marks = {"ok": "✓", "look": "!", "broken": "✗"}
    text = "\n".join(f"{marks[f.state]} {f.subject}: {f.sentence}" for f in findings)
    healthy = all(f.state != "broken" for f in findings)
    emit(as_json, {"healthy": healthy, "findings": [asdict(f) for f in findings]}, text)
    raise typer.Exit(0 if healthy else 1)


@cli.command()
def demo(home: Home = None, database_url: DatabaseUrl = "", as_json: AsJson = False) -> None:
    """Load the demo workspace: a real randomised email test with 64,000 customers. Loading it twice changes nothing."""
    from gonfalon.entry.demo import load_demo
    from gonfalon.entry.home import database
    from gonfalon.entry.migrate import migrate
    from gonfalon.entry.progress import bar

    with database(settings_for(home, database_url)) as url:
        migrate(url)
        with bar(err, shown=not as_json) as show:
            workspace = on_database(settings_for(home, url), lambda services: load_demo(services, show))
    document = {"workspace": workspace.slug, "name": workspace.name}
    emit(as_json, document, f"The workspace “{workspace.name}” is there; it belongs to whoever sets Gonfalon up.")
