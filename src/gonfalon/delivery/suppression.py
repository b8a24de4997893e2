"""The suppression list's key: an address stays recognisable after the person was erased, and unreadable."""

from __future__ import annotations

from gonfalon.kit.secrets import SecretBox
from gonfalon.people.identities.rules import keyed_hash


def address_hash(box: SecretBox, channel: str, address: str) -> bytes:
    """Return the keyed hash of a normalised address on a channel: 32 bytes."""
    return keyed_hash(suppression_key(box), channel, address.strip().lower())


def suppression_key(box: SecretBox) -> bytes:
    """Return the key of those hashes, for statements in `sql/` that compute them too."""
    return box.key("delivery/suppression")
