"""Taking a file in: streamed to disk, never held in memory, and gone again when something is wrong with it."""

from __future__ import annotations

import asyncio
import errno
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

from gonfalon.kit.errors import TooLarge, Unavailable
from gonfalon.people.imports import files
from gonfalon.people.imports.rules import MAX_FILE

BUFFER = 1_048_576
KEPT_FREE = 256 * 1024 * 1024
"""Bytes of disk that an upload leaves for everything else."""


def import_folder(home: Path) -> Path:
    """Where uploaded files wait for their import."""
    folder = home / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def receive(home: Path, import_id: UUID, parts: AsyncIterator[bytes], announced: int | None) -> tuple[Path, int]:
    """Writes the body of a request as a CSV file (workbooks are converted); its path and the size received.

    Raises TooLarge, Unavailable (`disk_full`), or Invalid for something that is not a list.
    """
    folder = await asyncio.to_thread(import_folder, home)
    _check_size(announced or 0)
    await _check_space(folder, announced or 0)
    part, kept = folder / f"{import_id}.part", folder / f"{import_id}.csv"
    try:
        size = await _write(part, parts)
        await asyncio.to_thread(settle, part, kept)
    except OSError as error:
        await asyncio.to_thread(discard, kept)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise disk_full() from error
        raise
    except BaseException:
        await asyncio.to_thread(discard, kept)
        raise
    finally:
        await asyncio.to_thread(discard, part)
    return kept, size


def settle(source: Path, target: Path) -> None:
    """Makes a CSV file of what was received: a workbook is converted, a text file is kept as it is."""
    if files.check_kind(source) == "xlsx":
        files.workbook_to_csv(source, target)
    else:
        source.replace(target)


def discard(path: Path) -> None:
    """Removes a file if it is there."""
    path.unlink(missing_ok=True)


def disk_full() -> Unavailable:
    """The answer when the home folder's disk has no room."""
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
