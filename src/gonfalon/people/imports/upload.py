"""Taking a file in: streamed to disk, never held in memory, and gone again when something is wrong with it."""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from gonfalon.kit.errors import TooLarge, Unavailable
from gonfalon.kit.threads import Pool
from gonfalon.people.imports import files
from gonfalon.people.imports.model import Opened
from gonfalon.people.imports.rules import MAX_FILE
from gonfalon.people.imports.workbooks import workbook_to_csv

BUFFER = 1_048_576
UPLOAD_SECONDS = 86_400
"""No upload takes longer."""
KEPT_FREE = 256 * 1024 * 1024
"""Bytes of disk that an upload leaves for everything else."""


def import_folder(home: Path) -> Path:
    """Return where uploaded files wait for their import."""
    folder = home / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


FILES = Pool("files", threads=2, seconds=170)
"""For looking at files and converting them: whatever is in them, everything else goes on."""


@dataclass(frozen=True, slots=True)
class Received:
    """A file taken in: where its rows are as text, its size as it came, and what is known of a workbook."""

    path: Path
    size: int
    opened: Opened


async def receive(home: Path, import_id: UUID, parts: AsyncIterator[bytes], announced: int | None) -> Received:
    """Write the body of a request as a CSV file (a workbook is kept beside, to choose another sheet of).

    Raises TooLarge, Unavailable (`disk_full`), or Invalid for something that is not a list.
    """
    folder = await asyncio.to_thread(import_folder, home)
    _check_size(announced or 0)
    await _check_space(folder, announced or 0)
    part, kept = folder / f"{import_id}.part", folder / f"{import_id}.csv"
    try:
        size = await _write(part, parts)
        opened = await FILES.run(settle, part, kept)
    except OSError as error:
        await asyncio.to_thread(discard, kept)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full() from error
        raise
    except BaseException:
        await asyncio.to_thread(discard, kept)
        raise
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)
    return Received(kept, size, opened)


def settle(source: Path, target: Path) -> Opened:
    """Make a CSV file of what was received: a workbook is converted and kept beside, a text file is kept as it is."""
    if files.check_kind(source) != "xlsx":
        source.replace(target)
        return Opened()
    found = workbook_to_csv(source, target)
    source.replace(workbook_of(target))
    return found


def workbook_of(path: Path) -> Path:
    """Return where the workbook lies that a CSV file was made of."""
    return path.with_suffix(".xlsx")


def discard(path: Path) -> None:
    """Remove a file, and the workbook it was made of, if they are there."""
    path.unlink(missing_ok=True)
    workbook_of(path).unlink(missing_ok=True)


def clear_parts(home: Path, now: float) -> int:
    """Remove what uploads left that were killed more than a day ago; how many there were."""
    old = [path for path in import_folder(home).glob("*.part") if now - path.stat().st_mtime > UPLOAD_SECONDS]
    for path in old:
        discard(path)
    return len(old)


def disk_full() -> Unavailable:
    """Return the answer when the home folder's disk has no room."""
    return Unavailable("disk_full", "There is not enough disk space for this file; free some and upload it again.")


async def _write(path: Path, parts: AsyncIterator[bytes]) -> int:
    size, buffer = 0, bytearray()
    with path.open("wb") as file:
        async for part in parts:
            size += len(part)
            _check_size(size)
            buffer += part
            if len(buffer) >= BUFFER:
                await asyncio.to_thread(file.write, bytes(buffer))
                buffer.clear()
        await asyncio.to_thread(file.write, bytes(buffer))
    return size


def _check_size(size: int) -> None:
    if size > MAX_FILE:
        raise TooLarge(
            "import_file_large", "The file is larger than 2.5 GiB; split it and import the parts one after the other."
        )


async def _check_space(folder: Path, wanted: int) -> None:
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    if wanted + KEPT_FREE > free:
        raise disk_full()
