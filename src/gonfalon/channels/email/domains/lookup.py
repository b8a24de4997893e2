"""Ask the DNS."""

from __future__ import annotations

from dns.asyncresolver import Resolver
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer

SECONDS = 5.0


async def ask_dns(name: str, kind: str) -> tuple[str, ...] | None:
    """Return a name's records of a type, as text; () when there are none, None when nobody answered in time."""
    try:
        answer = await Resolver().resolve(name, kind, lifetime=SECONDS)
    except (NXDOMAIN, NoAnswer):
        return ()
    except (DNSException, OSError, ValueError):
        return None
    if kind == "TXT":
        return tuple(b"".join(record.strings).decode("utf-8", "replace") for record in answer)
    return tuple(str(record) for record in answer)
