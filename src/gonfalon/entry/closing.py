"""The home folder is for the user that runs Gonfalon alone: it holds everybody's addresses, keys and passwords."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OTHERS = 0o077


def close_to_others() -> None:
    """Make every file that this process and its children make readable by its user only."""
    os.umask(OTHERS)


def close_home(folder: Path) -> None:
    """Make a home folder, or takes from others what they may do in one that an earlier version made.

    Of root's, the way through stays open: the built-in database then runs as a user of its own, which sees nothing
    but its own folder.
    """
    for parent in reversed([each for each in folder.parents if not each.exists()]):
        parent.mkdir()
        parent.chmod(0o755)
    if not folder.exists():
        folder.mkdir(mode=0o700)
    for path, open_to in open_paths(folder):
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~open_to)
    if _passing() and _is_ours(folder):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | _passing())


def open_paths(folder: Path) -> Iterator[tuple[Path, int]]:
    """Return what others may read or change in a home folder, with the permissions to take from them."""
    if not _is_ours(folder):
        return
    for path in (folder, *_inside(folder)):
        mode = path.lstat().st_mode
        open_to = mode & OTHERS & ~(_passing() if path == folder else 0)
        if open_to and not stat.S_ISLNK(mode) and not stat.S_ISSOCK(mode) and path.lstat().st_uid == os.geteuid():
            yield path, open_to


def _passing() -> int:
    return 0o011 if os.geteuid() == 0 else 0


def _is_ours(folder: Path) -> bool:
    # Not such as /tmp, which is everybody's.
    found = folder.stat() if folder.is_dir() else None
    return found is not None and found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX


def _inside(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        here = Path(root)
        if here.name == "postgres" and here.parent == folder:
            folders.clear()  # the server keeps its cluster closed by itself
        yield from (here / name for name in (*folders, *files))
