"""send: from queued ledger rows to accepted rows, beside Postfix's smtp-source and nodemailer, into smtp-sink.

Both sides write the same number of bytes over the same number of connections to the same sink. Ours renders every
mail, signs every link, and commits an intent before every final dot and an outcome after every answer, with fsync;
smtp-source sends constant bytes from C.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import resource
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from gonfalon.channels.email.reading import ReadMail, read_mail

from benchmarks.common import CACHE, Result, database_server, table
from benchmarks.send_mail import FIELDS, handlebars, html, person, text
from benchmarks.send_world import launch, make_world
from gonfalon.channels.email.receiver import ReceivedMail, Receiver
from gonfalon.kit.secrets import SecretBox
from gonfalon.tracking.links.tokens import Keys, Purpose, verify

PEERS = Path(__file__).parent / "peers" / "send"
SECRET = "benchmark"
PROCESSES = 2
CONNECTIONS = 50


@dataclass(frozen=True)
class Scale:
    """How much: messages a round of ours and smtp-source, of nodemailer, in the gate; rounds (A B B A …)."""

    messages: int
    nodemailer: int
    gate: int
    rounds: int


SCALES = {"small": Scale(5_000, 400, 300, 2), "full": Scale(200_000, 20_000, 5_000, 5)}


@dataclass
class Round:
    """Messages a second and CPU microseconds a message of the side's own processes."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def run(scale: str) -> Result:
    """The benchmark at a scale."""
    size = SCALES[scale]
    with database_server() as server, tempfile.TemporaryDirectory(prefix="gonfalon-bench-") as folder:
        url, home = server.url(), Path(folder)
        world = make_world(url, home, SECRET, size.messages)
        ours, source, mailer = Round(), Round(), Round()
        with senders(url, home) as running, sink() as port:
            wrong = gate(url, home, world, size.gate)
            if not wrong:
                # The gate's connections are kept for two seconds, and their settings with them.
                time.sleep(3)
                for turn in range(size.rounds):
                    turns: list[Callable[[], None]] = [
                        lambda: send_ours(url, running, world, port, size.messages, ours),
                        lambda: send_source(port, size.messages, world.mail_bytes, source),
                        lambda: send_nodemailer(port, size.nodemailer, home, mailer),
                    ]
                    for take_turn in turns if turn % 2 == 0 else reversed(turns):
                        take_turn()
    if wrong:
        return Result("send", 0.0, 1.0, "× smtp-source", wrong)
    rows: list[tuple[str, ...]] = [("", "messages/s", "CPU µs a message")]
    sides = (
        (f"gonfalon, {size.messages:,} a round", ours),
        (f"smtp-source -d, {size.messages:,} a round", source),
        (f"nodemailer + handlebars, {size.nodemailer:,} a round", mailer),
    )
    for name, side in sides:
        rows.append((name, f"{statistics.median(side.rate):,.0f}", f"{statistics.median(side.cpu):,.0f}"))
    table(rows)
    ratio = statistics.median(ours.rate) / statistics.median(source.rate)
    versus_mailer = statistics.median(ours.rate) / statistics.median(mailer.rate)
    return Result(
        "send",
        ratio,
        1.0,
        "× smtp-source",
        more={
            "nodemailer_ratio": round(versus_mailer, 2),
            "nodemailer_goal": 5.0,
            "messages": size.messages,
            "nodemailer_messages": size.nodemailer,
            "bytes": world.mail_bytes,
            "connections": PROCESSES * CONNECTIONS,
            "rounds": size.rounds,
            "ours_per_s": [round(x) for x in ours.rate],
            "source_per_s": [round(x) for x in source.rate],
            "nodemailer_per_s": [round(x) for x in mailer.rate],
            "ours_cpu_us": round(statistics.median(ours.cpu)),
            "source_cpu_us": round(statistics.median(source.cpu)),
        },
    )


# Ours


