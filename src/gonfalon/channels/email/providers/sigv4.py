"""Sign requests as Amazon asks for: Signature Version 4 with a key id and a secret. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote


def signed(
    method: str,
    path: str,
    host: str,
    body: bytes,
    *,
    key_id: str,
    secret: str,
    region: str,
    service: str,
    at: datetime,
    headers: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return all headers of a request without a query, `authorization` among them; `host` is signed, too.

    path: as it goes on the wire, segments encoded once. at: an aware moment in UTC.
    """
    moment, day = at.strftime("%Y%m%dT%H%M%SZ"), at.strftime("%Y%m%d")
    own = {"x-amz-date": moment} | dict(headers or {})
    every = dict(sorted((own | {"host": host}).items()))
    names = ";".join(every)
    canonical = "\n".join(
        (
            method,
            quote(path, safe="/"),
            "",
            *(f"{name}:{' '.join(value.split())}" for name, value in every.items()),
            "",
            names,
            hashlib.sha256(body).hexdigest(),
        )
    )
    scope = f"{day}/{region}/{service}/aws4_request"
    text = "\n".join(("AWS4-HMAC-SHA256", moment, scope, hashlib.sha256(canonical.encode()).hexdigest()))
    key = f"AWS4{secret}".encode()
    for part in (day, region, service, "aws4_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    proof = f"AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
    return own | {"authorization": proof}
