"""Argon2id hashing, off the event loop, with the same cost whether or not the user exists."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher, profiles
from argon2.exceptions import InvalidHashError, VerificationError

from gonfalon.kit.threads import Pool

COST = profiles.RFC_9106_LOW_MEMORY
_hasher = PasswordHasher.from_parameters(COST)
_THREADS = Pool("passwords", threads=2, seconds=30)
"""Of their own, so that nobody waits at the door for files or pages. Two: each hash takes 64 MiB."""


@cache
def _nobody() -> str:
    return _hasher.hash("a password nobody has")


async def hash_password(password: str) -> str:
    """Return the encoded Argon2id hash of a password."""
    return await _THREADS.run(_hasher.hash, password)


NO_ENTRY = "!"
"""In place of a password's hash: no password fits it. Of an account that is nobody's: no link is made for it, no mail
sent to it."""


async def verify_password(stored: str | None, password: str) -> bool:
    """Return whether the password is the stored one; `None` (no such user) takes as long and is False."""

    def verify() -> bool:
        try:
            return _hasher.verify(stored or _nobody(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False

    return await _THREADS.run(verify)
