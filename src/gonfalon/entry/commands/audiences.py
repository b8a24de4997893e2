"""`gonfalon audience …`"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gonfalon.entry.cli import AsJson, DatabaseUrl, Home, In, cli, emit, in_workspace
from gonfalon.kit.errors import Invalid

if TYPE_CHECKING:
    from gonfalon.accounts.context import Context
    from gonfalon.audiences.model import Count

audience = typer.Typer(help="Named sets of people.", no_args_is_help=True)
cli.add_typer(audience, name="audience")


@audience.command("count")
def count(
    name: Annotated[str, typer.Argument(help="Name or id of an audience.")] = "",
    rule: Annotated[
        Path | None, typer.Option(help="A file with a rule (JSON) to count instead; - reads stdin.")
    ] = None,
    workspace: In = "",
    home: Home = None,
    database_url: DatabaseUrl = "",
    as_json: AsJson = False,
) -> None:
    """Count how many people an audience means now, and how many each channel and topic reaches."""
    from gonfalon.audiences.actions import count_audience, count_rule
    from gonfalon.audiences.tables import audiences
    from gonfalon.entry.finding import find_by_name

    async def work(ctx: Context) -> Count:
        if rule is not None:
            return await count_rule(ctx, _read_rule(rule))
        return await count_audience(ctx, await find_by_name(ctx, audiences, name, "audience"))

    found = in_workspace(home, database_url, workspace, work)
    document: dict[str, Any] = {
        "total": found.total,
        "reach": [
            {field: getattr(reach, field) for field in ("channel", "topic", "reachable", *_REASONS)}
            for reach in found.reach
        ],
        "engine": found.engine,
    }
    lines = [f"{found.total:,} people"]
    for reach in found.reach:
        rest = ", ".join(f"{getattr(reach, why):,} {words}" for why, words in _REASONS.items() if getattr(reach, why))
        lines.append(f"  {reach.channel} / {reach.topic}: {reach.reachable:,} reachable{f' ({rest})' if rest else ''}")
    emit(as_json, document, "\n".join(lines))


_REASONS = {
    "no_address": "without an address",
    "suppressed": "suppressed",
    "unsubscribed": "unsubscribed",
    "no_consent": "without consent",
}


def _read_rule(path: Path) -> object:
    try:
        return json.loads(sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes())
    except json.JSONDecodeError as error:
        raise Invalid(
            "rule_json", f"The rule is not JSON: {error.msg} in line {error.lineno}.", said=error.msg, line=error.lineno
        ) from error
    except UnicodeDecodeError as error:
        raise Invalid("rule_json", "The rule is not JSON: it is not text in UTF-8.") from error
    except RecursionError as error:
        raise Invalid("rule_json", "The rule is nested too deeply.") from error
