"""Manners of a process that a supervisor started."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_supervisor() -> None:
    """Ask the kernel to send us SIGTERM when our supervisor dies, even by kill −9 (Linux only).

    So a restarted supervisor never meets two of us. Does nothing in a process that nobody supervises.
    """
    supervisor = os.environ.get("GONFALON_SUPERVISOR")
    if supervisor is None or sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(supervisor):  # it died before we asked
        raise SystemExit(1)
