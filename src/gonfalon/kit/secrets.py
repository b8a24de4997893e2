"""One master secret per installation, and the keys derived from it.

Purposes never share a key: a leaked link key cannot open a stored password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets as _secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gonfalon.kit.errors import Unavailable


def random_token() -> str:
    """Return a URL-safe secret of 256 bits, for links and API keys."""
    return _secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return the SHA-256 of a high-entropy token: what is stored instead of the token itself."""
    return hashlib.sha256(token.encode()).digest()


@dataclass(frozen=True)
class SecretBox:
    """Derives keys and seals values with the installation's master secret (32 bytes or more)."""

    master: bytes

    @classmethod
    def load(cls, folder: Path, configured: str = "") -> SecretBox:
        """Return the configured master secret, or the one kept in `folder/secret.key` (made at first use, mode
        0600)."""
        if configured:
            return cls(hashlib.sha256(configured.encode()).digest())
        path = folder / "secret.key"
        try:
            return cls(bytes.fromhex(path.read_text().strip()))
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            made = os.urandom(32)
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            except FileExistsError:  # another process was first
                return cls.load(folder)
            with os.fdopen(handle, "w") as file:
                file.write(made.hex())
                file.flush()
                os.fsync(file.fileno())
            return cls(made)

    def key(self, purpose: str) -> bytes:
        """Return 32 key bytes for one purpose (HMAC-SHA256 of the purpose under the master secret)."""
        return hmac.new(self.master, purpose.encode(), hashlib.sha256).digest()

    def token(self, purpose: str, name: str) -> str:
        """Return a URL-safe secret of 256 bits that belongs to `name`: the same each time, so that it is kept
        nowhere."""
        return base64.urlsafe_b64encode(hmac.digest(self.key(purpose), name.encode(), "sha256")).decode().rstrip("=")

    def seal(self, purpose: str, plain: str) -> bytes:
        """Encrypt by AES-256-GCM under the purpose's key: 12 bytes nonce, then ciphertext with tag."""
        nonce = os.urandom(12)
        return nonce + AESGCM(self.key(purpose)).encrypt(nonce, plain.encode(), purpose.encode())

    def open(self, purpose: str, sealed: bytes) -> str:
        """Return what `seal` closed; raises Unavailable when the master secret is not the one it was sealed with."""
        try:
            return AESGCM(self.key(purpose)).decrypt(sealed[:12], sealed[12:], purpose.encode()).decode()
        except InvalidTag as error:
            raise Unavailable(
                "secret_key_changed",
                "A stored password cannot be read because the installation's secret key has changed; "
                "restore secret.key or enter the password again.",
            ) from error
