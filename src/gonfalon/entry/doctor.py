"""Is everything this installation needs in order?"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from gonfalon.entry.closing import open_paths
from gonfalon.entry.home import database, read_running
from gonfalon.entry.migrate import MINIMUM_SERVER, look_at_schema, pending_revisions
from gonfalon.kit.config import Settings
from gonfalon.kit.errors import GonfalonError

LOW_DISK = 2 * 1024**3
SHOWN = 8


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `state` is ok, look or broken."""

    subject: str
    state: str
    sentence: str


def examine(settings: Settings) -> list[Finding]:
    """Look at folder, keys, processes, database, schema, jobs and senders."""
    return [*_folder(settings.folder), *_key(settings), *_process(settings), *_database(settings)]


def _folder(folder: Path) -> Iterator[Finding]:
    if not folder.exists():
        yield Finding("folder", "look", f"{folder} does not exist yet; `gonfalon up` makes it.")
        return
    free = shutil.disk_usage(folder).free
    sentence = f"{folder}, {free / 1024**3:.1f} GiB free"
    if not os.access(folder, os.W_OK):
        yield Finding("folder", "broken", f"{folder} cannot be written; give it to the user that runs Gonfalon.")
    elif seen := [str(path) for path, _ in open_paths(folder)]:
        more = f" and {len(seen) - 1} more" if len(seen) > 1 else ""
        yield Finding(
            "folder", "look", f"others on this machine can see {seen[0]}{more}; run: chmod -R go-rwx {folder}"
        )
    elif free < LOW_DISK:
        yield Finding("folder", "look", f"{sentence}; free some space before the next import.")
    else:
        yield Finding("folder", "ok", sentence)


def _key(settings: Settings) -> Iterator[Finding]:
    path = settings.folder / "secret.key"
    if settings.secret_key:
        yield Finding("secret key", "ok", "given by GONFALON_SECRET_KEY")
    elif not path.exists():
        yield Finding("secret key", "look", "not made yet; the first start makes it.")
    elif path.stat().st_mode & 0o077:
        yield Finding("secret key", "broken", f"others can read {path}; run: chmod 600 {path}")
    else:
        yield Finding("secret key", "ok", f"{path}; keep a copy with your backups")


def _process(settings: Settings) -> Iterator[Finding]:
    running = read_running(settings)
    if running is None:
        yield Finding("processes", "look", "nothing runs; start with `gonfalon up`.")
    elif not running.alive:
        yield Finding("processes", "look", "the last run was killed; the next `gonfalon up` recovers by itself.")
    else:
        yield Finding("processes", "ok", f"running at {running.url}")


def _database(settings: Settings) -> Iterator[Finding]:
    if not settings.database_url and not (settings.folder / "postgres" / "data" / "PG_VERSION").exists():
        yield Finding("database", "look", "not made yet; the first start makes it.")
        return
    try:
        with database(settings) as url, psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            version = connection.info.server_version
            state = "ok" if version >= MINIMUM_SERVER else "broken"
            yield Finding("database", state, f"PostgreSQL {version // 10000}.{version % 10000}")
            schema = _schema(url)
            yield schema
            if schema.state == "ok":
                yield from _work(connection)
    except (psycopg.OperationalError, GonfalonError) as error:
        yield Finding("database", "broken", f"cannot be reached: {str(error).strip().splitlines()[0]}")


def _schema(url: str) -> Finding:
    present, missing = look_at_schema(url)
    pending = pending_revisions(present)
    if pending is None:
        return Finding(
            "schema", "broken", f"at {present}, which this program does not know; run the newer program that made it."
        )
    if pending:
        at = f"at {present}; " if present else "no tables yet; "
        return Finding(
            "schema",
            "look",
            f"{at}{len(pending)} migrations wait ({', '.join(pending)}); make a backup, then run `gonfalon migrate`.",
        )
    if missing:
        names = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else "")
        return Finding(
            "schema",
            "broken",
            f"at {present}, but not as this program needs it: {names}. Somebody changed the database by hand or a "
            "restore was not complete: restore a backup, or put back what is named here.",
        )
    return Finding("schema", "ok", f"at {present}, complete")


def _work(connection: psycopg.Connection[tuple[object, ...]]) -> Iterator[Finding]:
    def one(query: str) -> object:
        row = connection.execute(query).fetchone()
        return row[0] if row else None

    failed = one("select count(*) from procrastinate_jobs where status = 'failed'")
    waiting = one("select extract(epoch from now() - min(scheduled_at)) from procrastinate_jobs where status = 'todo'")
    yield Finding("jobs", "look" if failed else "ok", f"{failed} failed" if failed else "none failed")
    if isinstance(waiting, float | int) and waiting > 300:
        yield Finding("jobs", "look", f"the oldest has waited {waiting:.0f} s; is the app running?")
    senders = one("select count(*) from sender_leases where until > now()")
    queued = one(
        "select coalesce(sum(cardinality(message_ids)), 0) from send_batches where lease is null and due_at < now()"
    )
    if queued and not senders:
        yield Finding("senders", "look", f"{queued} messages wait and no sender runs; start with `gonfalon up`.")
    else:
        yield Finding("senders", "ok", f"{senders} alive, {queued} messages due")
    restored = connection.execute(
        "select created_at, finding, dispatches, mails from epochs "
        "where finding <> 'same' and created_at > now() - interval '7 days' order by number desc limit 1"
    ).fetchone()
    if restored is not None:
        at, finding, dispatches, mails = restored
        yield Finding(
            "database",
            "look",
            f"restored or copied ({finding}), noticed on {at:%Y-%m-%d at %H:%M}: {dispatches} sends were held and "
            f"{mails} mails to members not sent. Look at each held touchpoint and go on or cancel.",
        )
    stalls = one("select count(*) from lane_stalls where created_at > now() - interval '7 days'")
    if stalls:
        yield Finding(
            "sending",
            "look",
            f"stood still and was begun anew {stalls} times in 7 days; report it with the log lines lane_stalled.",
        )
