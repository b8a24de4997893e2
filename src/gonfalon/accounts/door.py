"""The one door at which a password proves who somebody is. Every try is counted here, whichever route it comes by.

Tries count for an address from one client, for a client whatever the address, and for an address from everywhere. A
browser in which the user signed in before, and a session, are counted by themselves: whoever guesses elsewhere does not
lock the user out. A link for a new password passes too, and begins all counts of its address anew.
"""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy.ext.asyncio import AsyncConnection

from gonfalon.accounts import store
from gonfalon.accounts.log.actions import note_tried
from gonfalon.accounts.model import Client, User
from gonfalon.accounts.passwords import verify_password
from gonfalon.accounts.rules import network_of
from gonfalon.kit.clock import utcnow
from gonfalon.kit.errors import TooMany
from gonfalon.kit.services import Services

WINDOW = 900
PER_PAIR = 10
PER_CLIENT = 60
PER_ADDRESS = 100
MOST_ADDRESS = 200
"""Characters of an address that are counted by; longer ones are nobody's."""


async def prove_password(
    services: Services, client: Client, address: str, user: User | None, password: str, *, session: str = ""
) -> bool:
    """Return whether the password is the user's; None (no such user) takes as long and is False.

    user: who has the address. session: of the user, when they are signed in already. Raises TooMany after ten tries in
    any 15 minutes (60 of a client for any address, 100 for an address from everywhere).
    """
    counts = _counts(services, client, address[:MOST_ADDRESS], user, session)
    try:
        async with services.db.transaction() as connection:
            for key, most in counts:
                if await store.count_try(connection, key, utcnow(), WINDOW) > most:
                    raise TooMany(
                        "sign_in_limited", "Too many tries to sign in; wait 15 minutes and try again.", WINDOW
                    )
    except TooMany:
        await note_tried(services, client, user, limited=True)
        raise
    if await verify_password(None if user is None else user.password_hash, password):
        async with services.db.transaction() as connection:
            await store.forget_tries(connection, counts[0][0])
        return True
    await note_tried(services, client, user)
    return False


async def open_again(connection: AsyncConnection, address: str) -> None:
    """Begin all counts of an address anew, for who proved in another way that it is theirs."""
    await store.forget_tries(connection, _everywhere(address[:MOST_ADDRESS]))


def device_for(services: Services, user: User) -> str:
    """Return what a browser keeps to show that the user signed in with it; a new password makes it worthless."""
    name = secrets.token_hex(8)
    return f"{name}.{_seal(services, user, name)}"


def _counts(services: Services, client: Client, address: str, user: User | None, session: str) -> list[tuple[str, int]]:
    if session:
        return [(f"sign-in-session:{session}", PER_PAIR)]
    name, _, seal = client.device.partition(".")
    if user is not None and seal and hmac.compare_digest(seal.encode(), _seal(services, user, name).encode()):
        return [(f"sign-in-device:{name}", PER_PAIR)]
    network = network_of(client.ip)
    return [
        (f"{_everywhere(address)} {network}", PER_PAIR),
        (f"sign-in-ip:{network}", PER_CLIENT),
        (_everywhere(address), PER_ADDRESS),
    ]


def _everywhere(address: str) -> str:
    return f"sign-in:{address}"


def _seal(services: Services, user: User, name: str) -> str:
    return services.secrets.token("accounts/device", f"{user.id} {user.password_hash} {name}")
