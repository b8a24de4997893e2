"""The sender as a process of its own."""

from __future__ import annotations

import asyncio
import fcntl
import gc
import secrets
import signal
import socket
from pathlib import Path
from typing import IO

import uvloop

from gonfalon.delivery.sender import Sender
from gonfalon.kit.services import Services

_SLOTS = 64


def run_sender(services: Services) -> None:
    """Send until SIGINT or SIGTERM, then finish what connections have in hand."""
    # What was imported stays: without it, looking for garbage costs a tenth of the time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    folder = services.settings.folder / "senders"
    slot, lock = take_slot(folder)
    try:
        uvloop.run(_send(services, f"{socket.gethostname()}:{services.settings.folder}:{home_mark(folder)}:{slot}"))
    finally:
        lock.close()


async def _send(services: Services, worker: str) -> None:
    try:
        await Sender(services, worker).run(stop_event())
    finally:
        await services.close()


def take_slot(folder: Path) -> tuple[int, IO[str]]:
    """Return the lowest number no living sender of this home has, held by a lock that ends with the process.

    A sender that was killed leaves its number to the next one, which so knows at once whose work to take over.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for slot in range(_SLOTS):
        file = (folder / f"{slot}.lock").open("w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        return slot, file
    raise RuntimeError(f"{_SLOTS} senders of this home are running already")


def home_mark(folder: Path) -> str:
    """Return a short name of this home that no other has: two machines may have one host name, and their homes one
    path."""
    file = folder / "home"
    try:
        with file.open("x") as made:
            made.write(secrets.token_hex(4))
    except FileExistsError:
        pass
    return file.read_text().strip()


def stop_event() -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop
