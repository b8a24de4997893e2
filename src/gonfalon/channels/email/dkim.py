"""DKIM signatures (RFC 6376, RFC 8463) with keys of 2048-bit RSA or Ed25519."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

from gonfalon.kit.domains import ascii_domain

PrivateKey = RSAPrivateKey | Ed25519PrivateKey

_SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"reply-to",
    b"mime-version",
    b"content-type",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"feedback-id",
)
_OVERSIGNED = (b"from", b"to", b"subject", b"date", b"message-id", b"list-unsubscribe", b"list-unsubscribe-post")
"""Named once more than present, so that nobody can add another one behind our back."""

_BLANKS = re.compile(rb"[ \t\r\n]+")


class Signer:
    """Signs mails for one domain. Relaxed headers, simple body: quoted-printable bodies survive relays as they are."""

    def __init__(self, domain: str, selector: str, key: PrivateKey) -> None:
        self._key = key
        algorithm = "rsa-sha256" if isinstance(key, RSAPrivateKey) else "ed25519-sha256"
        self._head = (f"v=1; a={algorithm}; c=relaxed/simple; d={ascii_domain(domain)}; s={selector};\r\n h=").encode(
            "ascii"
        )

    def sign(self, fields: Sequence[tuple[bytes, bytes]], body: bytes) -> bytes:
        """Return the DKIM-Signature header line (CRLF at its end) for a mail with these header fields and this body.

        body: CRLF lines, not dot-stuffed, ending with exactly one CRLF.
        """
        names: list[bytes] = []
        canonical: list[bytes] = []
        for name, value in fields:
            lower = name.lower()
            if lower in _SIGNED:
                names.append(lower)
                canonical.append(lower + b":" + _BLANKS.sub(b" ", value).strip() + b"\r\n")
        names.extend(_OVERSIGNED)
        value = b"".join(
            (
                self._head,
                b":".join(names[:9]),
                b":\r\n " + b":".join(names[9:]),
                b";\r\n bh=",
                b64encode(hashlib.sha256(body).digest()),
                b";\r\n b=",
            )
        )
        canonical.append(b"dkim-signature:" + _BLANKS.sub(b" ", value).strip())
        signature = b64encode(self._raw(b"".join(canonical)))
        folded = b"\r\n ".join(signature[i : i + 72] for i in range(0, len(signature), 72))
        return b"DKIM-Signature: " + value + folded + b"\r\n"

    def _raw(self, data: bytes) -> bytes:
        if isinstance(self._key, RSAPrivateKey):
            return self._key.sign(data, PKCS1v15(), hashes.SHA256())
        # RFC 8463 §3: Ed25519 signs the SHA-256 hash of the data.
        return self._key.sign(hashlib.sha256(data).digest())


@dataclass(frozen=True, slots=True)
class DnsRecord:
    """A record to publish: `name` TXT `value`."""

    name: str
    value: str


def new_rsa_key() -> RSAPrivateKey:
    """Return a fresh 2048-bit RSA key."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def to_pem(key: PrivateKey) -> str:
    """Return the key in PKCS #8 PEM, unencrypted: seal it before storing."""
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode("ascii")


def from_pem(pem: str) -> PrivateKey:
    """Return the key of a PEM text. Raises ValueError when it is neither RSA (2048 bits or more) nor Ed25519."""
    key = serialization.load_pem_private_key(pem.encode("ascii"), password=None)
    if isinstance(key, Ed25519PrivateKey) or (isinstance(key, RSAPrivateKey) and key.key_size >= 2048):
        return key
    raise ValueError("a DKIM key is RSA with 2048 bits or more, or Ed25519")


def dns_record(domain: str, selector: str, key: PrivateKey) -> DnsRecord:
    """Return the TXT record that publishes the key's public half."""
    public = key.public_key()
    if isinstance(key, RSAPrivateKey):
        kind, encoding, form = "rsa", serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    else:
        kind, encoding, form = "ed25519", serialization.Encoding.Raw, serialization.PublicFormat.Raw
    encoded = b64encode(public.public_bytes(encoding, form)).decode("ascii")
    return DnsRecord(f"{selector}._domainkey.{ascii_domain(domain)}", f"v=DKIM1; k={kind}; p={encoded}")
