"""Argon2id hashing, off the event loop, with the same cost whether or not the user exists."""

from __future__ import annotations

import asyncio
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()  # the library's defaults follow RFC 9106's low-memory profile
_slots = asyncio.Semaphore(2)  # each hash takes 64 MiB


@cache
def _nobody() -> str:
    return _hasher.hash("a password nobody has")


async def hash_password(password: str) -> str:
    """The encoded Argon2id hash of a password."""
    async with _slots:
        return await asyncio.to_thread(_hasher.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; `None` (no such user) takes as long and is False."""

    def verify() -> bool:
        try:
            return _hasher.verify(stored or _nobody(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    async with _slots:
        return await asyncio.to_thread(verify)
