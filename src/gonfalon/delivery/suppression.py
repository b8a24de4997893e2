"""The suppression list's key: an address stays recognisable after the person was erased, and unreadable."""

from __future__ import annotations

import hmac

from gonfalon.kit.secrets import SecretBox


def address_hash(box: SecretBox, channel: str, address: str) -> bytes:
    """The keyed hash of a normalised address on a channel: 32 bytes."""
    text = f"{channel}\0{address.strip().lower()}"
    return hmac.digest(box.key("delivery/suppression"), text.encode("utf-8", "replace"), "sha256")