def send_ours(
    url: str,
    running: list[subprocess.Popen[bytes]],
    world: Any,
    port: int,
    count: int,
    into: Round,
    connections: int = CONNECTIONS,
) -> None:
    """One dispatch of `count` messages, from its release to its last outcome; `connections` of each process."""
    with psycopg.connect(url, autocommit=True) as database:
        launch(database, world, port, connections, count, state="paused")
        database.execute("vacuum analyze messages, send_batches")
        database.execute("checkpoint")
        before = sum(cpu_of(process.pid) for process in running)
        started = time.perf_counter()
        database.execute("update dispatches set state = 'running' where state = 'paused'")
        wait_until_sent(database)
        elapsed = time.perf_counter() - started
        spent = sum(cpu_of(process.pid) for process in running) - before
        states = database.execute("select state, count(*) from messages group by 1").fetchall()
        assert states == [("accepted", count)], states
        database.execute("truncate messages, send_batches, dispatches cascade")
    into.rate.append(count / elapsed)
    into.cpu.append(spent / count * 1e6)


def wait_until_sent(database: psycopg.Connection[Any]) -> None:
    """Until the queue is empty; says why when sending has stopped instead of waiting for ever."""
    while database.execute("select 1 from send_batches limit 1").fetchone():
        stopped = database.execute("select reason from breakers where open_until > now()").fetchone()
        assert stopped is None, f"sending stopped: {stopped}"
        time.sleep(0.02)


@contextlib.contextmanager
def senders(url: str, home: Path, processes: int = PROCESSES) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Sender processes as `up` starts them, ready."""
    environment = os.environ | {
        "GONFALON_HOME": str(home),
        "GONFALON_DATABASE_URL": url,
        "GONFALON_SECRET_KEY": SECRET,
        "GONFALON_BASE_URL": "https://m.example.com",
        "GONFALON_PRIVATE_HOSTS": "127.0.0.1",
    }
    environment.pop("GONFALON_SUPERVISOR", None)
    running = [
        subprocess.Popen([sys.executable, "-m", "gonfalon", "send"], env=environment, stderr=subprocess.DEVNULL)
        for _ in range(processes)
    ]
    try:
        with psycopg.connect(url, autocommit=True) as database:
            while database.execute("select count(*) from sender_leases").fetchone() != (processes,):
                assert all(process.poll() is None for process in running), "a sender did not start"
                time.sleep(0.05)
        yield running
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(30)


def cpu_of(pid: int) -> float:
    """CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def gate(url: str, home: Path, world: Any, count: int, connections: int = CONNECTIONS) -> str:
    """What is wrong with what arrives, "" when nothing: every recipient once, fields right, links verify."""
    found: list[ReceivedMail] = []

    async def receive() -> None:
        async def keep(mails: Any) -> None:
            found.extend(mails)

        receiver = Receiver(keep)
        port = await receiver.start("127.0.0.1", 0)
        with psycopg.connect(url, autocommit=True) as database:
            await asyncio.to_thread(_gate_send, url, world, port, count, connections)
            database.execute("truncate messages, send_batches, dispatches cascade")
        await receiver.stop()

    asyncio.run(receive())
    if sorted(mail.rcpt_to for mail in found) != sorted(f"p{n}@w.example" for n in range(1, count + 1)):
        return f"{len(found)} mails arrived, {len({m.rcpt_to for m in found})} different, {count} expected"
    keys = Keys.from_secrets(SecretBox.load(home, SECRET))
    for mail in found:
        wrong = _wrong_mail(mail, keys)
        if wrong:
            return f"{mail.rcpt_to}: {wrong}"
    return ""


def _gate_send(url: str, world: Any, port: int, count: int, connections: int) -> None:
    with psycopg.connect(url, autocommit=True) as database:
        launch(database, world, port, connections, count, state="running")
        wait_until_sent(database)


