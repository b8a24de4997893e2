"""A home folder is closed to others, whatever was in it, and nobody else's folder is touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gonfalon.entry.closing import close_home, open_paths
from gonfalon.entry.doctor import examine
from gonfalon.kit.config import Settings


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    (made / "engine" / "incoming").mkdir(parents=True)
    for name in ("engine/analytics.duckdb", "engine/incoming/people.csv", "up.json"):
        (made / name).write_text("everybody's addresses")
        (made / name).chmod(0o644)
    for folder in (made / "engine" / "incoming", made / "engine", made):
        folder.chmod(0o755)
    return made


def test_what_earlier_versions_left_open_is_closed(home: Path) -> None:
    (home / "link").symlink_to("/etc/passwd")
    assert len(list(open_paths(home))) == 6
    assert [each.state for each in examine(Settings(home=home)) if each.subject == "folder"] == ["look"]
    close_home(home)
    assert list(open_paths(home)) == []
    assert home.stat().st_mode & 0o077 == (0o011 if os.geteuid() == 0 else 0)
    assert (home / "engine").stat().st_mode & 0o777 == 0o700
    assert os.stat("/etc/passwd").st_mode & 0o044


def test_a_home_is_made_closed_inside_folders_one_can_pass(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        close_home(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "a" / "b").stat().st_mode & 0o066 == 0


def test_a_folder_of_everybody_stays_as_it_is(tmp_path: Path) -> None:
    shared = tmp_path / "tmp"
    shared.mkdir()
    shared.chmod(0o1777)
    close_home(shared)
    assert shared.stat().st_mode & 0o7777 == 0o1777
