"""Identifiers: UUID version 7 (RFC 9562), so that rows made together lie together in an index."""

from __future__ import annotations

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a new UUIDv7: 48 bits of Unix milliseconds, then 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    value = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds << 16) | 0x7000 | (value >> 68)
    low = (0b10 << 62) | (value & ((1 << 62) - 1))
    return UUID(int=(high << 64) | low)