def _wrong_mail(mail: ReceivedMail, keys: Keys) -> str:
    number = int(mail.rcpt_to[1 : mail.rcpt_to.index("@")])
    expected, read = person(number), read_mail(mail.raw)
    if any(f"<li>{name}: {expected[name]}</li>" not in read.html for name in FIELDS):
        return "a field"
    if re.findall("Bought: (.*?)</p>", read.html) != expected["items"]:
        return "the loop"
    gold, sweden = int(str(expected["points"])) > 100, expected["country"] == "Sweden"
    if ("gold" in read.html, "Fri frakt" in read.html) != (gold, sweden):
        return "a condition"
    return _wrong_links(read, keys)


def _wrong_links(read: ReadMail, keys: Keys) -> str:
    tokens = re.findall(r"https://m\.example\.com/c/([^/]+)/(\d+)", read.html)
    if len(tokens) != 5 or len({place for _, place in tokens}) != 5:
        return "the tracked links"
    claims = {verify(keys, Purpose.click_open, token) for token, _ in tokens}
    header = dict(read.headers)["List-Unsubscribe"].strip("<>").rpartition("/")[2]
    claims |= {verify(keys, Purpose.preferences, header)}
    if None in claims or len({(claim.message, claim.person) for claim in claims if claim}) != 1:
        return "a token"
    if "/o/" not in read.html or header not in read.html:
        return "pixel or unsubscribe link"
    return ""


# Peers


def postfix() -> Path:
    """The folder with smtp-source and smtp-sink: installed, or unpacked from Debian's package into the cache."""
    for folder in (Path("/usr/sbin"), CACHE / "postfix" / "usr" / "sbin"):
        if (folder / "smtp-sink").exists() and (folder / "smtp-source").exists():
            return folder
    if shutil.which("apt-get") is None:
        raise SystemExit("smtp-source and smtp-sink are missing: install the postfix package.")
    CACHE.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", "postfix"], cwd=CACHE, check=True, stdout=subprocess.DEVNULL)
    package = next(CACHE.glob("postfix_*.deb"))
    subprocess.run(["dpkg", "-x", str(package), str(CACHE / "postfix")], check=True)
    return CACHE / "postfix" / "usr" / "sbin"


def postfix_environment() -> dict[str, str]:
    """Where the unpacked programs find their libraries."""
    return os.environ | {"LD_LIBRARY_PATH": str(postfix().parent / "lib" / "postfix")}


@contextlib.contextmanager
def sink() -> Iterator[int]:
    """smtp-sink on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.getuid() == 0 else []
    process = subprocess.Popen(
        [str(postfix() / "smtp-sink"), *user, f"127.0.0.1:{port}", "1000"], env=postfix_environment()
    )
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def send_source(port: int, count: int, size: int, into: Round) -> None:
    """smtp-source with as many connections and bytes as ours."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(
        [
            str(postfix() / "smtp-source"), "-d", "-s", str(PROCESSES * CONNECTIONS), "-m", str(count),
            "-l", str(size), f"127.0.0.1:{port}",
        ],
        check=True,
        env=postfix_environment(),
    )  # fmt: skip
    into.rate.append(count / (time.perf_counter() - started))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    into.cpu.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / count * 1e6)


def send_nodemailer(port: int, count: int, home: Path, into: Round) -> None:
    """nodemailer's pool with the same template."""
    folder = CACHE / "peers-send"
    if not (folder / "node_modules").exists():
        shutil.copytree(PEERS, folder, dirs_exist_ok=True)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (home / "body.hbs").write_text(handlebars(html()))
    (home / "text.hbs").write_text(handlebars(text()))
    (home / "person.json").write_text(json.dumps(person(1) | {"gold": False, "sweden": True}))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        ["node", str(folder / "send.js"), str(port), str(count), str(PROCESSES * CONNECTIONS), str(home)],
        check=True,
        capture_output=True,
    )
    into.rate.append(count / float(done.stdout))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    into.cpu.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / count * 1e6)
