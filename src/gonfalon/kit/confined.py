"""Work on foreign bytes in child processes that may take only so much memory and time.

A parser that aborts, loops or asks for half a terabyte ends its child, not the process that answers everybody. What
runs there is an ordinary function at the top of a module; its arguments, result and errors go through pickle. A child
knows no setting, no secret and no database, and is used again until it has been idle for a while.
"""

from __future__ import annotations

import asyncio
import atexit
import importlib
import math
import os
import pickle
import resource
import selectors
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from gonfalon.kit.errors import GonfalonError

P = ParamSpec("P")
T = TypeVar("T")

IDLE_SECONDS = 300
JOBS_A_CHILD = 500
PATIENCE = 6
"""Seconds on the clock for one of the processor: machines are shared."""
_HEAD = struct.Struct("!Q")
_SENT = "sent"
_MEMORY = "memory"


class Overrun(GonfalonError):
    """The work was stopped. `reason`: `memory`, `time`, or `died` when the child ended by itself."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"confined_{reason}", "This takes more time or memory than it may; make it smaller.")
        self.reason = reason


class Confined:
    """Up to `children` processes for one sort of work, so that one sort never waits for another.

    seconds: of the processor, for one call. megabytes: what a call may take beyond what its modules took.
    """

    def __init__(self, *, children: int, seconds: int, megabytes: int) -> None:
        self._seconds = seconds
        self._megabytes = megabytes
        self._free = threading.BoundedSemaphore(children)
        self._idle: list[_Child] = []
        self._threads = ThreadPoolExecutor(children, "confined")
        atexit.register(self.close)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what the function returns or raises, from a child; Overrun when it had to be stopped."""
        call = lambda: self.run_here(function, *args, **kwargs)  # noqa: E731
        return await asyncio.get_running_loop().run_in_executor(self._threads, call)

    def run_here(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the same for a thread that may wait."""
        limits = self._seconds, self._megabytes << 20
        request = pickle.dumps((function.__module__, function.__qualname__, args, kwargs, *limits))
        with self._free:
            child = self._rested() or _Child()
            answer = child.ask(request, self._seconds * PATIENCE)
            if answer is None and child.jobs > 1 and child.process.poll() == 0:  # it had just gone, for being idle
                child = _Child()
                answer = child.ask(request, self._seconds * PATIENCE)
            if answer is None or child.jobs >= JOBS_A_CHILD:
                child.end()
            else:
                self._idle.append(child)
        if answer is None:
            raise Overrun(child.why())
        fate, value = pickle.loads(answer)  # noqa: S301 (our own child's)
        if fate == _SENT:
            result: T = value
            return result
        raise Overrun(_MEMORY) if fate == _MEMORY else value

    def _rested(self) -> _Child | None:
        while self._idle:
            child = self._idle.pop()
            if child.process.poll() is None:
                return child
            child.end()
        return None

    def close(self) -> None:
        """End the children that are idle."""
        while self._idle:
            self._idle.pop().end()


class _Child:
    """One process and how many calls it has had."""

    def __init__(self) -> None:
        known = {name: value for name, value in os.environ.items() if not name.startswith(("GONFALON_", "PG"))}
        self.jobs = 0
        self.late = False
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gonfalon.kit.confined"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env=known | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )

    def ask(self, request: bytes, within: float) -> bytes | None:
        """The child's answer to a call; None when it ended instead, or had to be ended."""
        self.jobs += 1
        assert self.process.stdin is not None
        try:
            _write(self.process.stdin.fileno(), request)
            return self._answer(time.monotonic() + within)
        except BrokenPipeError:
            self.process.wait()
            return None

    def _answer(self, until: float) -> bytes | None:
        assert self.process.stdout is not None
        file = self.process.stdout.fileno()
        got = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(file, selectors.EVENT_READ)
            while len(got) < _HEAD.size or len(got) < _HEAD.size + _HEAD.unpack_from(got)[0]:
                if not selector.select(max(0.0, until - time.monotonic())):
                    self.late = True
                    self.end()
                    return None
                part = os.read(file, 1 << 20)
                if not part:
                    self.process.wait()
                    return None
                got += part
        return bytes(got[_HEAD.size :])

    def why(self) -> str:
        """Why there was no answer."""
        code = self.process.poll()
        return "time" if self.late or code == -signal.SIGXCPU else _MEMORY if code == -signal.SIGABRT else "died"

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def _write(file: int, body: bytes) -> None:
    rest = memoryview(_HEAD.pack(len(body)) + body)
    while rest:
        rest = rest[os.write(file, rest) :]


def _read(file: int, size: int) -> bytes:
    got = bytearray()
    while len(got) < size and (part := os.read(file, size - len(got))):
        got += part
    return bytes(got)


def _serve() -> None:
    """What a child does: one call after the other, until its parent goes or nobody has asked for long."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes our input
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    answers = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no answer
    with selectors.DefaultSelector() as selector:
        selector.register(0, selectors.EVENT_READ)
        while selector.select(IDLE_SECONDS):
            head = _read(0, _HEAD.size)
            if len(head) < _HEAD.size:
                return
            try:
                _write(answers, _fate(_read(0, _HEAD.unpack(head)[0])))
            except BrokenPipeError:
                return


def _fate(request: bytes) -> bytes:
    try:
        module, name, args, kwargs, seconds, room = pickle.loads(request)  # noqa: S301 (our own parent's)
        function = getattr(importlib.import_module(module), name)
        _limit(seconds, room)
        try:
            return pickle.dumps((_SENT, function(*args, **kwargs)))
        finally:
            _limit(None, None)
    except MemoryError:
        return pickle.dumps((_MEMORY, None))
    except Exception as error:
        try:
            made = pickle.dumps(("raised", error))
            pickle.loads(made)  # noqa: S301 (just made)
            return made
        except Exception:  # an error that cannot travel is told by its name and words
            return pickle.dumps(("raised", RuntimeError(f"{type(error).__name__}: {error}")))


def _limit(seconds: int | None, room: int | None) -> None:
    """Sets what may be used from now on; None: as much as there is."""
    used = time.process_time()
    _soft(resource.RLIMIT_CPU, resource.RLIM_INFINITY if seconds is None else math.ceil(used + seconds))
    if sys.platform == "linux":
        with open("/proc/self/statm", "rb") as file:
            mapped = int(file.read().split()[0]) * resource.getpagesize()
        _soft(resource.RLIMIT_AS, resource.RLIM_INFINITY if room is None else mapped + room)


def _soft(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    if hard != resource.RLIM_INFINITY:
        most = hard if most == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))


if __name__ == "__main__":
    _serve()
