"""The product as processes: an installation in a folder of its own, and a real browser on it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from playwright.async_api import Browser as AsyncBrowser
from playwright.async_api import Playwright as AsyncPlaywright
from playwright.sync_api import Browser, Playwright, sync_playwright

PATIENCE = 240
"""Seconds until what never happens fails a test. Only a guard: other programs may hold the processors meanwhile."""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "gonfalon", *arguments, "--home", str(self.home), "--json"],
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            env=self.environment,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("GONFALON_")}

    def up(self, *options: str) -> dict[str, Any]:
        """Starts it, with options such as `--demo`, and waits until it is ready: what it printed."""
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gonfalon",
                "up",
                "--home",
                str(self.home),
                "--port",
                str(self.port),
                "--json",
                *options,
            ],
            stdout=subprocess.PIPE,
            text=True,
            env=self.environment,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it ended before it was ready"
        found: dict[str, Any] = json.loads(line)
        return found

    def healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/health", timeout=2) as answer:
                return bool(json.load(answer)["ok"])
        except OSError:
            return False

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code

    def processes(self, word: str = "") -> list[psutil.Process]:
        """Those of this installation that run, with this word among their arguments."""
        found = []
        for process in psutil.process_iter():
            try:
                words = process.cmdline()
                mine = str(self.home) in " ".join(words) or process.environ().get("GONFALON_HOME") == str(self.home)
                if mine and (not word or word in words) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
        return found


def wait_for(check: Any) -> None:
    deadline = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@contextmanager
def new_installation() -> Iterator[Installation]:
    """An empty folder to install into; everything in it is stopped and removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="gonfalon-up-"))
    home.chmod(0o755)
    made = Installation(home)
    try:
        yield made
    finally:
        for process in made.processes():
            process.kill()
        if made.process is not None:
            made.process.wait(PATIENCE)
            if made.process.stdout is not None:
                made.process.stdout.close()
        shutil.rmtree(home, ignore_errors=True)


def open_browser(playwright: Playwright) -> Browser:
    """The system's Chromium, headless."""
    return playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """One that is closed in the end."""
    with sync_playwright() as playwright:
        opened = open_browser(playwright)
        yield opened
        opened.close()


async def chromium(playwright: AsyncPlaywright) -> AsyncBrowser:
    """The same, for tests that wait in one loop with the application."""
    return await playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_FLAGS)


CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser")
"""The shell is the same engine without the browser around it, which costs three times as much as the pages."""


def _chromium() -> str:
    path = os.environ.get("GONFALON_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    assert path, "Chromium is not installed; `make test` installs it where it may"
    return path
